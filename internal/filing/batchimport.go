package filing

import (
	"context"
	"time"

	"quietline/internal/domain"
	"quietline/internal/progress"
)

// SheetRequest says which sheet to read and how.
type SheetRequest struct {
	// Path is the file: CSV, XLSX or XLS.
	Path string
	// Channel is a name; empty means the default.
	Channel string
	// Mapping says where the fields are; it is remembered for sheets with the same
	// titles. Nil where the titles or what is remembered tell.
	Mapping SheetMapping
	// ForgetMapping has what is remembered for the titles forgotten.
	ForgetMapping bool
	// Anyway files although a guard asks back about a row (Overridable).
	Anyway bool
	// DryRun does all of the work and writes nothing.
	DryRun bool
	// Language is the language the complaints are written in, a BCP 47 tag.
	Language string
	// Zone is used for times without an offset; China's where nil.
	Zone *time.Location
	// OnHead hears of the sheet before its rows, OnReject of every rejected row in
	// turn, also of those of an earlier run that this one carries on. An error of
	// theirs stops the import. Nil for nobody.
	OnHead   func(SheetHead) error
	OnReject func(SheetRow, []RowProblem) error
}

// RowReject is a row that is not filed, and why.
type RowReject struct {
	Line     int
	Cells    []string
	Problems []RowProblem
}

// MaxSheetRejects is how many rejected rows a report lists; the counts hold all.
const MaxSheetRejects = 1000

// SheetReport is what the import of a sheet did. Rows is always Queued +
// Duplicates + Rejected.
type SheetReport struct {
	// Batch is the ID of the batch; empty after a dry run.
	Batch string
	Head  SheetHead
	// Channel is the name of the channel, and Practice says that it files nothing
	// anywhere.
	Channel  string
	Practice bool
	DryRun   bool
	// CarriedOn says that an interrupted import of the same sheet was carried on;
	// the counts hold its rows too.
	CarriedOn bool
	Rows      int
	// Queued are the complaints that went into the outbox, in a dry run those that
	// would.
	Queued int
	// Duplicates are rows whose caller, call time and complainant are queued or
	// filed already or stand in the sheet before.
	Duplicates int
	// Rejected are rows with a problem; Rejects are the first MaxSheetRejects.
	Rejected int
	Rejects  []RowReject
	// ProblemsFor counts the problems by their key.
	ProblemsFor map[string]int
}

// SheetPreview is what is shown of a sheet before it is read.
type SheetPreview struct {
	Head SheetHead
	// Rows are the first PreviewRows rows with what is wrong with each. Without a
	// channel or a required column only their cells tell.
	Rows []RowReject
	// Bytes is the size of the file.
	Bytes int64
}

// PreviewRows is how many rows a preview shows.
const PreviewRows = 20

// PreviewSheet looks at the beginning of a sheet: titles, the mapping that it
// proposes, and the first rows with every problem. It is the code that
// ImportSheet runs, and it writes nothing. It fails like Sheets.OpenSheet; where
// columns are missing the head says so.
func (s *Service) PreviewSheet(ctx context.Context, r SheetRequest) (SheetPreview, error) {
	return SheetPreview{}, domain.E("filing.PreviewSheet", domain.Internal, "internal", nil, nil)
}

// ImportSheet queues every sound row of a sheet as a batch. A bad row stops
// nobody; what was queued stays, also where an error ends the import, and the
// same sheet again carries on where it stopped. The counter, which may be nil,
// takes the bytes read, as items the rows queued, as failed those rejected. It
// fails with what OpenSheet fails with, with Invalid "sheet.column_missing"
// (Args: Field), Invalid "sheet.no_rows" (Args: File), and what picking the
// channel fails with.
func (s *Service) ImportSheet(ctx context.Context, r SheetRequest, c *progress.Counter) (SheetReport, error) {
	return SheetReport{}, domain.E("filing.ImportSheet", domain.Internal, "internal", nil, nil)
}
