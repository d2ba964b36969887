package open311

import (
	"slices"
	"strconv"
	"strings"
	"time"
	"unicode"

	"quietline/internal/domain"
	"quietline/internal/l10n"
)

// multiList is the datatype of which several values may be chosen.
const multiList = "multivaluelist"

// atChannel is where problems with the channel appear.
const atChannel = "/channel"

// fact is something that a complaint says.
type fact string

// The facts that attributes may ask for.
const (
	factNumber      fact = "number"
	factTime        fact = "time"
	factDuration    fact = "duration"
	factCalls       fact = "calls"
	factCategory    fact = "category"
	factTechnique   fact = "technique"
	factDirection   fact = "direction"
	factHolder      fact = "holder"
	factHarm        fact = "harm"
	factLoss        fact = "loss"
	factRefused     fact = "refused"
	factName        fact = "name"
	factPhone       fact = "phone"
	factProvince    fact = "province"
	factDescription fact = "description"
	factReference   fact = "reference"
)

// saying is how a complaint says a fact.
type saying struct {
	// pointer is the field that holds it.
	pointer string
	// text is empty where the complaint does not say it.
	text string
	// number is the same as digits, or empty where it is no number.
	number string
	at     time.Time
	// term and codes are those of an enumeration.
	term  string
	codes []string
}

// factsOf collects what a complaint says. Of several calls the newest counts.
func factsOf(b domain.ComplaintBody, statement string) map[fact]saying {
	code := func(pointer, term string, list ...string) saying {
		return saying{pointer: pointer, term: term, codes: list, text: strings.Join(list, ", ")}
	}
	count := func(pointer string, n int64) saying {
		s := strconv.FormatInt(n, 10)
		return saying{pointer: pointer, text: s, number: s}
	}
	digits := func(pointer, s, number string) saying {
		if strings.Trim(number, "0123456789") != "" {
			number = ""
		}
		return saying{pointer: pointer, text: s, number: number}
	}
	displayed := b.Caller.Displayed
	if displayed == "" {
		displayed = b.Caller.Number
	}
	f := map[fact]saying{
		factNumber:      digits("/caller/number", displayed, b.Caller.Number),
		factTime:        {pointer: "/calls/0/started_at"},
		factDuration:    {pointer: "/calls/0/duration_seconds"},
		factDirection:   {pointer: "/calls/0/direction"},
		factCalls:       count("/calls", int64(len(b.Calls))),
		factCategory:    code("/category", "category", codesOf(b.Category)...),
		factTechnique:   code("/techniques", "technique", codesOf(b.Techniques...)...),
		factHolder:      {pointer: atChannel, text: b.Caller.ListedHolder},
		factHarm:        count("/harm", int64(b.Harm)),
		factLoss:        {pointer: "/loss/amount"},
		factRefused:     {pointer: "/refused_at"},
		factName:        {pointer: "/complainant/name", text: b.Complainant.Name},
		factPhone:       digits("/complainant/phone", b.Complainant.Phone, b.Complainant.Phone),
		factProvince:    {pointer: "/complainant/province", text: b.Complainant.Province},
		factDescription: {pointer: "/description", text: statement},
		factReference:   {pointer: atChannel, text: string(b.ClientReference)},
	}
	if len(b.Calls) > 0 {
		call := slices.MaxFunc(b.Calls, func(x, y domain.CallRef) int { return x.StartedAt.Compare(y.StartedAt) })
		f[factTime] = moment("/calls/0/started_at", call.StartedAt)
		f[factDirection] = code("/calls/0/direction", "direction", codesOf(call.Direction)...)
		if d := call.DurationSeconds; d != nil {
			f[factDuration] = count("/calls/0/duration_seconds", *d)
		}
	}
	if b.RefusedAt != nil {
		f[factRefused] = moment("/refused_at", *b.RefusedAt)
	}
	if b.Loss != nil {
		f[factLoss] = saying{pointer: "/loss/amount", text: b.Loss.Amount, number: b.Loss.Amount}
	}
	return f
}

