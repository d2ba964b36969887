package importer

import (
	"bytes"
	"math"
	"slices"
	"strings"
	"unicode/utf8"

	"quietline/internal/domain"
	"quietline/internal/journal"
)

// aside says whether the row is no row of the table: a comment, or a single
// cell, which no call fits into.
func (r *tableRows) aside() bool {
	if r.row.raw[0] == '#' {
		_, ok := r.times.read(r.time())
		return !ok // "#" begins a number, too
	}
	return len(r.row.fields) == 1 && !isTotalCell(r.row.fields[0])
}

// remark reads a row that is none. It is counted, so that a call of which
// little is left does not vanish: as a sentence, as a call that cannot be
// read, or, at the end of a file, as the place where that was cut off.
func (r *tableRows) remark() (journal.Record, error) {
	cell := r.row.fields[0]
	if r.row.raw[0] != '#' {
		if !r.row.ended && r.unfinished(cell) {
			return journal.Record{}, truncated()
		}
		if isTimeOrNumber(cell) {
			return r.reject(journal.Record{}, rejectColumns), nil
		}
	}
	return journal.Record{Line: r.row.line, Direction: domain.DirectionUnknown, Skip: skipRemark}, nil
}

// unfinished says whether a single cell without a line end can be the
// beginning of a row: of a number or time, of a total, of a kind of call, of a
// word with which another row began, or of the only row. A cell that ends
// inside a character was cut off anyway.
func (r *tableRows) unfinished(cell []byte) bool {
	if r.fewest == math.MaxInt || r.saysKind(cell) || beginsNumber(cell) || bytes.HasSuffix(cell, []byte(string(utf8.RuneError))) || isTotalStart(strings.ToLower(string(cell))) {
		return true
	}
	for word := range r.openings {
		if strings.HasPrefix(word, string(cell)) {
			return true
		}
	}
	return false
}

// saysKind says whether rows begin with the kind of call and this is one.
func (r *tableRows) saysKind(cell []byte) bool {
	if r.layout.at[colDirection] != 0 && !slices.Contains(r.layout.hints, 0) {
		return false
	}
	kind := r.words.read(cell)
	return kind.direction != domain.DirectionUnknown || kind.skip != ""
}

// remember keeps the word with which a row begins.
func (r *tableRows) remember(cell []byte) {
	if len(cell) == 0 || len(cell) > maxSeen || len(r.openings) >= maxSeen || beginsNumber(cell) || r.openings[string(cell)] {
		return
	}
	r.openings[string(cell)] = true
}

// isTimeOrNumber says whether a cell is one of those that calls have, and no
// sentence: nothing but digits and what stands between them, or so many digits
// as a date has behind which more follows.
func isTimeOrNumber(cell []byte) bool {
	const date = len("20240520")
	digits := 0
	for _, c := range cell {
		if c >= '0' && c <= '9' {
			digits++
		}
	}
	return beginsNumber(cell) && (digits >= date || strings.Trim(string(cell), "0123456789 -:/.+()") == "")
}
