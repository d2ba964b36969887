package report

import (
	"slices"
	"strconv"
	"strings"
	"time"

	"quietline/internal/domain"
	"quietline/internal/l10n"
	"quietline/internal/wording"
)

// AssistedField is one field of the form that a person fills in on the body's
// own page.
type AssistedField struct {
	// Key names the field: kind, own_number, number, category, at, length,
	// description.
	Key string
	// Label is what the form calls it, which is Chinese. Gloss is the same in the
	// reader's language, empty for a reader of Chinese.
	Label, Gloss string
	// Text is what goes in, in Chinese; empty where the complaint does not say.
	Text string
	// Hint is what the reader should know, in their language, or empty.
	Hint string
}

// Heading is the label, with its gloss behind it where there is one.
func (f AssistedField) Heading() string {
	if f.Gloss == "" {
		return f.Label
	}
	return f.Label + " / " + f.Gloss
}

// AssistedForm is a complaint in the order of the form of 12321, ready to be
// pasted field by field. There is no public interface: the program prepares,
// the person files.
type AssistedForm struct {
	// Language is that of the reader.
	Language string
	Title    string
	// Subtitle says which complaint it is.
	Subtitle string
	// Urgent is what comes before any complaint where money is at stake, or empty.
	Urgent string
	Fields []AssistedField
	// Notes say where to file and what is not certain, in the reader's language.
	Notes []string

	head                  []string // of the table that is printed
	missing, receipt      string
	number, receiptNumber string
}

// The layout of times in the form: minutes of Beijing time.
const assistedTime = "2006-01-02 15:04"

// mostTimes is how many calls a description names.
const mostTimes = 20

// Assisted makes the form of a complaint. What is filled in is Chinese, as the
// form is; everything around it speaks the printer's language.
func Assisted(p *l10n.Printer, c domain.Complaint) AssistedForm {
	a := assisting{reader: p, form: p.In(l10n.Chinese), body: c.Body}
	f := AssistedForm{
		Language: string(p.Language()), Title: p.T("assist.title"),
		Subtitle: p.T("assist.subtitle", l10n.Args{"ID": c.ID.Short()}), receiptNumber: c.ReceiptNumber,
		head:    []string{p.T("assist.head.field"), p.T("assist.head.text")},
		missing: p.T("assist.missing"), receipt: p.T("assist.receipt_line"), number: a.number(),
	}
	own, length := a.body.Complainant.Phone, a.length()
	if c.ReceiptNumber != "" {
		f.Subtitle = p.T("assist.subtitle_filed", l10n.Args{"ID": c.ID.Short()})
	}
	f.Fields = []AssistedField{
		a.field("kind", a.form.T("assist.kind."+a.kind()), ""),
		a.field("own_number", own, a.either(own == "", "own_number_missing", "own_number")),
		a.field("number", f.number, ""),
		a.field("category", a.category(), p.T("assist.hint.category")),
		a.field("at", a.at(), p.T("assist.hint.at")),
		a.field("length", length, a.either(length == "", "length_missing", "")),
		a.field("description", a.description(), p.T("assist.hint.description")),
	}
	if a.kind() == "fraud" || a.body.Loss != nil {
		f.Urgent = p.T("assist.urgent")
	}
	for _, key := range []string{"file", "where", "unverified", "mail"} {
		f.Notes = append(f.Notes, p.T("assist.note."+key))
	}
	if files := a.files(); files != "" {
		f.Notes = slices.Insert(f.Notes, len(f.Notes)-1, p.T("assist.note.attach", l10n.Args{"Files": files}))
	}
	return f
}

// assisting is what one form is made from.
type assisting struct {
	reader, form *l10n.Printer
	body         domain.ComplaintBody
	// listed says that the calls are listed elsewhere.
	listed bool
}

func (a assisting) field(key, text, hint string) AssistedField {
	f := AssistedField{Key: key, Label: a.form.T("assist.field." + key), Text: strings.TrimSpace(printable(text)), Hint: hint}
	if a.reader.Language() != l10n.Chinese {
		f.Gloss = a.reader.T("assist.field." + key)
	}
	return f
}

// files are the names of the files that go with the complaint.
func (a assisting) files() string {
	names := make([]string, len(a.body.Evidence))
	for i, e := range a.body.Evidence {
		names[i] = printable(e.FileName)
	}
	return strings.Join(names, a.reader.T("complaints.list_separator"))
}

// either is the hint of the one key or the other; an empty key is no hint.
func (a assisting) either(first bool, one, other string) string {
	if !first {
		one = other
	}
	if one == "" {
		return ""
	}
	return a.reader.T("assist.hint." + one)
}

// kind is the first choice of the form: a fraud call or a harassing one.
func (a assisting) kind() string {
	if a.body.Category == domain.CategoryFraud || a.body.FraudKind != nil ||
		slices.Contains(a.body.Techniques, domain.TechniqueLowFreqFraud) {
		return "fraud"
	}
	return "harassing"
}

func (a assisting) category() string {
	if k := a.body.FraudKindOf(); slices.Contains(domain.FraudKinds(), k) {
		return a.form.Term("fraud_kind", string(k))
	}
	return a.form.Term("category", string(a.body.Category))
}

