package report

import (
	"slices"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"quietline/internal/l10n"
)

func plainWidth(s string) float64 { return float64(l10n.Columns(s)) }

func TestWrap(t *testing.T) {
	for text, want := range map[string][]string{
		"":                {""},
		"one two three":   {"one two", "three"},
		"95013004 called": {"95013004", "called"},
		"来电号码是95013004，请不要回拨": {"来电号码是", "95013004，", "请不要回拨"},
		"一二三四五，六七":            {"一二三四", "五，六七"},
		"一二三四（五六七":            {"一二三四", "（五六七"},
		"abcdefghijklmnop q":  {"abcdefghij", "klmnop q"},
		"  a  b ":             {"a  b"},
	} {
		if got := wrap(text, 10, plainWidth); !slices.Equal(got, want) {
			t.Errorf("%q: %q, want %q", text, got, want)
		}
	}
}

// Nothing is lost but spaces, and no line is too wide.
func TestWrapKeepsEverything(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		text := rapid.StringOf(rapid.RuneFrom([]rune("ab 12一二，（）。“”…"))).Draw(t, "text")
		most := rapid.IntRange(2, 12).Draw(t, "most")
		lines := wrap(text, float64(most), plainWidth)
		squeeze := strings.NewReplacer(" ", "")
		if squeeze.Replace(strings.Join(lines, "")) != squeeze.Replace(text) {
			t.Fatalf("%q became %q", text, lines)
		}
		for _, l := range lines {
			if l10n.Columns(l) > most {
				t.Fatalf("%q is wider than %d", l, most)
			}
		}
	})
}
