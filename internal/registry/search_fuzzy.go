package registry

import "math/bits"

// The shortest queries in which a slip is looked for: shorter ones are like too
// much.
const (
	minFuzzyLetters = 4
	minFuzzyHan     = 4
	// minFuzzyGap is for a Han character that is missing in a name of
	// minFuzzyHan.
	minFuzzyGap = 3
)

// slip is a search for a text that differs from the query by one letter or Han
// character that is wrong, missing, too much or changed places with the next;
// also by none, where a character has a reading that is rare.
type slip struct {
	q []rune
	// han says that the query is Han: then a character is compared with a
	// character, otherwise a letter with a letter of pinyin or of a word.
	han bool
	// gap allows nothing but a missing character.
	gap bool
}

// newSlip says whether the query is one in which a slip can be looked for.
func newSlip(q []rune) (slip, bool) {
	s := slip{q: q, han: true}
	letters := 0
	for _, r := range q {
		switch scriptOf(r) {
		case letter:
			letters++
			s.han = false
		case han:
		default:
			s.han = false
		}
	}
	if s.han {
		s.gap = len(q) < minFuzzyHan
		return s, len(q) >= minFuzzyGap
	}
	return s, letters >= minFuzzyLetters
}

// match finds a place for the query in the text. Inside the text the first
// character has to be right.
func (s slip) match(t *text) found {
	if s.han && t.han < minFuzzyHan {
		return found{}
	}
	for at, u := range t.units {
		if (at == 0 || u.begins(s.q[0]) || u.beginsRare(s.q[0])) && s.walk(t.units[at:]) {
			return found{rank: rankFuzzy, at: uint16(at), size: uint16(len(t.units))}
		}
	}
	return found{}
}

// forms gives what is compared with slips, and whether slips are allowed.
func (s slip) forms(u *unit) (forms [][]rune, loose bool) {
	switch {
	case s.han:
		return u.written, true
	case u.kind == han:
		return u.read, true
	}
	return u.written, u.kind == letter
}

// walk spends the query on the units with one slip at most. good and slipped
// hold the positions that can be reached without and with it.
func (s slip) walk(units []*unit) bool {
	good, slipped := uint64(1), uint64(0)
	// swapped are positions behind the next unit, reached by letters that
	// changed places across the border of the two.
	var swapped uint64
	for i, u := range units {
		var nextGood, nextSwapped uint64
		nextSlipped := swapped
		forms, loose := s.forms(u)
		for set := slipped; set != 0; set &= set - 1 {
			from := bits.TrailingZeros64(set)
			for _, f := range forms {
				n, whole := along(s.q[from:], f)
				if n > 0 && from+n == len(s.q) {
					return true
				}
				if whole {
					nextSlipped |= 1 << (from + n)
				}
			}
		}
		for set := good; set != 0; set &= set - 1 {
			from := bits.TrailingZeros64(set)
			mask, done := s.strict(from, u)
			if done {
				return true
			}
			nextGood |= mask
			for _, f := range forms {
				step := s.step(from, f, loose)
				if step.done {
					return true
				}
				nextGood |= step.good
				nextSlipped |= step.slipped
				if loose && !s.gap && i+1 < len(units) {
					mask, done := s.swap(from, f, units[i+1])
					if done {
						return true
					}
					nextSwapped |= mask
				}
			}
		}
		if nextGood|nextSlipped|nextSwapped == 0 {
			return false
		}
		good, slipped, swapped = nextGood, nextSlipped, nextSwapped
	}
	return false
}

// strict tries what a character of a name is without slips in a query that has
// letters: itself, or one of its rare readings.
func (s slip) strict(from int, u *unit) (behind uint64, done bool) {
	if s.han || u.kind != han {
		return 0, false
	}
	for _, forms := range [][][]rune{u.written, u.rare} {
		for _, f := range forms {
			n, whole := along(s.q[from:], f)
			if n > 0 && from+n == len(s.q) {
				return 0, true
			}
			if whole {
				behind |= 1 << (from + n)
			}
		}
	}
	return behind, false
}

// step is where one form leads from a position without a slip.
type step struct {
	good, slipped uint64
	done          bool
}

func (s slip) step(from int, form []rune, loose bool) step {
	rest := s.q[from:]
	n, whole := along(rest, form)
	out := step{done: n > 0 && n == len(rest)}
	if out.done {
		return out
	}
	if whole {
		out.good = 1 << (from + n)
	}
	if !loose {
		return out
	}
	for l := len(form) - 1; l <= len(form)+1; l++ {
		if s.gap && l >= len(form) {
			break
		}
		if l < len(rest) && near(rest[:l], form) {
			out.slipped |= 1 << (from + l)
		}
	}
	if !s.gap && len(rest) <= len(form)+1 {
		for l := max(1, len(rest)-1); l <= min(len(rest)+1, len(form)); l++ {
			out.done = out.done || near(rest, form[:l])
		}
	}
	return out
}

// swap tries the last letter of a form and the first of the next unit in each
// other's place. It gives the positions behind that unit.
func (s slip) swap(from int, form []rune, next *unit) (behind uint64, done bool) {
	rest, last := s.q[from:], len(form)-1
	if len(rest) < len(form)+1 || rest[len(form)] != form[last] {
		return 0, false
	}
	for i := range last {
		if rest[i] != form[i] {
			return 0, false
		}
	}
	forms, loose := s.forms(next)
	if !loose {
		return 0, false
	}
	for _, g := range forms {
		if rest[last] != g[0] {
			continue
		}
		tail := rest[len(form)+1:]
		n, whole := along(tail, g[1:])
		if n == len(tail) {
			return 0, true
		}
		if whole {
			behind |= 1 << (from + len(form) + 1 + n)
		}
	}
	return behind, false
}

// near says whether two texts differ by at most one character that is wrong,
// missing, too much, or two neighbours in each other's place.
func near(a, b []rune) bool {
	for len(a) > 0 && len(b) > 0 && a[0] == b[0] {
		a, b = a[1:], b[1:]
	}
	for len(a) > 0 && len(b) > 0 && a[len(a)-1] == b[len(b)-1] {
		a, b = a[:len(a)-1], b[:len(b)-1]
	}
	if len(a) == 2 && len(b) == 2 {
		return a[0] == b[1] && a[1] == b[0]
	}
	return len(a) <= 1 && len(b) <= 1
}
