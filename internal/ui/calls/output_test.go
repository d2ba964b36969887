package calls

import (
	"context"
	"errors"
	"fmt"
	"testing"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/test"
	"github.com/google/go-cmp/cmp"

	"quietline/internal/domain"
	"quietline/internal/journal"
	"quietline/internal/l10n"
	"quietline/internal/progress"
	"quietline/internal/ui/kit"
	"quietline/internal/ui/task"
	"quietline/internal/ui/uitest"
)

func TestExportIsOfTheFilterOfItsBeginning(t *testing.T) {
	b := newBench()
	b.SetFilter(Filter{Person: 2})
	b.OfferExport(9, nil)
	b.EditOutput(func(o *Output) { o.Kind = KindProgram })
	b.SetFilter(Filter{})
	b.RunOutput("/x/calls.json")
	want := []journal.CallSelection{{Filter: domain.CallFilter{PersonID: 2}}}
	if diff := cmp.Diff(want, b.book.exported); diff != "" {
		t.Error(diff)
	}
	o := b.Output()
	if o.Stage != task.Done || o.Rows != 9 || o.Err != nil || len(b.files.files["/x/calls.json"]) != 9 {
		t.Errorf("%+v", o)
	}
	b.EditOutput(func(*Output) { t.Error("it is written already") })
	b.OfferExport(9, nil)
	if b.Output().Kind != KindProgram {
		t.Error("the kind of before is offered again")
	}
}

func TestMoreCallsThanAWorkbookHolds(t *testing.T) {
	b := newBench()
	b.OfferExport(2_000_000, nil)
	if b.Output().Kind != KindText {
		t.Errorf("%s is offered", b.Output().Kind)
	}
}

func TestExportOfMarkedCalls(t *testing.T) {
	b := newBench()
	b.OfferExport(9, []domain.CallID{4, 2})
	if o := b.Output(); !o.OnlyMarked || o.Count() != 2 {
		t.Fatalf("%+v", o)
	}
	b.RunOutput("/x/calls.csv")
	if diff := cmp.Diff([]string{"4 0551-96588", "2 95013000"}, b.files.files["/x/calls.csv"]); diff != "" {
		t.Error(diff)
	}
	b.OfferExport(9, []domain.CallID{4})
	b.EditOutput(func(o *Output) { o.OnlyMarked = false })
	b.RunOutput("/x/all.csv")
	if n := len(b.files.files["/x/all.csv"]); n != 9 || b.Output().Count() != 9 {
		t.Errorf("%d of all", n)
	}
}

func TestExportThatFailsLeavesNothing(t *testing.T) {
	b := newBench()
	b.files.full = errors.New("disk full")
	b.OfferExport(9, nil)
	b.RunOutput("/x/calls.csv")
	if b.Output().Err == nil || len(b.files.files) != 0 {
		t.Fatalf("%+v, %v", b.Output(), b.files.files)
	}
	b.AgainOutput()
	b.files.full = nil
	b.RunOutput("/y/calls.csv")
	if b.Output().Err != nil || len(b.files.files["/y/calls.csv"]) != 9 {
		t.Errorf("%+v", b.Output())
	}
}

func TestExportIsStopped(t *testing.T) {
	b := newBench()
	b.hold = true
	b.OfferExport(9, nil)
	b.RunOutput("/x/calls.csv")
	first := b.Output()
	b.OfferExport(3, nil)
	if !b.Writing() || b.Output() != first {
		t.Error("while a file is written, another has to wait")
	}
	b.book.during = func(ctx context.Context, _ *progress.Counter) error {
		b.StopOutput()
		return domain.E("t", domain.Cancelled, "cancelled", nil, ctx.Err())
	}
	b.queue[0]()
	if domain.KindOf(first.Err) != domain.Cancelled || len(b.files.files) != 0 {
		t.Errorf("%+v", first)
	}
	b.DropOutput()
	if b.Output() != nil {
		t.Error("put away")
	}
}

