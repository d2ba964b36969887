package complaints

import (
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/theme"

	"quietline/internal/domain"
	"quietline/internal/filing"
	"quietline/internal/report"
	"quietline/internal/ui/kit"
	"quietline/internal/ui/look"
)

// timeline is everything that happened, each attempt and each word of the
// endpoint, and when the outbox tries next; the newest last.
func (v *detailView) timeline() fyne.CanvasObject {
	var lines []fyne.CanvasObject
	for _, m := range report.Timeline(v.env.Printer, v.d) {
		words := []fyne.CanvasObject{kit.Strong(m.Title), kit.Caption(kit.FormatTime(m.At))}
		for _, line := range m.Lines {
			words = append(words, kit.Body(line))
		}
		lines = append(lines, kit.TopRow(1.5, 1, kit.Icon(toneOfMoment(m).Icon(), 1), kit.Stack(0.25, words...)))
	}
	return kit.TitledCard(v.env.T("complaints.timeline"), "", kit.Stack(1.5, lines...))
}

func toneOfMoment(m report.Moment) look.Tone {
	if m.CaseState != domain.CaseNone {
		return look.ToneOfCaseState(m.CaseState)
	}
	switch m.Kind {
	case "withdrawal_" + string(filing.WithdrawalAsked), "withdrawal_" + string(filing.WithdrawalRefused),
		"withdrawal_" + string(filing.WithdrawalDone), "withdrawal_" + string(filing.WithdrawalClosed):
		return toneOfWithdrawal(filing.WithdrawalState(strings.TrimPrefix(m.Kind, "withdrawal_")))
	case filedByHand, string(DeedSettledFiled), "evidence_uploaded", "attempt_" + string(domain.AttemptSent), "attempt_" + string(domain.AttemptToken):
		return look.Done
	case "attempt_" + string(domain.AttemptFailed), "evidence_refused":
		return look.Danger
	case "evidence_missing", "attempt_" + string(domain.AttemptRetry), "attempt_" + string(domain.AttemptUnknown), "attempt_" + string(domain.AttemptPaused):
		return look.Caution
	case report.MomentNext, "attempt_" + string(domain.AttemptRunning):
		return look.Info
	}
	return look.Neutral
}

// states shows ours and theirs side by side, each under whose it is.
func (v *detailView) states() fyne.CanvasObject {
	c := v.d.Complaint
	ours := kit.SendStateBadge(v.env, c.SendState)
	if text := waitsForUser(v.env, c); text != "" {
		ours = kit.NewBadge(look.Caution, text)
	}
	theirs := kit.NewBadge(look.Neutral, v.env.T("receipt.case.none"))
	if c.CaseState != domain.CaseNone {
		theirs = kit.CaseStateBadge(v.env, c.CaseState)
	}
	of := func(key string, badge fyne.CanvasObject) fyne.CanvasObject {
		whose := kit.NewText(v.env.T(key), kit.TextParams{Size: theme.SizeNameCaptionText, Color: look.ColorSecondary})
		return kit.Stack(0.5, whose, kit.Row(0, -1, badge))
	}
	out := kit.Flow(2.5, of("receipt.state.ours", ours))
	if contents(c) != "not_yet" { // else nobody there knows of it
		out.Add(of("receipt.state.theirs", theirs))
	}
	if w := v.d.Withdrawal; w != nil && w.State == filing.WithdrawalDone {
		out.Add(of("receipt.state.withdrawal", kit.NewBadge(look.Neutral, v.env.T("event.withdrawal_done"))))
	}
	if !v.d.Practice {
		return out
	}
	return kit.Stack(1, kit.Row(1, -1, kit.NewBadge(look.Caution, v.env.T("complaints.practice.badge"))), out)
}

// print offers the receipt as a file to be printed.
func (v *detailView) print() *kit.Button {
	return kit.NewButton(v.env.T("complaints.print"), theme.DocumentPrintIcon(), func() {
		name := v.env.T("complaints.print.name") + "-" + v.d.Complaint.ID.Short() + string(PDF)
		v.p.saveFile(v.env.T("complaints.print.choose"), name, string(PDF), v.p.model.SaveReceipt)
	})
}

// filedByHandCard keeps offering what the user took along, after they filed it.
func (v *detailView) filedByHandCard() fyne.CanvasObject {
	form := report.Assisted(v.env.Printer, v.d.Complaint)
	return kit.TitledCard(form.Title, "", kit.Stack(1.5, kit.Flow(1, v.paperButtons(form)...), kit.Caption(form.Notes[len(form.Notes)-1])))
}

// paperButtons write the form of a complaint that the user files, or has filed,
// and lead to where it is filed.
func (v *detailView) paperButtons(form report.AssistedForm) []fyne.CanvasObject {
	out := []fyne.CanvasObject{
		kit.NewButton(v.env.T("complaints.by_hand.pdf"), theme.DocumentSaveIcon(), func() { v.save(PDF, form) }),
		kit.NewButton(v.env.T("complaints.by_hand.mail"), theme.MailComposeIcon(), func() { v.save(Mail, form) }),
	}
	if address := v.d.Channel.URL; kit.WebAddress(address) {
		out = append(out, kit.NewButton(v.env.T("complaints.by_hand.address"), theme.ComputerIcon(), func() { v.showAddress(address) }))
	}
	return out
}

// showAddress shows where the complaint is filed before anything is opened.
func (v *detailView) showAddress(address string) {
	e := v.env
	kit.ShowDialog(e, func(d *kit.Dialog) kit.DialogParams {
		return kit.DialogParams{
			Title: e.T("complaints.by_hand.address.title"),
			Body:  kit.Stack(1.5, kit.Strong(address), kit.Body(e.T("complaints.by_hand.address.text"))),
			Buttons: []fyne.CanvasObject{
				kit.NewButton(e.T("kit.close"), nil, d.Close),
				kit.NewCopy(e, func() string { return address }),
				kit.NewPrimary(e.T("complaints.by_hand.address.open"), theme.ComputerIcon(), func() {
					d.Close()
					if v.p.p.OpenWeb != nil {
						v.p.p.OpenWeb(address)
						return
					}
					kit.OpenWeb(e, address)
				}),
			},
		}
	})
}

// correct asks for the right number in the place of one that was a slip.
func (v *detailView) correct() {
	e, was := v.env, v.d.Complaint.ReceiptNumber
	entry := kit.NewEntry("")
	entry.SetText(was)
	form := kit.NewForm(e, kit.NewField(e, kit.FieldParams{
		Label: e.T("complaints.receipt"), Input: entry, Pointer: "/receipt_number", Beside: kit.PasteInto(e, entry, nil),
		Help: e.T("complaints.correct.help", map[string]any{"Was": was}),
	}))
	entry.OnChanged = func(string) { form.Clear() }
	kit.ShowDialog(e, func(d *kit.Dialog) kit.DialogParams {
		return kit.DialogParams{
			Title: e.T("complaints.correct.title"), Body: form.Object(), Focus: entry,
			Typed: func() bool { return entry.Text != was },
			Buttons: []fyne.CanvasObject{
				kit.NewButton(e.T("kit.cancel"), nil, d.Close),
				kit.NewPrimary(e.T("complaints.correct.yes"), theme.ConfirmIcon(), func() {
					v.p.model.Correct(was, entry.Text, func(err error) {
						switch {
						case domain.KindOf(err) == domain.Invalid:
							form.Show(err)
						case err != nil:
							d.Close()
							e.ShowError(err)
						default:
							d.Close()
						}
					})
				}),
			},
		}
	})
}
