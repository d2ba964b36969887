// Package check is the page on which numbers are looked up: one number with all
// that is known of it, many numbers at once, and the registry itself with the
// user's corrections and newer lists.
package check

import (
	"context"
	"iter"

	"quietline/internal/domain"
	"quietline/internal/journal"
	"quietline/internal/registrar"
	"quietline/internal/ui/numberbox"
	"quietline/internal/ui/task"
)

// Registry is what the page needs of the use cases on the registry. Entries,
// Search, Blocks, InBlock and the provinces answer from memory; what they give
// must not be changed.
type Registry interface {
	Info() domain.RegistryInfo
	Provinces() []domain.Province
	Province(name string) (domain.Province, bool)
	// Entries gives every row in the order of the codes.
	Entries() []domain.RegistryEntry
	// Search gives at most limit rows, the best first.
	Search(query string, limit int) []domain.RegistryEntry
	Blocks() []domain.RegistryBlock
	InBlock(b domain.RegistryBlock) []domain.RegistryEntry
	Correct(ctx context.Context, c domain.Correction) (registrar.Effect, error)
	Undo(ctx context.Context, code, scope string) (registrar.Effect, error)
	Source(ctx context.Context) (registrar.Source, error)
	// SetSource blames "/url" and "/key". A key without an address is no fault:
	// then newer lists come from files alone.
	SetSource(ctx context.Context, s registrar.Source) error
	Look(ctx context.Context) (*registrar.Update, error)
	LookIn(ctx context.Context, path string) (*registrar.Update, error)
	Install(ctx context.Context, u *registrar.Update) (registrar.Effect, error)
	// Installed says whether there is a list beside that of the program; Problem
	// why it does not count, nil where it does. Revert takes it away.
	Installed() bool
	Problem() error
	Revert(ctx context.Context) (registrar.Effect, error)
}

// Journal tells about the people and the logged calls.
type Journal interface {
	People(ctx context.Context) ([]domain.Person, error)
	// Card tells what the log knows of a number as displayed; the province is
	// where it called, or empty.
	Card(ctx context.Context, input, province string) (journal.Card, error)
}

// Files reads lists of numbers and writes results.
type Files interface {
	// Read gives a whole file; it fails where that is larger than most bytes.
	Read(ctx context.Context, path string, most int64) ([]byte, error)
	// Export writes a table of the kind that the ending of the path names, CSV
	// or XLSX, in place of a file that is there. The rows come in order, each
	// as wide as the header. It leaves no half a file behind.
	Export(ctx context.Context, path string, header []string, rows iter.Seq[[]string]) error
}

// Segment is one of the parts of the page.
type Segment string

// The segments in the order of the page.
const (
	SegmentOne  Segment = "one"
	SegmentMany Segment = "many"
	SegmentBook Segment = "book"
)

// Segments lists every segment.
func Segments() []Segment { return []Segment{SegmentOne, SegmentMany, SegmentBook} }

// Events tell the page what changed. All are called where the models live;
// none may be nil.
type Events struct {
	// Verdict: the answer about the one number, or how often it called.
	Verdict func()
	// Province: where calls are received.
	Province func()
	// Many: the stage of the many numbers.
	Many func()
	// ManyList: which of them are shown, or the open one.
	ManyList func()
	// Book: which entries or blocks are shown.
	Book func()
	// Entry: the open entry.
	Entry func()
	// Look: the stage of looking for a newer list.
	Look func()
	// Stored: the registry says something else now, with this effect.
	Stored func(Change, registrar.Effect)
	// Exported: a file was written.
	Exported func(path string)
	// Failed: something that the user asked for did not work.
	Failed func(error)
}

// Change is what was done to the registry.
type Change string

// The deeds.
const (
	ChangeCorrected Change = "corrected"
	ChangeUndone    Change = "undone"
	ChangeInstalled Change = "installed"
	ChangeReverted  Change = "reverted"
)

// ModelParams are what NewModel needs.
type ModelParams struct {
	Checker  numberbox.Checker
	Registry Registry
	Journal  Journal
	Files    Files
	// Run is for reading; it may be cancelled when the page is left.
	Run task.Runner
	// Write is for storing and judging; it goes on when the page is left.
	Write  task.Runner
	Events Events
}

// Model is the state of the page. It is used on one goroutine only, apart from
// the rows of Many and Book.
type Model struct {
	p       ModelParams
	segment Segment
	// One is the one number, Many the list of numbers, Book the registry, Look
	// the way to a newer one.
	One  *One
	Many *Many
	Book *Book
	Look *Look
}

// NewModel makes a Model.
func NewModel(p ModelParams) *Model {
	m := &Model{p: p, segment: SegmentOne}
	one := p
	one.Events.Province = func() {
		m.Many.again()
		p.Events.Province()
	}
	m.One = newOne(one)
	m.Many = newMany(p, m.One.Province)
	m.Book = newBook(p)
	m.Look = newLook(p, m.changed)
	return m
}

// Segment is the part that is shown.
func (m *Model) Segment() Segment { return m.segment }

// ShowSegment shows another part.
func (m *Model) ShowSegment(s Segment) { m.segment = s }

// Reload fetches what is stored and judges anew, because the page is entered or
// something was stored elsewhere.
func (m *Model) Reload() {
	m.One.load()
	m.refresh()
}

func (m *Model) refresh() {
	m.One.Judge()
	m.Many.again()
	m.Book.Refresh()
}

// changed takes over that the registry says something else now.
func (m *Model) changed(d Change, e registrar.Effect) {
	m.One.known = false // the card says what to do, by the verdict
	m.refresh()
	m.p.Events.Stored(d, e)
}

// Correct stores a correction; done hears the error, nil for none.
func (m *Model) Correct(c domain.Correction, done func(error)) {
	m.store(ChangeCorrected, done, func(ctx context.Context) (registrar.Effect, error) {
		return m.p.Registry.Correct(ctx, c)
	})
}

// Undo takes the user's correction of an entry back.
func (m *Model) Undo(e domain.RegistryEntry) {
	m.store(ChangeUndone, m.p.Events.Failed, func(ctx context.Context) (registrar.Effect, error) {
		return m.p.Registry.Undo(ctx, e.Code, e.Holder.Scope)
	})
}

// Revert goes back to the list that comes with the program.
func (m *Model) Revert() {
	m.store(ChangeReverted, m.p.Events.Failed, m.p.Registry.Revert)
}

// store does something to the registry. done hears the error before anything
// is shown of the change.
func (m *Model) store(d Change, done func(error), work func(context.Context) (registrar.Effect, error)) {
	var effect registrar.Effect
	m.p.Write(func(ctx context.Context) (err error) {
		effect, err = work(ctx)
		return err
	}, func(err error) {
		if err != nil || d == ChangeCorrected {
			done(err)
		}
		if err == nil {
			m.changed(d, effect)
		} else {
			m.refresh() // it may be stored, and only the log not judged by it
		}
	})
}
