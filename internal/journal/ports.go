// Package journal holds the use cases on people and their calls: add, import,
// search, annotate. It knows its adapters only through the ports below.
package journal

import (
	"context"
	"io"
	"iter"
	"time"

	"quietline/internal/domain"
)

// Checker judges a number as displayed. It does no I/O.
type Checker interface {
	// Check reads the number; province is the Chinese name of the place where
	// the call was received, or empty.
	Check(input, province string) domain.Check
	// Province finds a province by Chinese name, English name, pinyin or
	// two-digit code; ok is false where there is none.
	Province(name string) (p domain.Province, ok bool)
}

// Registry is what stands behind the Checker and may change while calls are
// stored: by the user, by an update, by another program on the same workspace.
type Registry interface {
	// Fresh has the Checker judge by the registry as it is now, and gives its
	// generation.
	Fresh(ctx context.Context) (generation int64, err error)
	// Settle judges the stored calls again where the registry is no longer
	// that of the generation.
	Settle(ctx context.Context, generation int64) error
}

// PeopleStore keeps people.
type PeopleStore interface {
	// AddPerson stores a new person and fills in the ID. A removed person of
	// the same name is brought back with the new particulars, so that calls
	// which were kept are found again. Fails with Conflict
	// "person.name_taken" where a present person has that name.
	AddPerson(ctx context.Context, p *domain.Person) error
	// People lists the present people, the owner of the workspace first, then
	// by time of adding.
	People(ctx context.Context) ([]domain.Person, error)
	// PersonByName fails with NotFound "person.not_found".
	PersonByName(ctx context.Context, name string) (domain.Person, error)
	// PersonExtent counts what is kept of a person.
	PersonExtent(ctx context.Context, id domain.PersonID) (Extent, error)
	// RemovePerson removes a person together with their calls, contacts, alerts
	// and watched folders, or, where keepCalls is set, only hides the person,
	// keeps the rest under the name and ends the watching. Fails with Conflict
	// "person.self_stays" for the owner. Undoing it fails with Conflict
	// "person.name_taken" where somebody else has the name now.
	RemovePerson(ctx context.Context, id domain.PersonID, keepCalls bool) (Removed, error)
	// UpdatePerson stores changed particulars of a present person.
	UpdatePerson(ctx context.Context, p domain.Person) error
}

// AddResult counts what a batch of calls did.
type AddResult struct {
	Added      int
	Duplicates int
	// Filled are those of the duplicates that told what was not known of a call.
	Filled int
}

// Extent counts what is kept of somebody.
type Extent struct {
	Calls, Contacts, Alerts, Folders int64
}

// MaxUndo is with how many calls somebody can be removed so that it can be undone:
// what is put back is in memory until then, some 500 bytes a call.
const MaxUndo = 50_000

// Undoable says whether removing all this can be undone.
func (e Extent) Undoable() bool { return e.Calls <= MaxUndo }

// Removed is what was taken out of the log.
type Removed struct {
	Extent
	// Undo puts everything back as it was, in one transaction: calls under their
	// IDs with all that was said of them, and what referred to them. A call that
	// came back by another way meanwhile becomes one with the removed one. It may
	// be nil where there is nothing to put back, or too much to keep in memory.
	Undo func(ctx context.Context) error
}

// CallPage is one page of calls, newest first.
type CallPage struct {
	Calls []domain.Call
	// Next is the cursor of the next page, empty at the end.
	Next string
}

// CallIndex lets a table jump: the number of rows and the cursor before every
// n-th row, from one walk over an index.
type CallIndex struct {
	Count int64
	// Cursors[i] is the Page.After that starts at row (i+1)*every; row 0 needs
	// none.
	Cursors []string
}