// number is the number as the phone showed it, without what phones put between
// digits: the form takes digits, and a prefix is part of what was shown.
func (a assisting) number() string {
	kept := strings.Map(func(r rune) rune {
		switch {
		case r >= 0xff10 && r <= 0xff19: // full-width digits
			return r - 0xff10 + '0'
		case r >= '0' && r <= '9', r == '+':
			return r
		case r == 0xff0b: // full-width plus
			return '+'
		}
		return -1
	}, a.body.Caller.Displayed)
	if kept == "" {
		return a.body.Caller.Number
	}
	return kept
}

// last is the newest call of the complaint: the form asks for one.
func (a assisting) last() (c domain.CallRef, ok bool) {
	if len(a.body.Calls) == 0 {
		return c, false
	}
	return slices.MaxFunc(a.body.Calls, func(x, y domain.CallRef) int { return x.StartedAt.Compare(y.StartedAt) }), true
}

func (a assisting) at() string {
	c, ok := a.last()
	if !ok {
		return ""
	}
	return beijing(c.StartedAt)
}

func beijing(t time.Time) string { return t.In(domain.China()).Format(assistedTime) }

// length is how long the newest call was, or that nobody answered it; empty
// where the log does not say.
func (a assisting) length() string {
	c, ok := a.last()
	if !ok {
		return ""
	}
	switch c.Direction {
	case domain.DirectionMissed, domain.DirectionRejected, domain.DirectionBlocked:
		return a.form.T("assist.unanswered")
	default:
	}
	if c.DurationSeconds == nil {
		return ""
	}
	n := *c.DurationSeconds
	args := l10n.Args{"H": n / 3600, "M": n % 3600 / 60, "S": n % 60}
	switch {
	case n >= 3600:
		return a.form.T("length.hours", args)
	case n >= 60:
		return a.form.T("length.minutes", args)
	}
	return a.form.T("length.seconds", args)
}

// description is what the person wrote, and below it what else the complaint
// says that has no field of its own.
func (a assisting) description() string {
	var facts []string
	add := func(key string, args l10n.Args) { facts = append(facts, a.form.T("assist.text."+key, args)) }
	caller := a.body.Caller
	if n := a.number(); caller.Number != "" && n != caller.Number {
		add("number", l10n.Args{"Displayed": n, "Number": caller.Number})
	}
	own := strings.TrimSpace(a.body.Description)
	account, demands := wording.Tells(a.form, a.body, own)
	if !account {
		a.facts(add)
	}
	if o := a.body.Complainant.OnBehalf; o != nil {
		if o.Phone == "" {
			add("on_behalf", l10n.Args{"Name": o.Name})
		} else {
			add("on_behalf_phone", l10n.Args{"Name": o.Name, "Phone": o.Phone})
		}
	}
	if caller.ListedHolder != "" {
		add("holder", l10n.Args{"Holder": caller.ListedHolder})
	}
	if len(a.body.Demands) > 0 && !demands {
		add("demands", l10n.Args{"Demands": chineseTerms(a.form, "demand", a.body.Demands)})
	}
	if own != "" && len(facts) > 0 {
		own += "\n"
	}
	return own + strings.Join(facts, "")
}

// facts are what a text that the program proposed says already.
func (a assisting) facts(add func(string, l10n.Args)) {
	if len(a.body.Calls) > 1 && !a.listed {
		add("calls", l10n.Args{"Times": len(a.body.Calls), "List": a.times()})
	}
	if words := a.techniques(); words != "" {
		add("techniques", l10n.Args{"Techniques": words})
	}
	if a.body.ConsentGiven != nil {
		add("consent_"+strconv.FormatBool(*a.body.ConsentGiven), nil)
	}
	a.refusal(add)
	switch l := a.body.Loss; {
	case l == nil:
	case l.Currency == domain.Yuan:
		add("loss", l10n.Args{"Amount": l.Amount})
	default:
		add("loss_abroad", l10n.Args{"Amount": l.Amount, "Currency": a.form.Term("currency", l.Currency)})
	}
}

// refusal says when the person refused, and how often it rang after that.
func (a assisting) refusal(add func(string, l10n.Args)) {
	at := a.body.RefusedAt
	if at == nil {
		return
	}
	add("refused", l10n.Args{"Time": beijing(*at)})
	after := 0
	for _, c := range a.body.Calls {
		if c.StartedAt.After(*at) {
			after++
		}
	}
	if after > 0 {
		add("refused_after", l10n.Args{"Times": after})
	}
}

// times are when the calls were, the newest first.
func (a assisting) times() string {
	list := slices.Clone(a.body.Calls)
	slices.SortStableFunc(list, func(x, y domain.CallRef) int { return y.StartedAt.Compare(x.StartedAt) })
	var words []string
	for _, c := range list[:min(len(list), mostTimes)] {
		words = append(words, beijing(c.StartedAt))
	}
	text := strings.Join(words, a.form.T("assist.separator"))
	if len(list) > mostTimes {
		text += a.form.T("assist.and_more")
	}
	return text
}

func (a assisting) techniques() string {
	list := slices.DeleteFunc(slices.Clone(a.body.Techniques), func(t domain.Technique) bool { return t == domain.TechniqueUnknown })
	return chineseTerms(a.form, "technique", list)
}

func chineseTerms[T ~string](p *l10n.Printer, kind string, codes []T) string {
	words := make([]string, len(codes))
	for i, c := range codes {
		words[i] = p.Term(kind, string(c))
	}
	return strings.Join(words, p.T("assist.separator"))
}
