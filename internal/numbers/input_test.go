package numbers_test

import (
	"strings"
	"testing"
	"unicode/utf8"

	"quietline/internal/domain"
)

func TestHiddenMarks(t *testing.T) {
	_, c := shipped(t)
	for _, input := range []string{
		"", " ", "\t\n", "-", "--", "—", "-1", "-2", " -1 ", "\x00", "()", "\u200b",
		"未知", "未知号码", "隐藏", "隐藏号码", "无号码", "无主叫号码", "私人号码", "匿名", "（未知）",
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
		{strings.Repeat(" ", 65), "…"},
		{strings.Repeat("甲", 1<<16), strings.Repeat("甲", 63) + "…"},
	} {
		k := c.Check(tc.input, "")
		if k.Family != domain.FamilyMalformed || k.Verdict != domain.VerdictInvalid || k.Number != tc.number {
			t.Errorf("Check(%.80q): %s %s %q, want %q", tc.input, k.Family, k.Verdict, k.Number, tc.number)
		}
	}
}

func TestLongestInputIsStillRead(t *testing.T) {
	_, c := shipped(t)
	full := strings.Repeat("　", 59) + "９５５８８" // 64 runes, 192 bytes
	if n := utf8.RuneCountInString(full); n != 64 {
		t.Fatalf("%d runes", n)
	}
	if k := c.Check(full, ""); k.Number != "95588" || k.Verdict != domain.VerdictListed {
		t.Errorf("64 runes: %+v", k)
	}
	if k := c.Check(full+" ", ""); k.Family != domain.FamilyMalformed {
		t.Errorf("65 runes: %+v", k)
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
