package complaints

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/theme"

	"quietline/internal/domain"
	"quietline/internal/filing"
	"quietline/internal/l10n"
	"quietline/internal/ui/kit"
	"quietline/internal/ui/look"
)

// detailView shows one complaint: where it stands, what can be done, what was
// sent, and what happened.
type detailView struct {
	p      *Page
	env    *kit.Env
	d      filing.Detail
	shown  shownDetail
	scroll *container.Scroll
	// receiptEntry is where the user enters a receipt number, nil where they
	// cannot.
	receiptEntry *kit.Entry
	copies       []*kit.Button // of the fields that are filled in, in their order
	object       fyne.CanvasObject
}

// shownDetail is everything that a view depends on.
type shownDetail struct {
	id       domain.ComplaintID
	detail   filing.Detail
	there    bool
	fault    error
	channels []domain.Channel
	stuck    bool
	saved    string
	unsure   error // about the receipt number
	drafts   []domain.Complaint
	merged   bool
}

// same says whether both show the same complaint.
func (s shownDetail) same(o shownDetail) bool { return s.id == o.id }

func newDetailView(p *Page) *detailView {
	v := &detailView{p: p, env: p.env}
	d, ok := p.model.Detail()
	v.shown = shownDetail{
		id: p.model.OpenID(), detail: d, there: ok, fault: p.model.DetailFault(),
		channels: p.model.Channels(), stuck: d.Complaint.Stuck(p.env.Clock.Now()),
		saved: p.model.Saved(), unsure: p.model.ReceiptFault(), drafts: p.model.DraftsBeside(), merged: p.model.Merged(),
	}
	parts := []fyne.CanvasObject{v.head()}
	if err := v.shown.fault; err != nil {
		parts = append(parts, v.env.ErrorNotice(err, v.env.Retry(p.model.Reload)))
	}
	if ok {
		v.d = d
		parts = append(parts, v.together()...)
		parts = append(parts, v.state()...)
		if d.Complaint.ByHand() {
			parts = append(parts, v.assisted())
		}
		if filed := d.Complaint; filed.ChannelKind == domain.ChannelAssisted && filed.SendState == domain.SendSent {
			parts = append(parts, v.filedByHandCard())
		}
		if d.Complaint.Unsettled() {
			parts = append(parts, v.unsettled())
		}
		if filing.RefuseSettle("", d.Complaint, false) == nil && !d.Complaint.Unsettled() {
			parts = append(parts, v.numberForToken())
		}
		parts = append(parts, v.timeline(), v.sent())
		if len(d.Evidence) > 0 {
			parts = append(parts, v.evidence())
		}
	}
	v.scroll, v.object = kit.Scroller(kit.Stack(2, parts...))
	return v
}

// head is the number with the way back to the list.
func (v *detailView) head() fyne.CanvasObject {
	d, _ := v.p.model.Detail()
	number := shownNumber(d.Complaint.Body.Caller)
	back := kit.NewQuiet(v.env.T("complaints.back"), theme.NavigateBackIcon(), v.p.closeDetail).On(kit.CommandBack)
	return kit.Stack(0.5, kit.Row(1, -1, back), kit.NewText(number, kit.TextParams{
		Size: theme.SizeNameHeadingText, Bold: true, Wrap: true,
	}))
}

// state says how far it is and offers what can be done now.
func (v *detailView) state() []fyne.CanvasObject {
	c := v.d.Complaint
	out := []fyne.CanvasObject{v.states()}
	if c.ReceiptNumber != "" {
		out = append(out, v.receipt())
	}
	out = append(out, v.numberless()...)
	out = append(out, v.standing()...)
	out = append(out, v.recording()...)
	out = append(out, v.untold()...)
	out = append(out, v.withdrawal()...)
	if actions := v.actions(); len(actions) > 0 {
		out = append(out, kit.Flow(1, actions...))
	}
	if path := v.shown.saved; path != "" {
		out = append(out, v.savedNotice(path))
	}
	return out
}

// receipt is the number that counts, with a button to take it along.
func (v *detailView) receipt() fyne.CanvasObject {
	number := v.d.Complaint.ReceiptNumber
	buttons := []fyne.CanvasObject{kit.NewCopy(v.env, func() string { return number })}
	if v.d.Complaint.ChannelKind == domain.ChannelAssisted {
		buttons = append(buttons, kit.NewQuiet(v.env.T("complaints.correct"), theme.DocumentCreateIcon(), v.correct))
	}
	return kit.ToneCard(look.Done, kit.Stack(0.5,
		kit.NewText(v.env.T("complaints.receipt"), kit.TextParams{Bold: true, Color: look.Done.Text(), Wrap: true}),
		kit.Beside(20,
			kit.NewText(number, kit.TextParams{Size: theme.SizeNameSubHeadingText, Bold: true, Wrap: true}), buttons...,
		),
	))
}

