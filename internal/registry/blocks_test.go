package registry_test

import (
	"testing"

	"github.com/google/go-cmp/cmp"

	"quietline/internal/domain"
	"quietline/internal/registry"
)

// plan is a small numbering plan, on purpose not in the order of prefixes.
func plan() []domain.RegistryBlock {
	return []domain.RegistryBlock{
		{Prefix: "951", Base: 5, Shortest: 5, Longest: 8, Family: domain.FamilyCallCentre95},
		{Prefix: "95110", Base: 5, Shortest: 5, Longest: 5, Family: domain.FamilyPublic95},
		{Prefix: "955", Base: 5, Shortest: 5, Longest: 5, Family: domain.FamilyEnterprise95},
		{Prefix: "96", Shortest: 5, Longest: 6, Family: domain.FamilyProvincial96},
		{Prefix: "10", Shortest: 5, Longest: 5, Family: domain.FamilyOperator},
		{Prefix: "100", Shortest: 6, Longest: 8, Family: domain.FamilyOperator},
		{Prefix: "12", Shortest: 3, Longest: 3, Family: domain.FamilyPublicService},
		{Prefix: "12", Shortest: 5, Longest: 5, Family: domain.FamilyPublicService, Codes: 99},
	}
}

func coded(codes ...string) []domain.RegistryEntry {
	var out []domain.RegistryEntry
	for _, code := range codes {
		out = append(out, entry(code, "某某", ""))
	}
	return out
}

func TestBlocks(t *testing.T) {
	rules := plan()
	entries := coded(
		"95101", "95102", "951021", // the second is an extension of its own
		"95110", "9511001", // both are the police's
		"95588", "9558801", // longer than the block, which owns it all the same
		"96588", "96588", "9612345", // two holders; a length that fits nowhere
		"10086", "1008611", "1001", // by length; 1001 fits neither and goes to the more special
		"120", "12345", "1234", // equal prefixes, by length; the first where none fits
		"400", "", "9", // in no block
	)
	hidden := entry("95103", "某某", "")
	hidden.Kind = domain.CorrectionHide
	entries = append(entries, hidden)

	got := registry.Blocks(rules, entries)
	var counts []int
	for i, b := range got {
		counts = append(counts, b.Codes+b.Longer)
		b.Codes, b.Longer = rules[i].Codes, rules[i].Longer
		if b != rules[i] {
			t.Errorf("block %d became %+v", i, b)
		}
	}
	if diff := cmp.Diff([]int{3, 2, 2, 3, 1, 2, 2, 1}, counts); diff != "" {
		t.Error(diff)
	}
	if diff := cmp.Diff(plan(), rules); diff != "" {
		t.Errorf("the rules were changed: %s", diff)
	}

	want := [][]string{
		{"95101", "95102", "951021", "95103"},
		{"95110", "9511001"},
		{"95588", "9558801"},
		{"96588", "96588", "9612345"},
		{"10086"},
		{"1008611", "1001"},
		{"120", "1234"},
		{"12345"},
	}
	for i, b := range got { // with counts, as a page has them
		var codes []string
		for _, e := range registry.InBlock(b, rules, entries) {
			codes = append(codes, e.Code)
		}
		if diff := cmp.Diff(want[i], codes); diff != "" {
			t.Errorf("in block %s: %s", b.Prefix, diff)
		}
	}
	if got := registry.InBlock(domain.RegistryBlock{Prefix: "951"}, rules, entries); got != nil {
		t.Errorf("a block that is none of them holds %v", got)
	}
	if got := registry.Blocks(nil, entries); len(got) != 0 {
		t.Errorf("no rules, and blocks %v", got)
	}
}

// TestBlocksOfTheList: each row of the real list lies in one block, or in none.
func TestBlocksOfTheList(t *testing.T) {
	rules := []domain.RegistryBlock{{Prefix: "9", Shortest: 3, Longest: 8}, {Prefix: "95", Base: 5, Shortest: 5, Longest: 8}, {Prefix: "1", Shortest: 3, Longest: 8}}
	entries := entriesOf(t)
	sum, outside := 0, 0
	for _, b := range registry.Blocks(rules, entries) {
		if n := len(registry.InBlock(b, rules, entries)); n != b.Codes+b.Longer || n == 0 {
			t.Errorf("block %s: %d rows, %d counted", b.Prefix, n, b.Codes+b.Longer)
		}
		sum += b.Codes + b.Longer
	}
	for _, e := range entries {
		if e.Code[0] != '9' && e.Code[0] != '1' {
			outside++
		}
	}
	if sum+outside != len(entries) {
		t.Errorf("%d rows in blocks and %d outside of %d", sum, outside, len(entries))
	}
}

func TestByProvince(t *testing.T) {
	entries := []domain.RegistryEntry{
		{Code: "96001", Holder: domain.Holder{NameZH: "甲"}},
		{Code: "96002", Holder: domain.Holder{NameZH: "乙", Scope: "安徽"}},
		{Code: "96003", Holder: domain.Holder{NameZH: "丙", Scope: "山东"}},
		{Code: "95003", Holder: domain.Holder{NameZH: "丁", Scope: "安徽"}},
		{Code: "95004", Holder: domain.Holder{NameZH: "戊"}},
		{Code: "96001", Holder: domain.Holder{NameZH: "己", Scope: "安徽"}},
		{Code: "96004", Holder: domain.Holder{NameZH: "庚", Scope: registry.National}},
	}
	for province, want := range map[string][]string{
		"安徽": {"96002 乙", "96001 己", "96001 甲"},
		"北京": {"96001 甲"},
		"":   {"96001 甲"},
	} {
		if diff := cmp.Diff(want, shown(registry.ByProvince(entries, province))); diff != "" {
			t.Errorf("%s: %s", province, diff)
		}
	}
}
