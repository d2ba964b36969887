package numbers

import (
	"iter"
	"math"
	"slices"
	"strings"

	"quietline/internal/domain"
)

// table finds the rules of a number without a walk through all of them.
type table struct {
	// heads[n] is for numbers that begin with the three digits n.
	heads [1000]head
	// plus are the forms that begin with a plus, in their order.
	plus []form
	// locals[n] is the rule behind an area code of n digits.
	locals [5]local
}

// head is what is known of the numbers that begin with the same three digits.
type head struct {
	// blocks has the longest prefix first.
	blocks []block
	// forms are in their order.
	forms []form
}

func newTable() *table {
	t := &table{}
	rows := blocks()
	slices.SortStableFunc(rows, func(a, b block) int { return len(b.prefix) - len(a.prefix) })
	for _, b := range rows {
		for h := range t.under(b.prefix) {
			h.blocks = append(h.blocks, b)
		}
	}
	for _, f := range forms() {
		if f.plus {
			t.plus = append(t.plus, f)
			continue
		}
		for h := range t.under(f.prefix) {
			h.forms = append(h.forms, f)
		}
	}
	for _, l := range locals() {
		t.locals[l.area] = l
	}
	return t
}

// under gives the heads of the numbers that begin with the prefix.
func (t *table) under(prefix string) iter.Seq[*head] {
	return func(yield func(*head) bool) {
		first, last := prefix[:min(len(prefix), minDigits)], prefix[:min(len(prefix), minDigits)]
		for len(first) < minDigits {
			first, last = first+"0", last+"9"
		}
		for n := index(first); n <= index(last); n++ {
			if !yield(&t.heads[n]) {
				return
			}
		}
	}
}

// index is the place of a number of at least minDigits digits in the heads.
func index(digits string) int {
	return int(digits[0]-'0')*100 + int(digits[1]-'0')*10 + int(digits[2]-'0')
}

// match finds the rule for at least minDigits digits: the most special one
// whose length fits, else the most special one. It is nil where nothing
// genuine begins so.
func (t *table) match(digits string) (row *block, fits bool) {
	rows := t.heads[index(digits)].blocks
	for i := range rows {
		b := &rows[i]
		if len(b.prefix) > minDigits && (len(digits) < len(b.prefix) || digits[:len(b.prefix)] != b.prefix) {
			continue
		}
		if b.fits(len(digits)) {
			return b, true
		}
		if b.base > 0 {
			return b, false
		}
		if row == nil {
			row = b
		}
	}
	return row, false
}

// front gives the forms that could stand before the digits.
func (t *table) front(digits string, plus bool) []form {
	switch {
	case plus:
		return t.plus
	case len(digits) < minDigits:
		return nil
	}
	return t.heads[index(digits)].forms
}

// localLength says whether n digits behind an area code of areaLength digits
// (trunk zero included) are as many as a local number has.
func (t *table) localLength(areaLength, n int) bool {
	if areaLength >= len(t.locals) {
		return false
	}
	l := &t.locals[areaLength]
	return l.min <= n && n <= l.max && n > 0
}

// areaPlusLocal says whether digits behind an area code of areaLength digits
// (trunk zero included) have the length of a local number and begin as one
// does: with 2 to 9, and not as a 95 or 96 code does.
func (t *table) areaPlusLocal(areaLength int, local string) bool {
	return t.localLength(areaLength, len(local)) && local[0] >= '2' && !codeStart(local)
}

// codeStart says whether the digits begin as every 95 and 96 code does.
func codeStart(digits string) bool {
	return len(digits) > 1 && digits[0] == '9' && (digits[1] == '5' || digits[1] == '6')
}

// stands says whether the digits begin as the form does. What has to stand
// behind it is another question.
func (f *form) stands(digits string) bool {
	return len(digits) >= f.drop && strings.HasPrefix(digits, f.prefix)
}

// extendable says whether a holder may add digits to its code.
func (b *block) extendable() bool { return b.base > 0 && b.max > b.base }

// fits says whether a number of n digits is a plain number of the block.
func (b *block) fits(n int) bool { return b.min <= n && n <= b.max }

// service says whether the numbers are service lines, of which a registry
// could name the holder.
func (b *block) service() bool {
	switch b.family {
	case domain.FamilyMobile, domain.FamilyVirtualOperator, domain.FamilyIoT, domain.FamilyLandline:
		return false
	default:
		return true
	}
}

// portable says whether the numbers are those of a mobile phone.
func (b *block) portable() bool {
	return b.family == domain.FamilyMobile || b.family == domain.FamilyVirtualOperator
}

// Blocks is the table of the rules for a reader, in its order: what is known
// of the numbers that begin with the same digits. Several blocks can have the
// same prefix and different lengths, and a block can lie inside another (95110
// in 951): a number belongs to the one with the longest prefix whose length
// fits. Codes is 0 in all of them; who knows the registry counts.
func Blocks() []domain.RegistryBlock {
	rows := blocks()
	out := make([]domain.RegistryBlock, len(rows))
	for i, b := range rows {
		out[i] = domain.RegistryBlock{
			Prefix:   b.prefix,
			Family:   b.family,
			Base:     b.base,
			Shortest: b.min,
			Longest:  b.max,
			Use:      string(b.use),
			Length:   string(b.length),
			Source:   b.source,
		}
		if b.base > 0 {
			out[i].Possible = int(math.Pow10(b.base - len(b.prefix)))
		}
	}
	return out
}
