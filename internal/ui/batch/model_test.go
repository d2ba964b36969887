package batch

import (
	"context"
	"errors"
	"slices"
	"testing"

	"github.com/google/go-cmp/cmp"

	"quietline/internal/domain"
	"quietline/internal/filing"
	"quietline/internal/progress"
)

func prepared(t *testing.T) *bench {
	t.Helper()
	b := newBench(newDesk())
	if !b.OfferSheet("/home/me/calls.csv") || b.Job().Stage != Preparing || b.Job().Name() != "calls.csv" {
		t.Fatalf("%+v", b.Job())
	}
	return b
}

func TestASheetIsCheckedBeforeItIsFiled(t *testing.T) {
	b := prepared(t)
	b.Check()
	if r := b.desk.reads; len(r) != 1 || !r[0].DryRun || len(r[0].Mapping) != 0 || r[0].Language != "zh-Hans" {
		t.Fatalf("%+v", r)
	}
	if j := b.Job(); j.Stage != Checked || j.Report.Queued != 1982 || len(b.Shown()) != 6 {
		t.Fatalf("%+v", j)
	}
	b.File()
	if r := b.desk.reads; len(r) != 2 || r[1].DryRun {
		t.Fatalf("%+v", r)
	}
	if b.Job() != nil || b.OpenID() != "20240520-9" || len(b.Shown()) != 7 || !slices.Contains(b.events, "filed") {
		t.Errorf("job %v, open %q, %v", b.Job(), b.OpenID(), b.events)
	}
}

func TestAnotherChoiceVoidsTheCheck(t *testing.T) {
	for name, change := range map[string]func(b *bench){
		"column": func(b *bench) { b.SetColumn(3, filing.SheetNote) }, "channel": func(b *bench) { b.SetChannel("Jiangsu") },
		"anyway": func(b *bench) { b.SetAnyway(true) },
	} {
		b := prepared(t)
		b.Check()
		change(b)
		if b.Job().Stage != Preparing || b.Job().Report.Rows != 0 {
			t.Errorf("%s: %+v", name, b.Job())
		}
		b.Check()
		last := b.desk.reads[len(b.desk.reads)-1]
		if len(b.desk.reads) != 2 || (last.Channel == "Jiangsu") != (name == "channel") || last.Anyway != (name == "anyway") {
			t.Errorf("%s: %+v", name, last)
		}
	}
}

// A sheet is filed where it was checked, also where another channel has become the
// default since.
func TestCheckedAndFiledThroughTheSameChannel(t *testing.T) {
	b := prepared(t)
	b.Check()
	b.desk.channels[0].Default, b.desk.channels[1].Default = false, true
	b.Reload()
	b.File()
	for _, r := range b.desk.reads {
		if r.Channel != domain.PracticeChannelName {
			t.Errorf("%+v", r)
		}
	}
}

// What is checked and filed is the file that was looked at; looking again takes the
// one that is there.
func TestTheSheetThatWasLookedAt(t *testing.T) {
	b := prepared(t)
	b.desk.preview.Digest = "other"
	b.SetAnyway(true)
	b.Check()
	b.LookAgain()
	b.File()
	want := []string{"seen", "seen", "other"}
	got := []string{b.desk.looks[1].Digest, b.desk.reads[0].Digest, b.desk.reads[1].Digest}
	if !slices.Equal(got, want) || b.desk.looks[2].Digest != "" {
		t.Errorf("%q, %+v", got, b.desk.looks)
	}
}

func TestColumnsAreGivenByTheirPlace(t *testing.T) {
	b := prepared(t)
	b.SetColumn(4, filing.SheetNumber) // it moves
	if d := cmp.Diff([]filing.SheetField{"", "called_at", "category", "complainant_name", "number"}, b.Job().Fields); d != "" {
		t.Error(d)
	}
	m := b.desk.looks[len(b.desk.looks)-1].Mapping
	if m[filing.SheetNumber] != "#5" || m[filing.SheetCalledAt] != "#2" || m[filing.SheetProvince] != "" || len(m) != len(filing.SheetFields()) {
		t.Errorf("%v", m)
	}
	b.SetColumn(4, "")
	if got := b.Job().Missing(); !slices.Equal(got, []filing.SheetField{filing.SheetNumber}) {
		t.Errorf("%v", got)
	}
	b.Check()
	if len(b.desk.reads) != 0 {
		t.Error("a sheet without numbers was read")
	}
	before := len(b.desk.looks)
	b.SetColumn(99, filing.SheetNumber)
	b.SetColumn(1, filing.SheetCalledAt) // as it was
	if len(b.desk.looks) != before {
		t.Error("nothing changed, and the sheet was read again")
	}
}

