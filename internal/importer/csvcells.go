package importer

import (
	"bytes"
	"slices"
	"strings"

	"golang.org/x/text/width"

	"quietline/internal/domain"
)

// words reads the cells that say what kind of call a row is. A table has few
// different ones, so each is looked up in the vocabulary once.
type words struct {
	exact map[string]meaning
	seen  map[string]meaning
}

// maxSeen bounds the memory of a table whose cells are all different or long.
const maxSeen = 256

func newWords() *words {
	return &words{exact: meanings(), seen: map[string]meaning{}}
}

// read gives the meaning of a cell; a word that is not in the vocabulary
// means a call of unknown direction.
func (w *words) read(cell []byte) meaning {
	if m, ok := w.seen[string(cell)]; ok {
		return m
	}
	folded := strings.ToLower(strings.ReplaceAll(width.Narrow.String(string(cell)), " ", ""))
	m, ok := w.exact[folded]
	if !ok {
		m, ok = partialMeaning(folded)
	}
	if !ok || m.direction == "" {
		m.direction = domain.DirectionUnknown
	}
	if len(w.seen) < maxSeen && len(cell) <= maxSeen {
		w.seen[string(cell)] = m
	}
	return m
}

// or completes a meaning with that of another cell of the row.
func (m meaning) or(other meaning) meaning {
	if m.skip == "" {
		m.skip = other.skip
	}
	if m.direction == domain.DirectionUnknown {
		m.direction = other.direction
	}
	return m
}

// numbers gives the other party's number, the phone's own, and the direction
// that follows from which of them called: unknown where the table does not
// tell the two apart.
func (r *tableRows) numbers(direction domain.Direction) (number, own string, side domain.Direction) {
	if !r.layout.twoSided() {
		number, own = r.phone(colNumber), r.phone(colOwn)
		// Some bills print the two in the order of the call.
		if !isNothing(own) && r.own.is(number) && !r.own.is(own) {
			number, own = own, number
		}
		return number, own, domain.DirectionUnknown
	}
	caller, callee := r.phone(colCaller), r.phone(colCallee)
	switch {
	case r.own.is(caller):
		return callee, caller, domain.DirectionOutgoing
	case r.own.is(callee):
		return caller, callee, domain.DirectionIncoming
	case direction == domain.DirectionOutgoing:
		return callee, caller, domain.DirectionOutgoing
	case direction == domain.DirectionUnknown:
		return caller, "", domain.DirectionUnknown
	default:
		return caller, callee, domain.DirectionIncoming
	}
}

// ownNumbers knows the phone's own number: the user gave it, the table has a
// column of it, or it is the one number that is in every row.
type ownNumbers struct {
	known map[string]bool
	// stated are mobile numbers in the lines before the titles: one of them
	// may be the phone's own, another that of a shop.
	stated []string
	rows   int
	in     map[string]int // in how many rows a number was seen
}

func newOwnNumbers(given []string, preamble []byte) *ownNumbers {
	o := &ownNumbers{known: map[string]bool{}, in: map[string]int{}, stated: mobileNumbers(preamble)}
	for _, n := range given {
		if n = significant(n); n != "" {
			o.known[n] = true
		}
	}
	return o
}

func (o *ownNumbers) is(number string) bool {
	return len(o.known) > 0 && o.known[significant(number)]
}

// observe looks at the two sides of a row; one that has neither is no call.
func (o *ownNumbers) observe(caller, callee, own string) {
	if own = significant(own); own != "" {
		o.known[own] = true
	}
	caller, callee = significant(caller), significant(callee)
	if caller == "" && callee == "" {
		return
	}
	o.rows++
	o.in[caller]++
	if callee != caller {
		o.in[callee]++
	}
}

// conclude takes the number that was in every row of at least two, unless two
// numbers were.
func (o *ownNumbers) conclude() {
	always := []string{}
	for n, rows := range o.in {
		if n != "" && rows == o.rows {
			always = append(always, n)
		}
	}
	if len(o.known) == 0 {
		for _, n := range always {
			if o.rows > 1 && len(always) == 1 || slices.Contains(o.stated, n) {
				o.known[n] = true
			}
		}
	}
	o.in = nil
}

// mobileNumbers finds the mobile numbers in a text: eleven digits on their own
// that begin with 13 to 19.
func mobileNumbers(text []byte) []string {
	var out []string
	for _, digits := range bytes.FieldsFunc(text, func(r rune) bool { return r < '0' || r > '9' }) {
		if len(digits) == 11 && digits[0] == '1' && digits[1] >= '3' {
			out = append(out, string(digits))
		}
	}
	return out
}

// significant is what of a number tells phones apart: its digits without
// China's country code.
func significant(number string) string {
	digits := strings.Map(func(r rune) rune {
		if r < '0' || r > '9' {
			return -1
		}
		return r
	}, number)
	digits = strings.TrimPrefix(digits, "00")
	if rest, ok := strings.CutPrefix(digits, "86"); ok && len(rest) >= 10 {
		return rest
	}
	return digits
}
