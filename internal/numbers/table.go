package numbers

import "slices"

// minDigits is the length of the shortest number, in digits; the table is
// indexed by that many.
const minDigits = 3

// table finds the rule of a number by its first three digits.
type table struct {
	// heads[n] holds the rows for numbers that begin with the three digits n,
	// the longest prefix first.
	heads [1000][]block
}

func newTable(rows []block) *table {
	rows = slices.Clone(rows)
	slices.SortStableFunc(rows, func(a, b block) int { return len(b.prefix) - len(a.prefix) })
	t := &table{}
	for _, row := range rows {
		first, last := 0, 0
		for i := range minDigits {
			low, high := byte('0'), byte('9')
			if i < len(row.prefix) {
				low, high = row.prefix[i], row.prefix[i]
			}
			first, last = first*10+int(low-'0'), last*10+int(high-'0')
		}
		for head := first; head <= last; head++ {
			t.heads[head] = append(t.heads[head], row)
		}
	}
	return t
}

// match finds the rule for at least minDigits digits: the most special one
// whose length fits, else the most special one. It is nil where nothing
// genuine begins so.
func (t *table) match(digits string) (row *block, fits bool) {
	head := int(digits[0]-'0')*100 + int(digits[1]-'0')*10 + int(digits[2]-'0')
	rows := t.heads[head]
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
