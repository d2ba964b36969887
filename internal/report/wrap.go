package report

import (
	"strings"
	"unicode"
)

// wrap breaks a text into lines that are not wider than most, at least one.
// Chinese breaks between any two characters, but no line begins with a mark
// that closes; other words and numbers stay whole, unless one alone is wider
// than a line.
func wrap(text string, most float64, width func(string) float64) []string {
	var lines []string
	line := ""
	for _, piece := range pieces(text) {
		if line == "" {
			piece = strings.TrimLeft(piece, " ")
		}
		if width(strings.TrimRight(line+piece, " ")) <= most {
			line += piece
			continue
		}
		if line != "" {
			lines = append(lines, strings.TrimRight(line, " "))
			piece = strings.TrimLeft(piece, " ")
		}
		for width(piece) > most { // one word, wider than the line
			n := fitting(piece, most, width)
			lines = append(lines, piece[:n])
			piece = piece[n:]
		}
		line = piece
	}
	if line = strings.TrimRight(line, " "); line != "" || len(lines) == 0 {
		lines = append(lines, line)
	}
	return lines
}

// fitting is how many bytes of a text fit, at least one character.
func fitting(text string, most float64, width func(string) float64) int {
	end := 0
	for i, r := range text {
		next := i + len(string(r))
		if end > 0 && width(text[:next]) > most {
			break
		}
		end = next
	}
	return end
}

// pieces cuts a text where a line may end. The spaces before a word belong to
// it, and so do the marks that close behind a character.
func pieces(text string) []string {
	var out []string
	start := 0
	runes := []rune(text)
	for i := 1; i < len(runes); i++ {
		before, next := runes[i-1], runes[i]
		if closes(next) || opens(before) || before == ' ' {
			continue
		}
		if next == ' ' || breaks(before) || breaks(next) {
			out = append(out, string(runes[start:i]))
			start = i
		}
	}
	return append(out, string(runes[start:]))
}

// breaks says whether a line may end on either side of the character.
func breaks(r rune) bool {
	return unicode.In(r, unicode.Han, unicode.Hiragana, unicode.Katakana) || r >= 0x3000 && r <= 0x303f || r >= 0xff00 && r <= 0xffef
}

// closes and opens say which marks cling to the character before and behind.
// Written as code points, because they are no text for users.
func closes(r rune) bool {
	switch r {
	case 0x3001, 0x3002, 0xff0c, 0xff0e, 0xff1a, 0xff1b, 0xff01, 0xff1f, 0xff09, 0x300b, 0x3011, 0x300d, 0x300f, 0x201d, 0x2019, 0x2026, 0xff05:
		return true
	}
	return false
}

func opens(r rune) bool {
	switch r {
	case 0xff08, 0x300a, 0x3010, 0x300c, 0x300e, 0x201c, 0x2018, 0xffe5:
		return true
	}
	return false
}
