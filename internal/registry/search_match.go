package registry

import "math/bits"

// path is how a query was spent on a text: as it stands there, as initials, in
// pinyin, or as a mixture of initials and pinyin. What is written as it stands
// goes with all of them, so 招商yh is initials and 招商yinhang pinyin.
type path byte

const (
	asWritten path = iota
	asInitials
	asPinyin
	asMixture
	paths
)

// after says what a path becomes by a shortened character, and by a syllable.
func (p path) short() path {
	if p == asPinyin || p == asMixture {
		return asMixture
	}
	return asInitials
}

func (p path) syllable() path {
	if p == asInitials || p == asMixture {
		return asMixture
	}
	return asPinyin
}

// spent has for every path the positions in the query that it can have reached,
// one bit each. A query has at most maxQuery characters, and its end has no
// bit.
type spent [paths]uint64

// found is how well a text answers a query; a zero one does not.
type found struct {
	rank rank
	// at is the unit where the match begins.
	at uint16
	// size is the number of units of the text.
	size uint16
}

// better says whether f is the better answer.
func (f found) better(other found) bool {
	switch {
	case other.rank == 0 || f.rank == 0:
		return f.rank != 0
	case f.rank != other.rank:
		return f.rank < other.rank
	case f.at != other.at:
		return f.at < other.at
	}
	return f.size < other.size
}

// match finds the best place of a query in the text: at the beginning of any
// unit, of which only the last may be left unfinished.
func (t *text) match(q []rune) found {
	var best found
	if !t.begins(q[0]) {
		return best
	}
	for at, u := range t.units {
		if !u.begins(q[0]) {
			continue
		}
		r := walk(q, t.units[at:], at == 0)
		f := found{rank: r, at: uint16(at), size: uint16(len(t.units))}
		if r != 0 && f.better(best) {
			best = f
		}
		if best.rank != 0 && best.rank <= rankNameBegins {
			break
		}
	}
	return best
}

// walk spends the query on units from the first on, and gives the rank of the
// best way to do it, 0 for none. Its work is bounded by the product of the two
// lengths, whatever the readings.
func walk(q []rune, units []*unit, fromStart bool) rank {
	cur, best := spent{asWritten: 1}, rank(0)
	for i, u := range units {
		var next spent
		if u.filler {
			next[asInitials] = cur[asInitials]
		}
		reach := func(p path, forms [][]rune, to path) {
			for set := cur[p]; set != 0; set &= set - 1 {
				from := bits.TrailingZeros64(set)
				for _, form := range forms {
					n, whole := along(q[from:], form)
					switch {
					case n == 0:
					case from+n == len(q):
						whole = whole && i == len(units)-1 && fromStart
						if r := rankOf(to, whole, fromStart); best == 0 || r < best {
							best = r
						}
					case whole:
						next[to] |= 1 << (from + n)
					}
				}
			}
		}
		for p := range paths {
			if cur[p] != 0 {
				reach(p, u.written, p)
				reach(p, u.short, p.short())
				reach(p, u.read, p.syllable())
			}
		}
		if next == (spent{}) {
			break
		}
		cur = next
	}
	return best
}

// along gives how many characters of the query a form takes, and whether it is
// the whole form. It takes the query up to its end or the whole form, or
// nothing.
func along(q, form []rune) (n int, whole bool) {
	n = min(len(q), len(form))
	for i := range n {
		if q[i] != form[i] {
			return 0, false
		}
	}
	return n, n == len(form)
}

func rankOf(p path, whole, fromStart bool) rank {
	switch {
	case whole && (p == asWritten || p == asPinyin):
		return rankName
	case whole && p == asInitials:
		return rankInitials
	case p == asMixture:
		return rankMixture
	case fromStart:
		return [paths]rank{rankNameBegins, rankInitialsBegin, rankPinyinBegins}[p]
	}
	return [paths]rank{rankWords, rankInitialsInside, rankPinyinInside}[p]
}
