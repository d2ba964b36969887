package complaints

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/theme"

	"quietline/internal/ui/kit"
	"quietline/internal/ui/look"
	"quietline/internal/wording"
)

// propose shows a text made of what the form says, with the rules in it, before
// anything is put into the description.
func (v *formView) propose() {
	t := v.m.Propose(v.env.Printer, v.env.Clock.Now())
	if t.Text == "" {
		v.env.Toast(v.env.T("complaints.propose.nothing"))
		return
	}
	kit.ShowDialog(v.env, func(d *kit.Dialog) kit.DialogParams {
		body := kit.Stack(2, kit.Muted(v.env.T("complaints.propose.text")), kit.Boxed(kit.Body(t.Text)))
		switch {
		case len(t.Cited) > 0:
			body.Add(v.rules("complaints.propose.cited", t.Cited))
		case len(v.m.calls()) == 0:
			body.Add(kit.Notice(look.Info, v.env.T("complaints.propose.no_time"), v.env.T("complaints.propose.no_time.hint")))
		default:
			body.Add(kit.Muted(v.env.T("complaints.propose.no_rule")))
		}
		if len(t.Left) > 0 {
			body.Add(v.rules("complaints.propose.left", t.Left))
		}
		return kit.DialogParams{
			Title: v.env.T("complaints.propose.title"), Body: body, Width: 72,
			Buttons: []fyne.CanvasObject{
				kit.NewButton(v.env.T("complaints.propose.no"), nil, d.Close),
				kit.NewPrimary(v.env.T("complaints.propose.insert"), theme.ContentAddIcon(), func() {
					d.Close()
					v.m.InsertProposal(t.Text)
					v.showDescription()
				}),
			},
		}
	})
}

// rules lists rules with how certain each is, and what to know of it.
func (v *formView) rules(title string, list []wording.Citation) fyne.CanvasObject {
	objects := []fyne.CanvasObject{kit.Heading(v.env.T(title))}
	for _, r := range list {
		tone := look.Done
		if !r.Citable() {
			tone = look.Caution
		}
		objects = append(objects, kit.Stack(0.5,
			kit.Flow(1, kit.Strong(v.env.T("rule."+r.Key)), kit.NewBadge(tone, v.env.Printer.Term("certainty", string(r.Certainty)))),
			kit.Caption(v.env.T("rule."+r.Key+".caveat")),
		))
	}
	return kit.Stack(1.25, objects...)
}

func (v *formView) undoProposal() {
	v.m.UndoProposal()
	v.showDescription()
}

// showDescription shows what the model has made of the description.
func (v *formView) showDescription() {
	v.description.SetText(v.m.Form().Description)
	v.env.Window.Canvas().Focus(v.description)
	v.showUndo()
}

func (v *formView) showUndo() {
	if v.m.Form().CanUndo() {
		v.undo.Show()
	} else {
		v.undo.Hide()
	}
}