// standing explains a state that is not simply "sent".
func (v *detailView) standing() []fyne.CanvasObject {
	c := v.d.Complaint
	var out []fyne.CanvasObject
	if ch, paused := v.p.model.Paused(); paused {
		out = append(out, kit.Notice(look.Caution,
			v.env.T("complaints.paused."+ch.Paused, l10n.Args{"Channel": channelName(v.env, ch)}),
			v.env.T("complaints.paused.hint"),
			kit.NewButton(v.env.T("complaints.paused.settings"), theme.SettingsIcon(), func() {
				v.env.Navigate(kit.Route{Page: kit.PageSettings})
			}),
		))
	}
	if v.shown.stuck {
		out = append(out, kit.Notice(look.Caution, v.env.T("complaints.stuck"), v.env.T("complaints.stuck.hint")))
	}
	if key := "complaints.standing." + string(c.SendState); c.SendState != domain.SendSent && waitsForUser(v.env, c) == "" {
		tone := look.ToneOfSendState(c.SendState)
		out = append(out, kit.Notice(tone, v.env.T(key), v.why()))
	}
	for _, p := range c.Problems {
		if p.Detail != "" {
			out = append(out, kit.Notice(look.Danger, v.env.T("complaints.reason", l10n.Args{"Field": v.fieldName(p.Pointer)}), p.Detail))
		}
	}
	return out
}

// why is the reason of the last attempt in words, and when the next one is.
func (v *detailView) why() string {
	c := v.d.Complaint
	text := ""
	if c.LastError != "" {
		text = v.env.T("err." + c.LastError)
		if n := len(v.d.Attempts); n > 0 && v.d.Attempts[n-1].Detail != "" {
			text += "\n" + v.env.T("complaints.endpoint_says", l10n.Args{"Words": v.d.Attempts[n-1].Detail})
		}
	}
	if !c.NextAttemptAt.IsZero() {
		if text != "" {
			text += "\n"
		}
		text += v.env.T("complaints.next_attempt", l10n.Args{"Time": kit.FormatTime(c.NextAttemptAt)})
	}
	return text
}

// fieldName puts a JSON pointer of an endpoint's reason into words.
func (v *detailView) fieldName(pointer string) string {
	if field := fieldOf(pointer); field != "" {
		return v.env.T("complaints.field." + fieldKey(field))
	}
	return pointer
}

// waits says whether the outbox will try again.
func waits(s domain.SendState) bool {
	switch s {
	case domain.SendQueued, domain.SendRetry, domain.SendUnknown, domain.SendToken:
		return true
	default:
		return false
	}
}

// actions are the buttons for what the state allows.
func (v *detailView) actions() []fyne.CanvasObject {
	m, s := v.p.model, v.d.Complaint.SendState
	var out []fyne.CanvasObject
	if s == domain.SendDraft {
		out = append(out, kit.NewPrimary(v.env.T("complaints.edit"), theme.DocumentCreateIcon(), m.EditDraft))
	}
	if waits(s) && waitsForUser(v.env, v.d.Complaint) == "" {
		deed, said, icon := v.env.T("complaints.try_now"), v.env.T("complaints.try_now.toast"), theme.MailSendIcon()
		if s == domain.SendToken {
			deed, said, icon = v.env.T("complaints.ask_now"), v.env.T("complaints.ask_now.toast"), theme.SearchIcon()
		}
		out = append(out, kit.NewPrimary(deed, icon, func() {
			m.SendNow(v.d.Complaint.ID)
			v.env.Toast(said)
		}))
	}
	if s == domain.SendQueued && v.d.Complaint.Editable() {
		out = append(out, kit.NewButton(v.env.T("complaints.change"), theme.DocumentCreateIcon(), m.EditDraft))
	}
	if anew(s) {
		out = append(out, kit.NewPrimary(v.env.T("complaints.anew"), theme.DocumentCreateIcon(), m.FileAnew))
	}
	out = append(out, v.print())
	if v.d.Withdrawable() {
		out = append(out, kit.NewButton(v.env.T("complaints.withdraw"), theme.ContentUndoIcon(), v.askWithdrawal))
	}
	switch {
	case s == domain.SendDraft:
		out = append(out, kit.NewButton(v.env.T("complaints.remove_draft"), theme.DeleteIcon(), func() {
			m.RemoveDrafts([]domain.Complaint{v.d.Complaint})
		}))
	case s.Cancellable(v.d.Attempts):
		out = append(out, kit.NewButton(v.env.T("complaints.cancel"), theme.DeleteIcon(), v.askCancel))
	}
	return out
}

func (v *detailView) askCancel() {
	kit.Confirm(v.env, kit.ConfirmParams{
		Title: v.env.T("complaints.cancel.ask"), Text: v.env.T("complaints.cancel.text"),
		Yes: v.env.T("complaints.cancel"), No: v.env.T("complaints.cancel.no"),
		Danger: true, OnYes: v.p.model.Cancel,
	})
}
