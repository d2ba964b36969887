package calls

import (
	"context"
	"maps"
	"slices"
	"time"

	"quietline/internal/domain"
	"quietline/internal/journal"
	"quietline/internal/progress"
	"quietline/internal/testkit"
	"quietline/internal/ui/uitest"
)

// book is a call log whose answers the test writes.
type book struct {
	people   []domain.Person
	calls    map[domain.CallID]domain.Call
	count    int64
	cards    []string
	preview  journal.Preview
	restored []domain.CallID
	removed  []domain.CallID
	full     int // after so many marks the disk is full; 0 for never
	rejects  int // how many rows of every file cannot be read
	err      error
	asked    []domain.CallFilter
	marked   []string
	added    []journal.CallInput
	imports  []journal.ImportRequest
	exported []journal.CallSelection
	during   func(context.Context, *progress.Counter) error // while a file is read
}

func (b *book) People(context.Context) ([]domain.Person, error) { return b.people, b.err }

func (b *book) Former(context.Context, domain.PersonID) (domain.Person, error) {
	return domain.Person{}, b.err
}

func (b *book) Calls(_ context.Context, f domain.CallFilter, _ domain.Page) (journal.CallPage, error) {
	b.asked = append(b.asked, f)
	return journal.CallPage{}, b.err
}

func (b *book) IndexCalls(_ context.Context, f domain.CallFilter, _ int) (journal.CallIndex, error) {
	b.asked = append(b.asked, f)
	return journal.CallIndex{Count: b.count}, b.err
}

func (b *book) Call(_ context.Context, id domain.CallID) (domain.Call, error) {
	c, ok := b.calls[id]
	if !ok && b.err == nil {
		return c, domain.E("t", domain.NotFound, "call.not_found", nil, nil)
	}
	return c, b.err
}

func (b *book) Card(_ context.Context, input, _ string) (journal.Card, error) {
	b.cards = append(b.cards, input)
	return journal.Card{Logged: true, NumberLog: journal.NumberLog{Calls: b.count}}, b.err
}

func (b *book) Preview(context.Context, journal.PreviewRequest) (journal.Preview, error) {
	return b.preview, b.err
}

func (b *book) EachCall(
	ctx context.Context, what journal.CallSelection, take func(domain.Call) error, c *progress.Counter,
) error {
	b.exported = append(b.exported, what)
	if b.during != nil {
		if err := b.during(ctx, c); err != nil {
			return err
		}
	}
	for _, k := range b.sorted() {
		if len(what.IDs) > 0 && !slices.Contains(what.IDs, k.ID) {
			continue
		}
		if err := take(k); err != nil {
			return err
		}
	}
	return b.err
}

// sorted are the calls by their IDs, the newest first.
func (b *book) sorted() []domain.Call {
	out := slices.Collect(maps.Values(b.calls))
	slices.SortFunc(out, func(x, y domain.Call) int { return int(y.ID - x.ID) })
	return out
}

func (b *book) RemoveCalls(_ context.Context, ids []domain.CallID) (journal.Removed, error) {
	b.removed = append(b.removed, ids...)
	return journal.Removed{Extent: journal.Extent{Calls: int64(len(ids))}, Undo: func(context.Context) error {
		b.restored = append(b.restored, ids...)
		return b.err
	}}, b.err
}

func (b *book) MarkCall(_ context.Context, id domain.CallID, c domain.Category, how []domain.Technique, note string) error {
	if b.full > 0 && len(b.marked) >= b.full {
		return domain.E("t", domain.Unavailable, "store.full", nil, nil)
	}
	b.marked = append(b.marked, string(c)+" "+note)
	if k, ok := b.calls[id]; ok && b.err == nil {
		k.Category, k.Techniques, k.Note = c, how, note
		b.calls[id] = k
	}
	return b.err
}

func (b *book) AddCall(_ context.Context, in journal.CallInput) (domain.Call, error) {
	b.added = append(b.added, in)
	return domain.Call{ID: 77, Display: in.Number}, b.err
}

func (b *book) Import(ctx context.Context, r journal.ImportRequest, c *progress.Counter) (journal.ImportReport, error) {
	b.imports = append(b.imports, r)
	report := journal.ImportReport{Rows: 3 + b.rejects, Imported: 2, Duplicates: 1, Rejected: b.rejects}
	for i := range b.rejects {
		x := journal.RowRemark{Line: i + 2, Reason: "time", Text: "row"}
		if i < journal.MaxRejects {
			report.Rejects = append(report.Rejects, x)
		}
		if r.OnReject != nil {
			r.OnReject(x)
		}
	}
	if b.during != nil {
		return report, b.during(ctx, c)
	}
	return report, nil
}

// bench is a model with everything that it said.
type bench struct {
	*Model
	book   *book
	files  shelf
	desk   desk
	events []string
	failed []error
	queue  []func() // what waits to be done, where hold is set
	hold   bool
}

// run does work at once, or keeps the end of it back until settle.
func (b *bench) run(work func(context.Context) error, done func(error)) func() {
	ctx, cancel := context.WithCancel(context.Background())
	if b.hold {
		b.queue = append(b.queue, func() { done(work(ctx)) })
	} else {
		done(work(ctx))
	}
	return cancel
}

func (b *bench) said(name string) func() { return func() { b.events = append(b.events, name) } }

func newBench() *bench {
	b := &bench{book: &book{people: uitest.People(), calls: map[domain.CallID]domain.Call{}}}
	for _, c := range uitest.Calls() {
		b.book.calls[c.ID] = c
	}
	b.Model = NewModel(ModelParams{
		Journal: b.book, Checker: &uitest.Checker{}, Files: &b.files, Filing: &b.desk, Clock: testkit.NewClock(), Run: b.run, Write: b.run,
		ReadTime: func(s string) (time.Time, error) { return domain.ParseTime(s, nil) },
		Events: Events{
			List: b.said("list"), People: b.said("people"), Panel: b.said("panel"), Log: b.said("log"),
			LogVerdict: b.said("verdict"), Logged: func(domain.Call) { b.said("logged")() },
			Removed: b.said("removed"), Columns: b.said("columns"),
			Changed: func(*Change) { b.said("changed")() }, Output: b.said("output"), Drafts: b.said("drafts"), Import: b.said("import"), Stored: b.said("stored"),
			Failed: func(err error) { b.failed = append(b.failed, err) },
		},
	})
	return b
}
