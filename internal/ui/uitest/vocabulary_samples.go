package uitest

import (
	"strings"
	"time"

	"quietline/internal/domain"
	"quietline/internal/testkit"
)

// Checker answers about a few invented or public numbers as the program does,
// without its data, so that goldens do not change with the registry.
type Checker struct {
	// Provinces are those that were asked with, in order.
	Provinces []string
}

// Registry is the snapshot that the Checker pretends to have.
func Registry() domain.RegistryInfo {
	return domain.RegistryInfo{Version: "2026.11.0", Date: "2026-08-21", Entries: 1396}
}

// Check judges the sample numbers.
func (c *Checker) Check(input, province string) domain.Check {
	c.Provinces = append(c.Provinces, province)
	number := strings.NewReplacer(" ", "", "-", "").Replace(strings.TrimSpace(input))
	out := domain.Check{Input: input, Reading: domain.Reading{Number: number, Country: "CN"}}
	bank := domain.Holder{
		NameZH: "中国工商银行", NameEN: "Industrial and Commercial Bank of China", Category: "bank", Scope: "national",
		Confidence: "verified in 2+ sources", Source: "metowolf/vCards:data/bank.yaml; hotline page",
	}
	forged := domain.RuleDisplayCanBeForged
	switch {
	case number == "":
		out.Family, out.Verdict = domain.FamilyHidden, domain.VerdictHidden
	case number == "95588":
		out.Family, out.Verdict, out.Code = domain.FamilyEnterprise95, domain.VerdictListed, number
		out.Holders, out.Rules = []domain.Holder{bank}, []domain.Rule{forged}
	case strings.HasPrefix(number, "95588"):
		out.Family, out.Verdict = domain.FamilyEnterprise95, domain.VerdictInvalid
		out.Code, out.Extension = "95588", number[5:]
		out.Holders, out.Rules = []domain.Holder{bank}, []domain.Rule{domain.RuleExtensionNotAllowed}
	case strings.HasPrefix(number, "+95"):
		out.Family, out.Verdict, out.Rules = domain.FamilyMalformed, domain.VerdictInvalid, []domain.Rule{domain.RuleForeignPrefix}
	case strings.HasPrefix(number, "95013"):
		out.Family, out.Verdict, out.Code, out.Extension = domain.FamilyCallCentre95, domain.VerdictListedExtension, "95013", number[5:]
		out.Holders = []domain.Holder{{
			NameZH: "北京某某科技有限公司", Category: "call_centre", Scope: "national", Confidence: "single source",
			Source: "aksb/CallerID_Module:app/list.java", Note: "两份名单不一致，未证实",
		}}
		out.Rules = []domain.Rule{domain.RuleCallCentreBlock, forged, domain.RuleSingleSource}
	case strings.HasPrefix(number, "0") && strings.HasSuffix(number, "96588"):
		out.Number, out.AreaCode, out.Province = "96588", number[:4], "安徽"
		out.Family, out.Verdict, out.Code = domain.FamilyProvincial96, domain.VerdictListed, "96588"
		out.Holders = []domain.Holder{{
			NameZH: "徽商银行", Category: "bank", Scope: "安徽", Confidence: "single source", Source: "bank contact list",
		}}
		out.Rules = []domain.Rule{forged, domain.RuleSingleSource}
	case len(number) == 11 && number[0] == '1':
		out.Family, out.Verdict = domain.FamilyMobile, domain.VerdictNotServiceLine
	case len(number) == 5 && number[0] == '9':
		out.Family, out.Verdict, out.Code = domain.FamilyCallCentre95, domain.VerdictUnlisted, number
	default:
		out.Family, out.Verdict, out.Rules = domain.FamilyMalformed, domain.VerdictInvalid, []domain.Rule{domain.RuleWrongLength}
	}
	return out
}

// People are the owner and an old relative.
func People() []domain.Person {
	return []domain.Person{
		{ID: domain.SelfID, Name: domain.SelfName, Relation: domain.RelationSelf, Province: "江苏"},
		{ID: 2, Name: "奶奶", Relation: domain.RelationChild, Authority: domain.AuthorityOral, Province: "安徽"},
	}
}

// Calls are a few calls of the People, newest first, in the days before the
// clock of the tests.
func Calls() []domain.Call {
	at := testkit.Epoch()
	call := func(id domain.CallID, person domain.PersonID, number string, before, length time.Duration, d domain.Direction) domain.Call {
		check := (&Checker{}).Check(number, "")
		c := domain.Call{
			ID: id, PersonID: person, Number: check.Number, Display: number, AreaCode: check.AreaCode, Code: check.Code,
			Family: check.Family, Verdict: check.Verdict, StartedAt: at.Add(-before), Duration: &length,
			Direction: d, Source: "android_xml", Person: People()[person-1].Name,
		}
		if d == domain.DirectionMissed {
			c.Duration = nil
		}
		return c
	}
	calls := []domain.Call{
		call(9, 1, "95013000", 40*time.Minute, 12*time.Second, domain.DirectionIncoming),
		call(8, 2, "+95588", 3*time.Hour, 0, domain.DirectionMissed),
		call(7, 2, "95588", 5*time.Hour, 734*time.Second, domain.DirectionIncoming),
		call(6, 1, "95013000", 26*time.Hour, 8*time.Second, domain.DirectionIncoming),
		call(5, 1, "13800138000", 30*time.Hour, 65*time.Second, domain.DirectionOutgoing),
		call(4, 2, "0551-96588", 50*time.Hour, 40*time.Second, domain.DirectionIncoming),
		call(3, 1, "", 60*time.Hour, 0, domain.DirectionMissed),
		call(2, 1, "95013000", 80*time.Hour, 5*time.Second, domain.DirectionIncoming),
		call(1, 1, "95777", 800*time.Hour, 21*time.Second, domain.DirectionIncoming),
	}
	calls[0].Note = "自称贷款公司，问要不要办理低息贷款，已明确拒绝。"
	calls[0].Category = domain.CategoryLoan
	return calls
}

// Province knows the provinces of the People.
func (c *Checker) Province(name string) (domain.Province, bool) {
	switch name {
	case "安徽", "Anhui":
		return domain.Province{Code: "34", NameZH: "安徽", NameEN: "Anhui", Pinyin: "anhui"}, true
	case "江苏", "Jiangsu":
		return domain.Province{Code: "32", NameZH: "江苏", NameEN: "Jiangsu", Pinyin: "jiangsu"}, true
	}
	return domain.Province{}, false
}
