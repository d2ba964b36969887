package complaints

import (
	"slices"
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/theme"

	"quietline/internal/domain"
	"quietline/internal/l10n"
	"quietline/internal/ui/kit"
	"quietline/internal/ui/look"
)

// sent is the complaint as it went, or will go, to the endpoint.
func (v *detailView) sent() fyne.CanvasObject {
	c, b := v.d.Complaint, v.d.Complaint.Body
	var facts []fyne.CanvasObject
	add := func(key, value string) {
		if value != "" {
			facts = append(facts, kit.Fact(v.env.T("complaints.field."+key), value))
		}
	}
	add("number", shownNumber(b.Caller))
	add("family", v.env.Printer.Term("family", string(b.Caller.Family)))
	add("holder", b.Caller.ListedHolder)
	add("calls", v.calls(b.Calls))
	add("complainant", b.Complainant.Name)
	if b.Complainant.OnBehalf != nil {
		add("person", v.onBehalf(b.Complainant))
	}
	add("category", v.env.Printer.Term("category", string(b.Category)))
	add("fraud_kind", v.env.Printer.Term("fraud_kind", string(b.FraudKindOf())))
	if !slices.Equal(b.Techniques, []domain.Technique{domain.TechniqueUnknown}) {
		add("techniques", terms(v.env, "technique", b.Techniques))
	}
	if b.Harm > 0 {
		add("harm", harmTerm(v.env, b.Harm))
	}
	if b.Loss != nil {
		add("loss", money(v.env, *b.Loss))
	}
	if b.RefusedAt != nil {
		add("refused", kit.FormatTime(*b.RefusedAt))
	}
	if b.ConsentGiven != nil {
		add("consent", v.env.T("complaints.consent."+yesNo(*b.ConsentGiven)))
	}
	add("description", b.Description)
	add("demands", terms(v.env, "demand", b.Demands))
	add("channel", v.channel())
	add("reference", string(c.ID))
	return kit.TitledCard(v.env.T("complaints.sent."+contents(c)), "", kit.Stack(1, facts...))
}

// channel is the name of the channel, in words for the built-in one.
func (v *detailView) channel() string {
	for _, c := range v.p.model.Channels() {
		if c.ID == v.d.Complaint.ChannelID {
			return channelName(v.env, c)
		}
	}
	return v.d.Complaint.Channel
}

// contents tells what was sent from what would be. The program sends nothing of
// what a person files.
func contents(c domain.Complaint) string {
	if c.ChannelKind == domain.ChannelAssisted {
		return "by_hand"
	}
	switch c.SendState {
	case domain.SendDraft, domain.SendQueued, domain.SendSkipped, domain.SendCancelled:
		return "not_yet"
	default:
		return "done"
	}
}

func yesNo(b bool) string {
	if b {
		return "yes"
	}
	return "no"
}

func (v *detailView) calls(list []domain.CallRef) string {
	lines := make([]string, len(list))
	for i, c := range list {
		lines[i] = kit.FormatTime(c.StartedAt)
		if c.DurationSeconds != nil {
			lines[i] += v.env.T("complaints.separator") + kit.FormatSeconds(v.env, *c.DurationSeconds)
		}
		lines[i] += v.env.T("complaints.separator") + v.env.Printer.Term("direction", string(c.Direction))
	}
	return strings.Join(lines, "\n")
}

func terms[T ~string](e *kit.Env, kind string, codes []T) string {
	words := make([]string, len(codes))
	for i, c := range codes {
		words[i] = e.Printer.Term(kind, string(c))
	}
	return strings.Join(words, e.T("complaints.list_separator"))
}

// times are when the calls of a form were, the newest first; a list that is too
// long to be read over ends in dots.
func times(f *Form) string {
	const most = 5
	var list []string
	if !f.Logged() && f.At != "" {
		list = append(list, f.At)
	}
	for _, c := range f.Calls {
		list = append(list, kit.FormatTime(c.StartedAt))
	}
	for _, c := range f.Further {
		list = append(list, kit.FormatTime(c.StartedAt))
	}
	if len(list) > most {
		list = append(list[:most], "…")
	}
	return strings.Join(list, "\n")
}

// askFiling says once more where the complaint goes, before it does.
func (p *Page) askFiling() {
	d, ok := p.model.Destination()
	if !ok { // the channels have changed, or have not come yet
		p.model.Reload()
		return
	}
	language := string(p.env.Printer.Language())
	text, tone, hint := p.env.T("complaints.confirm.real", l10n.Args{"Channel": d.Channel, "URL": d.URL}), look.Info, p.env.T("complaints.confirm.real.hint")
	if p.model.By() != "" {
		hint = p.env.T("complaints.confirm.real.hint_stated")
	}
	if d.Practice {
		text, tone, hint = p.env.T("complaints.confirm.practice"), look.Caution, p.env.T("complaints.confirm.practice.hint")
	}
	title, do, icon := p.env.T("complaints.confirm"), p.env.T("complaints.confirm.yes"), theme.MailSendIcon()
	if d.ByHand {
		text, hint = p.env.T("complaints.by_hand"), p.env.T("complaints.by_hand.text")
		title, do, icon = p.env.T("complaints.confirm.prepare.title"), p.env.T("complaints.confirm.prepare"), theme.DocumentCreateIcon()
	}
	kit.ShowDialog(p.env, func(dlg *kit.Dialog) kit.DialogParams {
		f := p.model.Form()
		yes := kit.NewPrimary(do, icon, func() {
			dlg.Close()
			p.model.File(language)
		})
		body := kit.Stack(1.5,
			kit.Notice(tone, text, hint),
			kit.Fact(p.env.T("complaints.field.number"), f.Number),
			kit.Fact(p.env.T("complaints.field.at"), times(f)),
			kit.Fact(p.env.T("complaints.field.category"), p.env.Printer.Term("category", string(f.Category))),
		)
		if names := fileNames(p.env, f); names != "" {
			body.Add(kit.Fact(p.env.T("complaints.field.evidence"), names))
		}
		if parts := p.partsNotice(); parts != nil {
			body.Add(parts)
		}
		if f.Guard != nil {
			body.Add(meant(p.env, f))
		}
		if by := p.model.By(); by != "" {
			body.Add(kit.Fact(p.env.T("complaints.field.complainant"), by))
		}
		if who, other := p.model.Other(); other {
			body.Add(kit.Fact(p.env.T("complaints.field.person"), who.Name))
			if who.Authority == domain.AuthorityNone {
				body.Add(kit.Notice(look.Caution,
					p.env.T("complaints.no_authority", l10n.Args{"Name": who.Name}), p.env.T("complaints.no_authority.hint")))
			}
		}
		return kit.DialogParams{
			Title: title, Body: body,
			Buttons: []fyne.CanvasObject{kit.NewButton(p.env.T("complaints.confirm.no"), nil, dlg.Close), yes},
		}
	})
}
