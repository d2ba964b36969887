package wording

import (
	"slices"
	"strings"
	"time"

	"quietline/internal/domain"
	"quietline/internal/l10n"
)

// mostTimes is how many calls a text names by their time.
const mostTimes = 10

// timeLayout is how a text writes a time: to the minute.
const timeLayout = "2006-01-02 15:04"

// Proposal is a text for a complaint, with the rules that it cites.
type Proposal struct {
	// Text is the whole text, in the printer's language.
	Text string
	// Cited are the rules in it, Left those that would fit and are left out.
	Cited, Left []Citation
}

// Propose makes a text of what the record says, and of nothing else: what
// nobody stated is not in it. Texts are in the language of the printer.
func Propose(p *l10n.Printer, body domain.ComplaintBody, now time.Time) Proposal {
	c := composing{p: p, body: body}
	var out Proposal
	out.Cited, out.Left = Cite(body, now)
	paragraphs := []string{c.account(), c.rules(out.Cited), c.demands()}
	out.Text = strings.Join(slices.DeleteFunc(paragraphs, func(s string) bool { return s == "" }), "\n")
	return out
}

// Tells says whether a text holds the account and the demands that Propose
// makes of a record, so that nothing is said twice.
func Tells(p *l10n.Printer, body domain.ComplaintBody, text string) (account, demands bool) {
	c := composing{p: p, body: body}
	holds := func(part string) bool { return part != "" && strings.Contains(text, part) }
	return holds(c.account()), holds(c.demands())
}

// composing is what one text is made from.
type composing struct {
	p    *l10n.Printer
	body domain.ComplaintBody
}

// said gives a sentence that is about the author or, where they complain for
// somebody else, about that person.
func (c composing) said(key string, args l10n.Args) string {
	return c.p.T(c.whose()+key, c.named(args))
}

func (c composing) whose() string {
	if c.body.Complainant.OnBehalf != nil {
		return "wording.their."
	}
	return "wording.my."
}

func (c composing) named(args l10n.Args) l10n.Args {
	if args == nil {
		args = l10n.Args{}
	}
	args["Name"] = ""
	if o := c.body.Complainant.OnBehalf; o != nil {
		args["Name"] = o.Name
	}
	return args
}

// account tells what happened.
func (c composing) account() string {
	b := c.body
	sentences := []string{c.calls()}
	add := func(s string) { sentences = append(sentences, s) }
	if b.Category != "" {
		add(c.p.T("wording.category", l10n.Args{"Category": c.p.Term("category", string(b.Category))}))
	}
	if k := b.FraudKindOf(); k != "" {
		add(c.p.T("wording.fraud_kind", l10n.Args{"Kind": c.p.Term("fraud_kind", string(k))}))
	}
	if how := c.techniques(); how != "" {
		add(c.p.T("wording.techniques", l10n.Args{"Techniques": how}))
	}
	switch {
	case b.ConsentGiven == nil:
	case *b.ConsentGiven:
		add(c.said("agreed", nil))
	default:
		add(c.said("never_agreed", nil))
	}
	sentences = append(sentences, c.refusal()...)
	if l := b.Loss; l != nil {
		add(c.said("loss", l10n.Args{"Amount": l.Amount, "Currency": c.p.Term("currency", l.Currency)}))
	}
	return c.run(sentences)
}

// run puts sentences behind each other.
func (c composing) run(sentences []string) string {
	space := " "
	if c.p.Language() == l10n.Chinese {
		space = "" // a full stop is as wide as a character and its space
	}
	return strings.Join(slices.DeleteFunc(sentences, func(s string) bool { return s == "" }), space)
}

