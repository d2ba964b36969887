package registry

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"
)

// maxUnits bounds a text that is searched, in characters: a note of 2,000
// characters is searched in its beginning.
const maxUnits = 512

// fold brings a text into the form in which it is compared, at most limit
// characters of it: full-width forms narrow, letters small, marks off (but ü,
// which pinyin tells from u), apostrophes and invisible characters out, and
// everything that is neither letter nor digit as a space. What is no UTF-8 is
// left out.
func fold(s string, limit int) []rune {
	out := make([]rune, 0, min(len(s), limit))
	add := func(r rune) {
		switch {
		case r == '\u0308' && len(out) > 0 && out[len(out)-1] == 'u':
			out[len(out)-1] = 'ü'
		case unicode.In(r, unicode.Mn, unicode.Cf) || apostrophe(r):
		case unicode.IsLetter(r) || unicode.IsNumber(r):
			out = append(out, unicode.ToLower(r))
		default:
			out = append(out, ' ')
		}
	}
	for _, r := range s {
		if limit--; limit < 0 {
			break
		}
		r = narrow(r)
		switch {
		case r >= '0' && r <= '9' || r >= 'a' && r <= 'z' || r >= firstHan && r <= lastHan:
			out = append(out, r) // nearly all
		case r == utf8.RuneError:
		case r < 0xc0 || r >= 0x250 && (r < 0x1e00 || r >= 0x1f00):
			add(r)
		default: // Latin with marks
			for _, part := range norm.NFD.String(string(r)) {
				add(unicode.ToLower(part))
			}
		}
	}
	return out
}

// narrow maps the full-width forms of ASCII to ASCII.
func narrow(r rune) rune {
	const first, last, shift = '\uff01', '\uff5e', 0xfee0
	if r >= first && r <= last {
		return r - shift
	}
	return r
}

// apostrophe says whether a character only parts what belongs together: Xi'an.
func apostrophe(r rune) bool {
	switch r {
	case '\'', '`', '\u2018', '\u2019', '\u02bc':
		return true
	}
	return false
}

// script tells the kinds of characters that make up words.
type script byte

const (
	gap script = iota
	han
	letter
	digit
)

func scriptOf(r rune) script {
	switch {
	case r == ' ':
		return gap
	case r >= '0' && r <= '9':
		return digit
	case isHan(r):
		return han
	}
	return letter
}

// runs cuts a folded text where the script changes or a gap is. A run of Han
// is one.
func runs(folded []rune) [][]rune {
	var out [][]rune
	for lo := 0; lo < len(folded); {
		kind, hi := scriptOf(folded[lo]), lo+1
		for hi < len(folded) && scriptOf(folded[hi]) == kind {
			hi++
		}
		if kind != gap {
			out = append(out, folded[lo:hi])
		}
		lo = hi
	}
	return out
}

// unit is the smallest part of a text that is matched or left: a Han
// character, a word in letters, or a number in digits.
type unit struct {
	kind script
	// written are the forms in which it stands in the text: one, or two for a
	// word with ü.
	written [][]rune
	// read are the syllables of a Han character in every spelling.
	read [][]rune
	// rare are the same of readings that nobody uses today.
	rare [][]rune
	// short are what it is shortened to: the first letter of a word or
	// syllable, also zh, ch and sh.
	short [][]rune
	// starts has the bits of the letters a to z with which a form begins.
	starts uint32
	// filler says that initials leave the word out: "of".
	filler bool
}

// begins says whether a form begins with the character.
func (u *unit) begins(r rune) bool {
	if bit := letterBit(r); bit != 0 {
		return u.starts&bit != 0
	}
	return u.written[0][0] == r
}

// beginsRare says the same of the rare readings.
func (u *unit) beginsRare(r rune) bool {
	for _, form := range u.rare {
		if form[0] == r {
			return true
		}
	}
	return false
}

// text is one name, note or word that is searched.
type text struct {
	units []*unit
	// han is how many of the units are Han characters.
	han int
	// starts has the bits of the letters with which a unit begins, and others
	// one bit of 64 for the other characters, several of which share it. They
	// say at once of most texts that a query begins nowhere in them.
	starts uint32
	others uint64
}

// begins says whether a unit of the text may begin with the character.
func (t *text) begins(r rune) bool {
	if bit := letterBit(r); bit != 0 {
		return t.starts&bit != 0
	}
	return t.others&(1<<(r%64)) != 0
}

// speller makes units; equal ones are one.
type speller struct {
	readings map[rune]*reads
	chars    map[rune]*unit
	words    map[string]*unit
}

// spell cuts a folded text into units.
func (s *speller) spell(folded []rune) text {
	t := text{units: make([]*unit, 0, len(folded))}
	for _, run := range runs(folded) {
		kind := scriptOf(run[0])
		if kind != han {
			t.units = append(t.units, s.word(kind, run))
			continue
		}
		t.han += len(run)
		for _, r := range run {
			t.units = append(t.units, s.char(r))
		}
	}
	for _, u := range t.units {
		t.starts |= u.starts
		for _, w := range u.written {
			if letterBit(w[0]) == 0 {
				t.others |= 1 << (w[0] % 64)
			}
		}
	}
	return t
}

func (s *speller) char(r rune) *unit {
	u := s.chars[r]
	if u != nil {
		return u
	}
	u = &unit{kind: han, written: [][]rune{{r}}}
	if reads := s.readings[r]; reads != nil {
		for _, syllable := range reads.usual {
			for _, spelling := range spellings(syllable) {
				u.addRead(spelling)
			}
			for _, short := range initials(syllable) {
				u.addShort(short)
			}
		}
		for _, syllable := range reads.rare {
			u.rare = append(u.rare, []rune(syllable))
		}
	}
	s.chars[r] = u
	return u
}

func (s *speller) word(kind script, run []rune) *unit {
	key := string(run)
	if u := s.words[key]; u != nil {
		return u
	}
	u := &unit{kind: kind, written: [][]rune{run}}
	if strings.ContainsRune(key, 'ü') {
		u.written = [][]rune{[]rune(strings.ReplaceAll(key, "ü", "v")), []rune(strings.ReplaceAll(key, "ü", "u"))}
	}
	if kind == letter {
		u.filler = filler(key)
		for _, w := range u.written {
			u.addShort(string(w[:1]))
		}
	}
	s.words[key] = u
	return u
}

func (u *unit) addRead(syllable string) {
	u.read = append(u.read, []rune(syllable))
	u.starts |= letterBit(rune(syllable[0]))
}

func (u *unit) addShort(short string) {
	runes := []rune(short)
	u.starts |= letterBit(runes[0])
	for _, known := range u.short {
		if string(known) == short {
			return
		}
	}
	u.short = append(u.short, runes)
}

func letterBit(r rune) uint32 {
	if r < 'a' || r > 'z' {
		return 0
	}
	return 1 << (r - 'a')
}

// filler says whether a word is left out of an acronym: ICBC is the Industrial
// and Commercial Bank of China.
func filler(word string) bool {
	switch word {
	case "of", "and", "the", "for", "in", "on":
		return true
	}
	return false
}
