package kit

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/theme"
)

// FrameParams says what a page is made of.
type FrameParams struct {
	// Title and Explanation are words, not keys; Explanation may be empty.
	Title, Explanation string
	// Actions stand at the right of the title, the main one last.
	Actions []fyne.CanvasObject
	// Body is the page itself.
	Body fyne.CanvasObject
	// Fixed says that the body fills the page and scrolls by itself, as a
	// table does; otherwise the page scrolls and keeps a readable width. Where the
	// window is too low for the least height of the body, the page scrolls too.
	Fixed bool
}

// PageWidth is how many units wide a page of text becomes at most.
const PageWidth = 110

// Frame gives every page the same head, margins and way to scroll.
func Frame(p FrameParams) fyne.CanvasObject {
	words := []fyne.CanvasObject{Title(p.Title)}
	if p.Explanation != "" {
		words = append(words, Muted(p.Explanation))
	}
	var head fyne.CanvasObject = Stack(0.5, words...)
	if len(p.Actions) > 0 {
		head = container.New(&headLayout{title: p.Title, explained: p.Explanation != ""}, head, Flow(1, p.Actions...))
	}
	if p.Fixed {
		return container.NewVScroll(Pad(3, 3, container.New(&underLayout{gap: 2}, head, p.Body)))
	}
	page := Pad(3, 3, Readable(PageWidth, Stack(2.5, head, p.Body)))
	return container.NewVScroll(page)
}

// headLayout puts actions at the right of the title where both find room, and
// below it where not.
type headLayout struct {
	title     string
	explained bool
	below     bool
}

// explainedLetters is how wide a title with an explanation is kept, in letters of
// plain text, so that the explanation does not become a column of single words.
const explainedLetters = 16

// least is how much room the words need beside the actions.
func (l *headLayout) least() float32 {
	title := fyne.MeasureText(l.title, theme.Size(theme.SizeNameHeadingText), fyne.TextStyle{Bold: true}).Width
	if l.explained {
		return max(title, theme.TextSize()*explainedLetters)
	}
	return title
}

func (l *headLayout) Layout(objects []fyne.CanvasObject, size fyne.Size) {
	gap := theme.Padding() * 4
	words, actions := objects[0], objects[1].(*fyne.Container)
	wide := actions.Layout.(*flowLayout).natural(actions.Objects)
	l.below = wide+gap+l.least() > size.Width
	if l.below {
		h := settle(words, size.Width)
		actions.Move(fyne.NewPos(0, h+gap/2))
		settle(actions, size.Width)
		return
	}
	settle(words, size.Width-wide-gap)
	words.Move(fyne.NewPos(0, 0))
	actions.Move(fyne.NewPos(size.Width-wide, 0))
	settle(actions, wide)
}

func (l *headLayout) MinSize(objects []fyne.CanvasObject) fyne.Size {
	a, b := objects[0].MinSize(), objects[1].MinSize()
	if l.below {
		return fyne.NewSize(max(a.Width, b.Width), a.Height+b.Height+theme.Padding()*2)
	}
	return fyne.NewSize(max(a.Width, b.Width), max(a.Height, b.Height))
}

// underLayout puts a head above a body that takes the rest.
type underLayout struct{ gap float32 }

func (l *underLayout) Layout(objects []fyne.CanvasObject, size fyne.Size) {
	gap := theme.Padding() * 2 * l.gap
	h := settle(objects[0], size.Width)
	objects[0].Move(fyne.NewPos(0, 0))
	objects[1].Move(fyne.NewPos(0, h+gap))
	objects[1].Resize(fyne.NewSize(size.Width, max(0, size.Height-h-gap)))
}

func (l *underLayout) MinSize(objects []fyne.CanvasObject) fyne.Size {
	a, b := objects[0].MinSize(), objects[1].MinSize()
	return fyne.NewSize(max(a.Width, b.Width), a.Height+b.Height+theme.Padding()*2*l.gap)
}

// Under puts a head above a body that takes the rest of the height.
func Under(gap float32, head, body fyne.CanvasObject) *fyne.Container {
	return container.New(&underLayout{gap: gap}, head, body)
}
