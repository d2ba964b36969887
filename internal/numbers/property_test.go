package numbers_test

import (
	"slices"
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"quietline/internal/domain"
	"quietline/internal/numbers"
	"quietline/internal/registry"
)

// sound checks what holds for every answer.
func sound(t interface{ Fatalf(string, ...any) }, c *numbers.Checker, input, province string) domain.Check {
	k := c.Check(input, province)
	if k.Input != input {
		t.Fatalf("input changed to %q", k.Input)
	}
	if !slices.Contains(domain.Families(), k.Family) || !slices.Contains(domain.Verdicts(), k.Verdict) {
		t.Fatalf("Check(%q): family %q, verdict %q", input, k.Family, k.Verdict)
	}
	if again := c.Check(k.Number, ""); again.Number != k.Number || again.Family != k.Family {
		t.Fatalf("Check(%q) gives %q (%s), which becomes %q (%s)", input, k.Number, k.Family, again.Number, again.Family)
	}
	if !utf8.ValidString(k.Number) || utf8.RuneCountInString(k.Number) > 65 {
		t.Fatalf("number %q", k.Number)
	}
	if (k.Number == "") != (k.Verdict == domain.VerdictHidden) {
		t.Fatalf("Check(%q): number %q, verdict %s", input, k.Number, k.Verdict)
	}
	if k.Code+k.Extension != k.Number && k.Code != "" {
		t.Fatalf("Check(%q): %q + %q is not %q", input, k.Code, k.Extension, k.Number)
	}
	listed := k.Verdict == domain.VerdictListed || k.Verdict == domain.VerdictListedExtension
	if listed && len(k.Holders) == 0 || listed != slices.Contains(k.Rules, domain.RuleDisplayCanBeForged) {
		t.Fatalf("Check(%q): %s with %d holders and the rules %v", input, k.Verdict, len(k.Holders), k.Rules)
	}
	if len(k.Holders) > 0 && k.Code == "" {
		t.Fatalf("Check(%q): holders of no code", input)
	}
	if !sorted(k.Rules) {
		t.Fatalf("Check(%q): rules %v", input, k.Rules)
	}
	r, v, code := c.Classify(input)
	if r != k.Reading || v != k.Verdict || code != k.Code {
		t.Fatalf("Classify(%q) differs from Check", input)
	}
	return k
}

// sorted says whether rules come most severe first, then as in the contract,
// none twice.
func sorted(rules []domain.Rule) bool {
	weight := map[domain.Severity]int{domain.SeverityDanger: 0, domain.SeverityCaution: 100, domain.SeverityInfo: 200}
	last := -1
	for _, r := range rules {
		at := slices.Index(domain.Rules(), r)
		if at < 0 || weight[r.Severity()]+at <= last {
			return false
		}
		last = weight[r.Severity()] + at
	}
	return true
}

// written draws a way to write digits: full-width, spaced, bracketed.
func written(t *rapid.T, digits string) string {
	var b strings.Builder
	wide := rapid.Bool().Draw(t, "wide")
	for i, d := range digits {
		if i > 0 && rapid.IntRange(0, 3).Draw(t, "gap") == 0 {
			b.WriteString(rapid.SampledFrom([]string{" ", "-", ".", "\u00a0", "‑", "\u200b", "　"}).Draw(t, "separator"))
		}
		if wide {
			d += 0xfee0
		}
		b.WriteRune(d)
	}
	return b.String()
}

type entry struct {
	code   string
	holder domain.Holder
}

func entries(tb testing.TB) ([]entry, *registry.Snapshot, *numbers.Checker) {
	s, c := shipped(tb)
	var list []entry
	for code, h := range s.All() {
		list = append(list, entry{code, h})
	}
	return list, s, c
}

