package kit

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// The toolkit breaks Chinese anywhere and looks for spaces only, so that a
// line may begin with a comma and "word: 中文" leaves the word alone on its
// line. The rules here are those of CLREQ (Requirements for Chinese Text
// Layout, W3C), section 3.1: closing punctuation never begins a line, opening
// punctuation never ends one, words and numbers stay whole. And no character is
// left alone on the last line of a paragraph.

// Punctuation that may not begin a line, and that which may not end one.
const (
	noStart = "，。、；：？！）》」』】〕〉”’…—·％%,.;:?!)]}°℃～"
	noEnd   = "（《「『【〔〈“‘([{￥¥$#"
)

// wrap breaks a text into lines no wider than the width, as measured. A word
// that is wider than a whole line is broken where it must be. Line feeds stay.
func wrap(text string, width float32, measure func(string) float32) []string {
	var lines []string
	for para := range strings.SplitSeq(text, "\n") {
		lines = append(lines, wrapParagraph(para, width, measure)...)
	}
	return lines
}

func wrapParagraph(para string, width float32, measure func(string) float32) []string {
	var lines []string
	var line strings.Builder
	used := float32(0)
	flush := func() {
		lines = append(lines, strings.TrimRight(line.String(), " "))
		line.Reset()
		used = 0
	}
	for _, u := range units(para) {
		if used == 0 && u == " " && len(lines) > 0 {
			continue // a space at which a line was broken
		}
		w := measure(u)
		if used > 0 && used+w > width && u != " " {
			flush()
		}
		for w > width && utf8.RuneCountInString(u) > 1 {
			head, tail := split(u, width, measure)
			line.WriteString(head)
			flush()
			u, w = tail, measure(tail)
		}
		line.WriteString(u)
		used += w
	}
	flush()
	if n := len(lines); n > 1 {
		lines[n-2], lines[n-1] = together(lines[n-2], lines[n-1], width, measure)
	}
	return lines
}

// together takes a character down to one that is alone on the last line.
func together(before, last string, width float32, measure func(string) float32) (string, string) {
	first, _ := utf8.DecodeRuneInString(last)
	pieces := units(before)
	if len(pieces) < 2 || !unicode.Is(unicode.Han, first) || len(units(last)) > 1 {
		return before, last
	}
	down := pieces[len(pieces)-1]
	if r, _ := utf8.DecodeRuneInString(down); !unicode.Is(unicode.Han, r) || measure(down)+measure(last) > width {
		return before, last
	}
	return strings.TrimRight(strings.TrimSuffix(before, down), " "), down + last
}

// units cuts a paragraph into the pieces between which a line may break.
func units(s string) []string {
	var out []string
	var cur strings.Builder
	var prev rune
	for _, r := range s {
		if cur.Len() > 0 && mayBreak(prev, r) {
			out = append(out, cur.String())
			cur.Reset()
		}
		cur.WriteRune(r)
		prev = r
	}
	if cur.Len() > 0 {
		out = append(out, cur.String())
	}
	return out
}

func mayBreak(before, after rune) bool {
	switch {
	case before == ' ' || after == ' ':
		return true
	case strings.ContainsRune(noStart, after), strings.ContainsRune(noEnd, before):
		return false
	case wide(before) || wide(after):
		return true
	}
	return false
}

// wide says whether the rune is set on its own square: a Chinese character or
// full-width punctuation.
func wide(r rune) bool {
	return unicode.Is(unicode.Han, r) || (r >= 0x3000 && r <= 0x30ff) || (r >= 0xff00 && r <= 0xff60) ||
		r == '…' || r == '—' || r == '“' || r == '”' || r == '‘' || r == '’'
}

// split cuts a piece that is wider than a line; the head has at least one rune.
func split(u string, width float32, measure func(string) float32) (head, tail string) {
	used, cut := float32(0), 0
	for cut < len(u) {
		_, n := utf8.DecodeRuneInString(u[cut:])
		w := measure(u[cut : cut+n])
		if cut > 0 && used+w > width {
			break
		}
		used += w
		cut += n
	}
	return u[:cut], u[cut:]
}

// ellipsis shortens a single line to the width, with "…" at its end.
func ellipsis(text string, width float32, measure func(string) float32) string {
	if measure(text) <= width {
		return text
	}
	runes := []rune(text)
	low, high := 0, len(runes) // the longest prefix that fits is in [low, high)
	for low < high-1 {
		mid := (low + high) / 2
		if measure(string(runes[:mid])+"…") <= width {
			low = mid
		} else {
			high = mid
		}
	}
	return strings.TrimRight(string(runes[:low]), " ") + "…"
}