func TestALaterLookWins(t *testing.T) {
	b := prepared(t)
	b.hold = true
	b.SetColumn(3, filing.SheetNote)
	b.SetColumn(3, filing.SheetProvince)
	b.queue[0], b.queue[1] = b.queue[1], b.queue[0]
	first := b.desk.preview
	b.queue[0]()
	b.desk.preview.Rows = nil
	b.queue[1]()
	if len(b.Job().Preview.Rows) != len(first.Rows) {
		t.Error("the older look was shown")
	}
}

func TestBusyTakesNothingElse(t *testing.T) {
	b := prepared(t)
	b.hold = true
	b.Check()
	if !b.Busy() || b.OfferSheet("/other.csv") {
		t.Fatal("another sheet was taken")
	}
	b.SetColumn(0, "")
	b.SetChannel("x")
	b.SetAnyway(true)
	b.File()
	b.LookAgain()
	b.CloseJob()
	if j := b.Job(); j == nil || j.Fields[0] == "" || j.Channel != domain.PracticeChannelName || j.Anyway || len(b.queue) != 1 {
		t.Errorf("%+v", j)
	}
	b.settle()
	if b.Busy() {
		t.Error("still busy")
	}
}

func TestStoppedHalfway(t *testing.T) {
	b := prepared(t)
	b.desk.during = func(ctx context.Context, _ *progress.Counter) error {
		b.Stop()
		return domain.E("t", domain.Cancelled, "cancelled", nil, ctx.Err())
	}
	b.hold = true
	b.File()
	b.settle()
	if j := b.Job(); j.Stage != Checked || domain.KindOf(j.Err) != domain.Cancelled || !slices.Contains(b.events, "stored") {
		t.Fatalf("%+v %v", j, b.events)
	}
	b.desk.during = nil
	b.File() // goes on
	if b.Job() != nil || len(b.desk.reads) != 2 {
		t.Errorf("%+v", b.Job())
	}
}

func TestWhatCannotBeRead(t *testing.T) {
	d := newDesk()
	b := newBench(d)
	d.preview, d.err = filing.SheetPreview{}, domain.E("t", domain.Invalid, "sheet.not_a_table", nil, nil)
	b.OfferSheet("/photo.jpg")
	if j := b.Job(); domain.KeyOf(j.Err) != "sheet.not_a_table" || len(j.Fields) != 0 {
		t.Fatalf("%+v", j)
	}
	b.Check()
	d.err = nil
	d.preview = preview()
	b.LookAgain()
	if j := b.Job(); j.Err != nil || len(j.Fields) != 5 || len(d.reads) != 0 {
		t.Errorf("%+v", j)
	}
	b.CloseJob()
	if b.Job() != nil {
		t.Error("still there")
	}
}

func TestBatchesAreChanged(t *testing.T) {
	b := newBench(newDesk())
	b.Open("20240520-6")
	if got, ok := b.Detail(); !ok || got.Open() != 662 || len(b.Problems()) != 2 {
		t.Fatalf("%+v", got)
	}
	b.Pause(true)
	if got, _ := b.Detail(); got.PausedAt.IsZero() {
		t.Error("not paused")
	}
	b.Pause(false)
	b.Cancel(b.OpenID())
	if got, _ := b.Detail(); got.CancelledAt.IsZero() || !slices.Contains(b.events, "cancelled") {
		t.Error("not cancelled")
	}
	if d := cmp.Diff([]string{"pause 20240520-6", "resume 20240520-6", "cancel 20240520-6"}, b.desk.did); d != "" {
		t.Error(d)
	}
	b.desk.err = errors.New("full")
	b.Cancel(b.OpenID())
	if len(b.failed) != 1 || b.Fault() == nil || !b.Loaded() {
		t.Errorf("%v %v", b.failed, b.Fault())
	}
}

func TestPapers(t *testing.T) {
	b := newBench(newDesk())
	b.Open("20240520-6")
	for _, p := range []Paper{PaperTemplate, PaperResults, PaperRejects, PaperReceipts} {
		b.WritePaper(p, "/x")
	}
	want := []string{"template  /x", "results 20240520-6 /x", "rejects 20240520-6 /x", "receipts 20240520-6 /x"}
	if d := cmp.Diff(want, b.shelf.written); d != "" {
		t.Error(d)
	}
	b.hold = true
	b.WritePaper(PaperResults, "/y")
	b.WritePaper(PaperResults, "/z")
	b.shelf.err = errors.New("full")
	b.settle()
	if len(b.shelf.written) != 5 || len(b.failed) != 1 || b.Writing() {
		t.Errorf("%v %v", b.shelf.written, b.failed)
	}
}

func TestPractice(t *testing.T) {
	b := newBench(newDesk())
	if !b.Practice() {
		t.Error("the default is the practice endpoint")
	}
	b.Open("20240520-5")
	if b.Practice() {
		t.Error("this batch is filed in earnest")
	}
	b.OfferSheet("/calls.csv")
	if !b.Practice() {
		t.Error("the sheet goes to the practice endpoint")
	}
	b.SetChannel("Jiangsu")
	if b.Practice() {
		t.Error("the sheet goes to a real endpoint")
	}
}
