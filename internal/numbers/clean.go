package numbers

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// maxRunes bounds what an input says, blanks and decoration not counted: the
// cell of a spreadsheet can have many of them around its number. No display
// shows more.
const maxRunes = 64

// tooLong ends what is kept of a longer input. It is no digit, so that the
// number stays what it is when it is read again.
const tooLong = "…"

// kind is what a text is at first sight.
type kind byte

const (
	isDigits kind = iota
	isHidden
	isMalformed
)

// text is an input without its decoration.
type text struct {
	kind kind
	// digits are ASCII digits without the plus.
	digits string
	// plus says that a plus stood before them.
	plus bool
	// shown is what is kept of a malformed input.
	shown string
}

// clean folds full-width digits and drops spaces, hyphens, dots, brackets and
// invisible marks.
func clean(input string) text {
	if digits, plus, ok := plain(input); ok {
		return text{digits: digits, plus: plus}
	}
	var buf [maxRunes]byte
	said, n, plus, other := 0, 0, false, false
	for _, r := range strings.TrimFunc(input, blank) {
		switch r = fold(r); {
		case separator(r):
			continue
		case r == '+' && n == 0 && !plus:
			plus = true
			continue
		case said == maxRunes:
			return text{kind: isMalformed, shown: shorten(visible(input))}
		case r >= '0' && r <= '9':
			buf[n] = byte(r)
			n++
		default:
			other = true
		}
		said++
	}
	// A hidden mark has letters, or is "-1" and the like.
	if other || n <= 1 {
		shown := visible(input)
		if n == 0 && !plus && !other || hiddenMark(shown) {
			return text{kind: isHidden}
		}
		if other || n == 0 {
			return text{kind: isMalformed, shown: shorten(shown)}
		}
	}
	return text{digits: string(buf[:n]), plus: plus}
}

// plain is the fast way for ASCII digits with or without a plus.
func plain(input string) (digits string, plus, ok bool) {
	digits = input
	if digits != "" && digits[0] == '+' {
		digits, plus = digits[1:], true
	}
	if len(digits) < 2 || len(input) > maxRunes {
		return "", false, false
	}
	for i := range len(digits) {
		if digits[i] < '0' || digits[i] > '9' {
			return "", false, false
		}
	}
	return digits, plus, true
}

// fold maps the full-width forms of ASCII to ASCII.
func fold(r rune) rune {
	const first, last, shift = '\uff01', '\uff5e', 0xfee0
	switch {
	case r >= first && r <= last:
		return r - shift
	case r == '\u3000':
		return ' '
	}
	return r
}

// separator says whether a rune is written between digits without a meaning
// of its own. A line break is none: it stands between two numbers.
func separator(r rune) bool {
	switch r {
	case ' ', '-', '.', '(', ')', '[', ']', '\t':
		return true
	case '\u00b7', '\u2022', '\u2024', '\u3002', '\u30fb', '\u2212': // dots, minus sign
		return true
	}
	if r < utf8.RuneSelf {
		return r == '{' || r == '}'
	}
	return unicode.In(r, unicode.Zs, unicode.Pd, unicode.Ps, unicode.Pe, unicode.Cf)
}

// blank says whether a rune can be cut off at either end.
func blank(r rune) bool {
	return unicode.IsSpace(r) || unicode.IsControl(r) || unicode.Is(unicode.Cf, r)
}

// visible is the input as it can be shown and stored: folded, trimmed, valid
// UTF-8, invisible marks dropped, control characters replaced.
func visible(input string) string {
	return strings.TrimFunc(strings.Map(func(r rune) rune {
		switch r = fold(r); {
		case r == '\t':
			return ' '
		case unicode.Is(unicode.Cf, r):
			return -1
		case unicode.IsControl(r):
			return utf8.RuneError
		}
		return r
	}, strings.TrimFunc(input, blank)), blank)
}

// shorten cuts a text to at most maxRunes.
func shorten(s string) string {
	n, cut := 0, 0
	for i := range s {
		if n == maxRunes-1 {
			cut = i
		}
		if n++; n > maxRunes {
			return s[:cut] + tooLong
		}
	}
	return s
}
