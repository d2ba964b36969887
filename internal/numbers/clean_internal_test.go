package numbers

import (
	"strings"
	"testing"
	"unicode/utf8"
)

func FuzzClean(f *testing.F) {
	for _, input := range []string{
		"", "-", "-1", " 95588 ", "９５５８８", "＋８６ 138-0013-8000", "(010) 6620.0000", "+", "++1", "1+2", "未知", "Private number",
		"95588\n95533", "95588\x00a", "\xff\xfe", "a\xffb", "\u202a+86\u202c", "…", "(￥)", "P", "N/A", "-３",
		strings.Repeat("9", maxRunes), strings.Repeat("9 ", maxRunes+1), strings.Repeat("　", 99) + "1", "甲" + strings.Repeat(" ", 99) + "乙",
	} {
		f.Add(input)
	}
	f.Fuzz(func(t *testing.T, input string) {
		got := clean(input)
		switch got.kind {
		case isDigits:
			if len(got.digits) == 0 || len(got.digits) > maxRunes || strings.Trim(got.digits, "0123456789") != "" || got.shown != "" {
				t.Fatalf("clean(%q) = %+v", input, got)
			}
			again := got.digits
			if got.plus {
				again = "+" + again
			}
			if twice := clean(again); twice != got {
				t.Fatalf("clean(%q) = %+v, then %+v", input, got, twice)
			}
		case isHidden:
			if got != (text{kind: isHidden}) {
				t.Fatalf("clean(%q) = %+v", input, got)
			}
		case isMalformed:
			if got.shown == "" || !utf8.ValidString(got.shown) || utf8.RuneCountInString(got.shown) > maxRunes || got.digits != "" {
				t.Fatalf("clean(%q) = %+v", input, got)
			}
			if twice := clean(got.shown); twice != got {
				t.Fatalf("clean(%q) = %+v, then %+v", input, got, twice)
			}
		}
		// What stands around it changes nothing.
		if padded := clean(" \u200b" + input + "\u2060\t"); padded != got {
			t.Fatalf("clean(%q) = %+v, with blanks around it %+v", input, got, padded)
		}
	})
}
