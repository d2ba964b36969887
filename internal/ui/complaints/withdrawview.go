package complaints

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/theme"

	"quietline/internal/domain"
	"quietline/internal/filing"
	"quietline/internal/l10n"
	"quietline/internal/ui/kit"
	"quietline/internal/ui/look"
)

// untold says why the endpoint did not tell the case the last time.
func (v *detailView) untold() []fyne.CanvasObject {
	key := v.d.CaseProblem
	if key == "" {
		return nil
	}
	return []fyne.CanvasObject{kit.Notice(look.Caution, v.env.T("err."+key), v.env.T("err."+key+".hint"))}
}

// withdrawal is how far taking the complaint back has come, or, where that is not
// possible from here, what to do instead.
func (v *detailView) withdrawal() []fyne.CanvasObject {
	w, c := v.d.Withdrawal, v.d.Complaint
	if w == nil {
		err := filing.RefuseWithdrawal("complaints", c, filing.Withdrawal{})
		switch domain.KeyOf(err) {
		case "complaint.withdraw_by_hand", "complaint.withdraw_open311":
			if c.SendState == domain.SendSent {
				e := v.env.Printer.Explain(err)
				return []fyne.CanvasObject{kit.Notice(look.Info, e.Message, e.Hint)}
			}
		}
		return nil
	}
	text := v.env.T("complaints.withdrawal.reason", l10n.Args{"Reason": w.Reason})
	if w.ErrorKey != "" && w.State != filing.WithdrawalClosed {
		text += "\n" + v.env.T("err."+w.ErrorKey)
	}
	if w.Detail != "" {
		text += "\n" + v.env.T("complaints.endpoint_says", l10n.Args{"Words": w.Detail})
	}
	if !w.DueAt.IsZero() {
		text += "\n" + v.env.T("complaints.next_attempt", l10n.Args{"Time": kit.FormatTime(w.DueAt)})
	}
	return []fyne.CanvasObject{kit.Notice(toneOfWithdrawal(w.State), v.env.T(w.Standing()), text)}
}

func toneOfWithdrawal(s filing.WithdrawalState) look.Tone {
	switch s {
	case filing.WithdrawalAsked, filing.WithdrawalRefused:
		return look.Caution
	case filing.WithdrawalDone:
		return look.Done
	case filing.WithdrawalClosed:
	}
	return look.Neutral
}

// askWithdrawal asks why, and once more, because it cannot be undone.
func (v *detailView) askWithdrawal() {
	e := v.env
	reason := kit.NewTextArea("", 3)
	form := kit.NewForm(e, kit.NewField(e, kit.FieldParams{
		Label: e.T("complaints.withdraw.reason"), Help: e.T("complaints.withdraw.reason.help"), Required: true,
		Pointer: "/reason", Input: reason, Beside: kit.PasteInto(e, reason, nil),
	}))
	body := []fyne.CanvasObject{kit.Body(e.T("complaints.withdraw.text")), form.Object()}
	if v.d.Practice {
		body = append([]fyne.CanvasObject{kit.Notice(look.Caution, e.T("complaints.practice"), "")}, body...)
	}
	kit.ShowDialog(e, func(d *kit.Dialog) kit.DialogParams {
		var yes *kit.Button
		yes = kit.NewDanger(e.T("complaints.withdraw.yes"), theme.ContentUndoIcon(), func() {
			yes.Disable()
			v.p.model.Withdraw(reason.Text, func(got filing.Detail, err error) {
				yes.Enable()
				if domain.KindOf(err) == domain.Invalid {
					form.Show(err)
					return
				}
				d.Close()
				if err != nil {
					e.ShowError(err)
					return
				}
				e.Toast(e.T(got.Withdrawal.Standing()))
				e.Announce("complaints")
			})
		})
		return kit.DialogParams{
			Title: e.T("complaints.withdraw.ask"), Body: kit.Stack(1.5, body...), Width: 64, Focus: reason,
			Typed:   func() bool { return reason.Text != "" },
			Buttons: []fyne.CanvasObject{kit.NewButton(e.T("kit.cancel"), nil, d.Close), yes},
		}
	})
}

// practised marks what went to an endpoint that files nothing anywhere: the
// banner speaks of the default channel alone.
func (v *listView) practised(c domain.Complaint, text string) string {
	if c.SendState == domain.SendSent {
		for _, ch := range v.p.model.Channels() {
			if ch.ID == c.ChannelID && filing.IsPractice(ch) {
				return v.env.T("complaints.practised", l10n.Args{"State": text})
			}
		}
	}
	return text
}