// A report that holds all rejects is written as it is; where there were more,
// the file is read again, so that none is missing, and nothing is stored.
func TestRejectsAreAllWritten(t *testing.T) {
	for _, n := range []int{3, journal.MaxRejects + 7} {
		t.Run(fmt.Sprint(n), func(t *testing.T) {
			b := newBench()
			b.book.rejects = n
			b.OfferImport([]string{"/x/a.csv", "/x/b.csv"})
			b.EditImport(func(i *Import) { i.Person, i.Year = 2, 2024 })
			b.RunImport()
			b.book.imports = nil
			b.OfferRejects()
			b.RunOutput("/x/rejects.csv")
			rows := b.files.files["/x/rejects.csv"]
			if len(rows) != 2*n || b.Output().Rows != 2*n || rows[0] != "a.csv:2 import.reject.time row" {
				t.Fatalf("%d rows, %+v", len(rows), b.Output())
			}
			if want := fmt.Sprintf("b.csv:%d import.reject.time row", n+1); rows[2*n-1] != want {
				t.Errorf("last: %s", rows[2*n-1])
			}
			if again := n > journal.MaxRejects; again != (len(b.book.imports) == 2) {
				t.Errorf("%d files read again", len(b.book.imports))
			}
			for _, r := range b.book.imports {
				if !r.DryRun || r.PersonID != 2 || r.Year != 2024 {
					t.Errorf("%+v", r)
				}
			}
		})
	}
}

func TestRejectsOfAFileThatIsGone(t *testing.T) {
	b := newBench()
	b.book.rejects = journal.MaxRejects + 1
	b.OfferImport([]string{"/x/a.csv"})
	b.RunImport()
	b.book.rejects = 0
	b.book.during = func(context.Context, *progress.Counter) error {
		return domain.E("t", domain.NotFound, "import.file_missing", nil, nil)
	}
	b.OfferRejects()
	b.RunOutput("/x/rejects.csv")
	if domain.KeyOf(b.Output().Err) != "import.file_missing" || len(b.files.files) != 0 {
		t.Errorf("%+v", b.Output())
	}
}

func TestNoRejectsNoFile(t *testing.T) {
	b := newBench()
	b.OfferRejects()
	b.OfferImport([]string{"/x/a.csv"})
	b.RunImport()
	b.OfferRejects()
	if b.Output() != nil {
		t.Errorf("%+v", b.Output())
	}
}

func TestExportByButton(t *testing.T) {
	s := show(t, uitest.Options{Language: l10n.English}, uitest.Calls())
	s.page.model.SetFilter(Filter{Direction: domain.DirectionMissed})
	s.Layout()
	s.Press("calls.export")
	if !s.Reads("The 2 calls that fit the filters") {
		t.Fatalf("%q", s.Texts())
	}
	test.Tap(s.Button(s.Env.T("calls.export.kind.json")))
	s.Press("calls.export.where")
	path := "/home/me/calls-2024-05-20.json"
	if !s.Reads("2 calls are in the file") || !s.Reads(path) || len(s.out.files[path]) != 2 {
		t.Fatalf("%v; %q", s.out.files, s.Texts())
	}
	s.Press("kit.copy")
	if got := s.App.Clipboard().Content(); got != path {
		t.Errorf("copied %q", got)
	}
	s.Press("kit.close")
	if kit.Dialogs(s.Window.Canvas()) || s.page.model.Output() != nil {
		t.Error("it stays")
	}
}

// pausing holds every job back that begins after a page of calls was read.
type pausing struct {
	Journal
	pause func()
}

func (j pausing) Calls(ctx context.Context, f domain.CallFilter, p domain.Page) (journal.CallPage, error) {
	defer j.pause()
	return j.Journal.Calls(ctx, f, p)
}

