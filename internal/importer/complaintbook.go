package importer

import (
	"context"
	"errors"
	"io"
	"slices"
	"strings"

	"quietline/internal/filing"
)

// maxComplaintCell is the longest text of a cell of a sheet of complaints, in
// bytes: five times what a description may have.
const maxComplaintCell = 1<<16 - 1

// openBook finds the first sheet of a workbook with every required column, else
// the one with the most, and puts the reader behind its titles.
func (sh *Sheets) openBook(ctx context.Context, s *complaintSheet, sample *Sample, o filing.SheetOptions) error {
	b, kind, err := openBook(ctx, s.raw, sample)
	if err != nil {
		return err
	}
	if b == nil {
		return s.notATable()
	}
	if x, ok := b.(*xlsxBook); ok {
		x.cell = maxComplaintCell
	}
	best, at, named := (*complaintTable)(nil), -1, false
	var first error
	for i := range min(b.sheets(), maxSheets) {
		rows, err := headOf(b, i)
		if err != nil {
			if ctx.Err() != nil {
				return err
			}
			if first == nil {
				first = err
			}
			continue
		}
		named = named || len(rows) > 0
		t := findComplaintTable(rows, o.Mapping, sh.words)
		if t != nil && (best == nil || t.fields() > best.fields()) {
			best, at = t, i
		}
		if best != nil && len(best.missing()) == 0 {
			break
		}
	}
	switch {
	case best == nil && first != nil:
		return first
	case best == nil && named && len(o.Mapping) > 0:
		return noColumn(missingColumn(nil, o.Mapping))
	case best == nil:
		return s.notATable()
	}
	s.head.Format, s.table = kind, best
	if x, ok := b.(*xlsxBook); ok && at < len(x.titles) {
		s.head.Sheet = x.titles[at]
	}
	in, err := b.open(at)
	if err != nil {
		return err
	}
	rows := &bookOfComplaints{rows: in, share: s.raw.share}
	for range best.row + 1 {
		row, err := rows.next()
		if err != nil {
			return err
		}
		s.head.Line = row.Line
	}
	s.rows = rows
	return nil
}

// headOf lists the rows in the beginning of a sheet that may hold its titles, with
// the number of rows before each.
func headOf(b book, i int) ([]titleRow, error) {
	in, err := b.open(i)
	if err != nil {
		return nil, err
	}
	if c, ok := in.(io.Closer); ok {
		defer func() { _ = c.Close() }() // it was only read
	}
	var out []titleRow
	rows := &bookOfComplaints{rows: in, share: func(float64) {}}
	for n := range headerWithin {
		row, err := rows.next()
		if errors.Is(err, io.EOF) {
			break
		}
		if err != nil {
			if len(out) > 0 {
				break // what stands before the damage may do
			}
			return nil, err
		}
		filled := 0
		for _, c := range row.Cells {
			if c != "" {
				filled++
			}
		}
		if filled > 1 {
			out = append(out, titleRow{row: n, cells: row.Cells})
		}
	}
	return out, nil
}

// bookOfComplaints are the rows of a sheet of a workbook.
type bookOfComplaints struct {
	rows  sheetRows
	share func(float64)
	line  int
}

func (r *bookOfComplaints) next() (filing.SheetRow, error) {
	number, cells, err := r.rows.next()
	if errors.Is(err, io.EOF) {
		r.share(1)
	}
	if err != nil {
		return filing.SheetRow{}, err
	}
	r.line = max(number, r.line+1) // a workbook may number its rows as it likes
	row := filing.SheetRow{Line: r.line, Cells: slices.Clone(cells)}
	for i, c := range row.Cells {
		row.Cells[i] = strings.TrimSpace(strings.ToValidUTF8(plainBreaks(c), "\ufffd"))
	}
	return row, nil
}

// plainBreaks writes the line breaks of a cell as those of a text file are
// written here.
func plainBreaks(cell string) string {
	if !strings.ContainsRune(cell, '\r') {
		return cell
	}
	return strings.ReplaceAll(strings.ReplaceAll(cell, "\r\n", "\n"), "\r", "\n")
}
