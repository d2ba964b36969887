package batch

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/theme"

	"quietline/internal/domain"
	"quietline/internal/filing"
	"quietline/internal/l10n"
	"quietline/internal/progress"
	"quietline/internal/ui/destination"
	"quietline/internal/ui/kit"
	"quietline/internal/ui/look"
)

// detailView shows one batch: how far it is, what can be done, what was left
// out.
type detailView struct {
	p      *Page
	env    *kit.Env
	id     string
	b      filing.Batch
	scroll *container.Scroll
	object fyne.CanvasObject
}

func newDetailView(p *Page, b filing.Batch) *detailView {
	v := &detailView{p: p, env: p.env, id: b.ID, b: b}
	parts := []fyne.CanvasObject{v.head()}
	parts = append(parts, v.state()...)
	parts = append(parts, v.papers(), v.counts())
	if b.Rejected > 0 {
		parts = append(parts, v.problems())
	}
	v.scroll, v.object = kit.Scroller(kit.Stack(2, parts...))
	return v
}

// head is the name of the batch with the way back to the list.
func (v *detailView) head() fyne.CanvasObject {
	back := kit.NewQuiet(v.env.T("batch.back"), theme.NavigateBackIcon(), func() { v.p.model.Open("") }).On(kit.CommandBack)
	name := v.b.File
	if v.b.Sheet != "" {
		name += " · " + v.b.Sheet
	}
	return kit.Stack(0.5, kit.Row(1, -1, back),
		kit.NewText(v.b.ID, kit.TextParams{Size: theme.SizeNameHeadingText, Bold: true, Wrap: true}), kit.Muted(name))
}

// state says how far it is, and offers what can be done about that.
func (v *detailView) state() []fyne.CanvasObject {
	e, b := v.env, v.b
	tone, text := standing(e, b)
	badges := []fyne.CanvasObject{kit.NewBadge(tone, text)}
	ch, known := v.p.model.channelOf(b.Channel)
	if known && filing.IsPractice(ch) {
		badges = append(badges, kit.NewBadge(look.Caution, e.T("complaints.practice.badge")))
	}
	done := filedOf(b)
	bar := kit.NewProgress(e, kit.ProgressParams{
		Title: e.T("batch.progress"), Counts: func(progress.Snapshot) string {
			return e.T("batch.progress.counts", l10n.Args{"Done": e.Printer.Number(int64(done)), "All": e.Printer.Number(int64(b.Queued))})
		},
	})
	bar.Set(progress.Snapshot{Done: int64(done), Total: int64(b.Queued)})
	out := []fyne.CanvasObject{kit.Flow(1, badges...), bar.Object()}
	if text := pace(e, b.Open(), ch); text != "" && b.CancelledAt.IsZero() {
		out = append(out, kit.Caption(text))
	}
	out = append(out, v.notices(ch, known)...)
	if actions := v.actions(); len(actions) > 0 {
		out = append(out, kit.Flow(1, actions...))
	}
	return out
}

// notices explain what keeps the batch from going on.
func (v *detailView) notices(ch domain.Channel, known bool) []fyne.CanvasObject {
	e, b := v.env, v.b
	var out []fyne.CanvasObject
	settings := func() fyne.CanvasObject {
		return kit.NewButton(e.T("complaints.paused.settings"), theme.SettingsIcon(), func() {
			e.Navigate(kit.Route{Page: kit.PageSettings})
		})
	}
	switch {
	case !b.CancelledAt.IsZero():
		return nil
	case b.FinishedAt.IsZero():
		out = append(out, kit.Notice(look.Caution, e.T("batch.unfinished"), e.T("batch.unfinished.hint")))
	case b.Open() == 0:
	case b.ChannelKind == domain.ChannelAssisted:
		out = append(out, kit.Notice(look.Caution, e.T("batch.by_hand"), e.T("batch.by_hand.hint")))
	case !b.PausedAt.IsZero():
		out = append(out, kit.Notice(look.Caution, e.T("batch.paused"), e.T("batch.paused.hint")))
	case known && ch.Paused != "":
		out = append(out, kit.Notice(look.Caution,
			e.T("complaints.paused."+ch.Paused, l10n.Args{"Channel": destination.Name(e, ch)}), e.T("complaints.paused.hint"), settings()))
	}
	if n := b.States[domain.SendFailed]; n > 0 {
		out = append(out, kit.Notice(look.Danger, e.N("batch.failed", n), e.T("batch.failed.hint")))
	}
	if b.Rejected > 0 {
		out = append(out, kit.Notice(look.Caution, e.N("batch.problems", b.Rejected), e.T("batch.problems.hint")))
	}
	return out
}

