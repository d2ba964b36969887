package importer

import (
	"bytes"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"io"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"quietline/internal/domain"
	"quietline/internal/filing"
)

// Sheets opens sheets of complaints: the same tables in the same character sets
// and workbooks as those of calls, with other titles. They implement
// filing.Sheets and are safe for concurrent use.
type Sheets struct{ words map[string]complaintTitle }

var _ filing.Sheets = (*Sheets)(nil)

// NewSheets makes Sheets.
func NewSheets() *Sheets { return &Sheets{words: complaintTitles()} }

// OpenSheet finds the titles of a sheet and gives its rows; see filing.Sheets.
func (sh *Sheets) OpenSheet(ctx context.Context, path string, o filing.SheetOptions) (filing.SheetSource, error) {
	args := domain.Args{"File": filepath.Base(path)}
	file, size, err := openFile(path, args)
	if err != nil {
		return nil, err
	}
	s := &complaintSheet{ctx: ctx, file: file, raw: newCounted(ctx, file, size), args: args}
	if err := sh.open(ctx, s, o); err != nil {
		_ = file.Close() // the error that came before counts
		return nil, readError(err)
	}
	return s, nil
}

func (sh *Sheets) open(ctx context.Context, s *complaintSheet, o filing.SheetOptions) error {
	sample, err := takeSample(s.raw)
	if err != nil {
		return err
	}
	if len(bytes.TrimSpace(sample.Text)) == 0 && !sample.Binary {
		return domain.E(opOpen, domain.Invalid, "import.file_empty", s.args, nil)
	}
	switch foreignMagic(sample.Raw) {
	case kindXLSX, kindXLS, kindZip:
		err = sh.openBook(ctx, s, sample, o)
	default:
		err = sh.openText(s, sample, o)
	}
	if err != nil {
		return err
	}
	return s.settle(ctx, o)
}

// openText finds the titles in a text file and puts the reader behind them.
func (sh *Sheets) openText(s *complaintSheet, sample *Sample, o filing.SheetOptions) error {
	if sample.Binary {
		return s.notATable()
	}
	t := findComplaintTable(titleRows(sample.Text), o.Mapping, sh.words)
	if t == nil || t.fields() == 0 && !namesTitle(o.Mapping) {
		shape, titled, ok := findShape(sample.Text)
		switch {
		case ok:
			t = readComplaintTitles(shape, titled, sh.words)
		case t == nil && len(o.Mapping) > 0 && len(titleRows(sample.Text)) > 0:
			return noColumn(missingColumn(titleRows(sample.Text), o.Mapping))
		case t == nil:
			return s.notATable()
		}
	}
	s.head.Format, s.head.Delimiter, s.table = "csv", string(t.delimiter), t
	peek := newText(bytes.NewReader(sample.Raw))
	_, _ = io.Copy(io.Discard, peek) // reading from memory cannot fail
	s.head.Encoding = peek.Encoding()
	s.text = newText(s.raw.Reader)
	in := newLines(newNulFree(s.text), t.delimiter)
	in.quoted = maxQuotedText
	s.head.Line = 1
	for n := range t.row + 1 {
		got, err := in.next()
		if err != nil {
			return err
		}
		if n == t.row {
			s.head.Line = got.line
		}
	}
	s.rows = &textRows{in: in}
	return nil
}

// maxQuotedText is how many lines the text of a complaint may have.
const maxQuotedText = 500

// namesTitle says whether a mapping names a column by its title.
func namesTitle(m filing.SheetMapping) bool {
	for _, title := range m {
		if _, place := columnPlace(title); !place && title != "" {
			return true
		}
	}
	return false
}

// missingColumn is a column that the mapping names and the likeliest row of titles
// lacks.
func missingColumn(rows []titleRow, m filing.SheetMapping) string {
	for _, f := range filing.SheetFields() {
		title, ok := m[f]
		if ok && title != "" && !slices.ContainsFunc(rows, func(r titleRow) bool { return r.column(title) >= 0 }) {
			return title
		}
	}
	for _, f := range filing.SheetFields() {
		if m[f] != "" {
			return m[f]
		}
	}
	return ""
}

// complaintSheet is an open sheet.
type complaintSheet struct {
	ctx   context.Context //nolint:containedctx // a reader has no other way to learn of it
	file  *os.File
	raw   *counted
	args  domain.Args
	text  *text // nil for a workbook
	table *complaintTable
	head  filing.SheetHead
	rows  complaintRows
	err   error // what ended the rows; they are not asked again
}

// complaintRows give rows one after the other, io.EOF at the end; the cells are
// the caller's to keep.
type complaintRows interface {
	next() (filing.SheetRow, error)
}

func (s *complaintSheet) notATable() error {
	return domain.E(opOpen, domain.Invalid, "sheet.not_a_table", s.args, nil)
}

