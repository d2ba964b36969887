package journaltest

import (
	"context"
	"io"

	"quietline/internal/domain"
	"quietline/internal/journal"
)

// Importers open files that exist only in memory.
type Importers struct {
	// Files are the records of each path.
	Files map[string]File
	// Asked are the options of every Open.
	Asked []journal.ImportOptions
}

// File is what reading a path gives.
type File struct {
	Records []journal.Record
	// Err ends the file after its records; io.EOF where nil.
	Err error
	// Remarks are about the file as a whole.
	Remarks []journal.RowRemark
	// Before is called before each record with its index, and may be nil.
	Before func(n int)
}

var _ journal.Importers = (*Importers)(nil)

// Formats lists the one format.
func (im *Importers) Formats() []string { return []string{"memory"} }

// Open starts to read the file of the path.
func (im *Importers) Open(_ context.Context, path string, o journal.ImportOptions) (journal.ImportSource, error) {
	im.Asked = append(im.Asked, o)
	f, ok := im.Files[path]
	if !ok {
		return nil, domain.E("journaltest.Open", domain.NotFound, "import.file_missing", domain.Args{"File": path}, nil)
	}
	return &source{file: f}, nil
}

type source struct {
	file File
	n    int
}

func (s *source) Format() string   { return "memory" }
func (s *source) Encoding() string { return "UTF-8" }
func (s *source) Close() error     { return nil }

func (s *source) Next() (journal.Record, error) {
	if s.n == len(s.file.Records) {
		if s.file.Err != nil {
			return journal.Record{}, s.file.Err
		}
		return journal.Record{}, io.EOF
	}
	if s.file.Before != nil {
		s.file.Before(s.n)
	}
	s.n++
	return s.file.Records[s.n-1], nil
}

func (s *source) Remarks() []journal.RowRemark { return s.file.Remarks }

func (s *source) Progress() (done, total int64) {
	return int64(s.n), int64(len(s.file.Records))
}