// actions are the buttons for what the state allows.
func (v *detailView) actions() []fyne.CanvasObject {
	e, b, m := v.env, v.b, v.p.model
	var out []fyne.CanvasObject
	if b.CancelledAt.IsZero() && b.Open() > 0 {
		switch {
		case !b.PausedAt.IsZero():
			out = append(out, kit.NewPrimary(e.T("batch.resume"), theme.MediaPlayIcon(), func() { m.Pause(false) }))
		case b.ChannelKind != domain.ChannelAssisted:
			out = append(out, kit.NewButton(e.T("batch.pause"), theme.MediaPauseIcon(), func() { m.Pause(true) }))
		}
		out = append(out, kit.NewButton(e.T("batch.cancel"), theme.CancelIcon(), v.askCancel))
	}
	if b.Queued > 0 {
		out = append(out, kit.NewButton(e.T("batch.complaints"), look.IconComplaints.Resource(), func() {
			e.Navigate(kit.RouteComplaintsOfBatch(v.segment(), b.ID))
		}))
	}
	return out
}

// segment is the part of the complaints where most of what is to be seen of the
// batch stands.
func (v *detailView) segment() string {
	switch {
	case v.b.Open()+v.b.States[domain.SendFailed] > 0:
		return "outbox"
	case filedOf(v.b) > 0:
		return "filed"
	}
	return "aside"
}

func (v *detailView) askCancel() {
	e, id := v.env, v.p.model.OpenID() // which may be another one by the time of the answer
	kit.Confirm(e, kit.ConfirmParams{
		Title: e.T("batch.cancel.ask"), Text: e.T("batch.cancel.text"),
		Yes: e.T("batch.cancel"), No: e.T("batch.cancel.no"), Danger: true, OnYes: func() { v.p.model.Cancel(id) },
	})
}

// papers is what the volunteer hands back.
func (v *detailView) papers() fyne.CanvasObject {
	text := v.env.T("batch.papers.text")
	if v.p.model.Writing() {
		text = v.env.T("batch.writing")
	}
	return kit.TitledCard(v.env.T("batch.papers"), text, kit.Flow(1, v.paperButtons()...))
}

func (v *detailView) paperButtons() []fyne.CanvasObject {
	e := v.env
	button := func(what Paper, icon fyne.Resource) *kit.Button {
		b := kit.NewButton(e.T("batch.paper."+string(what)), icon, func() { v.p.write(what) })
		if v.p.model.Writing() {
			b.Disable()
		}
		return b
	}
	buttons := []fyne.CanvasObject{button(PaperResults, theme.DocumentSaveIcon())}
	if filedOf(v.b) > 0 {
		buttons = append(buttons, button(PaperReceipts, theme.DocumentPrintIcon()))
	}
	if v.b.Rejected > 0 {
		buttons = append(buttons, button(PaperRejects, theme.DocumentSaveIcon()))
	}
	return buttons
}

// counts says what became of the rows.
func (v *detailView) counts() fyne.CanvasObject {
	e, b := v.env, v.b
	facts := []fyne.CanvasObject{kit.Fact(e.T("batch.rows"), e.Printer.Number(int64(b.Rows)))}
	add := func(label string, n int) {
		if n > 0 {
			facts = append(facts, kit.Fact(label, e.Printer.Number(int64(n))))
		}
	}
	add(e.T("batch.rows.queued"), b.Queued)
	add(e.T("batch.rows.duplicates"), b.Duplicates)
	add(e.T("batch.rows.rejected"), b.Rejected)
	states := make([]fyne.CanvasObject, 0, len(b.States))
	for _, s := range domain.SendStates() {
		if n := b.States[s]; n > 0 {
			states = append(states, kit.NewBadge(look.ToneOfSendState(s), e.T("batch.state.count", l10n.Args{
				"State": e.Printer.Term("send_state", string(s)), "Count": e.Printer.Number(int64(n)),
			})))
		}
	}
	if len(states) > 0 {
		facts = append(facts, kit.Flow(1, states...))
	}
	facts = append(facts,
		kit.Fact(e.T("batch.channel"), v.channel()), kit.Fact(e.T("batch.created"), kit.FormatTime(b.CreatedAt)))
	return kit.TitledCard(e.T("batch.counts"), "", kit.Stack(1, facts...))
}

func (v *detailView) channel() string {
	if ch, ok := v.p.model.channelOf(v.b.Channel); ok {
		return destination.Name(v.env, ch)
	}
	return v.b.Channel
}

// problems lists the rows that could not be filed.
func (v *detailView) problems() fyne.CanvasObject {
	e := v.env
	if v.b.Rejected > kit.MostRemarks {
		return kit.Stack(1, kit.Heading(e.N("batch.problems", v.b.Rejected)), v.p.problemTable(v.b))
	}
	var list []kit.Remark
	for _, r := range v.p.model.Problems() {
		list = append(list, remark(e, r.Line, r.Cells, r.Problems))
	}
	return kit.Stack(1, kit.Heading(e.N("batch.problems", v.b.Rejected)), kit.Remarks(list, func(shown int) string {
		if rest := v.b.Rejected - shown; rest > 0 && shown > 0 {
			return e.N("batch.problems.more", rest)
		}
		return ""
	}))
}
