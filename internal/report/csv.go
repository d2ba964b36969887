package report

import (
	"bufio"
	"encoding/csv"
	"io"
	"strings"
	"unicode/utf8"

	"quietline/internal/domain"
)

// byteOrderMark tells spreadsheets that a CSV file is UTF-8; without it, Excel
// reads Chinese in the code page of the system.
const byteOrderMark = "\ufeff"

type csvTable struct {
	w *csv.Writer
	// row is used again for every row.
	row []string
}

// NewCSV makes a CSV table (RFC 4180 with a byte order mark, lines that end in
// LF). A cell that a spreadsheet could take for a formula gets an apostrophe in
// front (domain.Formula). Whether a
// spreadsheet that opens the file keeps the zero in front of a number is up to
// the spreadsheet; a workbook leaves it no choice.
func NewCSV(w io.Writer) Table {
	const size = 64 << 10
	b := bufio.NewWriterSize(w, size)
	_, _ = b.WriteString(byteOrderMark) // an error comes back with the flush
	return &csvTable{w: csv.NewWriter(b)}
}

// Write adds a row.
func (t *csvTable) Write(row []string) error {
	t.row = t.row[:0]
	for _, cell := range row {
		t.row = append(t.row, Neutral(printable(cell)))
	}
	return t.w.Write(t.row)
}

// Close writes what is buffered.
func (t *csvTable) Close() error {
	t.w.Flush()
	return t.w.Error()
}

// Neutral takes from a cell the power to be a formula, as NewCSV does.
func Neutral(s string) string {
	if domain.Formula(s) {
		return "'" + s
	}
	return s
}

// printable is the text of a cell: valid UTF-8 without control characters other
// than tabs and line breaks, and without marks that turn the direction of
// writing.
func printable(s string) string {
	for _, r := range s {
		if r < ' ' || r > '~' && (r == utf8.RuneError || domain.Control(r)) {
			return cleaned(s)
		}
	}
	return s
}

func cleaned(s string) string {
	return strings.Map(func(r rune) rune {
		if r != '\t' && r != '\n' && r != '\r' && domain.Control(r) {
			return utf8.RuneError
		}
		return r
	}, domain.Undirected(s))
}
