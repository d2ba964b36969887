package store

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/width"
)

// spaced is the form in which text is put into the index and looked up there:
// full-width forms folded, a space around every Han character. The tokenizer
// then takes each Han character for a word, and a phrase finds a Chinese word
// of any length inside a sentence. A change here needs a migration that
// rebuilds call_text.
func spaced(text string) string {
	var b strings.Builder
	b.Grow(2 * len(text))
	for _, r := range width.Fold.String(text) {
		if unicode.Is(unicode.Han, r) {
			b.WriteByte(' ')
			b.WriteRune(r)
			b.WriteByte(' ')
		} else {
			b.WriteRune(r)
		}
	}
	return b.String()
}

// callText is what the index holds for a call, empty where it holds nothing.
// A mark between name and note keeps a phrase from running from one into the
// other.
func callText(name, note string) string {
	switch {
	case name == "" && note == "":
		return ""
	case name == "":
		return spaced(note)
	case note == "":
		return spaced(name)
	}
	return spaced(name) + " " + fieldBreak + " " + spaced(note)
}

// fieldBreak is a token of its own (private use characters are tokens, see
// https://www.sqlite.org/fts5.html#unicode61_tokenizer) that no text has.
const fieldBreak = "\ue000"

// phrase is the FTS5 query that finds the word; the last Latin word in it may
// go on, for which the index has to put all that begin so together. Inside double quotes nothing but a double quote has a meaning
// (https://www.sqlite.org/fts5.html#fts5_strings).
func phrase(word string) string {
	clean := strings.Map(func(r rune) rune {
		if r == '"' || r == 0 {
			return ' '
		}
		return r
	}, spaced(word))
	clean = strings.TrimSpace(clean)
	if last, _ := utf8.DecodeLastRuneInString(clean); unicode.Is(unicode.Han, last) {
		return `"` + clean + `"` // no word of the index goes on after it
	}
	return `"` + clean + `" *`
}

func hasHan(s string) bool {
	return strings.IndexFunc(s, func(r rune) bool { return unicode.Is(unicode.Han, r) }) >= 0
}

// likeAround is the LIKE pattern that finds s anywhere; use ESCAPE '\'.
func likeAround(s string) string {
	return "%" + strings.NewReplacer(`\`, `\\`, `%`, `\%`, `_`, `\_`).Replace(s) + "%"
}
