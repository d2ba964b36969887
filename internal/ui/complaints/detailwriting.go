package complaints

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/theme"

	"quietline/internal/domain"
	"quietline/internal/l10n"
	"quietline/internal/ui/kit"
	"quietline/internal/ui/look"
	"quietline/internal/wording"
)

// together offers to put drafts about one number together, and to undo it.
func (v *detailView) together() []fyne.CanvasObject {
	m := v.p.model
	if v.shown.merged {
		return []fyne.CanvasObject{kit.Notice(look.Done, v.env.T("complaints.merged"), v.env.T("complaints.merged.hint"),
			kit.NewButton(v.env.T("complaints.merge.undo"), theme.ContentUndoIcon(), m.UndoMerge))}
	}
	if n := len(v.shown.drafts); n > 0 {
		return []fyne.CanvasObject{kit.Notice(look.Info, v.env.N("complaints.merge.offer", n), v.env.T("complaints.merge.hint"),
			kit.NewButton(v.env.T("complaints.merge"), theme.ContentAddIcon(), m.MergeDrafts))}
	}
	return nil
}

// recording says until when the operator has to keep the recording, as long as
// the complaint is not done with.
func (v *detailView) recording() []fyne.CanvasObject {
	b := v.d.Complaint.Body
	r, ok := wording.KeptUntil(b.Caller.Family, b.Calls, v.env.Clock.Now())
	if !ok || SegmentOf(v.d.Complaint.SendState) == SegmentAside {
		return nil
	}
	return []fyne.CanvasObject{kit.Caption(r.Sentence(v.env.Printer))}
}

// onBehalf is for whom a complaint is made, as what, and allowed how.
func (v *detailView) onBehalf(c domain.Complainant) string {
	text := c.OnBehalf.Name
	for _, term := range []string{
		v.env.Printer.Term("relation", string(c.Relation)), v.env.Printer.Term("authority", string(c.OnBehalf.Authority)),
	} {
		if term != "" {
			text += v.env.T("complaints.separator") + term
		}
	}
	return text
}

// money is an amount in its currency.
func money(e *kit.Env, l domain.Loss) string {
	if l.Currency == domain.Yuan {
		return e.T("complaints.yuan", l10n.Args{"Amount": l.Amount})
	}
	return e.T("complaints.money_abroad", l10n.Args{"Amount": l.Amount, "Currency": e.Printer.Term("currency", l.Currency)})
}
