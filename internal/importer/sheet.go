package importer

import (
	"bufio"
	"bytes"
	"context"
	"errors"
	"io"
	"strings"

	"quietline/internal/domain"
	"quietline/internal/journal"
)

// A workbook is read as the text that a spreadsheet program would save it as:
// every row of a sheet is a line, cells stand between tabs. So every format of
// tables reads workbooks, too, and none knows how they are made.

// book is an open workbook.
type book interface {
	// sheets is how many sheets it has.
	sheets() int
	// open starts to read a sheet, counted from 0.
	open(i int) (sheetRows, error)
}

// sheetRows are the rows of a sheet, read one by one.
type sheetRows interface {
	// next gives the number of the next row that is in the file, counted from
	// 1, and its cells as text, or io.EOF. The cells are valid until the next
	// call.
	next() (number int, cells []string, err error)
}

// The bounds of a workbook. Spreadsheet programs have 1,048,576 rows; no table
// of calls has more than some dozens of columns.
const (
	maxSheets      = 64
	maxSheetRows   = 1 << 20
	maxSheetColumn = 256
)

// readBook reads the first sheet that a format recognises.
func (im *Importers) readBook(
	ctx context.Context, raw *counted, sample *Sample, args domain.Args, named Format, o journal.ImportOptions,
) (*source, error) {
	b, kind, err := openBook(ctx, raw, sample)
	if err != nil {
		return nil, err
	}
	if b == nil { // a zip or a compound file with something else in it
		_, err = im.recognise(sample, named, args)
		return nil, err
	}
	var first error
	for i := range min(b.sheets(), maxSheets) {
		text := &sheetText{}
		s, err := im.readSheet(ctx, b, i, text, &Sample{Raw: sample.Raw, Book: kind}, args, named, o)
		if err == nil {
			s.raw, s.rows = raw, bookRows{Rows: s.rows, text: text, share: raw.share}
			return s, nil
		}
		// What is wrong with a sheet is said only where none can be read.
		if first == nil || domain.KindOf(first) == domain.Invalid && domain.KindOf(err) != domain.Invalid {
			first = err
		}
		if ctx.Err() != nil {
			break
		}
	}
	if first == nil {
		first = damagedBook(nil)
	}
	return nil, readError(first)
}

// readSheet starts to read one sheet through the text.
func (im *Importers) readSheet(
	ctx context.Context, b book, i int, text *sheetText, sample *Sample, args domain.Args, named Format, o journal.ImportOptions,
) (*source, error) {
	rows, err := b.open(i)
	if err != nil {
		return nil, err
	}
	text.rows = rows
	in := bufio.NewReaderSize(text, SampleSize)
	head, err := in.Peek(SampleSize)
	if err != nil && !errors.Is(err, io.EOF) {
		return nil, err
	}
	sample.Text = bytes.ToValidUTF8(head, []byte("\ufffd")) // a character may be cut off at the end
	format, err := im.recognise(sample, named, args)
	if err != nil {
		if text.problem != nil {
			return nil, text.problem // the titles were behind the damage
		}
		return nil, err
	}
	s := &source{format: format.Name()}
	if s.rows, err = format.Read(ctx, Input{Sample: sample, Text: in, Options: o}); err != nil {
		return nil, err
	}
	return s, nil
}

// openBook opens a workbook; nil for a file in the same wrapping that is none.
func openBook(ctx context.Context, raw *counted, sample *Sample) (book, string, error) {
	if foreignMagic(sample.Raw) == kindXLS {
		b, err := openXLS(ctx, raw)
		if b == nil || err != nil {
			return nil, kindXLS, err
		}
		return b, kindXLS, nil
	}
	b, err := openXLSX(ctx, raw)
	if b == nil || err != nil {
		return nil, kindXLSX, err
	}
	return b, kindXLSX, nil
}

