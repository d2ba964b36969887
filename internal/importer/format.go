package importer

import (
	"context"
	"io"

	"quietline/internal/journal"
)

// Format reads one kind of file. A Format keeps no state between files and is
// safe for concurrent use.
type Format interface {
	// Name is the lower snake case name by which users choose the format; its
	// words are the message "format.NAME".
	Name() string
	// Recognise says whether the file that begins with the sample is of this
	// format. It looks at content only.
	Recognise(s *Sample) bool
	// Read starts to read a file that Recognise accepted.
	Read(ctx context.Context, in Input) (Rows, error)
}

// Rows gives the records of one file. Rows that hold something open implement
// io.Closer too.
type Rows interface {
	// Next gives the next record, io.EOF after the last, or the error that
	// journal.ImportSource promises.
	Next() (journal.Record, error)
}

// Sample is the beginning of a file.
type Sample struct {
	// Raw are the first bytes as they are, at most SampleSize.
	Raw []byte
	// Text is Raw as UTF-8 without a byte order mark and without NULs; nil for a
	// binary file.
	Text []byte
	// Binary tells that the file is no text in any character set.
	Binary bool
	// Book is the kind of the workbook whose sheet Text is, "xlsx" or "xls";
	// empty for a text file. The rows of a sheet are lines, its cells stand
	// between tabs.
	Book string
	// Tables are the tables of a database; nil for every other file.
	Tables []Table
}

// SampleSize is how much of a file is looked at to recognise it, in bytes.
const SampleSize = 64 << 10

// Input is a file that was recognised.
type Input struct {
	// Path is for formats that need the file itself, such as databases; text
	// formats read Text.
	Path string
	// Sample is the beginning of the file.
	Sample *Sample
	// Text is the whole file from its first byte as UTF-8 without a byte order
	// mark and without NULs; bytes that are no character are U+FFFD. Nil for a
	// binary file.
	Text io.Reader
	// Database is the file as a database; nil for every other file.
	Database *Database
	// Progress takes how much of the file was read, from 0 to 1; for formats
	// that do not read Text.
	Progress func(share float64)
	// Options are what the user said about the file.
	Options journal.ImportOptions
}

// The reasons for a record to be rejected or skipped and the doubts about one
// that is kept are named here once for all formats; their words are the
// messages "import.reject.KEY", "import.skip.KEY" and "import.note.KEY".
const (
	rejectTime    = "time"      // the time cannot be read
	rejectYear    = "year"      // the year is missing and cannot be guessed
	rejectColumns = "columns"   // the row ends before the columns that matter
	rejectTooLong = "too_long"  // the row is longer than any call
	rejectQuotes  = "quotes"    // a quotation mark is opened and never closed
	rejectDamaged = "damaged"   // the element is not well-formed
	rejectRounded = "rounded"   // a spreadsheet rounded the number (1.38E+10)
	rejectOwnSide = "own_side"  // caller or callee: which of them is the own number?
	skipTotal     = "total"     // a row of totals
	skipFiller    = "filler"    // a row of dashes
	skipRemark    = "remark"    // a sentence above, below or between the calls
	skipSMS       = "sms"       // a text message
	skipData      = "data"      // data traffic
	skipDeleted   = "deleted"   // a call that was deleted on the phone
	skipOtherApp  = "other_app" // a call of FaceTime or another program
	noteDuration  = "duration"  // the duration could not be read and is unknown
	noteDirection = "direction" // the kind of call could not be read and is unknown
	noteNUL       = "nul"       // of the file: its text holds characters that are none
)

// maxRecordBytes is more than any call takes; a longer row or element is
// damage.
const maxRecordBytes = 64 << 10
