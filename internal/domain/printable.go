package domain

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// Control says whether a character rules over the text around it instead of
// being shown: control characters, which a terminal may obey, the line ends of
// Unicode, and the marks that turn the direction of writing (UAX #9), which
// make one name look like another. Tabs and line breaks are among them; a text
// of several lines allows those itself.
func Control(r rune) bool {
	return unicode.IsControl(r) || r == '\u2028' || r == '\u2029' || turns(r)
}

// Undirected drops the marks that turn the direction of writing. Phones put
// them around a number that is copied, and nobody sees that they are there.
func Undirected(s string) string {
	return strings.Map(func(r rune) rune {
		if turns(r) {
			return -1
		}
		return r
	}, s)
}

func turns(r rune) bool { return unicode.Is(unicode.Bidi_Control, r) }

// Formula says whether a spreadsheet could take the text of a cell for a formula:
// one that begins with = + - @, their full-width forms, a tab or a line break
// (OWASP, "CSV injection").
func Formula(s string) bool {
	switch r, _ := utf8.DecodeRuneInString(s); r {
	case '=', '+', '-', '@', '\t', '\r', '\n', '\uff1d', '\uff0b', '\uff0d', '\uff20':
		return true
	}
	return false
}
