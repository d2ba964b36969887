package numbers_test

import (
	"strings"
	"testing"

	"quietline/internal/domain"
)

func TestHiddenMarks(t *testing.T) {
	_, c := shipped(t)
	for _, input := range []string{
		"", " ", "\t\n", strings.Repeat(" ", 65), strings.Repeat("-", 200), strings.Repeat("\u200b", 1<<16) + "未知", "-", "--", "—", "-1", "-2", " -1 ", "\x00", "()", "\u200b",
		"未知", "未知号码", "未知来电者", "Blocked", "隐藏", "隐藏号码", "无号码", "无主叫号码", "私人号码", "匿名", "（未知）",
		"Unknown", "UNKNOWN", "(Unknown)", "Private number", "private-number", "Private", "Restricted", "Anonymous",
		"Withheld", "No Caller ID", "OUT-OF-AREA", "NO NUMBER", "Ｕｎｋｎｏｗｎ", "P", "null", "N/A",
	} {
		k := c.Check(input, "安徽")
		if k.Family != domain.FamilyHidden || k.Verdict != domain.VerdictHidden || k.Number != "" || k.Rules != nil || k.Province != "" {
			t.Errorf("Check(%q) = %+v", input, k)
		}
	}
}

func TestMalformedKeepsWhatWasThere(t *testing.T) {
	_, c := shipped(t)
	for _, tc := range []struct{ input, number string }{
		{"  张三  ", "张三"},
		{"ＡＢＣ　１", "ABC 1"},
		{"95588\n95533", "95588\ufffd95533"}, // two numbers, not one
		{"95588\u202895533", "95588\u202895533"},
		{"a\xffb", "a\ufffdb"},
		{"95588\x00a\x00", "95588\ufffda"},
		{"unknown 95588", "unknown 95588"},
		{"*#06#", "*#06#"},
		{"1+2", "1+2"},
		{strings.Repeat("9", 65), strings.Repeat("9", 63) + "…"},
		{"甲" + strings.Repeat(" ", 200) + "乙", "甲" + strings.Repeat(" ", 62) + "…"},
		{strings.Repeat("9 ", 65), strings.Repeat("9 ", 31) + "9…"},
		{"+" + strings.Repeat("9", 65), "+" + strings.Repeat("9", 62) + "…"},
		{strings.Repeat("甲", 1<<16), strings.Repeat("甲", 63) + "…"},
	} {
		k := c.Check(tc.input, "")
		if k.Family != domain.FamilyMalformed || k.Verdict != domain.VerdictInvalid || k.Number != tc.number {
			t.Errorf("Check(%.80q): %s %s %q, want %q", tc.input, k.Family, k.Verdict, k.Number, tc.number)
		}
	}
}

// The cell of a spreadsheet can have any number of blanks around and inside its
// number; only what it says is bounded.
func TestDecorationIsNotCounted(t *testing.T) {
	_, c := shipped(t)
	for _, tc := range []struct{ name, input, number string }{
		{"blanks before", strings.Repeat(" ", 65) + "95588", "95588"},
		{"blanks behind", "95588" + strings.Repeat("\t", 1<<16), "95588"},
		{"wide", strings.Repeat("　", 60) + "９５５８８", "95588"},
		{"marks inside", strings.Join(strings.Split("95588", ""), strings.Repeat("\u200b", 100)), "95588"},
		{"brackets", strings.Repeat("(", 40) + "95588" + strings.Repeat(")", 40), "95588"},
		{"plus", strings.Repeat(" ", 80) + "+" + strings.Repeat(" ", 80) + "95588", "+95588"},
		{"64 digits", strings.Repeat("5 ", 64), strings.Repeat("5", 64)},
	} {
		if k := c.Check(tc.input, ""); k.Number != tc.number {
			t.Errorf("%s: %q %s, want %s", tc.name, k.Number, k.Family, tc.number)
		}
	}
	for _, n := range []int{65, 66, 1 << 16} {
		if k := c.Check(strings.Repeat("5", n), ""); k.Family != domain.FamilyMalformed || k.Verdict != domain.VerdictInvalid {
			t.Errorf("%d digits: %s %s", n, k.Family, k.Verdict)
		}
	}
}

func TestProvinceIsThatOfTheRegistry(t *testing.T) {
	_, c := shipped(t)
	if p, ok := c.Province("anhui"); !ok || p.NameZH != "安徽" {
		t.Errorf("anhui: %+v %v", p, ok)
	}
	if p, ok := c.Province("Mars"); ok {
		t.Errorf("Mars: %+v", p)
	}
}

func TestAskedProvinceDoesNotTouchOtherLines(t *testing.T) {
	_, c := shipped(t)
	for _, input := range []string{"95588", "13800138000", "110", "4008895588", "+442079460123", "66200000"} {
		if k := c.Check(input, "安徽"); k.Province != "" {
			t.Errorf("%s in 安徽 has the province %q", input, k.Province)
		}
	}
	if k := c.Check("010-96588", "安徽"); k.Province != "北京" {
		t.Errorf("the area code gives way to the asked province: %q", k.Province)
	}
}