// The first rows of a long list are there before it is counted: what is exported
// is all of it, and said to be so.
func TestExportWaitsForTheCount(t *testing.T) {
	calls := make([]domain.Call, kit.RowPage+50)
	for i := range calls {
		calls[i] = uitest.Calls()[0]
		calls[i].StartedAt = calls[i].StartedAt.Add(-time.Duration(i) * time.Hour)
	}
	s := show(t, uitest.Options{Language: l10n.English}, calls)
	s.page.model.p.Journal = pausing{s.page.model.p.Journal, func() { s.Hold = true }}
	s.page.model.SetFilter(Filter{Direction: domain.DirectionIncoming})
	s.Layout()
	s.Press("calls.export")
	if s.page.model.Output() != nil {
		t.Errorf("offers to write %d calls", s.page.model.Output().All)
	}
	s.Release()
	s.Press("calls.export")
	if !s.Reads("The 250 calls that fit the filters") {
		t.Errorf("%q", s.Texts())
	}
}

func TestExportThatFailsSaysSoAndTriesAgain(t *testing.T) {
	s := show(t, uitest.Options{Language: l10n.English}, uitest.Calls())
	s.out.fail = domain.E("t", domain.Unavailable, "report.failed", domain.Args{"File": "x"}, nil)
	s.Press("calls.export")
	s.Press("calls.export.where")
	if !s.Shows("err.report.failed", map[string]any{"File": "x"}) {
		t.Fatalf("%q", s.Texts())
	}
	s.out.fail = nil
	s.Press("calls.output.elsewhere")
	s.Press("calls.export.where")
	if !s.Reads("9 calls are in the file") {
		t.Errorf("%q", s.Texts())
	}
}

// The end of a file is shown even to those who went to another page meanwhile,
// and closing the window in the middle of it is asked about.
func TestExportGoesOnWhenThePageIsLeft(t *testing.T) {
	s := show(t, uitest.Options{Language: l10n.English}, uitest.Calls())
	s.Press("calls.export")
	s.Hold = true
	s.Press("calls.export.where")
	if _, busy := s.page.Working(); !busy {
		t.Error("a file is being written")
	}
	s.Press("kit.background")
	s.page.Leave()
	s.Release()
	if len(s.out.files) != 1 || kit.Dialogs(s.Window.Canvas()) {
		t.Fatalf("%v", s.out.files)
	}
	s.Show(s.page, kit.Route{Page: kit.PageCalls})
	if !s.Reads("9 calls are in the file") {
		t.Errorf("%q", s.Texts())
	}
}

func TestExportIsStoppedByHand(t *testing.T) {
	s := show(t, uitest.Options{Language: l10n.English}, uitest.Calls())
	s.Press("calls.export")
	s.Hold = true
	s.Press("calls.export.where")
	s.page.model.StopOutput()
	s.out.full = domain.E("t", domain.Cancelled, "cancelled", nil, nil)
	s.Release()
	if len(s.out.files) != 0 || kit.Dialogs(s.Window.Canvas()) {
		t.Errorf("%v; %q", s.out.files, s.Texts())
	}
	if diff := cmp.Diff([]string{s.Env.T("calls.output.stopped")}, s.Toasts); diff != "" {
		t.Error(diff)
	}
}

func TestRejectsByButton(t *testing.T) {
	s := show(t, uitest.Options{Language: l10n.English}, nil)
	s.page.Drop([]string{"/home/me/通话记录.csv", "/home/me/账单.csv"})
	s.Press("calls.import.start")
	s.Press("calls.rejects")
	path := "/home/me/rows-not-imported-2024-05-20.csv"
	if diff := cmp.Diff([]string{"通话记录.csv:5 import.reject.time 95013000,yesterday,40"}, s.out.files[path]); diff != "" {
		t.Fatal(diff)
	}
	if !s.Reads("1 row is in the file") || !s.Reads(path) {
		t.Errorf("%q", s.Texts())
	}
	s.Key(fyne.KeyEscape)
	if !s.Shows("calls.report") {
		t.Errorf("the report stays below: %q", s.Texts())
	}
}
