package calls

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/theme"

	"quietline/internal/domain"
	"quietline/internal/progress"
	"quietline/internal/ui/kit"
	"quietline/internal/ui/look"
	"quietline/internal/ui/task"
)

// outputView shows the stages of a file that is written for the user, each in a
// dialog of its own, above whatever else is open.
type outputView struct {
	p *Page
	kit.Stages
}

// show shows the stage that the file is in.
func (v *outputView) show() {
	o := v.p.model.Output()
	v.Close()
	switch {
	case o == nil:
	case o.Stage == task.Choosing && o.Rejects:
		v.where(o) // there is nothing to choose but the place
	case o.Stage == task.Choosing:
		v.offer(o)
	case o.Stage == task.Running:
		v.progress(o)
	case domain.KindOf(o.Err) == domain.Cancelled:
		v.p.model.DropOutput()
		v.p.env.Toast(v.p.env.T("calls.output.stopped"))
	case v.p.ctx == nil:
		// The end is shown when the page is entered again.
		if o.Err == nil {
			v.p.env.Toast(v.p.env.T("calls.output.finished"))
		}
	default:
		o.Seen = true
		v.end(o)
	}
}

// offer asks which calls and what kind of file.
func (v *outputView) offer(o *Output) {
	e, m := v.p.env, v.p.model
	var parts []fyne.CanvasObject
	if len(o.Marked) > 0 {
		which := kit.NewSegments([]kit.Option[bool]{
			{Code: true, Text: e.N("calls.marks.some", len(o.Marked))},
			{Code: false, Text: v.all(o)},
		}, o.OnlyMarked, func(only bool) { m.EditOutput(func(o *Output) { o.OnlyMarked = only }) })
		parts = append(parts, kit.Stack(1, kit.Strong(e.T("calls.export.which")), which.Object()))
	} else {
		parts = append(parts, kit.Body(v.all(o)))
	}
	var kinds []kit.Option[FileKind]
	for _, k := range FileKinds() {
		kinds = append(kinds, kit.Option[FileKind]{Code: k, Text: e.T("calls.export.kind." + k.name())})
	}
	about := kit.Muted(e.T("calls.export.about." + o.Kind.name()))
	kind := kit.NewSegments(kinds, o.Kind, func(k FileKind) {
		m.EditOutput(func(o *Output) { o.Kind = k })
		about.SetText(e.T("calls.export.about." + k.name()))
	})
	parts = append(parts,
		kit.Stack(1, kit.Strong(e.T("calls.export.kind")), kind.Object(), about),
		kit.Muted(e.T("calls.export.private")),
	)
	v.Show(e, func(d *kit.Dialog) kit.DialogParams {
		return kit.DialogParams{
			Title: e.T("calls.export.title"), Width: 68, Body: kit.Stack(2.5, parts...),
			Buttons: []fyne.CanvasObject{
				kit.NewButton(e.T("kit.cancel"), nil, d.Close),
				kit.NewPrimary(e.T("calls.export.where"), theme.DocumentSaveIcon(), func() { v.where(o) }),
			},
			OnClosed: func() {
				if m.Output() == o && o.Stage == task.Choosing {
					m.DropOutput()
				}
			},
		}
	})
}

// all says in words what the list holds.
func (v *outputView) all(o *Output) string {
	if v.p.model.Filter().Narrow() {
		return v.p.env.N("calls.export.filtered", o.All)
	}
	return v.p.env.N("calls.export.all", o.All)
}

// where asks for name and folder and then writes.
func (v *outputView) where(o *Output) {
	e, m := v.p.env, v.p.model
	title, name, endings := e.T("calls.export.title"), e.T("calls.export.name"), []string{string(o.Kind)}
	if o.Rejects {
		title, name, endings = e.T("calls.rejects.save"), e.T("calls.rejects.name"), []string{string(KindText), string(KindWorkbook)}
	}
	name += "-" + e.Clock.Now().In(domain.China()).Format("2006-01-02") + endings[0]
	v.p.saveFile(title, name, endings, func(path string) {
		if m.Output() == o {
			m.RunOutput(path)
		}
	})
}

// progress shows how far it has come. Closing it does not stop the writing.
func (v *outputView) progress(o *Output) {
	e, m := v.p.env, v.p.model
	counts := "calls.export.written"
	if o.Rejects {
		counts = "calls.import.read"
	}
	v.Running(e, kit.RunningParams{
		Title: v.title(o), Running: e.T("calls.output.running"), Counter: o.Counter, Stop: m.StopOutput,
		Counts: func(s progress.Snapshot) string { return e.N(counts, int(s.Items)) },
	})
}

func (v *outputView) title(o *Output) string {
	if o.Rejects {
		return v.p.env.T("calls.rejects.save")
	}
	return v.p.env.T("calls.export.title")
}

// end says where the file is, or why there is none. It stays until it was read.
func (v *outputView) end(o *Output) {
	e, m := v.p.env, v.p.model
	v.Show(e, func(d *kit.Dialog) kit.DialogParams {
		p := kit.DialogParams{Title: v.title(o), Width: 64, OnClosed: func() {
			if m.Output() == o && o.Stage == task.Done {
				m.DropOutput()
			}
		}}
		if o.Err != nil {
			p.Body = kit.Stack(2, e.ErrorNotice(o.Err))
			p.Buttons = []fyne.CanvasObject{
				kit.NewButton(e.T("kit.close"), nil, d.Close),
				kit.NewPrimary(e.T("calls.output.elsewhere"), theme.DocumentSaveIcon(), m.AgainOutput),
			}
			return p
		}
		said := e.N("calls.export.done", o.Rows)
		if o.Rejects {
			said = e.N("calls.rejects.done", o.Rows)
		}
		p.Body = kit.Stack(2, kit.Notice(look.Done, said, ""),
			kit.Stack(0.75, kit.Strong(e.T("calls.output.path")), kit.Body(o.Path)))
		p.Buttons = []fyne.CanvasObject{
			kit.NewCopy(e, func() string { return o.Path }),
			kit.NewPrimary(e.T("kit.close"), nil, d.Close),
		}
		return p
	})
}

// working says that a file is being written.
func (v *outputView) working() (question kit.ConfirmParams, ok bool) {
	e := v.p.env
	return kit.ConfirmParams{
		Title: e.T("calls.output.leave"), Text: e.T("calls.output.leave.text"),
		Yes: e.T("calls.import.leave.yes"), No: e.T("calls.output.leave.no"),
		Danger: true, OnYes: v.p.model.StopOutput,
	}, v.p.model.Writing()
}