func moment(pointer string, t time.Time) saying {
	if t.IsZero() {
		return saying{pointer: pointer}
	}
	t = t.In(domain.China())
	return saying{pointer: pointer, text: t.Format(time.RFC3339), at: t}
}

// codesOf leaves out what says nothing.
func codesOf[T ~string](list ...T) []string {
	var out []string
	for _, v := range list {
		if v != "" && string(v) != string(domain.TechniqueUnknown) {
			out = append(out, string(v))
		}
	}
	return out
}

// mapping finds values for attributes.
type mapping struct {
	texts *l10n.Printer
	facts map[fact]saying
}

// missing is why an attribute has no value, and the field to blame.
type missing struct{ key, pointer string }

// values gives what the complaint says for an attribute; of all but a multiList
// the first counts. It is empty where there is none.
func (m mapping) values(a domain.ServiceAttribute) ([]string, missing) {
	name, known := recognise(a)
	if !known {
		return nil, missing{"complaint.attribute_unknown", atChannel}
	}
	s := m.facts[name]
	if s.text == "" {
		return nil, missing{"complaint.attribute_missing", s.pointer}
	}
	var out []string
	switch a.Datatype {
	case "singlevaluelist", multiList:
		if out = m.chosen(s, a.Values); len(out) == 0 {
			return nil, missing{"complaint.attribute_not_taken", s.pointer}
		}
		return out, missing{}
	case "number":
		out = []string{s.number}
	case "datetime":
		if !s.at.IsZero() {
			out = []string{s.text}
		}
	case "text":
		out = []string{m.words(s)}
	default: // string, which has no line breaks
		out = []string{strings.Join(strings.Fields(m.words(s)), " ")}
	}
	if len(out) == 0 || out[0] == "" { // another kind of value than the complaint has
		return nil, missing{"complaint.attribute_unknown", atChannel}
	}
	return out, missing{}
}

// words puts a fact into words, in the language of the complaint.
func (m mapping) words(s saying) string {
	if s.term == "" {
		return s.text
	}
	parts := make([]string, len(s.codes))
	for i, code := range s.codes {
		parts[i] = m.texts.Term(s.term, code)
	}
	return strings.Join(parts, ", ")
}

// chosen finds the values of a list that mean what the complaint says, by our code
// or by the word for it in any language; what fits none is "other", where there is
// such a value.
func (m mapping) chosen(s saying, list []domain.ServiceValue) []string {
	var out []string
	pick := func(fits func(word string) bool) {
		for _, v := range list {
			if (fits(plain(v.Key)) || fits(plain(v.Name))) && !slices.Contains(out, v.Key) {
				out = append(out, v.Key)
				return
			}
		}
	}
	if s.term == "" {
		pick(func(word string) bool { return word == plain(s.text) || s.number != "" && word == s.number })
	}
	for _, code := range s.codes {
		names := []string{plain(code)}
		for _, lang := range l10n.Languages() {
			names = append(names, plain(m.texts.In(lang).Term(s.term, code)))
		}
		pick(func(word string) bool { return word != "" && slices.Contains(names, word) })
	}
	if len(out) == 0 && len(s.codes) > 0 {
		pick(func(word string) bool { return otherValue[word] })
	}
	return out
}

// recognise says which fact an attribute asks for.
func recognise(a domain.ServiceAttribute) (fact, bool) {
	for _, s := range []string{a.Code, a.Description} {
		if f, ok := attributeNames[plain(s)]; ok {
			return f, true
		}
	}
	return "", false
}

// plain is a word in lower case, letters and digits alone.
func plain(s string) string {
	return strings.Map(func(r rune) rune {
		if unicode.IsLetter(r) || unicode.IsDigit(r) {
			return unicode.ToLower(r)
		}
		return -1
	}, s)
}
