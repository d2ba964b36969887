package calls

import (
	"context"
	"errors"
	"maps"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

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
	removed  []domain.CallID
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

func (b *book) RemoveCalls(_ context.Context, ids []domain.CallID) (int64, error) {
	b.removed = append(b.removed, ids...)
	return int64(len(ids)), b.err
}

func (b *book) MarkCall(_ context.Context, id domain.CallID, c domain.Category, how []domain.Technique, note string) error {
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
			Removed: func(int64) { b.said("removed")() }, Columns: b.said("columns"),
			Changed: func(*Change) { b.said("changed")() }, Output: b.said("output"), Drafts: b.said("drafts"), Import: b.said("import"), Stored: b.said("stored"),
			Failed: func(err error) { b.failed = append(b.failed, err) },
		},
	})
	return b
}

func TestListIsAskedWithTheFilterOfTheMoment(t *testing.T) {
	b := newBench()
	b.SetFilter(Filter{Person: 2, Period: PeriodToday})
	if _, err := b.Index(t.Context(), 200); err != nil {
		t.Fatal(err)
	}
	b.SetFilter(Filter{Period: PeriodBetween, From: "soon"})
	if _, err := b.Page(t.Context(), "", 200); err != nil {
		t.Fatal(err)
	}
	want := domain.CallFilter{PersonID: 2, From: day(2024, 5, 20)}
	if diff := cmp.Diff([]domain.CallFilter{want, want}, b.book.asked); diff != "" {
		t.Errorf("a day that cannot be read changes nothing: %s", diff)
	}
	b.ClearFilter()
	if b.FilterProblems() != nil || b.Filter().Narrow() {
		t.Errorf("%+v %v", b.Filter(), b.FilterProblems())
	}
}

func TestSameFilterIsNotAskedTwice(t *testing.T) {
	b := newBench()
	b.SetFilter(Filter{Text: "a"})
	b.SetFilter(Filter{Text: "a"})
	if diff := cmp.Diff([]string{"list"}, b.events); diff != "" {
		t.Error(diff)
	}
}

func TestPanelOfACallThatIsNoLongerOpen(t *testing.T) {
	b := newBench()
	b.hold = true
	b.book.count = 3
	b.Open(b.book.calls[9])
	b.Open(b.book.calls[7])
	b.book.count = 5
	b.queue[1]()
	b.book.count = 3
	b.queue[0]() // how often the first number called: too late
	if p := b.Panel(); p.Call.ID != 7 || p.Card.Calls != 5 {
		t.Errorf("call %d called %d times", p.Call.ID, p.Card.Calls)
	}
}

func TestHiddenNumberIsNotCounted(t *testing.T) {
	b := newBench()
	b.book.count = 9
	b.Open(b.book.calls[3])
	if b.Panel().Known || len(b.book.cards) != 0 {
		t.Error("an empty number would count every call there is")
	}
	if b.Filter().Narrow() {
		t.Error("and filter for nothing")
	}
}

func TestPanelIsJudgedWhereThePhoneRang(t *testing.T) {
	c := &uitest.Checker{}
	b := newBench()
	b.p.Checker = c
	b.Reload()
	b.Open(b.book.calls[4])
	if diff := cmp.Diff([]string{"安徽"}, c.Provinces); diff != "" {
		t.Error(diff)
	}
}

func TestNoteIsStoredOnce(t *testing.T) {
	b := newBench()
	b.Open(b.book.calls[9])
	b.Save()
	if len(b.book.marked) != 0 {
		t.Fatal("nothing was written")
	}
	b.Write(domain.CategoryFraud, nil, " 骗子 \n")
	b.Save()
	b.Save()
	if diff := cmp.Diff([]string{"fraud 骗子"}, b.book.marked); diff != "" {
		t.Error(diff)
	}
}

func TestWhatIsWrittenWhileStoringIsStoredToo(t *testing.T) {
	b := newBench()
	b.Open(b.book.calls[9])
	b.hold = true
	b.Write("", nil, "one")
	b.Save()
	b.Write("", nil, "one two")
	b.Save()
	b.hold = false
	b.queue[0]()
	if diff := cmp.Diff([]string{" one", " one two"}, b.book.marked); diff != "" {
		t.Error(diff)
	}
}

func TestReloadLeavesWhatIsBeingWritten(t *testing.T) {
	b := newBench()
	b.Open(b.book.calls[7])
	b.Write("", nil, "mine")
	other := b.book.calls[7]
	other.Note, other.Display = "from another window", "95588 "
	b.book.calls[7] = other
	b.Reload()
	if p := b.Panel(); p.Note != "mine" || p.Call.Display != "95588 " {
		t.Errorf("%+v", p)
	}
}

