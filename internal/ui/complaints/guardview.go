package complaints

import (
	"strings"

	"fyne.io/fyne/v2"

	"quietline/internal/domain"
	"quietline/internal/ui/kit"
	"quietline/internal/ui/look"
)

// showGuard asks below the number whether the complaint is meant, where that
// is not clear.
func (v *formView) showGuard() {
	f := v.m.Form()
	question := ""
	if f.Guard != nil {
		question = v.env.Printer.Explain(f.Guard).Message
	}
	if question == v.question { // the keyboard stays where it is
		if v.anyway != nil {
			v.anyway.SetChecked(f.Anyway)
		}
		return
	}
	v.question, v.anyway = question, nil
	v.guard.RemoveAll()
	if f.Guard != nil {
		v.anyway = kit.NewCheck(v.env.T("complaints.anyway"), v.m.SetAnyway)
		v.anyway.SetChecked(f.Anyway)
		v.guard.Add(kit.Notice(look.Caution, question,
			guardHint(v.env, f.Guard)+"\n"+v.env.T("complaints.anyway.text"), v.anyway))
	}
	v.guard.Hidden = f.Guard == nil
	v.object.Refresh()
}

// guardHint says what to consider before one answers.
func guardHint(e *kit.Env, guard error) string {
	return e.T("complaints.guard." + strings.TrimPrefix(domain.KeyOf(guard), "complaint."))
}

// askGuard leads the user to the question that is open, and says that nothing
// was filed.
func (v *formView) askGuard() {
	v.env.Window.Canvas().Focus(v.anyway)
	v.env.Toast(v.env.T("complaints.anyway.open"))
}

// meant says in the confirmation that the user was asked and meant it.
func meant(e *kit.Env, f *Form) fyne.CanvasObject {
	return kit.Notice(look.Caution, e.Printer.Explain(f.Guard).Message, e.T("complaints.confirm.anyway"))
}