// calls says how often the number called, and when.
func (c composing) calls() string {
	number := c.body.Caller.Number
	if number == "" {
		number = strings.TrimSpace(c.body.Caller.Displayed)
	}
	if shown := strings.TrimSpace(c.body.Caller.Displayed); shown != number {
		number = c.p.T("wording.shown_as", l10n.Args{"Number": number, "Displayed": shown})
	}
	if number == "" {
		return ""
	}
	calls := c.dated()
	args := l10n.Args{"Number": number}
	switch len(calls) {
	case 0:
		return c.said("call", args)
	case 1:
		args["Time"] = moment(calls[0].StartedAt)
		return c.run([]string{c.said("call_at", args), c.length(calls[0])})
	}
	times := make([]string, 0, mostTimes)
	for _, call := range calls[:min(len(calls), mostTimes)] {
		times = append(times, moment(call.StartedAt))
	}
	args["List"] = strings.Join(times, c.p.T("wording.separator"))
	if len(calls) > mostTimes {
		args["List"] = c.p.T("wording.and_more", l10n.Args{"List": args["List"]})
	}
	return c.p.N(c.whose()+"calls", len(calls), c.named(args))
}

// dated are the calls that have a time, the oldest first.
func (c composing) dated() []domain.CallRef {
	list := slices.DeleteFunc(slices.Clone(c.body.Calls), func(r domain.CallRef) bool { return r.StartedAt.IsZero() })
	slices.SortStableFunc(list, func(a, b domain.CallRef) int { return a.StartedAt.Compare(b.StartedAt) })
	return list
}

func moment(t time.Time) string { return t.In(domain.China()).Format(timeLayout) }

// length says how long the call was, or that nobody answered it.
func (c composing) length(call domain.CallRef) string {
	switch call.Direction {
	case domain.DirectionMissed, domain.DirectionRejected, domain.DirectionBlocked:
		return c.p.T("wording.unanswered")
	default:
	}
	if call.DurationSeconds == nil {
		return ""
	}
	return c.p.T("wording.lasted", l10n.Args{"Length": Length(c.p, *call.DurationSeconds)})
}

// Length is a length of time in words, in the two largest units that it has.
func Length(p *l10n.Printer, seconds int64) string {
	args, unit := l10n.Args{"H": seconds / 3600, "M": seconds % 3600 / 60, "S": seconds % 60}, "seconds"
	switch {
	case seconds >= 3600:
		unit = "hours"
	case seconds >= 60:
		unit = "minutes"
	}
	return p.T("length."+unit, args)
}

func (c composing) techniques() string {
	var list []string
	for _, t := range c.body.Techniques {
		// The refusal has a sentence of its own.
		if t != domain.TechniqueUnknown && (t != domain.TechniqueRedialAfterRefusal || c.body.RefusedAt == nil) {
			list = append(list, c.p.Term("technique", string(t)))
		}
	}
	return strings.Join(list, c.p.T("wording.separator"))
}

// refusal says when the person refused, and how often it rang after that.
func (c composing) refusal() []string {
	at := c.body.RefusedAt
	if at == nil {
		return nil
	}
	out := []string{c.said("refused", l10n.Args{"Time": moment(*at)})}
	after := 0
	for _, call := range c.body.Calls {
		if received(call) && call.StartedAt.After(*at) {
			after++
		}
	}
	if after > 0 {
		out = append(out, c.p.N("wording.refused_after", after))
	}
	return out
}

// rules lists what the complaint refers to.
func (c composing) rules(cited []Citation) string {
	if len(cited) == 0 {
		return ""
	}
	lines := []string{c.p.T("wording.rules")}
	for _, r := range cited {
		line := c.p.T("rule." + r.Key + ".text")
		if r.Calls < len(c.body.Calls) {
			line += c.p.N("wording.rule_some", r.Calls)
		}
		lines = append(lines, c.p.T("wording.rule", l10n.Args{"Rule": line}))
	}
	return strings.Join(lines, "\n")
}

func (c composing) demands() string {
	if len(c.body.Demands) == 0 {
		return ""
	}
	list := make([]string, len(c.body.Demands))
	for i, d := range c.body.Demands {
		list[i] = c.p.T("wording.demand." + string(d))
	}
	return c.p.T("wording.demands", l10n.Args{"Demands": strings.Join(list, c.p.T("wording.separator"))})
}

// Insert puts a proposed text behind what is written already, in place of the
// text that was proposed before, where that still stands there unchanged.
func Insert(written, before, text string) string {
	if before != "" && strings.Contains(written, before) {
		return strings.Replace(written, before, text, 1)
	}
	written = strings.TrimRight(written, " \n")
	if written == "" {
		return text
	}
	return written + "\n" + text
}
