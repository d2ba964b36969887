package registry

import (
	_ "embed"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"
)

// pinyinTable has one line for every syllable without its tone: the syllable, a
// tab, the characters for which the dictionary gives it first, a tab, and the
// others that can be read so; ü is written v, and lines that begin with # are
// comments. Every reading of every character of go-pinyin is there. It is text
// in the program rather than the package, because a package of 42,000 map
// entries costs each start of both programs 2 to 7 ms and 1.8 MB, whether
// somebody searches or not.
//
//go:embed pinyin.txt
var pinyinTable string

// reads are the toneless syllables of a character in the order of the alphabet.
type reads struct {
	// first is the one that a dictionary gives first.
	first string
	// usual are those of today.
	usual []string
	// rare are those that a dictionary has besides.
	rare []string
}

// readings gives the syllables of the characters that are wanted. What the
// table does not know is left out.
func readings(wanted map[rune]bool) map[rune]*reads {
	// Most characters of the table are not wanted, so the look-up that says
	// so has to be faster than a map.
	const common = 0x10000
	var bits [common / 64]uint64
	for r := range wanted {
		if r >= 0 && r < common {
			bits[r/64] |= 1 << (r % 64)
		}
	}
	several := make(map[rune][]string, 256)
	for line := range strings.Lines(severalReadings) {
		if words := strings.Fields(line); len(words) > 0 {
			r, _ := utf8.DecodeRuneInString(words[0])
			several[r] = words[1:]
		}
	}
	out := make(map[rune]*reads, len(wanted))
	add := func(syllable, characters string, first bool) {
		for _, r := range characters {
			if r < common && bits[r/64]&(1<<(r%64)) == 0 || r >= common && !wanted[r] {
				continue
			}
			to := out[r]
			if to == nil {
				to = &reads{}
				out[r] = to
			}
			if first {
				to.first = syllable
			}
			if first || slices.Contains(several[r], syllable) {
				to.usual = append(to.usual, syllable)
			} else {
				to.rare = append(to.rare, syllable)
			}
		}
	}
	for line := range strings.Lines(pinyinTable) {
		fields := strings.SplitN(strings.TrimSuffix(line, "\n"), "\t", 3)
		if len(fields) == 3 && line[0] != '#' {
			add(fields[0], fields[1], true)
			add(fields[0], fields[2], false)
		}
	}
	return out
}

// spellings gives the ways in which a syllable of the table is typed: ü is v,
// u, or yu as in passports, so 绿 is lv, lu and lyu.
func spellings(syllable string) []string {
	head, tail, ok := strings.Cut(syllable, "v")
	if !ok {
		return []string{syllable}
	}
	return []string{syllable, head + "u" + tail, head + "yu" + tail}
}

// initials gives what a syllable is shortened to: its first letter, and the
// digraphs zh, ch and sh.
func initials(syllable string) []string {
	out := []string{syllable[:1]}
	if len(syllable) > 2 && syllable[1] == 'h' {
		out = append(out, syllable[:2])
	}
	return out
}

// The block of the characters in common use.
const (
	firstHan = '\u4e00'
	lastHan  = '\u9fff'
)

func isHan(r rune) bool {
	return r >= firstHan && r <= lastHan || r >= 0x2e80 && unicode.Is(unicode.Han, r)
}
