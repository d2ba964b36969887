package calls

import (
	"context"
	"errors"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"quietline/internal/domain"
	"quietline/internal/progress"
	"quietline/internal/ui/task"
	"quietline/internal/ui/uitest"
)

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

// A call may go while it is open: with the person it belongs to, or elsewhere. That
// is no fault, unless something was written about it.
func TestReloadAfterTheOpenCallWent(t *testing.T) {
	b := newBench()
	b.Open(b.book.calls[7])
	delete(b.book.calls, 7)
	b.Reload()
	if b.Panel() != nil || len(b.failed) > 0 {
		t.Errorf("%+v, %v", b.Panel(), b.failed)
	}
	b.Open(b.book.calls[9])
	b.Write("", nil, "mine")
	delete(b.book.calls, 9)
	b.Reload()
	if b.Panel() != nil || len(b.failed) != 1 || domain.KeyOf(b.failed[0]) != "call.not_found" {
		t.Errorf("%+v, %v", b.Panel(), b.failed)
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
	if got := strings.Join(job.Names(), " "); got != "a.csv b.csv" || job.Person != 2 || job.Stage != task.Done {
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
	if again := b.Import(); again == job || again.Stage != task.Choosing || again.OwnNumber != "13800138000" || len(again.Paths) != 2 {
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