func TestLogForm(t *testing.T) {
	for _, c := range []struct {
		name     string
		at       string
		duration string
		problems []string
		added    int
	}{
		{"whole", "2024-05-20 08:00", "1:05", nil, 1},
		{"without duration", "2024-05-20 08:00", " ", nil, 1},
		{"without time: the use case says so", "", "", nil, 1},
		{"both unreadable", "soon", "long", []string{"/started_at time.invalid", "/duration duration.invalid"}, 0},
	} {
		t.Run(c.name, func(t *testing.T) {
			b := newBench()
			b.OpenLog("95013000")
			b.EditLog(func(f *LogForm) { f.At, f.Duration, f.Note = c.at, c.duration, "note" })
			b.StoreLog()
			if len(b.book.added) != c.added {
				t.Fatalf("%d added", len(b.book.added))
			}
			if c.added == 1 {
				if b.Log() != nil {
					t.Error("stored, but still open")
				}
				return
			}
			var list domain.Problems
			if !errors.As(b.Log().Err, &list) || b.Log().Note != "note" {
				t.Fatalf("%+v", b.Log())
			}
			var keys []string
			for _, p := range list {
				keys = append(keys, p.Field+" "+p.Key)
			}
			if diff := cmp.Diff(c.problems, keys); diff != "" {
				t.Error(diff)
			}
		})
	}
}

func TestLogFormStaysWithItsProblem(t *testing.T) {
	b := newBench()
	b.OpenLog("")
	b.EditLog(func(f *LogForm) { f.At = "2024-05-20 08:00" })
	b.book.err = domain.E("t", domain.Conflict, "call.exists", nil, nil)
	b.StoreLog()
	if f := b.Log(); f == nil || f.Busy || domain.KeyOf(f.Err) != "call.exists" {
		t.Fatalf("%+v", f)
	}
	b.hold = true
	b.StoreLog()
	b.CloseLog()
	b.queue[0]()
	if len(b.failed) != 1 {
		t.Error("the form is gone, so the failure has to be said elsewhere")
	}
}

func TestLogIsForThePersonOfTheList(t *testing.T) {
	b := newBench()
	b.SetFilter(Filter{Person: 2})
	b.OpenLog("")
	if b.Log().Person != 2 {
		t.Errorf("%d", b.Log().Person)
	}
}

func TestImportOfSeveralFiles(t *testing.T) {
	b := newBench()
	b.OfferImport([]string{"/x/a.csv"})
	b.EditImport(func(i *Import) { i.Person, i.OwnNumber, i.Year = 2, "13800138000", 2024 })
	b.OfferImport([]string{"/y/b.csv", "/x/a.csv"})
	b.RunImport()
	job := b.Import()
	if got := strings.Join(job.Names(), " "); got != "a.csv b.csv" || job.Person != 2 || job.Stage != StageDone {
		t.Fatalf("%q for %d at stage %d", got, job.Person, job.Stage)
	}
	if total := job.Total(); total.Rows != 6 || total.Imported != 4 || total.Duplicates != 2 || job.Failed() {
		t.Errorf("%+v", total)
	}
	for _, r := range b.book.imports {
		if r.PersonID != 2 || r.OwnNumber != "13800138000" || r.Year != 2024 {
			t.Errorf("%+v", r)
		}
	}
	b.EditImport(func(*Import) { t.Error("the files are read already") })
	b.ImportAgain()
	if again := b.Import(); again == job || again.Stage != StageChoosing || again.OwnNumber != "13800138000" || len(again.Paths) != 2 {
		t.Errorf("%+v", again)
	}
}

func TestImportIsStopped(t *testing.T) {
	b := newBench()
	b.book.during = func(ctx context.Context, c *progress.Counter) error {
		c.AddItems(2)
		b.StopImport() // the user presses Cancel while the first file is read
		return domain.E("t", domain.Cancelled, "cancelled", nil, ctx.Err())
	}
	b.hold = true
	b.OfferImport([]string{"/x/a.csv", "/x/b.csv"})
	b.RunImport()
	if !b.Importing() || b.OfferImport([]string{"/x/c.csv"}) {
		t.Error("while files are read, others have to wait")
	}
	b.queue[0]()
	job := b.Import()
	first, second := job.Reports[0], job.Reports[1]
	if domain.KindOf(first.Err) != domain.Cancelled || first.Imported != 2 || first.Untouched {
		t.Errorf("first: %+v", first)
	}
	if !second.Untouched || second.File != "b.csv" || len(b.book.imports) != 1 || !job.Failed() {
		t.Errorf("second: %+v", second)
	}
	if got := job.Counter.Snapshot().Items; got != 2 {
		t.Errorf("%d items", got)
	}
	b.DropImport()
	if b.Import() != nil {
		t.Error("the report was put away")
	}
}

func TestEmptyDropIsNothing(t *testing.T) {
	b := newBench()
	if b.OfferImport(nil) || b.Import() != nil {
		t.Error("an import of no files")
	}
	b.RunImport()
	b.StopImport()
	if len(b.book.imports) != 0 {
		t.Error("imported")
	}
}

// The boxes of an open call are stored with it, and taking one back is nothing
// to store.
func TestTechniquesOfACall(t *testing.T) {
	b := newBench()
	b.Open(b.book.calls[7])
	p := b.Panel()
	b.Write(p.Category, []domain.Technique{domain.TechniqueNight, domain.TechniqueRecorded}, p.Note)
	if !p.Changed() {
		t.Fatal("nothing to store")
	}
	b.Save()
	if p.Changed() || len(p.Call.Techniques) != 2 {
		t.Errorf("%+v", p)
	}
	b.Write(p.Category, []domain.Technique{domain.TechniqueRecorded, domain.TechniqueNight}, p.Note)
	if p.Changed() {
		t.Error("another order is no change")
	}
	b.Write(p.Category, nil, p.Note)
	if !p.Changed() {
		t.Error("taking both back is a change")
	}
}