// settle decides which column holds what.
func (s *complaintSheet) settle(ctx context.Context, o filing.SheetOptions) error {
	m, certainty := o.Mapping, filing.CertaintyGiven
	s.head.Fingerprint = s.table.fingerprint()
	if len(m) == 0 && o.Recall != nil {
		var err error
		if m, err = o.Recall(ctx, s.head.Fingerprint); err != nil {
			return err
		}
		certainty = filing.CertaintyRemembered
	}
	if err := s.table.apply(m, certainty); err != nil {
		return err
	}
	s.head.File, s.head.Columns, s.head.Missing = filepath.Base(s.file.Name()), s.table.columns, s.table.missing()
	if rows, ok := s.rows.(*textRows); ok {
		rows.alone(s.table)
	}
	return nil
}

// Head is what is known of the sheet; of a text file its character set as far as
// it has been read.
func (s *complaintSheet) Head() filing.SheetHead {
	h := s.head
	if s.text != nil && s.text.Encoding() != encodingUTF8 {
		h.Encoding = s.text.Encoding()
	}
	return h
}

// Next gives the next row that holds something.
func (s *complaintSheet) Next() (filing.SheetRow, error) {
	for s.err == nil {
		row, err := s.rows.next()
		if err != nil {
			s.err = readError(err)
			break
		}
		if row.Damage != "" {
			return row, nil
		}
		if at := len(s.table.columns); at < len(row.Cells) {
			row.Cells = slices.Delete(row.Cells, at, min(at+s.table.own, len(row.Cells)))
		}
		filled := false
		for i, cell := range row.Cells {
			filled = filled || cell != ""
			row.Cells[i] = harmful(cell)
		}
		for len(row.Cells) < len(s.table.columns) {
			row.Cells = append(row.Cells, "")
		}
		for n := len(row.Cells); n > len(s.table.columns) && row.Cells[n-1] == ""; n-- {
			row.Cells = row.Cells[:n-1]
		}
		if filled {
			return row, nil
		}
	}
	return filing.SheetRow{}, s.err
}

// harmful is a cell as it was before a list made it harmless: an apostrophe before
// what a spreadsheet would take for a formula is not part of the text.
func harmful(cell string) string {
	rest, ok := strings.CutPrefix(cell, "'")
	if !ok {
		return cell
	}
	if first := strings.TrimLeft(rest, "'"); first != "" && domain.Formula(first) {
		return rest
	}
	return cell
}

// Progress is how many bytes were read, and the size when the file was opened.
func (s *complaintSheet) Progress() (done, total int64) { return s.raw.done.Load(), s.raw.total }

// Digest is the SHA-256 of the file.
func (s *complaintSheet) Digest() (string, error) {
	h := sha256.New()
	in := readerFunc(io.NewSectionReader(s.file, 0, s.raw.total).Read)
	for {
		if err := s.ctx.Err(); err != nil {
			return "", readError(err)
		}
		_, err := io.CopyN(h, in, 1<<20)
		if errors.Is(err, io.EOF) {
			return hex.EncodeToString(h.Sum(nil)), nil
		}
		if err != nil {
			return "", readError(err)
		}
	}
}

// Close closes the file.
func (s *complaintSheet) Close() error {
	if err := s.file.Close(); err != nil {
		return readError(err)
	}
	return nil
}

// textRows are the rows of a text file.
type textRows struct{ in *lines }

// alone tells the reader which lines are rows of their own, whatever a quotation
// mark before them says: one that nobody closed would take them into the text of
// somebody else's complaint.
func (r *textRows) alone(t *complaintTable) {
	width := len(t.columns) + t.own
	number, at := -1, -1
	for i, c := range t.columns {
		switch c.Field {
		case filing.SheetNumber:
			number = i
		case filing.SheetCalledAt:
			at = i
		default:
		}
	}
	if number < 0 || at < 0 {
		return
	}
	r.in.alone = func(fields [][]byte) bool {
		return len(fields) == width && countDigits(fields[number]) >= 3 && countDigits(fields[at]) >= 8
	}
}

func countDigits(b []byte) int {
	n := 0
	for _, c := range b {
		if c >= '0' && c <= '9' {
			n++
		}
	}
	return n
}

func (r *textRows) next() (filing.SheetRow, error) {
	got, err := r.in.next()
	if err != nil {
		return filing.SheetRow{}, err
	}
	row := filing.SheetRow{Line: got.line}
	if got.damage != "" {
		if row.Damage = filing.DamageQuotes; got.damage == rejectTooLong {
			row.Damage = filing.DamageTooLong
		}
		row.Cells = []string{strings.TrimSpace(strings.ToValidUTF8(string(got.raw), "\ufffd"))}
		return row, nil
	}
	row.Cells = make([]string, len(got.fields))
	for i, f := range got.fields {
		row.Cells[i] = strings.ToValidUTF8(string(f), "\ufffd")
	}
	return row, nil
}
