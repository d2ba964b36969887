package journaltest

import (
	"strings"

	"quietline/internal/domain"
	"quietline/internal/journal"
)

// Checker judges numbers by a few simple rules, enough for tests that only
// need different answers for different numbers: digits alone count, an area
// code before a 96 code is taken off, "+" stays, 95 and 96 numbers have a
// code, letters are malformed, nothing and "--" are hidden.
type Checker struct {
	// Checks counts the questions.
	Checks int
}

var _ journal.Checker = (*Checker)(nil)

// Check judges a number.
func (c *Checker) Check(input, _ string) domain.Check {
	c.Checks++
	out := domain.Check{Input: input, Verdict: domain.VerdictNotServiceLine}
	text := strings.TrimSpace(input)
	number := strings.NewReplacer(" ", "", "-", "", "(", "", ")", "").Replace(text)
	number = strings.TrimPrefix(number, "+86")
	switch digits := strings.TrimPrefix(number, "+"); {
	case digits == "":
		out.Family, out.Verdict = domain.FamilyHidden, domain.VerdictHidden
		return out
	case strings.Trim(digits, "0123456789") != "":
		out.Number, out.Family, out.Verdict = text, domain.FamilyMalformed, domain.VerdictInvalid
		return out
	}
	out.Number, out.Family = number, domain.FamilyLandline
	if area, short, ok := strings.Cut(number, "96"); ok && len(area) == 4 && len(short) == 3 {
		out.AreaCode, out.Number = area, "96"+short
	}
	switch {
	case strings.HasPrefix(out.Number, "+95588"):
		out.Family, out.Verdict = domain.FamilyEnterprise95, domain.VerdictInvalid
	case strings.HasPrefix(out.Number, "+"):
		out.Family = domain.FamilyInternational
	case strings.HasPrefix(out.Number, "95"):
		out.Family, out.Verdict, out.Code = domain.FamilyEnterprise95, domain.VerdictListed, out.Number[:min(5, len(out.Number))]
	case strings.HasPrefix(out.Number, "96"):
		out.Family, out.Verdict, out.Code = domain.FamilyProvincial96, domain.VerdictUnlisted, out.Number
	case len(out.Number) == 11 && out.Number[0] == '1':
		out.Family = domain.FamilyMobile
	}
	return out
}

// Province knows one province, Anhui, by its four names.
func (c *Checker) Province(name string) (domain.Province, bool) {
	anhui := domain.Province{Code: "34", NameZH: anhuiZH, NameEN: "Anhui", Pinyin: "Anhui"}
	switch strings.ToLower(name) {
	case anhuiZH, "anhui", anhui.Code:
		return anhui, true
	}
	return domain.Province{}, false
}
