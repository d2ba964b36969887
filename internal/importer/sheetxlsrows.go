package importer

import (
	"encoding/binary"
	"errors"
	"io"
	"math"
	"strconv"
	"unicode/utf16"
	"unicode/utf8"
)

// xlsSheet reads the rows of a sheet of an old workbook, whose cells stand one
// behind the other.
type xlsSheet struct {
	book *xlsBook
	pos  int
	// row is the row under way, counted from 0, -1 before the first.
	row   int
	cells []string
	depth int // of charts inside the sheet
	// formula is the column of a formula whose text comes in the record
	// behind it.
	formula int
	rows    int
	ended   error
}

// next gives the next row.
func (s *xlsSheet) next() (number int, cells []string, err error) {
	defer oldBookPanic(&err)
	if s.ended != nil {
		return 0, nil, s.ended
	}
	s.cells = s.cells[:0]
	for {
		r, err := s.book.record(s.pos, 0)
		if err == nil && s.book.ctx.Err() != nil {
			err = s.book.ctx.Err()
		}
		if err == nil && r.kind == biffEOF {
			if s.depth--; s.depth == 0 {
				err = io.EOF
			}
		}
		row := s.row
		if err == nil && s.depth == 1 && isCell(r) {
			row = word(r.data)
		}
		if err == nil && row == s.row {
			s.pos = r.next
			s.take(r)
			continue
		}
		// The record belongs to the next row, or there is none.
		number, cells = s.row+1, s.cells
		s.row, s.ended = row, err
		switch {
		case err != nil && !errors.Is(err, io.EOF):
			return 0, nil, err // of the row under way, cells may be lost
		case number > 0:
			if s.rows++; s.rows > maxSheetRows {
				return 0, nil, largeBook()
			}
			s.book.share(float64(s.pos) / float64(len(s.book.stream)))
			return number, cells, nil
		case err != nil:
			return 0, nil, err
		}
	}
}

// isCell says whether the record is one or several cells; such begin with the
// row, the column and the format.
func isCell(r biffRecord) bool {
	switch r.kind {
	case biffFormula, biffMulRK, biffRString, biffLabelSST, biffNumber, biffLabel, biffBoolErr, biffRK:
		return len(r.data) >= 6
	}
	return false
}

// take reads a record into the row.
func (s *xlsSheet) take(r biffRecord) {
	switch {
	case r.kind == biffBOF:
		s.depth++
		return
	case s.depth != 1:
		return
	case r.kind == biffString:
		in := biffText{segments: [][]byte{r.data}}
		s.cells = placeCell(s.cells, s.formula, string(in.text(in.word())))
		s.formula = -1
		return
	case !isCell(r):
		return
	}
	column, style, d := word(r.data[2:]), word(r.data[4:]), r.data[6:]
	text := ""
	switch r.kind {
	case biffLabelSST:
		if len(d) >= 4 {
			text = s.book.strings.get(int(dword(d)))
		}
	case biffLabel, biffRString:
		in := biffText{segments: [][]byte{d}}
		text = string(in.text(in.word()))
	case biffNumber:
		if len(d) >= 8 {
			text = s.number(math.Float64frombits(binary.LittleEndian.Uint64(d)), style)
		}
	case biffRK:
		if len(d) >= 4 {
			text = s.number(rk(dword(d)), style)
		}
	case biffBoolErr:
		if len(d) >= 2 && d[1] == 0 {
			text = strconv.FormatBool(d[0] != 0)
		}
	case biffFormula:
		s.formula = column
		text = s.result(d, style)
	case biffMulRK: // a format and a number for every column from the first
		for d = r.data[4:]; len(d) >= 6; d, column = d[6:], column+1 {
			s.cells = placeCell(s.cells, column, s.number(rk(dword(d[2:])), word(d)))
		}
		return
	}
	s.cells = placeCell(s.cells, column, text)
}

// result is what a formula came to: a number, or one of the kinds that are
// marked by two bytes of 0xff ([MS-XLS] 2.5.133). A text comes behind it.
func (s *xlsSheet) result(d []byte, style int) string {
	switch {
	case len(d) < 8:
		return ""
	case d[6] != 0xff || d[7] != 0xff:
		return s.number(math.Float64frombits(binary.LittleEndian.Uint64(d)), style)
	case d[0] == 1:
		return strconv.FormatBool(d[2] != 0)
	}
	return ""
}

func (s *xlsSheet) number(n float64, style int) string {
	kind := kindPlain
	if style < len(s.book.kinds) {
		kind = s.book.kinds[style]
	}
	return cellNumber(n, kind, s.book.from1904)
}

// rk reads a number in 30 bits ([MS-XLS] 2.5.217): an integer or the upper part
// of a float, perhaps times a hundred.
func rk(v uint32) float64 {
	var n float64
	if v&2 != 0 {
		n = float64(int32(v) >> 2)
	} else {
		n = math.Float64frombits(uint64(v&^3) << 32)
	}
	if v&1 != 0 {
		n /= 100
	}
	return n
}

// word reads two bytes.
func word(b []byte) int { return int(binary.LittleEndian.Uint16(b)) }

// dword reads four bytes.
func dword(b []byte) uint32 { return binary.LittleEndian.Uint32(b) }

// biffText reads texts ([MS-XLS] 2.5.293), which may go on in the records
// behind. Past the end it gives zeros.
type biffText struct {
	segments [][]byte
	pos      int // in the first segment
}

func (t *biffText) ended() bool { return len(t.segments) == 0 }

// fresh goes on to the next segment where the first is read to its end; moved
// says that it did.
func (t *biffText) fresh() (moved bool) {
	for len(t.segments) > 0 && t.pos >= len(t.segments[0]) {
		t.segments, t.pos, moved = t.segments[1:], 0, true
	}
	return moved
}

func (t *biffText) byte() byte {
	if t.fresh(); t.ended() {
		return 0
	}
	t.pos++
	return t.segments[0][t.pos-1]
}

func (t *biffText) word() int { return int(t.byte()) | int(t.byte())<<8 }

func (t *biffText) dword() uint32 { return uint32(t.word()) | uint32(t.word())<<16 }

func (t *biffText) skip(n int) {
	for n > 0 {
		if t.fresh(); t.ended() {
			return
		}
		step := min(n, len(t.segments[0])-t.pos)
		t.pos += step
		n -= step
	}
}

// text reads a text of so many characters with what stands before and behind
// them: flags, then how long the formats of its parts and the readings of its
// characters are. Where it goes on in another record, that begins with flags
// of its own.
func (t *biffText) text(length int) []byte {
	const wide, readings, parts = 1, 4, 8
	flags := t.byte()
	behind := 0
	if flags&parts != 0 {
		behind = 4 * t.word()
	}
	if flags&readings != 0 {
		behind += int(min(t.dword(), maxXLS))
	}
	units := make([]uint16, 0, min(length, maxCell))
	for ; length > 0; length-- {
		if moved := t.fresh(); moved && !t.ended() {
			flags = t.byte()
		}
		if t.ended() {
			break
		}
		unit := uint16(t.byte()) // narrow ones are the lower half of Unicode's
		if flags&wide != 0 {
			unit |= uint16(t.byte()) << 8
		}
		units = append(units, unit)
	}
	t.skip(behind)
	out := make([]byte, 0, len(units))
	for _, r := range utf16.Decode(units) {
		out = utf8.AppendRune(out, r)
	}
	return out
}
