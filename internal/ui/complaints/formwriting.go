package complaints

import (
	"cmp"
	"slices"
	"strings"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/theme"

	"quietline/internal/domain"
	"quietline/internal/l10n"
	"quietline/internal/ui/kit"
	"quietline/internal/ui/look"
	"quietline/internal/wording"
)

// writingParts are what helps to write, and what is seldom needed.
type writingParts struct {
	related   *fyne.Container // other complaints about the caller
	recording *fyne.Container // until when the recording has to be kept
	fraud     fyne.CanvasObject
	undo      *kit.Button
	unfold    *kit.Button
	more      *fyne.Container
}

func (v *formView) begun() {
	v.related, v.recording = kit.Stack(0), kit.Stack(0)
}

// titleKey, fileKey and draftKey say what the form does: a new complaint, a
// draft, or one that waits in the outbox.
func (v *formView) titleKey() string {
	switch f := v.m.Form(); {
	case f.Queued:
		return "complaints.form.change"
	case f.ID != "":
		return "complaints.form.edit"
	}
	return "complaints.form.new"
}

func (v *formView) fileKey() string {
	if v.m.Form().Queued {
		return "complaints.change.save"
	}
	return "complaints.file"
}

func (v *formView) draftKey() string {
	if v.m.Form().Queued {
		return "complaints.change.draft"
	}
	return "complaints.save_draft"
}

// fraudField asks for the scheme, where it is a fraud.
func (v *formView) fraudField() fyne.CanvasObject {
	kind := kit.NewChoice(v.env.T("complaints.fraud.prompt"), kit.Terms(v.env.Printer, "fraud_kind", domain.FraudKinds()),
		func(k domain.FraudKind) { v.edit(AtFraud, func(f *Form) { f.FraudKind = k }) })
	kind.Set(v.m.Form().FraudKind)
	v.fraud = v.add("fraud_kind", AtFraud, kit.FieldParams{Input: kind, Help: v.env.T("complaints.fraud.help")})
	v.showFraud()
	return v.fraud
}

func (v *formView) showFraud() {
	if v.gone() {
		return
	}
	hidden := v.m.Form().Category != domain.CategoryFraud
	if hidden {
		v.fraud.Hide()
	} else {
		v.fraud.Show()
	}
	if v.object != nil {
		v.object.Refresh()
	}
}

// morePart is what makes a complaint stronger and is not needed. It is folded,
// so that nobody is faced with it, unless something stands in it.
func (v *formView) morePart() fyne.CanvasObject {
	v.more = kit.Stack(1.5, v.details()...)
	v.unfold = kit.NewQuiet("", nil, func() { v.fold(v.more.Visible()) })
	v.fold(!v.m.Form().detailed())
	return kit.Card(
		kit.Stack(0.5, kit.Heading(v.env.T("complaints.part.more")), kit.Muted(v.env.T("complaints.part.more.text"))),
		kit.Row(1, -1, v.unfold), v.more,
	)
}

// detailed says whether the form says something that is folded away.
func (f *Form) detailed() bool {
	told := slices.ContainsFunc(f.Techniques, func(t domain.Technique) bool { return t != domain.TechniqueUnknown })
	return f.Duration != "" || told || f.Harm > 0 || f.Loss != "" || f.Refused != "" ||
		f.Consent != ConsentUnsaid || len(f.Demands) > 0
}

func (v *formView) fold(away bool) {
	key, icon := "complaints.more.hide", theme.MenuDropUpIcon()
	if away {
		key, icon = "complaints.more.show", theme.MenuDropDownIcon()
		v.more.Hide()
	} else {
		v.more.Show()
	}
	v.unfold.SetText(v.env.T(key))
	v.unfold.SetIcon(icon)
	if v.object != nil {
		v.object.Refresh()
	}
}

// unfoldWrong shows the folded fields where one of them is wrong.
func (v *formView) unfoldWrong() {
	for _, pointer := range []string{AtDuration, AtHarm, AtTechniques, AtRefused, AtLoss, AtConsent, AtDemands} {
		if f := v.fields[pointer]; f != nil && f.Error() != "" && !v.more.Visible() {
			v.fold(false)
		}
	}
}

