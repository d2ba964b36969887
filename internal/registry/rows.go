package registry

import (
	"slices"
	"strings"
	"unicode/utf8"

	"quietline/internal/domain"
)

// The bounds of a list. They are far above what is shipped, and keep a list
// from elsewhere from filling the memory or a page.
const (
	// MaxRows is the largest number of rows of a table.
	MaxRows = 200_000
	// maxName is the longest name, in characters.
	maxName = domain.MaxHolderName
	// maxSource is the longest source, in bytes.
	maxSource = 1000
	// maxNote is the longest note, in characters.
	maxNote = domain.MaxNoteLength
)

// keep gives one lasting copy of a text that repeats.
func (b *builder) keep(text string) string {
	if known, ok := b.common[text]; ok {
		return known
	}
	text = strings.Clone(text)
	b.common[text] = text
	return text
}

func (b *builder) province(f []string) bool {
	p := domain.Province{
		Code: strings.Clone(f[0]), NameZH: strings.Clone(f[1]),
		NameEN: strings.Clone(f[2]), Pinyin: strings.Clone(f[3]),
	}
	if len(p.Code) != 2 || !digitsOnly(p.Code) || !words(p.NameZH, p.NameEN, p.Pinyin) {
		return false
	}
	names := []string{p.Code, p.NameZH, nameKey(p.NameEN), nameKey(p.Pinyin)}
	// "Tibet (Xizang)" is found under both names.
	if outer, inner, ok := strings.Cut(p.NameEN, " ("); ok {
		names = append(names, nameKey(outer), nameKey(strings.TrimSuffix(inner, ")")))
	}
	for _, name := range names {
		if other, taken := b.s.provinces[name]; taken && other != p {
			return false
		}
		b.s.provinces[name] = p
	}
	b.s.list = append(b.s.list, p)
	return true
}

func (b *builder) area(f []string) bool {
	code, city, province := f[0], f[1], f[2]
	if len(code) < 3 || len(code) > 4 || code[0] != '0' || !digitsOnly(code) || !words(city) {
		return false
	}
	p, known := b.s.provinces[province]
	if _, taken := b.s.areas[code]; taken || !known || p.NameZH != province {
		return false
	}
	b.s.areas[strings.Clone(code)] = area{province: p.NameZH, city: strings.Clone(city)}
	return true
}

func (b *builder) segment(f []string) bool {
	g := Segment{
		Prefix: strings.Clone(f[0]), OperatorZH: b.keep(f[1]), OperatorEN: b.keep(f[2]),
		Kind: b.keep(f[3]), Source: b.keep(f[4]), Confidence: b.keep(f[5]),
	}
	if len(g.Prefix) < 3 || len(g.Prefix) > 4 || g.Prefix[0] != '1' || !digitsOnly(g.Prefix) {
		return false
	}
	if _, taken := b.s.segments[g.Prefix]; taken || !words(g.OperatorZH, g.Kind, g.Source) || !confidence(g.Confidence) {
		return false
	}
	b.s.segments[g.Prefix] = g
	return true
}

func (b *builder) note(f []string) bool {
	key := [2]string{strings.Clone(f[0]), b.keep(f[1])}
	if _, taken := b.notes[key]; taken || !codeShape(key[0]) || !b.scope(key[0], key[1]) || !words(f[2]) ||
		utf8.RuneCountInString(f[2]) > maxNote || len(b.notes) >= MaxRows {
		return false
	}
	b.notes[key] = b.keep(f[2])
	return true
}

func (b *builder) code(f []string) bool {
	code := strings.Clone(f[0])
	h := domain.Holder{
		NameZH: strings.Clone(plainName(f[2], code)), NameEN: strings.Clone(f[3]), Category: b.keep(f[4]),
		Scope: b.keep(f[1]), Confidence: b.keep(f[6]), Source: b.keep(f[5]), Vintage: vintage(f[5]),
		Note: b.notes[[2]string{code, f[1]}],
	}
	if !codeShape(code) || !b.scope(code, h.Scope) || !words(h.NameZH, h.Source) || !confidence(h.Confidence) ||
		!plain(h.NameEN) || !slices.Contains(Categories(), h.Category) {
		return false
	}
	if max(utf8.RuneCountInString(f[2]), utf8.RuneCountInString(f[3])) > maxName || len(f[5]) > maxSource {
		return false
	}
	key := [2]string{code, h.Scope}
	if b.seen[key] || len(b.s.rows) >= MaxRows {
		return false
	}
	b.seen[key] = true
	b.s.codes = append(b.s.codes, code)
	b.s.rows = append(b.s.rows, h)
	return true
}

// scope says whether the code can have the scope: national, and for a 96 code
// also the name of a province, or empty where no source gave one.
func (b *builder) scope(code, scope string) bool {
	if scope == National {
		return true
	}
	p, known := b.s.provinces[scope]
	return strings.HasPrefix(code, "96") && (scope == "" || known && p.NameZH == scope)
}

func confidence(mark string) bool { return mark == SingleSource || mark == TwoSources }

func codeShape(code string) bool {
	return len(code) >= minCode && len(code) <= maxCode && digitsOnly(code)
}

func digitsOnly(s string) bool {
	for i := range len(s) {
		if s[i] < '0' || s[i] > '9' {
			return false
		}
	}
	return s != ""
}

// words says whether every text is there and plain.
func words(texts ...string) bool {
	for _, t := range texts {
		if strings.TrimSpace(t) == "" || !plain(t) {
			return false
		}
	}
	return true
}

// plain says whether the text is UTF-8 without characters that rule over the
// text around them.
func plain(text string) bool {
	for i := range len(text) { // most texts are addresses, in ASCII
		if c := text[i]; c < ' ' || c > '~' {
			return utf8.ValidString(text[i:]) && !strings.ContainsFunc(text[i:], domain.Control)
		}
	}
	return true
}
