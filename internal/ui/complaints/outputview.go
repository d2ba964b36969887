package complaints

import (
	"cmp"
	"slices"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/theme"

	"quietline/internal/domain"
	"quietline/internal/progress"
	"quietline/internal/ui/kit"
	"quietline/internal/ui/look"
	"quietline/internal/ui/task"
)

// outputView shows the stages of a file that is written for the user, each in a
// dialog of its own.
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
	case o.Stage == task.Choosing:
		v.offer(o)
	case o.Stage == task.Running:
		v.Running(v.p.env, kit.RunningParams{
			Title: v.title(o), Running: v.p.env.T("calls.output.running"), Counter: o.Counter, Stop: v.p.model.StopOutput,
			Counts: func(s progress.Snapshot) string { return v.p.env.N("complaints.export.written", int(s.Items)) },
		})
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

func (v *outputView) title(o *Output) string {
	if o.Kind == KindReceipts {
		return v.p.env.T("complaints.export.receipts")
	}
	return v.p.env.T("complaints.export.title")
}

// offer asks which complaints and what kind of file.
func (v *outputView) offer(o *Output) {
	e, m := v.p.env, v.p.model
	var parts []fyne.CanvasObject
	if len(o.Marked) > 0 {
		which := kit.NewSegments([]kit.Option[bool]{
			{Code: true, Text: e.N("complaints.marks.some", len(o.Marked))},
			{Code: false, Text: v.all(o)},
		}, o.OnlyMarked, func(only bool) { m.EditOutput(func(o *Output) { o.OnlyMarked = only }) })
		parts = append(parts, kit.Stack(1, kit.Strong(e.T("complaints.export.which")), which.Object()))
	} else {
		parts = append(parts, kit.Body(v.all(o)))
	}
	var kinds []kit.Option[FileKind]
	for _, k := range FileKinds() {
		kinds = append(kinds, kit.Option[FileKind]{Code: k, Text: v.kind(k)})
	}
	about := kit.Muted(e.T("complaints.export.about." + o.Kind.name()))
	kind := kit.NewSegments(kinds, o.Kind, func(k FileKind) {
		m.EditOutput(func(o *Output) { o.Kind = k })
		about.SetText(e.T("complaints.export.about." + k.name()))
	})
	parts = append(parts,
		kit.Stack(1, kit.Strong(e.T("calls.export.kind")), kind.Object(), about),
		kit.Muted(e.T("calls.export.private")),
	)
	v.Show(e, func(d *kit.Dialog) kit.DialogParams {
		return kit.DialogParams{
			Title: e.T("complaints.export.title"), Width: 72, Body: kit.Stack(2.5, parts...),
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

// kind names a kind of file.
func (v *outputView) kind(k FileKind) string {
	if k == KindReceipts {
		return v.p.env.T("complaints.export.kind.pdf")
	}
	return v.p.env.T("calls.export.kind." + k.name())
}

// all says in words what the list holds.
func (v *outputView) all(o *Output) string { return v.p.env.N("complaints.export.shown", o.All) }

// where asks for name and folder and then writes.
func (v *outputView) where(o *Output) {
	e, m := v.p.env, v.p.model
	name := e.T("complaints.export.name")
	if o.Kind == KindReceipts {
		name = e.T("complaints.export.name_receipts")
	}
	name += "-" + e.Clock.Now().In(domain.China()).Format("2006-01-02") + string(o.Kind)
	v.p.saveFile(v.title(o), name, string(o.Kind), func(path string) {
		if m.Output() == o {
			m.RunOutput(path)
		}
	})
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
		p.Body = kit.Stack(2, kit.Notice(look.Done, e.N("complaints.export.done", o.Rows), ""),
			kit.Stack(0.75, kit.Strong(e.T("calls.output.path")), kit.Body(o.Path)))
		p.Buttons = []fyne.CanvasObject{kit.NewCopy(e, func() string { return o.Path })}
		if o.Kind == KindReceipts {
			p.Buttons = append(p.Buttons, kit.NewButton(e.T("digest.open"), theme.DocumentPrintIcon(), func() { v.p.openFile(o.Path) }))
		}
		p.Buttons = append(p.Buttons, kit.NewPrimary(e.T("kit.close"), nil, d.Close))
		return p
	})
}

// Working says that a file is being written.
func (p *Page) Working() (question kit.ConfirmParams, ok bool) {
	return kit.ConfirmParams{
		Title: p.env.T("calls.output.leave"), Text: p.env.T("calls.output.leave.text"),
		Yes: p.env.T("calls.import.leave.yes"), No: p.env.T("calls.output.leave.no"),
		Danger: true, OnYes: p.model.StopOutput,
	}, p.model.Writing()
}

// export offers to write what the list shows, or what is marked, once it is
// known how much that is.
func (p *Page) export(kind FileKind) {
	if p.list.rows.Counting() {
		p.env.Toast(p.env.T("calls.counting"))
		return
	}
	p.model.OfferExport(p.list.rows.Count(), idsOf(p.list.table.Marked()), kind)
}

// idsOf are the IDs in the order in which the complaints were written.
func idsOf(list []domain.Complaint) []domain.ComplaintID {
	list = slices.SortedFunc(slices.Values(list), func(a, b domain.Complaint) int {
		return cmp.Or(newer(&b, &a), cmp.Compare(a.ID, b.ID))
	})
	out := make([]domain.ComplaintID, len(list))
	for i, c := range list {
		out[i] = c.ID
	}
	return out
}

func (p *Page) saveFile(title, suggested, ending string, chosen func(path string)) {
	if p.p.SaveFile != nil {
		p.p.SaveFile(suggested, chosen)
		return
	}
	kit.SaveFile(p.env, title, suggested, []string{ending}, chosen)
}

func (p *Page) openFile(path string) {
	if p.p.OpenFile != nil {
		p.p.OpenFile(path)
		return
	}
	kit.OpenPath(p.env, path)
}

// onOutput shows the stage of the file.
func (p *Page) onOutput() { p.output.show() }