// details are the fields that are folded away.
func (v *formView) details() []fyne.CanvasObject {
	f := v.m.Form()
	techniques := kit.NewChecks(kit.Terms(v.env.Printer, "technique", domain.Techniques()), func(list []domain.Technique) {
		v.edit(AtTechniques, func(f *Form) { f.Techniques = list })
	})
	techniques.Set(f.Techniques)
	harm := kit.NewChoice("", harms(v.env), func(h domain.Harm) {
		v.edit(AtHarm, func(f *Form) { f.Harm = h })
		v.showWarning()
	})
	harm.Set(f.Harm)
	_, refused := v.moment("refused", AtRefused, &f.Refused, kit.FieldParams{Help: v.env.T("complaints.refused.help")})
	demands := kit.NewChecks(kit.Terms(v.env.Printer, "demand", domain.Demands()), func(list []domain.Demand) {
		v.edit(AtDemands, func(f *Form) { f.Demands = list })
	})
	demands.Set(f.Demands)
	first := v.add("harm", AtHarm, kit.FieldParams{Input: harm})
	if !f.Logged() && v.at != nil {
		duration := v.text(v.env.T("complaints.duration.placeholder"), AtDuration, &f.Duration)
		first = kit.Columns(2.5, 36, v.add("duration", AtDuration, kit.FieldParams{Input: duration}), first)
	}
	return []fyne.CanvasObject{
		first,
		v.add("techniques", AtTechniques, kit.FieldParams{Input: techniques.Object(), Focus: techniques.First()}),
		kit.Columns(2.5, 36, refused, v.lossField()),
		v.consentField(),
		v.add("demands", AtDemands, kit.FieldParams{Input: demands.Object(), Focus: demands.First()}),
	}
}

func (v *formView) lossField() fyne.CanvasObject {
	f := v.m.Form()
	loss := v.text(v.env.T("complaints.loss.placeholder"), AtLoss, &f.Loss)
	currency := kit.NewChoice("", kit.Terms(v.env.Printer, "currency", domain.Currencies()), func(code string) {
		v.edit(AtLoss, func(f *Form) { f.Currency = code })
	})
	currency.Set(domain.Yuan)
	if f.Currency != "" {
		currency.Set(f.Currency)
	}
	return v.add("loss", AtLoss, kit.FieldParams{Input: loss, Beside: currency})
}

func (v *formView) consentField() fyne.CanvasObject {
	var options []kit.Option[Consent]
	for _, c := range []Consent{ConsentUnsaid, ConsentNo, ConsentYes} {
		options = append(options, kit.Option[Consent]{Code: c, Text: v.env.T("complaints.consent." + c.word())})
	}
	consent := kit.NewChoice("", options, func(c Consent) { v.edit(AtConsent, func(f *Form) { f.Consent = c }) })
	consent.Set(v.m.Form().Consent)
	return v.add("consent", AtConsent, kit.FieldParams{Input: consent})
}

func (c Consent) word() string {
	if c == ConsentUnsaid {
		return "unsaid"
	}
	return string(c)
}

// furtherCalls lists calls that stand in no log, each with a way to drop it.
func (v *formView) furtherCalls() fyne.CanvasObject {
	var lines []fyne.CanvasObject
	for i, c := range v.m.Form().Further {
		text := kit.FormatTime(c.StartedAt)
		if c.DurationSeconds != nil {
			text += v.env.T("complaints.separator") + kit.FormatSeconds(v.env, *c.DurationSeconds)
		}
		text += v.env.T("complaints.separator") + v.env.Printer.Term("direction", string(c.Direction)) +
			v.env.T("complaints.separator") + v.env.T("complaints.not_in_log")
		lines = append(lines, kit.Row(1, 0, kit.Body(text),
			kit.NewQuiet(v.env.T("complaints.leave_out"), theme.ContentRemoveIcon(), func() { v.m.LeaveOut(i) })))
	}
	return kit.Stack(0.25, lines...)
}

// showRecording says until when the recording has to be kept.
func (v *formView) showRecording() {
	if v.filling && v.object == nil {
		return
	}
	text := ""
	if r, ok := v.m.Recording(v.env.Clock.Now()); ok {
		text = r.Sentence(v.env.Printer)
	}
	if len(v.recording.Objects) > 0 {
		if old, is := v.recording.Objects[0].(*kit.Text); is && old.Text() == text {
			return
		}
	}
	v.recording.RemoveAll()
	if text != "" {
		v.recording.Add(kit.Caption(text))
	}
	v.recording.Hidden = text == ""
	v.object.Refresh()
}

