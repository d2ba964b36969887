package complaints

import (
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/theme"

	"quietline/internal/domain"
	"quietline/internal/ui/kit"
	"quietline/internal/ui/look"
)

// unsettled is the card on which the user says whether the endpoint has the
// complaint: nobody else can.
func (v *detailView) unsettled() fyne.CanvasObject {
	e, m := v.env, v.p.model
	reference := string(v.d.Complaint.ID)
	return kit.TitledCard(e.T("complaints.unsettled"), "", kit.Stack(2,
		kit.Notice(look.Caution, e.T("complaints.unsettled.head"), strings.TrimSpace(e.T("complaints.unsettled.text")+"\n"+v.why())),
		kit.Stack(0.5,
			kit.TopRow(1, 0, kit.Body(e.T("complaints.unsettled.look")), kit.NewCopy(e, func() string { return reference })),
			kit.Body(reference)),
		v.numberField(e.T("complaints.unsettled.number.help"), func() fyne.CanvasObject {
			return kit.Flow(1,
				kit.NewPrimary(e.T("complaints.unsettled.filed"), theme.ConfirmIcon(), m.SettleFiled),
				kit.NewButton(e.T("complaints.unsettled.again"), theme.MailSendIcon(), v.askAgain))
		}),
	))
}

// numberForToken is where the number goes that the endpoint owes, if the user
// learns it earlier than the program.
func (v *detailView) numberForToken() fyne.CanvasObject {
	e := v.env
	return kit.TitledCard(e.T("complaints.token.title"), "", kit.Stack(2,
		kit.Body(e.T("complaints.token.text")),
		v.numberField("", func() fyne.CanvasObject {
			return kit.Flow(1, kit.NewButton(e.T("complaints.token.store"), theme.ConfirmIcon(), v.p.model.SettleFiled))
		}),
	))
}

// askAgain makes sure before a complaint may be filed twice.
func (v *detailView) askAgain() {
	kit.Confirm(v.env, kit.ConfirmParams{
		Title: v.env.T("complaints.unsettled.again.ask"), Text: v.env.T("complaints.unsettled.again.text"),
		Yes: v.env.T("complaints.unsettled.again"), No: v.env.T("complaints.unsettled.again.no"),
		Danger: true, OnYes: v.p.model.SettleAgain,
	})
}

// numberless says that a complaint is filed although it has no number.
func (v *detailView) numberless() []fyne.CanvasObject {
	if !v.d.Complaint.Numberless() {
		return nil
	}
	return []fyne.CanvasObject{kit.Notice(look.Done, v.env.T("complaints.numberless"), v.env.T("complaints.numberless.text"))}
}

// waitsForUser is the state of a complaint that waits for its user, in words; empty
// for any other.
func waitsForUser(e *kit.Env, c domain.Complaint) string {
	switch {
	case c.ByHand():
		return e.T("by_hand.state")
	case c.Unsettled():
		return e.T("unsettled.state")
	}
	return ""
}
