package numbers_test

import (
	"slices"
	"testing"

	"pgregory.net/rapid"

	"quietline/internal/domain"
	"quietline/internal/numbers"
	"quietline/internal/registry"
)

// noted is the shipped registry with the user's own entries; an entry takes the
// place of the list's rows or stands beside them.
type noted struct {
	*registry.Snapshot
	entries map[string][]domain.Holder
}

func (n noted) Find(code string) []domain.Holder {
	if h, ok := n.entries[code]; ok {
		return h
	}
	return n.Snapshot.Find(code)
}

func (n noted) Longest(digits string) (string, []domain.Holder) {
	code, holders := n.Snapshot.Longest(digits)
	for i := len(digits); i > len(code); i-- {
		if h, ok := n.entries[digits[:i]]; ok {
			return digits[:i], h
		}
	}
	if h, ok := n.entries[code]; ok {
		holders = h
	}
	return code, holders
}

func own(name, scope string) domain.Holder {
	return domain.Holder{NameZH: name, Category: "other", Scope: scope, Own: true, OwnNote: "记"}
}

func withOwn(tb testing.TB, entries map[string][]domain.Holder) *numbers.Checker {
	s, _ := shipped(tb)
	return numbers.New(numbers.Params{Registry: noted{s, entries}})
}

func TestOwnEntries(t *testing.T) {
	s, _ := shipped(t)
	mine := []domain.Holder{own("我记的", "national")}
	c := withOwn(t, map[string][]domain.Holder{
		"95299": mine, "952999": mine, "95013000": mine, "13800138000": mine, "66200000": mine,
		"01066200000": mine, "4008895588": mine, "9558812": mine, "97123": mine, "9501300012345": mine, "1380013": mine,
		"17951123": mine, "8613800138001": mine, "961234": {own("我记的", "安徽")}, "961235": {own("甲", "安徽"), own("乙", "山东")},
		"95588": mine, "96588": append(slices.Clone(s.Find("96588")[:1]), own("我记的", "山东")),
	})
	for _, tc := range []struct {
		row
		words string
	}{
		{row{"952999", "", "952999", "call_centre_95", "listed", "952999", "", "", "CN", "我记的", "call_centre_block display_can_be_forged"}, "own"},
		{row{"+8695299912", "", "95299912", "call_centre_95", "listed_extension", "952999", "12", "", "CN", "我记的", "call_centre_block display_can_be_forged"}, "own_extension"},
		{row{"950130001", "", "950130001", "call_centre_95", "listed_extension", "95013000", "1", "", "CN", "我记的", "over_eight_digits call_centre_block display_can_be_forged"}, "own_extension"},
		{row{"950130011", "", "950130011", "call_centre_95", "listed_extension", "95013", "0011", "", "CN", "北京天舟通信有限公司", "over_eight_digits call_centre_block display_can_be_forged single_source"}, "listed_extension"},
		{row{"17951 13800138000", "", "13800138000", "mobile", "listed", "13800138000", "", "", "CN", "我记的", "display_can_be_forged"}, "own"},
		{row{"0138 0013 8000", "", "13800138000", "mobile", "listed", "13800138000", "", "", "CN", "我记的", "display_can_be_forged"}, "own"},
		{row{"66200000", "", "66200000", "landline", "listed", "66200000", "", "", "CN", "我记的", "display_can_be_forged"}, "own"},
		{row{"+86 10 6620 0000", "", "01066200000", "landline", "listed", "01066200000", "", "010 北京", "CN", "我记的", "display_can_be_forged"}, "own"},
		{row{"861066200000", "", "01066200000", "landline", "listed", "01066200000", "", "010 北京", "CN", "我记的", "display_can_be_forged"}, "own"},
		{row{"4008895588", "", "4008895588", "shared_cost", "listed", "4008895588", "", "", "CN", "我记的", "display_can_be_forged"}, "own"},
		{row{"17951123", "", "17951123", "operator", "listed", "17951123", "", "", "CN", "我记的", "wrong_length display_can_be_forged"}, "own"},
		{row{"8613800138001", "", "8613800138001", "landline", "listed", "8613800138001", "", "", "CN", "我记的", "wrong_length display_can_be_forged"}, "own"},
		// To have noted a number makes no wrong shape right.
		{row{"9558812", "", "9558812", "enterprise_95", "listed", "9558812", "", "", "CN", "我记的", "extension_not_allowed display_can_be_forged"}, "own"},
		{row{"95299", "", "95299", "call_centre_95", "listed", "95299", "", "", "CN", "我记的", "wrong_length call_centre_block display_can_be_forged"}, "own"},
		{row{"97123", "", "97123", "landline", "listed", "97123", "", "", "CN", "我记的", "wrong_length display_can_be_forged"}, "own"},
		{row{"1380013", "", "1380013", "mobile", "listed", "1380013", "", "", "CN", "我记的", "wrong_length display_can_be_forged"}, "own"},
		{row{"9501300012345", "", "9501300012345", "call_centre_95", "listed", "9501300012345", "", "", "CN", "我记的", "over_eight_digits call_centre_block display_can_be_forged"}, "own"},
		{row{"+95588", "", "+95588", "enterprise_95", "invalid", "", "", "", "", "", "foreign_prefix"}, "invalid"},
		{row{"955881", "", "955881", "enterprise_95", "invalid", "95588", "1", "", "CN", "我记的", "extension_not_allowed"}, "invalid"},
		// The province of a note counts as that of a list.
		{row{"961234", "安徽", "961234", "provincial_96", "listed", "961234", "", "安徽", "CN", "我记的", "display_can_be_forged"}, "own"},
		{row{"0532-961234", "", "961234", "provincial_96", "listed", "961234", "", "0532 山东", "CN", "我记的", "other_province display_can_be_forged"}, "own"},
		{row{"961235", "", "961235", "provincial_96", "listed", "961235", "", "", "CN", "甲|乙", "display_can_be_forged"}, "own"},
		// What the lists say beside a note stays what they say.
		{row{"95588", "", "95588", "enterprise_95", "listed", "95588", "", "", "CN", "我记的", "display_can_be_forged"}, "own"},
		{row{"96588", "", "96588", "provincial_96", "listed", "96588", "", "", "CN", "徽商银行|我记的", "display_can_be_forged single_source"}, "listed"},
		{row{"96588", "山东", "96588", "provincial_96", "listed", "96588", "", "山东", "CN", "我记的", "display_can_be_forged"}, "own"},
		{row{"95533", "", "95533", "enterprise_95", "listed", "95533", "", "", "CN", "中国建设银行", "display_can_be_forged"}, "listed"},
	} {
		tc.run(t, c)
		if got := c.Check(tc.input, tc.province).Words(); got != tc.words {
			t.Errorf("%s in %q: words %q, want %q", tc.input, tc.province, got, tc.words)
		}
	}
}

