package report

import (
	"slices"
	"strconv"
	"strings"

	"quietline/internal/domain"
	"quietline/internal/l10n"
)

// Statement puts everything that a complaint says into one text, in the language
// of the complaint: for endpoints that take a description and little else. What
// the person wrote comes first.
func Statement(p *l10n.Printer, b domain.ComplaintBody) string {
	lang := l10n.Language(b.Language)
	if !slices.Contains(l10n.Languages(), lang) {
		lang = p.Language()
	}
	form := p.In(lang)
	a := assisting{reader: form, form: form, body: b, listed: true}
	var lines []string
	line := func(key, value string) {
		if value = strings.TrimSpace(printable(value)); value != "" {
			lines = append(lines, form.T(key)+form.T("cli.colon")+value)
		}
	}
	line("assist.field.number", a.number())
	line("assist.field.category", a.category())
	line("statement.calls", a.calls())
	if b.Harm > 0 {
		line("complaints.field.harm", form.Term("harm", strconv.Itoa(int(b.Harm))))
	}
	who := b.Complainant
	line("complaints.field.complainant", join(form, who.Name, who.Phone, who.Province))
	if o := who.OnBehalf; o != nil {
		line("statement.for", join(form, o.Name, o.Phone, form.Term("relation", string(who.Relation)), form.Term("authority", string(o.Authority))))
	}
	line("complaints.field.reference", string(b.ClientReference))
	text := strings.Join(lines, "\n")
	if own := strings.TrimSpace(a.description()); own != "" {
		text = own + "\n\n" + text
	}
	return text
}

// join lists what is there.
func join(p *l10n.Printer, parts ...string) string {
	return strings.Join(slices.DeleteFunc(parts, func(s string) bool { return s == "" }), p.T("assist.separator"))
}

// calls are the calls with their direction and length, the newest first.
func (a assisting) calls() string {
	list := slices.Clone(a.body.Calls)
	slices.SortStableFunc(list, func(x, y domain.CallRef) int { return y.StartedAt.Compare(x.StartedAt) })
	var words []string
	for _, c := range list[:min(len(list), mostTimes)] {
		one := assisting{form: a.form, body: domain.ComplaintBody{Calls: []domain.CallRef{c}}}
		direction := ""
		if c.Direction != domain.DirectionUnknown {
			direction = a.form.Term("direction", string(c.Direction))
		}
		parts := []string{beijing(c.StartedAt), direction, one.length()}
		words = append(words, strings.Join(slices.DeleteFunc(parts, func(s string) bool { return s == "" }), " "))
	}
	text := strings.Join(words, a.form.T("complaints.list_separator"))
	if len(list) > mostTimes {
		text += a.form.T("assist.and_more")
	}
	return text
}