// bookRows are the rows that a format makes of a sheet. A format sees the end
// of the text where the sheet cannot be read any further, so that it gives all
// rows before; the reason comes behind them.
type bookRows struct {
	Rows
	text  *sheetText
	share func(float64)
}

// Next gives the next record.
func (r bookRows) Next() (journal.Record, error) {
	rec, err := r.Rows.Next()
	if errors.Is(err, io.EOF) {
		if r.share(1); r.text.problem != nil {
			err = r.text.problem
		}
	}
	return rec, err
}

// Close closes what the format holds open.
func (r bookRows) Close() error {
	if c, ok := r.Rows.(io.Closer); ok {
		return c.Close()
	}
	return nil
}

// sheetText reads the rows of a sheet as text. Its line n is row n.
type sheetText struct {
	rows  sheetRows
	line  int // lines written so far
	width int // the most cells that a row had so far
	// pending is the row that waits for the blank lines before it.
	pending []string
	number  int
	out     []byte
	left    []byte // of out, what was not read yet
	ended   bool
	problem error // what ended the rows, nil for their end
}

// Read gives the next bytes.
func (t *sheetText) Read(p []byte) (int, error) {
	for len(t.left) == 0 {
		if t.ended {
			return 0, io.EOF
		}
		t.fill()
	}
	n := copy(p, t.left)
	t.left = t.left[n:]
	return n, nil
}

// fill writes the next row, or some of the blank lines before it.
func (t *sheetText) fill() {
	const blankAtOnce = 4096
	t.out = t.out[:0]
	if t.pending == nil {
		number, cells, err := t.rows.next()
		if err != nil {
			t.ended = true
			if !errors.Is(err, io.EOF) {
				t.problem = err
			}
			return
		}
		t.number, t.pending = number, cells
		if t.number <= t.line || t.number > maxSheetRows {
			t.number = t.line + 1
		}
	}
	for t.line+1 < t.number && len(t.out) < blankAtOnce {
		t.out, t.line = append(t.out, '\n'), t.line+1
	}
	if t.line+1 == t.number {
		t.write(t.pending)
		t.pending, t.line = nil, t.line+1
	}
	t.left = t.out
}

// write writes a row. Programs leave out the empty cells at its end, which
// belong to it; a single cell is a remark and stays alone.
func (t *sheetText) write(cells []string) {
	filled, last := 0, -1
	for i, c := range cells {
		if c != "" {
			filled, last = filled+1, i
		}
	}
	end := last + 1
	if filled > 1 {
		t.width = max(t.width, end)
		end = t.width
	}
	for i := range end {
		if i > 0 {
			t.out = append(t.out, '\t')
		}
		if i < len(cells) {
			t.out = appendCell(t.out, cells[i])
		}
	}
	t.out = append(t.out, '\n')
}

// appendCell writes a cell in one line: tabs and breaks in it become spaces.
func appendCell(out []byte, cell string) []byte {
	cell = strings.TrimSpace(cell)
	quoted := strings.HasPrefix(cell, `"`)
	if quoted {
		out = append(out, '"')
	}
	for _, r := range cell { // bytes that are no character become U+FFFD
		switch {
		case r < ' ' || r == 0x7f || r == 0x85 || r == '\u2028' || r == '\u2029':
			r = ' '
		case r == '"' && quoted:
			out = append(out, '"')
		}
		out = append(out, string(r)...)
	}
	if quoted {
		out = append(out, '"')
	}
	return out
}

func damagedBook(cause error) error {
	return domain.E(opNext, domain.Corrupt, "import.book_damaged", nil, cause)
}

func largeBook() error {
	return domain.E(opNext, domain.Invalid, "import.book_too_large", nil, nil)
}

// placeCell puts a cell into its column, counted from 0; what stands beyond
// the columns of any table of calls is dropped.
func placeCell(cells []string, column int, text string) []string {
	if column < 0 || column >= maxSheetColumn {
		return cells
	}
	for len(cells) <= column {
		cells = append(cells, "")
	}
	cells[column] = text
	return cells
}