func TestListedCodeIsFoundInEveryForm(t *testing.T) {
	list, s, c := entries(t)
	areas := []string{"010", "021", "0551", "0532", "0755", "0951", "0955"}
	rapid.Check(t, func(t *rapid.T) {
		e := rapid.SampledFrom(list).Draw(t, "entry")
		before := []string{
			"", "+86", "0086", "17951", "17909", "125831", "125832", "125833 ", "+86 ", "0086-", "179510086", "１７９５１", "＋８６",
			"(+86)", strings.Repeat(" ", 99), "+8617951", "12583100 86",
		}
		if e.code[0] == '9' && len(e.code) > 3 || e.code[:2] == "12" && len(e.code) == 5 {
			area := rapid.SampledFrom(areas).Draw(t, "area")
			before = append(before, area, area+"-", "("+area+")", "+86"+area, "0086"+area, "17951"+area, "125833"+area)
		}
		prefix := rapid.SampledFrom(before).Draw(t, "prefix")
		input := prefix + written(t, e.code)
		k := sound(t, c, input, "")
		if k.Verdict != domain.VerdictListed || k.Number != e.code || k.Code != e.code || k.Extension != "" {
			t.Fatalf("Check(%q) = %s %q %q %q", input, k.Verdict, k.Number, k.Code, k.Extension)
		}
		// Behind an area code the holders of the other provinces are left out.
		if k.Province == "" {
			if diff := cmp.Diff(s.Find(e.code), k.Holders); diff != "" {
				t.Fatal(diff)
			}
		}
	})
}

func TestEveryListedCodeIsListed(t *testing.T) {
	list, _, c := entries(t)
	for _, e := range list {
		k := c.Check(e.code, e.holder.Scope)
		if k.Verdict != domain.VerdictListed || !slices.Contains(k.Holders, e.holder) {
			t.Errorf("%s of %s: %+v", e.code, e.holder.NameZH, k)
		}
	}
}

func TestLongestCodeWins(t *testing.T) {
	list, s, c := entries(t)
	var holdersOfBlocks []string
	for _, e := range list {
		switch e.code[:3] {
		case "950", "951", "952", "957":
			if e.code != "95110" && len(e.code) < 8 {
				holdersOfBlocks = append(holdersOfBlocks, e.code)
			}
		}
	}
	rapid.Check(t, func(t *rapid.T) {
		code := rapid.SampledFrom(holdersOfBlocks).Draw(t, "code")
		digits := code + rapid.StringMatching(`[0-9]{1,10}`).Draw(t, "extension")
		if strings.HasPrefix(digits, "95110") {
			t.Skip("the coast guard's number carries no extension")
		}
		before := []string{"", "0551", "010-", "17951", "125831", "+860755"}
		if len(digits) <= 8 || digits[2] == '0' || digits[2] == '7' {
			// Longer ones that begin as the area codes of Ningxia are landlines there.
			before = append(before, "+86", "0086")
		}
		k := sound(t, c, rapid.SampledFrom(before).Draw(t, "prefix")+written(t, digits), "")
		if k.Number != digits {
			t.Fatalf("%s has become %s", digits, k.Number)
		}
		want, _ := s.Longest(digits)
		if k.Code != want || len(k.Code) < len(code) {
			t.Fatalf("Check(%s) has the code %s, want %s", digits, k.Code, want)
		}
		careful := slices.Contains(k.Rules, domain.RuleOverEightDigits)
		switch n := len(digits); {
		case want == digits:
			if k.Verdict != domain.VerdictListed {
				t.Fatalf("Check(%s) is %s", digits, k.Verdict)
			}
		case n > 13:
			if k.Verdict != domain.VerdictInvalid || !slices.Contains(k.Rules, domain.RuleOverThirteenDigits) {
				t.Fatalf("Check(%s) is %s %v", digits, k.Verdict, k.Rules)
			}
		case k.Verdict != domain.VerdictListedExtension || careful != (n > 8):
			t.Fatalf("Check(%s) is %s %v", digits, k.Verdict, k.Rules)
		}
	})
}

func TestEveryInputIsJudgedSoundly(t *testing.T) {
	_, _, c := entries(t)
	pieces := []string{"+", "00", "0", "86", "95", "96", "955", "951", "0551", "010", "179", "12583", "13", "-", "（", "a", "未知", "400", "\xff", "…"}
	rapid.Check(t, func(t *rapid.T) {
		var b strings.Builder
		for range rapid.IntRange(0, 4).Draw(t, "pieces") {
			b.WriteString(rapid.SampledFrom(pieces).Draw(t, "piece"))
			b.WriteString(rapid.StringMatching(`[0-9]{0,6}`).Draw(t, "digits"))
		}
		input := b.String()
		province := rapid.SampledFrom([]string{"", "安徽", "江苏省", "34", "nowhere"}).Draw(t, "province")
		sound(t, c, input, province)
		sound(t, c, rapid.String().Draw(t, "text"), province)
	})
}
