package l10n

import (
	"strings"

	"golang.org/x/text/width"

	"quietline/internal/domain"
)

// Terms find the code behind a word of an enumeration, in whichever language and
// spelling it was written. They are safe for concurrent use.
type Terms struct{ codes map[string]map[string]string }

// NewTerms reads the words out of the catalogues of the printer: those of the
// enumerations that people write into sheets.
func NewTerms(p *Printer) *Terms {
	t := &Terms{codes: map[string]map[string]string{}}
	enter(t, p, "category", domain.Categories())
	enter(t, p, "technique", domain.Techniques())
	enter(t, p, "direction", domain.Directions())
	enter(t, p, "relation", domain.Relations())
	enter(t, p, "authority", domain.Authorities())
	return t
}

// enter notes every word of an enumeration: its code, its words in each language
// with and without what stands in brackets, and others that people use. Of two
// codes with one word the first has it.
func enter[T ~string](t *Terms, p *Printer, kind string, codes []T) {
	words := map[string]string{}
	note := func(word, code string) {
		if word = foldTerm(word); word == "" {
			return
		}
		if _, taken := words[word]; !taken {
			words[word] = code
		}
	}
	for _, c := range codes {
		note(string(c), string(c))
	}
	for _, lang := range Languages() {
		in := p.In(lang)
		for _, c := range codes {
			word := in.Term(kind, string(c))
			note(word, string(c))
			before, _, _ := strings.Cut(width.Narrow.String(word), "(")
			note(before, string(c))
		}
	}
	others := otherTerms(kind)
	for _, c := range codes {
		for _, word := range strings.Fields(others[string(c)]) {
			note(strings.ReplaceAll(word, "_", " "), string(c))
		}
	}
	t.codes[kind] = words
}

// Code gives the code for a word or for the code itself, in any case and width;
// kind is as in the messages "term.KIND.CODE".
func (t *Terms) Code(kind, text string) (code string, ok bool) {
	code, ok = t.codes[kind][text] // as most cells write it
	if !ok {
		code, ok = t.codes[kind][foldTerm(text)]
	}
	return code, ok
}

// foldTerm makes the spellings of a word equal: case, width, and the signs and
// spaces between its parts.
func foldTerm(s string) string {
	return strings.Map(func(r rune) rune {
		switch r {
		case ' ', '\t', '\n', '\r', '_', '-', '/', '&', ',', '.', '\'', '"', '\u3001', '\u00b7', '\uff64':
			return -1
		}
		return r
	}, strings.ToLower(width.Narrow.String(s)))
}
