package check

import (
	"strings"

	"quietline/internal/domain"
	"quietline/internal/l10n"
	"quietline/internal/registry"
	"quietline/internal/ui/kit"
)

// scopeName puts where an entry holds into words; empty where no list says.
func (p *Page) scopeName(scope string) string {
	switch scope {
	case "":
		return ""
	case registry.National:
		return p.env.T("verdict_card.national")
	}
	if x, ok := p.p.Registry.Province(scope); ok {
		return p.env.Printer.ProvinceName(x)
	}
	return scope
}

// otherName is the name in the other language, or empty.
func otherName(e *kit.Env, h domain.Holder) string {
	if e.Printer.HolderName(h) == h.NameEN {
		return h.NameZH
	}
	return h.NameEN
}

// confidenceName puts into words how many lists say so.
func confidenceName(e *kit.Env, h domain.Holder) string {
	switch {
	case h.Own:
		return e.T("check.own")
	case h.Confidence == registry.SingleSource:
		return e.T("verdict_card.one_source")
	}
	return e.T("verdict_card.two_sources")
}

// holders names all organisations of a number in one line, and tells those that
// the user noted from those of lists. A forged number is nobody's.
func holders(e *kit.Env, c domain.Check) string {
	if c.Verdict == domain.VerdictInvalid {
		return ""
	}
	names := make([]string, len(c.Holders))
	for i, h := range c.Holders {
		if names[i] = e.Printer.HolderName(h); h.Own {
			names[i] = e.T("check.own.name", l10n.Args{"Name": names[i]})
		}
	}
	return strings.Join(names, e.T("verdict_card.separator"))
}

// noted says whether the verdict rests on the user's own entries alone.
func noted(c domain.Check) bool {
	return domain.AllOwn(c.Holders) && c.Words() != string(c.Verdict)
}

// worst is the reason that asks most loudly for care, empty where none does.
func worst(c domain.Check) (r domain.Rule, ok bool) {
	if len(c.Rules) == 0 || c.Rules[0].Severity() == domain.SeverityInfo {
		return "", false
	}
	return c.Rules[0], true
}

// answer is the verdict as a text that can be sent to somebody: what the number
// is, whose, what to do, why, and where that comes from.
func (p *Page) answer(c domain.Check) string {
	e, v := p.env, c.Words()
	number := strings.TrimSpace(c.Input)
	who := ""
	if names := holders(e, c); names != "" {
		key := "check.answer.holders"
		if domain.AllOwn(c.Holders) {
			key = "check.answer.own"
		}
		who = e.T(key, l10n.Args{"Names": names})
	}
	out := []string{
		e.T("check.answer.number", l10n.Args{"Number": number, "Title": e.T("verdict." + v + ".title")}),
		who,
		e.T("verdict." + v + ".text"),
		e.T("check.answer.advice", l10n.Args{"Advice": e.T("verdict." + v + ".advice")}),
	}
	for _, r := range c.Rules {
		out = append(out, e.T("check.answer.reason", l10n.Args{"Reason": e.T("rule." + string(r))}))
	}
	out = append(out, e.T("check.answer.source", l10n.Args{"Date": p.p.Registry.Info().Date}))
	return lines(out...)
}

// header names the columns of an export, row fills them.
func (p *Page) header() []string {
	var out []string
	for _, c := range []string{"number", "verdict", "kind", "code", "extension", "holder", "advice", "reasons"} {
		out = append(out, p.env.T("check.export."+c))
	}
	return out
}

func (p *Page) row(c domain.Check) []string {
	e := p.env
	reasons := make([]string, len(c.Rules))
	for i, r := range c.Rules {
		reasons[i] = e.T("rule." + string(r))
	}
	verdict := e.Printer.Term("verdict", string(c.Verdict))
	if noted(c) {
		verdict = e.T("verdict." + c.Words() + ".title")
	}
	return []string{
		c.Input, verdict, e.Printer.Term("family", string(c.Family)),
		c.Code, c.Extension, holders(e, c), e.T("verdict." + c.Words() + ".advice"), strings.Join(reasons, " "),
	}
}
