package importer

import (
	"bytes"
	"context"
	"math"
	"strings"
	"time"

	"quietline/internal/domain"
	"quietline/internal/journal"
)

// genericCSV reads tables of calls whose titles are in the vocabulary:
// bills of operators, call-list tools, tables that people keep. Cells are
// separated by commas, semicolons, tabs, tildes or bars.
type genericCSV struct {
	name   string
	book   bool // reads workbooks instead of text files
	titles map[string]heading
	times  *clockwork
}

// GenericCSV is the format "generic_csv".
func GenericCSV() Format {
	return genericCSV{name: "generic_csv", titles: headings(), times: newClockwork()}
}

// GenericXLSX is the format "generic_xlsx": the same tables in workbooks, new
// and old ones.
func GenericXLSX() Format {
	return genericCSV{name: "generic_xlsx", book: true, titles: headings(), times: newClockwork()}
}

func (f genericCSV) Name() string { return f.name }

func (f genericCSV) Recognise(s *Sample) bool {
	if s.Binary || (s.Book != "") != f.book {
		return false
	}
	_, ok := findLayout(s.Text, f.titles)
	return ok
}

func (f genericCSV) Read(_ context.Context, in Input) (Rows, error) {
	l, _ := findLayout(in.Sample.Text, f.titles) // Recognise found it
	return readTable(in, l, f.times)
}

// readTable reads a table in text whose layout is known.
func readTable(in Input, l layout, times *clockwork) (Rows, error) {
	r := newTableRows(newLines(in.Text, l.delimiter), l, times, in.Options)
	for range l.row + 1 {
		if _, err := r.lines.next(); err != nil {
			return nil, err
		}
	}
	r.lookAhead(newLines(bytes.NewReader(in.Sample.Text), l.delimiter))
	return r, nil
}

// rowSource gives the rows of a table one after the other, io.EOF at the end.
type rowSource interface{ next() (row, error) }

func newTableRows(from rowSource, l layout, times *clockwork, o journal.ImportOptions) *tableRows {
	return &tableRows{
		lines:  from,
		layout: l,
		times:  times,
		years:  newYears(o, times.periods(l.preamble)),
		words:  newWords(),
		own:    newOwnNumbers(o.OwnNumbers, l.preamble),
		fewest: math.MaxInt, openings: map[string]bool{},
	}
}

// tableRows reads the rows behind the titles.
type tableRows struct {
	lines  rowSource
	layout layout
	times  *clockwork
	years  *years
	words  *words
	own    *ownNumbers
	fewest int // the fewest cells that a call had so far
	// openings are words with which rows began.
	openings map[string]bool
	row      row
}

// lookAhead finds in the beginning of the table what its rows need to know of
// each other: a year for those before the first that has one, and which of
// two numbers is in every row and so the phone's own.
func (r *tableRows) lookAhead(ahead rowSource) {
	for n := 0; ; n++ {
		got, err := ahead.next()
		if err != nil {
			break
		}
		if n <= r.layout.row || got.damage != "" || !got.ended {
			continue
		}
		r.row = got
		if w, ok := r.times.read(r.time()); ok && r.years.near.IsZero() && (w.year != 0 || !w.exact.IsZero()) {
			r.years.at(w)
		}
		if r.layout.twoSided() {
			r.own.observe(r.phone(colCaller), r.phone(colCallee), r.phone(colOwn))
		}
	}
	r.own.conclude()
}

// Next gives the next record. The last row of a file that lacks its line end
// and some of its cells was cut off.
func (r *tableRows) Next() (journal.Record, error) {
	for {
		got, err := r.lines.next()
		if err != nil {
			return journal.Record{}, err
		}
		r.row = got
		switch {
		case got.damage != "" && !got.ended:
			return journal.Record{}, truncated()
		case got.damage != "":
			return r.reject(journal.Record{}, got.damage), nil
		case firstFilled(got.fields) == nil, r.layout.repeated(got.fields):
			continue
		case r.aside():
			return r.remark()
		}
		rec := r.record()
		n := len(got.fields)
		if !got.ended && rec.Skip != skipTotal && n < len(r.layout.titles) && n < r.fewest {
			return journal.Record{}, truncated()
		}
		if rec.Skip == "" && rec.Reject == "" {
			r.fewest = min(r.fewest, n)
			r.remember(got.fields[0])
		}
		return rec, nil
	}
}

