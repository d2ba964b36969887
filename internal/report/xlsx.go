package report

import (
	"archive/zip"
	"errors"
	"io"
	"strconv"

	"github.com/xuri/excelize/v2"

	"quietline/internal/domain"
)

// MaxRows is the number of rows that a sheet of a workbook can have, headings
// included (Microsoft, "Excel specifications and limits").
const MaxRows = excelize.TotalRows

// How the sheet looks: the width of its first columns in characters.
const (
	wideColumns = 26
	columnWidth = 18
)

// textFormat is the built-in number format "@": a cell that is edited stays a
// text, too.
const textFormat = 49

type xlsxTable struct {
	book  *excelize.File
	sheet *excelize.StreamWriter
	style int
	rows  int
	// row is used again for every row.
	row []any
}

// NewXLSX makes a workbook with one sheet of text cells and writes it to w when
// it is closed. Until then the rows are in a temporary file (mode 0600) in the
// folder dir, which Close removes. A cell of more than 32,767 UTF-16 units, the
// limit of the format, is cut.
func NewXLSX(w io.Writer, dir string) (Table, error) {
	book := excelize.NewFile(excelize.Options{TmpDir: dir})
	// The library would gather the whole archive in memory.
	book.SetZipWriter(func(io.Writer) excelize.ZipWriter { return zip.NewWriter(w) })
	t := &xlsxTable{book: book}
	if err := t.begin(); err != nil {
		return nil, errors.Join(err, book.Close())
	}
	return t, nil
}

// begin lays out the sheet; the headings stay in sight.
func (t *xlsxTable) begin() (err error) {
	if t.style, err = t.book.NewStyle(&excelize.Style{NumFmt: textFormat}); err != nil {
		return err
	}
	if t.sheet, err = t.book.NewStreamWriter(t.book.GetSheetName(0)); err != nil {
		return err
	}
	if err = t.sheet.SetColWidth(1, wideColumns, columnWidth); err != nil {
		return err
	}
	return t.sheet.SetPanes(&excelize.Panes{Freeze: true, YSplit: 1, TopLeftCell: "A2", ActivePane: "bottomLeft"})
}

// Write adds a row. It fails with Invalid "report.too_many_rows" (Args: Limit,
// headings not counted) where the sheet is full.
func (t *xlsxTable) Write(row []string) error {
	if t.rows == MaxRows {
		return domain.E("report.Write", domain.Invalid, "report.too_many_rows", domain.Args{"Limit": MaxRows - 1}, nil)
	}
	t.rows++
	t.row = t.row[:0]
	for _, cell := range row {
		t.row = append(t.row, excelize.Cell{StyleID: t.style, Value: printable(cell)})
	}
	return t.sheet.SetRow("A"+strconv.Itoa(t.rows), t.row)
}

// Close writes the workbook.
func (t *xlsxTable) Close() error {
	err := t.sheet.Flush()
	if err == nil {
		err = t.book.Write(io.Discard) // the archive goes where NewXLSX says
	}
	return errors.Join(err, t.book.Close())
}