// CallStore keeps calls.
type CallStore interface {
	// AddCalls stores the calls in one transaction. A call that is there
	// already (person, number, start, direction, ordinal) counts as a
	// duplicate; where the stored one lacks its length, how long it rang or a
	// name, it takes them from the duplicate and changes in nothing else. With
	// dryRun nothing is written and the counts are the same.
	AddCalls(ctx context.Context, calls []domain.Call, dryRun bool) (AddResult, error)
	// AddCallBatches is AddCalls for batch after batch, all of them in one
	// transaction. A batch is done with when the next is asked for.
	AddCallBatches(ctx context.Context, batches iter.Seq[[]domain.Call], dryRun bool) (AddResult, error)
	// Calls pages through the matching calls, newest first (start, then ID).
	// A cursor that is not one fails with Invalid "page.cursor_invalid".
	Calls(ctx context.Context, f domain.CallFilter, p domain.Page) (CallPage, error)
	// IndexCalls counts the matching calls and gives a cursor for every
	// `every` rows.
	IndexCalls(ctx context.Context, f domain.CallFilter, every int) (CallIndex, error)
	// Call fails with NotFound "call.not_found".
	Call(ctx context.Context, id domain.CallID) (domain.Call, error)
	// RemoveCalls removes the calls, all or none. Complaints that were made from
	// them keep their own words and what was queued. Fails with NotFound
	// "call.not_found" (Args: ID) for one that is not there.
	RemoveCalls(ctx context.Context, ids []domain.CallID) (Removed, error)
	// MarkCall stores the user's own category, techniques and note of a call.
	MarkCall(ctx context.Context, id domain.CallID, category domain.Category, techniques []domain.Technique, note string) error
}

// Record is one row that an importer read from a file.
type Record struct {
	// Line is the line of a text file (header is line 1), else the ordinal of
	// the record, counted from 1.
	Line int
	// Number is the number as the file shows it; empty where withheld.
	Number string
	// OwnNumber is the number of the phone itself where the file tells it.
	OwnNumber string
	StartedAt time.Time
	Duration  *time.Duration
	Ring      *time.Duration
	Direction domain.Direction
	// Name is the contact name, empty where the file has none.
	Name string
	// Skip is a reason key ("import.skip.KEY") for a row that is no call.
	Skip string
	// Reject is a reason key ("import.reject.KEY") for a call that cannot be
	// read.
	Reject string
	// Note is a reason key ("import.note.KEY") for a call that is kept although
	// a lesser part of it could not be read; that part is unknown.
	Note string
	// Text is the raw row, at most 200 characters and without control
	// characters, for the lists of rejects and notes; set with those only.
	Text string
}

// ImportOptions are what a user can tell an importer.
type ImportOptions struct {
	// Format is the format name, empty or "auto" to find out by content.
	Format string
	// OwnNumbers are the person's own numbers, normalised.
	OwnNumbers []string
	// Year is assumed where the file leaves it out, 0 to guess.
	Year int
	// Zone is used for times without an offset.
	Zone *time.Location
	// Now is the moment of the import, used to guess a missing year.
	Now time.Time
	// Mapping is where the user says the fields of a table are; empty where the
	// titles tell. A file that is no table is refused with it.
	Mapping Mapping
	// Recall gives the mapping that is remembered for one of the fingerprints,
	// and which that is, "" where none is; nil where nothing is remembered.
	Recall func(ctx context.Context, fingerprints []string) (fingerprint string, m Mapping, err error)
}

// ImportSource is a file that was opened and recognised.
type ImportSource interface {
	// Format is the name of the format that reads it.
	Format() string
	// Encoding is the name of its character set, such as "UTF-8".
	Encoding() string
	// Next gives the next record and io.EOF at the end. A record with Skip or
	// Reject is counted, not stored. Any other error ends the import; what was
	// read before stays. A truncated file ends with an Error of key
	// "import.truncated".
	Next() (Record, error)
	// Remarks are about the file as a whole, such as damage between its
	// records: complete once Next gave an error. Their Reason is that of a
	// Note, their Text may be empty.
	Remarks() []RowRemark
	// Progress is how many bytes were read of how many (0 where unknown).
	Progress() (done, total int64)
	io.Closer
}

// Importers open files.
type Importers interface {
	// Open recognises the file by its content. It fails with Invalid
	// "import.format_unknown", NotFound "import.file_missing", Denied
	// "import.file_unreadable", Invalid "import.is_directory" or
	// "import.file_empty". With a Mapping it also fails with Invalid
	// "import.mapping_no_table", "import.mapping_column" (Args: Column) for a
	// column that is not there and "import.mapping_incomplete" (Args: Field)
	// where time or number has none. A source that is read by a mapping is a
	// MappedSource.
	Open(ctx context.Context, path string, o ImportOptions) (ImportSource, error)
	// Formats lists the names of the formats.
	Formats() []string
	// Preview looks at the beginning of a file. It fails like Open, but a table
	// whose columns are unknown or incomplete is no error.
	Preview(ctx context.Context, path string, o ImportOptions) (Preview, error)
}
