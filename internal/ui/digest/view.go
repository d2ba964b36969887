package digest

import (
	"context"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/theme"

	"quietline/internal/domain"
	"quietline/internal/insight"
	"quietline/internal/l10n"
	"quietline/internal/lookout"
	"quietline/internal/report"
	"quietline/internal/ui/kit"
	"quietline/internal/ui/look"
)

// Params are what Open needs.
type Params struct {
	Env     *kit.Env
	Lookout Lookout
	Files   Files
	Person  domain.Person
	// Name is what the person is called on the screen.
	Name string
	// Words puts a digest into the language of the moment.
	Words func(d insight.Digest, week lookout.Week) report.Document
	// SaveFile lets the user choose a file and OpenFile opens one; nil for the
	// toolkit's own ways.
	SaveFile func(suggested string, chosen func(path string))
	OpenFile func(path string)
}

// view is the open dialog.
type view struct {
	p     Params
	env   *kit.Env
	model *Model
	ctx   context.Context //nolint:containedctx // as long as the dialog is open

	earlier, later  *kit.Button
	weeks           *kit.Segments[lookout.Week]
	told            *fyne.Container // where the digest was saved
	body            *fyne.Container
	copy, text, pdf *kit.Button
}

// Open shows the week that is over of a person.
func Open(p Params) {
	ctx, stop := context.WithCancel(p.Env.Jobs.Base())
	v := &view{p: p, env: p.Env, ctx: ctx}
	v.model = NewModel(ModelParams{
		Lookout: p.Lookout, Files: p.Files, Person: p.Person,
		Words: func(d insight.Digest, w lookout.Week) report.Document {
			d.Person = p.Name
			return p.Words(d, w)
		},
		Run:     kit.Runner(p.Env.Jobs, func() context.Context { return v.ctx }),
		Write:   kit.Runner(p.Env.Jobs, p.Env.Jobs.Base),
		Changed: v.show, Failed: p.Env.ShowError,
	})
	v.open(stop)
	v.model.Load()
}

func (v *view) open(stop func()) {
	e := v.env
	v.earlier = kit.NewButton(e.T("digest.earlier"), theme.NavigateBackIcon(), func() { v.model.Step(-1) })
	v.later = kit.NewButton(e.T("digest.later"), theme.NavigateNextIcon(), func() { v.model.Step(1) })
	v.weeks = kit.NewSegments([]kit.Option[lookout.Week]{
		{Code: v.p.Lookout.LastWeek(), Text: e.T("digest.last_week")},
		{Code: v.p.Lookout.ThisWeek(), Text: e.T("digest.current_week")},
	}, v.model.Week(), v.model.GoTo)
	v.copy = kit.NewButton(e.T("kit.copy"), theme.ContentCopyIcon(), v.copyText)
	v.text = kit.NewButton(e.T("digest.save.text"), theme.DocumentSaveIcon(), func() { v.save(Text) })
	v.pdf = kit.NewPrimary(e.T("digest.save.pdf"), theme.DocumentSaveIcon(), func() { v.save(PDF) })
	v.told, v.body = kit.Stack(0), kit.Stack(2)
	kit.ShowDialog(e, func(d *kit.Dialog) kit.DialogParams {
		return kit.DialogParams{
			Title: e.T("digest.title", l10n.Args{"Person": v.p.Name}), Width: 100,
			Body: kit.Stack(2, kit.Columns(1, 30, v.weeks.Object(), kit.Flow(1, v.earlier, v.later)), v.told, v.body),
			Buttons: []fyne.CanvasObject{
				kit.NewButton(e.T("kit.close"), nil, d.Close), v.copy, v.text, v.pdf,
			},
			Focus: v.earlier, OnClosed: stop,
		}
	})
}

// show brings the widgets up to date with the model.
func (v *view) show() {
	v.weeks.Set(v.model.Week())
	doc, ready := v.model.Document()
	able(v.earlier, v.model.Earlier())
	able(v.later, v.model.Later())
	for _, b := range []*kit.Button{v.copy, v.text, v.pdf} {
		able(b, ready)
	}
	v.copy.SetText(v.env.T("kit.copy"))
	v.copy.SetIcon(theme.ContentCopyIcon())
	v.showSaved()
	v.body.RemoveAll()
	switch {
	case v.model.Fault() != nil:
		v.body.Add(v.env.ErrorNotice(v.model.Fault(), v.env.Retry(v.model.Load)))
	case !ready:
		v.body.Add(kit.Muted(v.env.T("alerts.looking")))
	default:
		for _, o := range written(doc) {
			v.body.Add(o)
		}
	}
	v.body.Refresh()
}

func able(b *kit.Button, can bool) {
	if can {
		b.Enable()
	} else {
		b.Disable()
	}
}

// showSaved says above the digest where its file is: a toast would be covered. A
// PDF can be opened, to be printed from there.
func (v *view) showSaved() {
	e := v.env
	path, f := v.model.Saved()
	v.told.Hidden = path == ""
	switch {
	case path == "":
		v.told.RemoveAll()
	case f == PDF:
		open := kit.NewButton(e.T("digest.open"), theme.DocumentPrintIcon(), func() { v.openFile(path) })
		v.told.Objects = []fyne.CanvasObject{kit.Notice(look.Done, e.T("digest.saved"), path, open)}
		e.Window.Canvas().Focus(open)
	default:
		v.told.Objects = []fyne.CanvasObject{kit.Notice(look.Done, e.T("digest.saved"), path)}
		kit.Reveal(v.told)
	}
	v.told.Refresh()
}

func (v *view) openFile(path string) {
	if v.p.OpenFile != nil {
		v.p.OpenFile(path)
		return
	}
	kit.OpenPath(v.env, path)
}

func (v *view) copyText() {
	if doc, ready := v.model.Document(); ready {
		fyne.CurrentApp().Clipboard().SetContent(doc.Text())
		v.copy.SetText(v.env.T("kit.copied"))
		v.copy.SetIcon(theme.ConfirmIcon())
	}
}

func (v *view) save(f Format) {
	name, chosen := FileName(v.p.Name, v.model.Week(), f), func(path string) { v.model.Save(path, f) }
	if v.p.SaveFile != nil {
		v.p.SaveFile(name, chosen)
		return
	}
	kit.SaveFile(v.env, v.env.T("digest.save.choose"), name, []string{string(f)}, chosen)
}

// written is a document in widgets.
func written(d report.Document) []fyne.CanvasObject {
	out := []fyne.CanvasObject{kit.Muted(d.Subtitle)}
	for _, p := range d.Parts {
		part := []fyne.CanvasObject{kit.Heading(p.Heading)}
		for _, text := range p.Paragraphs {
			part = append(part, kit.Body(text))
		}
		for _, text := range p.List {
			part = append(part, kit.TopRow(1, 1, kit.Line("•"), kit.Body(text)))
		}
		if p.Table != nil {
			part = append(part, kit.Grid(p.Table.Head, p.Table.Rows, p.Table.Weights))
		}
		if p.After != "" {
			part = append(part, kit.Body(p.After))
		}
		out = append(out, kit.Stack(1, part...))
	}
	return append(out, kit.Caption(d.Footer))
}
