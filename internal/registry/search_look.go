package registry

// look is one word of a query, or all of it, with the answers of the texts so
// far. A text is asked once, and only for a row that is still in question.
type look struct {
	ix *Index
	q  []rune
	// digits are the word where it is a number and can be a part of a code.
	digits string
	slip   slip
	slips  bool
	found  []found
	asked  []bool
}

func (ix *Index) look(q []rune, slips bool) *look {
	l := &look{
		ix: ix, q: q, digits: string(q),
		found: make([]found, len(ix.texts)), asked: make([]bool, len(ix.texts)),
	}
	if slips {
		l.slip, l.slips = newSlip(q)
	}
	if len(q) < minAbout || !digitsOnly(l.digits) {
		l.digits = ""
	}
	return l
}

// text asks one text.
func (l *look) text(r ref) found {
	if !l.asked[r.text] {
		t := &l.ix.texts[r.text]
		f := t.match(l.q)
		if f.rank == 0 && l.slips && r.part == isName {
			f = l.slip.match(t)
		}
		l.found[r.text], l.asked[r.text] = f, true
	}
	f := l.found[r.text]
	if r.part == isName || f.rank == 0 {
		return f
	}
	ok := len(l.q) >= minAbout
	switch f.rank {
	case rankName, rankNameBegins, rankWords:
	case rankPinyinBegins:
		ok = ok && r.part == isAbout
	default:
		ok = false
	}
	if !ok {
		return found{}
	}
	return found{rank: rankAbout}
}

// row gives the best answer of the texts of a row, and of its code where the
// word is a number beside others.
func (l *look) row(i int) (rank, int, int) {
	var best found
	for _, r := range l.ix.rows[i].refs {
		if f := l.text(r); f.better(best) {
			best = f
		}
	}
	if l.digits != "" {
		if f := (found{rank: wordInCode(l.ix.entries[i].Code, l.digits)}); f.better(best) {
			best = f
		}
	}
	return best.rank, int(best.at), int(best.size)
}