// record reads the row. What cannot be read makes it a reject, never an error.
func (r *tableRows) record() journal.Record {
	rec := journal.Record{Line: r.row.line, Direction: domain.DirectionUnknown}
	if isTotalCell(firstFilled(r.row.fields)) {
		rec.Skip = skipTotal
		return rec
	}
	kind := r.words.read(r.cell(colDirection))
	for _, at := range r.layout.hints {
		if at < len(r.row.fields) {
			kind = kind.or(r.words.read(r.row.fields[at]))
		}
	}
	if kind.skip != "" {
		rec.Skip = kind.skip
		return rec
	}
	number, own, side := r.numbers(kind.direction)
	duration := r.text(colDuration)
	when := r.time()
	nothing := isNothing(number) && isNothing(duration) && isNothing(r.text(colDirection))
	if nothing || isNothing(number) && isNothing(when) {
		rec.Skip = skipFiller
		return rec
	}
	rec.OwnNumber, rec.Name = own, r.text(colName)
	if isNoName(rec.Name) {
		rec.Name = ""
	}
	if !isHidden(number) {
		rec.Number = number
	}
	if rec.Direction = kind.direction; rec.Direction == domain.DirectionUnknown || turned(rec.Direction, side) {
		rec.Direction = side
		if side == domain.DirectionUnknown && r.layout.clear && !isNothing(r.text(colDirection)) {
			rec.Note = noteDirection
		}
	}
	r.fillDuration(&rec, duration)
	if cell := r.cell(colRing); len(cell) > 0 {
		if ring, err := domain.ParseDuration(string(cell)); err == nil {
			rec.Ring = &ring
		}
	}
	switch {
	case len(r.row.fields) <= max(r.layout.at[colTime], r.layout.at[colNumber]):
		return r.reject(rec, rejectColumns)
	case isRounded(number):
		return r.reject(rec, rejectRounded)
	case r.layout.twoSided() && side == domain.DirectionUnknown:
		return r.reject(rec, rejectOwnSide)
	}
	if key := r.fillTime(&rec, when); key != "" {
		return r.reject(rec, key)
	}
	if rec.Note != "" {
		rec.Text = excerpt(r.row.raw)
	}
	return rec
}

// turned says whether the word for the direction says the opposite of where
// the own number stands, which is right then.
func turned(word, side domain.Direction) bool {
	return word == domain.DirectionIncoming && side == domain.DirectionOutgoing ||
		word == domain.DirectionOutgoing && side == domain.DirectionIncoming
}

func (r *tableRows) reject(rec journal.Record, key string) journal.Record {
	rec.Line, rec.Reject, rec.Note, rec.Text = r.row.line, key, "", excerpt(r.row.raw)
	if rec.Direction == "" {
		rec.Direction = domain.DirectionUnknown
	}
	return rec
}

// fillTime gives the reject key of a time that cannot be read.
func (r *tableRows) fillTime(rec *journal.Record, cell string) (reject string) {
	w, ok := r.times.read(cell)
	if !ok {
		return rejectTime
	}
	t, ok := r.years.at(w)
	if !ok {
		return rejectYear
	}
	rec.StartedAt = t
	return ""
}

func (r *tableRows) fillDuration(rec *journal.Record, cell string) {
	if isNothing(cell) {
		return
	}
	d, err := domain.ParseDuration(cell)
	if err != nil {
		rec.Note = noteDuration
		return
	}
	if r.layout.unit == time.Minute && strings.Trim(cell, "0123456789.") == "" {
		d *= 60
	}
	rec.Duration = &d
}

// cell is the bytes of a cell, nil where the row or the table has none.
func (r *tableRows) cell(c column) []byte {
	at := r.layout.at[c]
	if at < 0 || at >= len(r.row.fields) {
		return nil
	}
	return bare(r.row.fields[at])
}

func (r *tableRows) text(c column) string { return string(r.cell(c)) }

// phone is the cell of a number. Spreadsheets that take a number for a
// quantity write it with the tail of one: 95588.0.
func (r *tableRows) phone(c column) string {
	cell := r.text(c)
	digits, zeros, ok := strings.Cut(cell, ".")
	if !ok || zeros != "0" && zeros != "00" || strings.Trim(strings.TrimPrefix(digits, "+"), "0123456789") != "" {
		return cell
	}
	return digits
}

// time is the cell of the time, with the date of its own column before it.
func (r *tableRows) time() string {
	if !r.layout.has(colDate) {
		return r.text(colTime)
	}
	return r.times.join(r.text(colDate), r.text(colTime))
}

// bare takes off what spreadsheets put around a number to keep its digits: an
// apostrophe before it, ="…" around it.
func bare(b []byte) []byte {
	b = bytes.TrimPrefix(b, []byte("'"))
	if rest, ok := bytes.CutPrefix(b, []byte(`="`)); ok {
		b = bytes.TrimSuffix(rest, []byte(`"`))
	}
	return bytes.TrimSpace(b)
}

// firstFilled is the first cell that holds something, nil where none does.
func firstFilled(fields [][]byte) []byte {
	for _, f := range fields {
		if len(f) > 0 {
			return f
		}
	}
	return nil
}

// beginsNumber says whether a cell begins like a number or a time.
func beginsNumber(cell []byte) bool {
	return cell[0] >= '0' && cell[0] <= '9' || cell[0] == '+' || cell[0] == '('
}

// isTotalCell says whether the first filled cell of a row makes it a total.
func isTotalCell(cell []byte) bool {
	return len(cell) > 0 && !beginsNumber(cell) && isTotal(strings.ToLower(string(cell[:min(len(cell), 32)])))
}

// isRounded says whether a spreadsheet turned the number into "1.38E+10": its
// last digits are lost.
func isRounded(number string) bool {
	mantissa, exponent, ok := strings.Cut(strings.ToUpper(number), "E")
	exponent = strings.TrimPrefix(exponent, "+")
	return ok && mantissa != "" && exponent != "" &&
		strings.Trim(mantissa, "0123456789.") == "" && strings.Trim(exponent, "0123456789") == ""
}
