package help

import (
	"io/fs"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/theme"

	"quietline/internal/guide"
	"quietline/internal/ui/kit"
	"quietline/internal/ui/look"
)

// topic is all that a topic says, and its part at which it is to be read; that is
// nil for the beginning.
func (p *Page) topic(t guide.Topic, section int) (all, at fyne.CanvasObject) {
	back := kit.NewQuiet(p.env.T("help.back"), theme.NavigateBackIcon(), p.model.Close).On(kit.CommandBack)
	parts := []fyne.CanvasObject{kit.Stack(0.75, kit.Row(1, -1, back), kit.Heading(t.Title))}
	for i, s := range t.Sections {
		if len(s.Blocks) == 0 {
			continue
		}
		o := p.section(s)
		if i == section && i > 0 {
			at = o
		}
		parts = append(parts, o)
	}
	return kit.Reader(t.Title, kit.Stack(2, parts...)), at
}

// section is a part of a topic: a card, where it has a heading.
func (p *Page) section(s guide.Section) fyne.CanvasObject {
	var objects []fyne.CanvasObject
	if s.Heading != "" {
		objects = append(objects, kit.Strong(s.Heading))
	}
	for _, b := range s.Blocks {
		objects = append(objects, p.block(b))
	}
	if s.Heading != "" {
		return kit.Card(objects...)
	}
	return kit.Stack(1.75, objects...)
}

func (p *Page) block(b guide.Block) fyne.CanvasObject {
	e := p.env
	switch b.Kind {
	case guide.Note:
		return kit.Notice(look.Caution, b.Text, "")
	case guide.Step:
		number := kit.NewText(e.Printer.Number(int64(b.Number)), kit.TextParams{
			Size: theme.SizeNameSubHeadingText, Bold: true, Color: theme.ColorNamePrimary,
		})
		return kit.TopRow(1.5, 1, number, kit.Pad(0.25, 0, kit.Body(b.Text)))
	case guide.Bullet:
		return kit.TopRow(1, 1, kit.Line("•"), kit.Body(b.Text))
	case guide.Picture:
		return p.picture(b)
	case guide.ToTopic:
		return kit.Flow(1, kit.NewButton(b.Text, theme.DocumentIcon(), func() { p.model.Open(b.Target) }))
	case guide.ToPage:
		return kit.Flow(1, kit.NewButton(b.Text, theme.NavigateNextIcon(), func() { e.Navigate(kit.Route{Page: kit.PageID(b.Target)}) }))
	case guide.ToWeb:
		return kit.Stack(0.25, kit.Flow(1, kit.NewButton(b.Text, theme.ComputerIcon(), func() { kit.OpenWeb(e, b.Target) })), kit.Caption(b.Target))
	case guide.Paragraph:
	}
	return kit.Body(b.Text)
}

// picture is a picture of the program with what it shows; it can be looked at as
// large as the window allows.
func (p *Page) picture(b guide.Block) fyne.CanvasObject {
	e := p.env
	name := string(e.Printer.Language()) + "/" + b.Target + ".png"
	data, err := fs.ReadFile(p.p.Pictures, name)
	if err != nil { // a test looks for each of them
		return kit.Caption(b.Text)
	}
	r := fyne.NewStaticResource(name, data)
	enlarge := func() {
		kit.ShowDialog(e, func(d *kit.Dialog) kit.DialogParams {
			return kit.DialogParams{
				Title: b.Text, Width: enlargedWidth, Body: kit.NewPicture(kit.PictureParams{Resource: r, Name: b.Text}),
				Buttons: []fyne.CanvasObject{kit.NewPrimary(e.T("kit.close"), nil, d.Close)},
			}
		})
	}
	return kit.Stack(0.5,
		kit.NewPicture(kit.PictureParams{Resource: r, Name: b.Text, Tapped: enlarge}),
		kit.Beside(20, kit.Caption(b.Text), kit.NewQuiet(e.T("help.enlarge"), theme.ZoomInIcon(), enlarge)))
}

// enlargedWidth is how many units wide the dialog with a picture is at most: a
// picture of 1000 pixels as it is.
const enlargedWidth = 136