// TestOwnEntryIsFound: whatever digits the user notes, they are found again as
// they were noted, and no list is said to name them.
func TestOwnEntryIsFound(t *testing.T) {
	s, _ := shipped(t)
	rapid.Check(t, func(t *rapid.T) {
		start := rapid.SampledFrom([]string{"", "95", "96", "1", "13", "400", "0551", "010", "17951", "12583", "86"}).Draw(t, "start")
		code := start + rapid.StringMatching(`[0-9]{3,8}`).Draw(t, "digits")
		area, _, known := s.AreaCode(code)
		switch {
		case s.Find(code) != nil:
			t.Skip("listed")
		case code[:2] == "00":
			t.Skip("a call from abroad")
		case code[0] == '0' && code[1] == '1' && len(code) == 12:
			t.Skip("a mobile number with its trunk zero")
		case known && len(code) < len(area)+3:
			t.Skip("an area code")
		}
		c := numbers.New(numbers.Params{Registry: noted{s, map[string][]domain.Holder{code: {own("我记的", "national")}}}})
		k := sound(t, c, written(t, code), "")
		if k.Verdict != domain.VerdictListed || k.Code != code || k.Words() != "own" {
			t.Fatalf("%s is %s %q (%s), words %s", code, k.Verdict, k.Code, k.Family, k.Words())
		}
		for _, r := range []domain.Rule{domain.RuleSingleSource, domain.RuleSeveralHolders, domain.RuleShapeException} {
			if slices.Contains(k.Rules, r) {
				t.Fatalf("%s has the rule %s", code, r)
			}
		}
	})
}
