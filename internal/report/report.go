// Package report writes tables that people open in a spreadsheet: rows go to
// the disk as they come, so that a table of a million rows needs no more memory
// than a short one, and a file appears under its name only when it is whole.
//
// Every cell is text. Numbers keep the zero in front of their area code, and
// nothing in a cell is ever calculated, whoever wrote it.
package report

import (
	"errors"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"strings"

	"quietline/internal/domain"
)

// Table takes the rows of a table one after another.
type Table interface {
	// Write adds a row. Once it failed, the table is of no more use.
	Write(row []string) error
	// Close writes what is left. It must be called once, and does not close
	// what the table is written to.
	Close() error
}

// File is a table that is being written beside the place where it will stand.
// End it with Commit or Discard. It is for one goroutine.
type File struct {
	path    string
	replace bool
	temp    *os.File
	table   Table
	rows    int
	err     error
	done    bool
}

// Create begins the table path, a CSV file or an XLSX workbook by its ending
// (.csv, .xlsx, in any case), with a row of headings. A file that stands there
// is replaced by Commit and is left alone until then. It fails with Invalid
// "report.format_unknown" (Args: File) for another ending and with Unavailable
// "report.failed" (Args: File) where the folder cannot be written to.
func Create(path string, header []string) (*File, error) {
	return create(path, header, true)
}

// CreateNew is like Create, but never replaces a file: it fails with Conflict
// "report.exists" (Args: File), and so does Commit where the file appeared in
// the meantime.
func CreateNew(path string, header []string) (*File, error) {
	if _, err := os.Lstat(path); err == nil {
		return nil, exists("report.CreateNew", path)
	}
	return create(path, header, false)
}

func create(path string, header []string, replace bool) (*File, error) {
	const op = "report.Create"
	var newTable func(io.Writer) (Table, error)
	switch strings.ToLower(filepath.Ext(path)) {
	case ".csv":
		newTable = func(w io.Writer) (Table, error) { return NewCSV(w), nil }
	case ".xlsx":
		newTable = func(w io.Writer) (Table, error) { return NewXLSX(w, filepath.Dir(path)) }
	default:
		return nil, domain.E(op, domain.Invalid, "report.format_unknown", domain.Args{"File": path}, nil)
	}
	f, err := begin(op, path, replace, newTable)
	if err != nil {
		return nil, err
	}
	if err := f.table.Write(header); err != nil {
		f.Discard()
		return nil, failed(op, path, err)
	}
	return f, nil
}

// begin makes the temporary file with an empty table.
func begin(op, path string, replace bool, newTable func(io.Writer) (Table, error)) (*File, error) {
	temp, err := os.CreateTemp(filepath.Dir(path), ".quietline-table-*") // mode 0600
	if err != nil {
		return nil, failed(op, path, err)
	}
	f := &File{path: path, replace: replace, temp: temp}
	if f.table, err = newTable(temp); err != nil {
		f.Discard()
		return nil, failed(op, path, err)
	}
	return f, nil
}

// whole writes a file that is no table; it appears when it is whole.
func whole(op, path string, replace bool, write func(io.Writer) error) error {
	if _, err := os.Lstat(path); err == nil && !replace {
		return exists(op, path)
	}
	f, err := begin(op, path, replace, func(io.Writer) (Table, error) { return noTable{}, nil })
	if err != nil {
		return err
	}
	defer f.Discard()
	if err := write(f.temp); err != nil {
		return failed(op, path, err)
	}
	return f.Commit()
}

// noTable is for a file whose contents are written already.
type noTable struct{}

func (noTable) Write([]string) error { return nil }
func (noTable) Close() error         { return nil }

// Write adds a row. It fails with Invalid "report.too_many_rows" (Args: Limit)
// where the format holds no more, and with Unavailable "report.failed" where
// the disk does not take it; from then on it fails always, and so does Commit.
func (f *File) Write(row []string) error {
	const op = "report.Write"
	switch {
	case f.err != nil:
		return f.err
	case f.done:
		return failed(op, f.path, fs.ErrClosed)
	}
	if f.err = failed(op, f.path, f.table.Write(row)); f.err == nil {
		f.rows++
	}
	return f.err
}

// Rows is the number of rows written so far, without the headings.
func (f *File) Rows() int { return f.rows }

// Commit finishes the table and puts it in its place. Where it fails, there is
// no new file, and what stood there stands there still. A second call does
// nothing and gives the same answer.
func (f *File) Commit() error {
	const op = "report.Commit"
	if f.done {
		return f.err
	}
	defer f.end()
	if f.err != nil {
		return f.err
	}
	f.err = failed(op, f.path, f.table.Close())
	f.table = nil
	if f.err == nil {
		f.err = failed(op, f.path, errors.Join(f.temp.Sync(), f.temp.Close()))
	}
	if f.err == nil {
		f.err = f.place()
	}
	return f.err
}

// place gives the finished file its name.
func (f *File) place() error {
	const op = "report.Commit"
	if f.replace {
		return failed(op, f.path, os.Rename(f.temp.Name(), f.path))
	}
	// A link, unlike a renaming, never replaces a file.
	err := os.Link(f.temp.Name(), f.path)
	if err == nil {
		return nil
	}
	// Some file systems have no links.
	if _, serr := os.Lstat(f.path); serr == nil || errors.Is(err, fs.ErrExist) {
		return exists(op, f.path)
	}
	return failed(op, f.path, os.Rename(f.temp.Name(), f.path))
}

// Discard throws away what was written. After Commit it does nothing, so it
// can be deferred.
func (f *File) Discard() {
	if f.done {
		return
	}
	f.err = failed("report.Discard", f.path, fs.ErrClosed)
	f.end()
}

// end removes what is temporary.
func (f *File) end() {
	f.done = true
	_ = f.temp.Close() // first, so that a table that is thrown away is not finished
	if f.table != nil {
		_ = f.table.Close()
		f.table = nil
	}
	_ = os.Remove(f.temp.Name())
}

func exists(op, path string) error {
	return domain.E(op, domain.Conflict, "report.exists", domain.Args{"File": path}, nil)
}

// failed gives words to an error that has none, and nil for nil.
func failed(op, path string, err error) error {
	if err == nil || domain.KeyOf(err) != "" {
		return err
	}
	return domain.E(op, domain.Unavailable, "report.failed", domain.Args{"File": path}, err)
}
