package kit

import (
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"
)

// cells measures a text in half squares: a Chinese character is 2 wide.
func cells(s string) float32 {
	n := 0
	for _, r := range s {
		n++
		if wide(r) {
			n++
		}
	}
	return float32(n)
}

func TestWrap(t *testing.T) {
	for _, tc := range []struct {
		name, text string
		width      float32
		want       []string
	}{
		{"empty", "", 10, []string{""}},
		{"fits", "95588", 10, []string{"95588"}},
		{"words", "call back yourself", 10, []string{"call back", "yourself"}},
		{"line feeds stay", "a\n\nb", 10, []string{"a", "", "b"}},
		{"between characters", "公开名单整理而成", 8, []string{"公开名单", "整理而成"}},
		{"no comma at the start", "公开名单，整理", 8, []string{"公开名", "单，整理"}},
		{"no opening mark at the end", "他说公（开）", 8, []string{"他说公", "（开）"}},
		{"a number stays whole", "拨打95588查询", 8, []string{"拨打", "95588", "查询"}},
		{"no character alone at the end", "不会真正提交内容。", 16, []string{"不会真正提交", "内容。"}},
		{"two at the end are company", "不会真正提交的内容", 14, []string{"不会真正提交的", "内容"}},
		{"alone where two have no room", "公开。", 5, []string{"公", "开。"}},
		{"alone behind a word", "拨打95588查", 6, []string{"拨打", "95588", "查"}},
		{"word and Chinese share a line", "word: 中文字", 8, []string{"word: 中", "文字"}},
		{"a quoted word", "他说“好的”吗", 8, []string{"他说“好", "的”吗"}},
		{"a word wider than the line", "abcdefghijkl", 5, []string{"abcde", "fghij", "kl"}},
		{"a long word after a short one", "at abcdefghijkl", 5, []string{"at", "abcde", "fghij", "kl"}},
		{"narrower than one character", "公开", 1, []string{"公", "开"}},
		{"trailing spaces go", "ab  cd", 3, []string{"ab", "cd"}},
	} {
		t.Run(tc.name, func(t *testing.T) {
			if diff := cmp.Diff(tc.want, wrap(tc.text, tc.width, cells)); diff != "" {
				t.Error(diff)
			}
		})
	}
}

// TestWrapLosesNothing: whatever the text and the width, every character but
// spaces is there, in order, and a line is too wide only where even one piece
// of it is.
func TestWrapLosesNothing(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		text := rapid.StringOfN(rapid.SampledFrom([]rune("ab1-/.,:（）“”，。…公开名单 \n")), 0, 80, -1).Draw(t, "text")
		width := rapid.Float32Range(0.5, 40).Draw(t, "width")
		lines := wrap(text, width, cells)
		squeeze := func(s string) string { return strings.NewReplacer(" ", "", "\n", "").Replace(s) }
		if got := squeeze(strings.Join(lines, "")); got != squeeze(text) {
			t.Fatalf("%q became %q", text, lines)
		}
		for _, l := range lines {
			if cells(l) > width && utf8.RuneCountInString(l) > 1 {
				t.Fatalf("%q is %v wide, the line only %v", l, cells(l), width)
			}
		}
	})
}

// TestWrapKeepsPunctuation: given room for three squares more than the longest
// piece, no line begins with a closing mark or ends with an opening one.
func TestWrapKeepsPunctuation(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		text := rapid.StringOfN(rapid.SampledFrom([]rune("公开名单整理，。（“字”）")), 0, 60, -1).Draw(t, "text")
		longest := float32(2)
		for _, u := range units(text) {
			longest = max(longest, cells(u))
		}
		width := longest + rapid.Float32Range(0, 20).Draw(t, "more")
		for i, l := range wrap(text, width, cells) {
			if l == "" {
				continue
			}
			first, _ := utf8.DecodeRuneInString(l)
			last, _ := utf8.DecodeLastRuneInString(l)
			if i > 0 && strings.ContainsRune(noStart, first) {
				t.Fatalf("line %d of %q begins with %q", i, text, first)
			}
			if strings.ContainsRune(noEnd, last) && !strings.HasSuffix(text, l) {
				t.Fatalf("line %d of %q ends with %q", i, text, last)
			}
		}
	})
}

func TestEllipsis(t *testing.T) {
	for _, tc := range []struct {
		text  string
		width float32
		want  string
	}{
		{"95588", 5, "95588"},
		{"955881234", 6, "9558…"},
		{"公开名单", 6, "公开…"},
		{"公开 名单", 8, "公开…"},
		{"公开名单", 0, "…"},
		{"", 0, ""},
	} {
		if got := ellipsis(tc.text, tc.width, cells); got != tc.want {
			t.Errorf("%q in %v: %q, want %q", tc.text, tc.width, got, tc.want)
		}
	}
}

func FuzzWrap(f *testing.F) {
	f.Add("word: 中文，“好”。\n95588", float32(7))
	f.Add("\xff\xfe公", float32(0))
	f.Fuzz(func(t *testing.T, text string, width float32) {
		if width != width || width > 1e6 || width < -1e6 || len(text) > 2000 {
			return
		}
		if lines := wrap(text, width, cells); len(lines) <= strings.Count(text, "\n") {
			t.Fatalf("%d lines for %q", len(lines), text)
		}
	})
}
