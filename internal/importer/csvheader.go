package importer

import (
	"bytes"
	"strings"
	"time"

	"golang.org/x/text/width"
)

// headerWithin is how many rows are searched for the titles: bills begin with
// the name of the customer, the period and the like (formats.md: up to row 10).
const headerWithin = 10

// layout is what the titles of a table say.
type layout struct {
	delimiter byte
	// row is which row holds the titles, counted from 0.
	row int
	// titles are the folded titles, to know them when a page repeats them.
	titles []string
	// at are the columns, -1 for one that is not there.
	at [columnCount]int
	// hints are columns whose words tell messages and data from calls.
	hints []int
	// clear tells that the direction has a column of its own, so that an
	// unknown word in it is worth a note.
	clear bool
	// unit is what a plain number of a duration counts.
	unit time.Duration
	// preamble is the text before the titles, where a bill tells its period.
	preamble []byte
}

// has says whether the table has the column.
func (l *layout) has(c column) bool { return l.at[c] >= 0 }

// complete says whether these are the titles of a table of calls: a time and
// another party.
func (l *layout) complete() bool {
	return l.has(colTime) && !l.has(colMessage) &&
		(l.has(colNumber) || l.twoSided())
}

// twoSided says whether the table tells who called whom instead of who the
// other party is.
func (l *layout) twoSided() bool {
	return !l.has(colNumber) && l.has(colCaller) && l.has(colCallee)
}

func (l *layout) count() int {
	n := 0
	for _, at := range l.at {
		if at >= 0 {
			n++
		}
	}
	return n
}

// findLayout looks for the titles in the beginning of a table, with every
// delimiter that is in use; most columns win.
func findLayout(sample []byte, words map[string]heading) (layout, bool) {
	delimiters := []byte(",;\t~|")
	// A spreadsheet's own first line names the delimiter.
	first := sample[:max(0, bytes.IndexAny(sample, "\r\n"))]
	if len(first) == len("sep=;") && bytes.HasPrefix(bytes.ToLower(first), []byte("sep=")) {
		delimiters = []byte{first[4]}
	}
	var best layout
	found := false
	in := newLines(nil, 0)
	for _, d := range delimiters {
		in.restart(bytes.NewReader(sample), d)
		for n := range headerWithin {
			r, err := in.next()
			if err != nil {
				break
			}
			l := readTitles(r.fields, words)
			if l.complete() && (!found || l.count() > best.count()) {
				best, found = l, true
				best.delimiter, best.row = d, n
			}
		}
	}
	in.restart(bytes.NewReader(sample), best.delimiter)
	for range best.row {
		if r, err := in.next(); err == nil {
			best.preamble = append(append(best.preamble, r.raw...), '\n')
		}
	}
	return best, found
}

// readTitles reads the titles of a row. Clear ones are placed first; a weak
// one then takes a place that is still free.
func readTitles(cells [][]byte, words map[string]heading) layout {
	l := layout{unit: time.Second, titles: make([]string, len(cells))}
	for c := range l.at {
		l.at[c] = -1
	}
	weak := map[int]column{}
	for i, cell := range cells {
		title, unit := foldTitle(string(cell))
		l.titles[i] = title
		h, ok := words[title]
		switch {
		case !ok:
		case h.weak:
			weak[i] = h.column
		case !l.has(h.column):
			l.at[h.column] = i
			if h.column == colDuration && isMinuteUnit(unit) {
				l.unit = time.Minute
			}
		}
	}
	l.clear = l.has(colDirection)
	for i := range cells {
		if c, ok := weak[i]; ok {
			l.placeWeak(i, c)
		}
	}
	l.placeRest()
	return l
}

// placeWeak gives a weak title its place, or the second meaning that it has
// beside a clear one.
func (l *layout) placeWeak(i int, c column) {
	switch {
	case !l.has(c) && (c != colNumber || !l.has(colCaller)):
		l.at[c] = i
	case c == colDirection:
		l.hints = append(l.hints, i)
	case c == colNumber && !l.has(colOwn):
		l.at[colOwn] = i // "phone" beside "other number"
	case c == colTime && !l.has(colDuration):
		l.at[colDuration] = i // "call time" beside "start time"
	}
}

// placeRest lets a column stand in for one that a table lacks.
func (l *layout) placeRest() {
	if !l.has(colTime) && l.has(colDate) {
		l.at[colTime], l.at[colDate] = l.at[colDate], -1
	}
	if !l.has(colNumber) {
		switch {
		case l.has(colCaller) && !l.has(colCallee):
			l.at[colNumber], l.at[colCaller] = l.at[colCaller], -1
		case l.has(colCallee) && !l.has(colCaller):
			l.at[colNumber], l.at[colCallee] = l.at[colCallee], -1
		}
	}
}

// repeated says whether the row is the titles again, as at the head of every
// page of a printed bill.
func (l *layout) repeated(cells [][]byte) bool {
	if len(cells) != len(l.titles) || len(cells) == 0 {
		return false
	}
	at := l.at[colTime]
	if len(cells[at]) == 0 || cells[at][0] >= '0' && cells[at][0] <= '9' {
		return false // nearly every row ends here
	}
	for i, cell := range cells {
		if title, _ := foldTitle(string(cell)); title != l.titles[i] {
			return false
		}
	}
	return true
}

// foldTitle makes the spellings of a title equal: full-width signs, case,
// spaces, "_", "*", and the unit in brackets behind it, which comes back on
// its own.
func foldTitle(cell string) (title, unit string) {
	s := strings.ToLower(width.Narrow.String(cell))
	if i := strings.IndexAny(s, "([【"); i > 0 {
		unit = strings.Trim(s[i:], "([【】]) ")
		s = s[:i]
	}
	s = strings.Map(func(r rune) rune {
		switch r {
		case ' ', '\t', '\r', '\n', '_', '-', '*', ':', '.', '\'', '"', '\ufeff', '\u00a0':
			return -1
		}
		return r
	}, s)
	return s, unit
}