// showRelated says that this caller has been complained about before, and
// offers to go on with the draft that is there.
func (v *formView) showRelated() {
	f := v.m.Form()
	v.related.RemoveAll()
	v.related.Hidden = len(f.Related) == 0
	if v.related.Hidden {
		v.object.Refresh()
		return
	}
	var lines []string
	for _, c := range f.nearest(mostRelated) {
		lines = append(lines, v.relatedLine(c))
	}
	title, list := "complaints.related", strings.Join(lines, "\n")
	var actions []fyne.CanvasObject
	if host, ok := f.Host(); ok {
		title = "complaints.related.draft"
		actions = append(actions, kit.NewButton(v.env.T("complaints.related.add"), theme.ContentAddIcon(), func() {
			v.m.AddToDraft(string(v.env.Printer.Language()), host.ID)
		}))
	}
	v.related.Add(kit.Notice(look.Info, v.env.T(title), list, actions...))
	v.object.Refresh()
}

// mostRelated is how many complaints about the caller are named: more would push
// the rest of the form out of sight.
const mostRelated = 3

// nearest are the complaints that are nearest to what is written: drafts about
// the number, then others about it, then those about others of the holder.
func (f *Form) nearest(most int) []domain.Complaint {
	rank := func(c domain.Complaint) int {
		switch {
		case c.Body.Caller.Number != f.Check.Number:
			return 2
		case c.SendState != domain.SendDraft:
			return 1
		}
		return 0
	}
	list := slices.Clone(f.Related)
	slices.SortStableFunc(list, func(a, b domain.Complaint) int { return cmp.Compare(rank(a), rank(b)) })
	return list[:min(most, len(list))]
}

// relatedLine is one complaint about the caller, in a line.
func (v *formView) relatedLine(c domain.Complaint) string {
	number := ""
	if c.Body.Caller.Number != v.m.Form().Check.Number {
		number = shownNumber(c.Body.Caller) + v.env.T("complaints.separator")
	}
	last := time.Time{}
	for _, call := range c.Body.Calls {
		if call.StartedAt.After(last) {
			last = call.StartedAt
		}
	}
	line := number + v.env.Printer.Term("send_state", string(c.SendState)) + v.env.T("complaints.separator") +
		v.env.N("complaints.related.calls", len(c.Body.Calls), l10n.Args{"Time": kit.FormatTime(last)})
	if c.ReceiptNumber != "" {
		line += v.env.T("complaints.separator") + c.ReceiptNumber
	}
	return line
}

// onRelated hears that other complaints about the caller were found.
func (p *Page) onRelated() {
	if p.form != nil && p.model.Form() != nil {
		p.form.showRelated()
	}
}

// showParts says beforehand that the channel needs several complaints, or does
// not take some of the calls.
func (v *formView) showParts() {
	now := v.env.Clock.Now()
	if old, days := v.m.OldCalls(now); old > 0 && old < len(v.m.calls()) {
		v.where.Add(kit.Notice(look.Caution, v.env.N("complaints.old_calls", old, l10n.Args{"Days": days}), v.env.T("complaints.old_calls.hint"),
			kit.NewButton(v.env.T("complaints.old_calls.leave_out"), theme.ContentRemoveIcon(), func() { v.m.LeaveOutOld(now) })))
	}
	if parts := v.p.partsNotice(); parts != nil {
		v.where.Add(parts)
	}
}

// partsNotice says how many complaints it becomes and how long that takes; nil
// for one.
func (p *Page) partsNotice() fyne.CanvasObject {
	n, pace := p.model.Parts()
	if n < 2 {
		return nil
	}
	hint := p.env.T("complaints.split.hint")
	if pace >= 2*time.Second {
		hint += "\n" + p.env.T("complaints.pace", l10n.Args{"Time": wording.Length(p.env.Printer, int64(pace.Round(time.Second).Seconds()))})
	}
	return kit.Notice(look.Info, p.env.N("complaints.split", n), hint)
}
