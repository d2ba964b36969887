package numbers

import (
	"strings"
	"testing"

	"quietline/internal/domain"
)

func TestRuleOrderFollowsTheContract(t *testing.T) {
	rank := map[domain.Severity]int{domain.SeverityDanger: 0, domain.SeverityCaution: 1, domain.SeverityInfo: 2}
	place := map[domain.Rule]int{}
	for i, r := range domain.Rules() {
		place[r] = i
	}
	order := ruleOrder()
	if len(order) != len(domain.Rules()) {
		t.Fatalf("%d rules, the contract has %d", len(order), len(domain.Rules()))
	}
	for i := 1; i < len(order); i++ {
		a, b := order[i-1], order[i]
		if ra, rb := rank[a.Severity()], rank[b.Severity()]; ra > rb || ra == rb && place[a] >= place[b] {
			t.Errorf("%s stands before %s", a, b)
		}
	}
	for bit, want := range map[reasons]domain.Rule{
		foreignPrefix: domain.RuleForeignPrefix, extensionNotAllowed: domain.RuleExtensionNotAllowed,
		wrongLength: domain.RuleWrongLength, overThirteenDigits: domain.RuleOverThirteenDigits,
		overEightDigits: domain.RuleOverEightDigits, prefixedCode: domain.RulePrefixedCode,
		otherProvince: domain.RuleOtherProvince, callCentreBlock: domain.RuleCallCentreBlock,
		unassignedBlock: domain.RuleUnassignedBlock, overseas: domain.RuleOverseas,
		displayCanBeForged: domain.RuleDisplayCanBeForged, severalHolders: domain.RuleSeveralHolders,
		singleSource: domain.RuleSingleSource, virtualOperator: domain.RuleVirtualOperator,
		shapeException: domain.RuleShapeException,
	} {
		if got := bit.list(); len(got) != 1 || got[0] != want {
			t.Errorf("the bit of %s gives %v", want, got)
		}
	}
}

func TestBlocksAreSound(t *testing.T) {
	marks := "VSU"
	seen := map[string]bool{}
	for _, b := range blocks() {
		if b.prefix == "" || strings.Trim(b.prefix, "0123456789") != "" {
			t.Errorf("prefix %q", b.prefix)
		}
		if b.min < max(minDigits, len(b.prefix)) || b.max < b.min || b.base != 0 && b.base != b.min {
			t.Errorf("%s: lengths %d to %d, code %d", b.prefix, b.min, b.max, b.base)
		}
		if !strings.ContainsRune(marks, rune(b.use)) || !strings.ContainsRune(marks, rune(b.length)) || b.source == "" {
			t.Errorf("%s: certainty %c %c, source %q", b.prefix, b.use, b.length, b.source)
		}
		for n := b.min; n <= b.max; n++ {
			key := b.prefix + ":" + strings.Repeat("#", n)
			if seen[key] {
				t.Errorf("two rows for %s with %d digits", b.prefix, n)
			}
			seen[key] = true
		}
	}
}

func TestMatchPrefersTheSpecialRow(t *testing.T) {
	table := newTable()
	for _, tc := range []struct {
		digits, prefix string
		fits           bool
	}{
		{"951", "951", false},
		{"95111", "951", true},
		{"95110", "95110", true},
		{"951101", "95110", false},
		{"96110", "96110", true},
		{"961101", "96", true},
		{"9611012", "96110", false},
		{"10100011", "1010", true},
		{"10188", "10", true},
		{"4001234567", "400", true},
		{"40012345", "4", true},
		{"400123", "400", false},
		{"17012340000", "170", true},
		{"17912345678", "17", true},
		{"1440123456789", "14", true},
	} {
		row, fits := table.match(tc.digits)
		if row == nil || row.prefix != tc.prefix || fits != tc.fits {
			t.Errorf("match(%s) = %+v %v, want %s %v", tc.digits, row, fits, tc.prefix, tc.fits)
		}
	}
	for _, digits := range []string{"97123", "90000", "012", "998"} {
		if row, _ := table.match(digits); row != nil {
			t.Errorf("match(%s) = %+v", digits, row)
		}
	}
}
