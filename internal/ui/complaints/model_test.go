package complaints

import (
	"context"
	"errors"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"quietline/internal/domain"
	"quietline/internal/testkit"
	"quietline/internal/ui/uitest"
)

// bench is a model with everything that it said.
type bench struct {
	*Model
	*office
	events []string
	failed []error
	queue  []func() // what waits to be done, where hold is set
	hold   bool
}

// run does work at once, or keeps it back until the test lets it run.
func (b *bench) run(work func(context.Context) error, done func(error)) func() {
	if b.hold {
		err := work(context.Background())
		b.queue = append(b.queue, func() { done(err) })
	} else {
		done(work(context.Background()))
	}
	return func() {}
}

func newBench() *bench {
	b := &bench{office: newOffice(testkit.NewClock())}
	said := func(name string) func() { return func() { b.events = append(b.events, name) } }
	b.Model = NewModel(ModelParams{
		Filing: b.service, Journal: b.log, Checker: &uitest.Checker{},
		ReadTime: func(s string) (time.Time, error) { return domain.ParseTime(s, nil) },
		Run:      b.run, Write: b.run,
		Events: Events{
			List: said("list"), Counts: said("counts"), Detail: said("detail"), Form: said("form"),
			Fields: said("fields"), Blamed: said("blamed"), Verdict: said("verdict"), Guard: said("guard"), Asked: said("asked"),
			Related: said("related"),
			Stored:  func(d Deed, _ domain.Complaint) { said(string(d))() },
			Failed:  func(err error) { b.failed = append(b.failed, err) },
		},
	})
	return b
}

func (b *bench) list(t *testing.T) string {
	t.Helper()
	rows, err := b.Page(t.Context(), "", 100)
	if err != nil {
		t.Fatal(err)
	}
	return ids(rows)
}

func problems(f *Form) []string {
	var out []string
	for _, p := range f.Problems {
		out = append(out, p.Field+" "+p.Key)
	}
	return out
}

func TestSegmentsAndCounts(t *testing.T) {
	b := newBench()
	if b.Empty() {
		t.Error("nothing is known yet, so nothing is empty")
	}
	b.Reload()
	if !b.Empty() {
		t.Error("there is no complaint")
	}
	b.history()
	b.Reload()
	for s, n := range map[Segment]int64{SegmentDrafts: 1, SegmentOutbox: 4, SegmentFiled: 1, SegmentAside: 1} {
		if b.Count(s) != n {
			t.Errorf("%s: %d, want %d", s, b.Count(s), n)
		}
	}
	want(t, "outbox", b.list(t), "7 5 4 3")
	b.ShowSegment(SegmentFiled)
	want(t, "filed", b.list(t), "2")
	b.ShowSegment("nonsense")
	want(t, "still filed", b.list(t), "2")
}

func TestAVisitBeginsWhereSomethingIs(t *testing.T) {
	for _, tc := range []struct {
		name   string
		states []domain.SendState
		want   Segment
	}{
		{"nothing at all", nil, SegmentOutbox},
		{"only drafts", []domain.SendState{domain.SendDraft}, SegmentDrafts},
		{"drafts and filed", []domain.SendState{domain.SendDraft, domain.SendSent}, SegmentFiled},
		{"something waits", []domain.SendState{domain.SendSent, domain.SendRetry}, SegmentOutbox},
	} {
		t.Run(tc.name, func(t *testing.T) {
			b := newBench()
			for i, s := range tc.states {
				b.file(s, i+1)
			}
			b.Reload()
			if b.Segment() != tc.want {
				t.Errorf("begins with %s, want %s", b.Segment(), tc.want)
			}
			b.ShowSegment(SegmentOutbox)
			b.Refresh()
			if b.Segment() != SegmentOutbox {
				t.Errorf("moved to %s under the hand", b.Segment())
			}
		})
	}
}

func TestLateDetailIsDropped(t *testing.T) {
	b := newBench()
	b.history()
	b.hold = true
	b.Open("00000003-0000-4000-8000-000000000000")
	b.Open("00000005-0000-4000-8000-000000000000")
	b.queue[1]()
	b.queue[0]()
	if d, ok := b.Detail(); !ok || d.Complaint.SendState != domain.SendFailed {
		t.Errorf("%v %s: the older answer came last and must not count", ok, d.Complaint.SendState)
	}
	b.Open("00000007-0000-4000-8000-000000000000")
	b.CloseDetail()
	b.queue[2]()
	if _, ok := b.Detail(); ok || b.OpenID() != "" {
		t.Error("closed, but open again")
	}
}

func TestLateCountsAreDropped(t *testing.T) {
	b := newBench()
	b.hold = true
	b.Refresh()
	b.history()
	b.Refresh()
	b.queue[1]()
	b.queue[0]()
	if b.Count(SegmentOutbox) != 4 {
		t.Errorf("%d", b.Count(SegmentOutbox))
	}
}

func TestJumpBringsTheListAlong(t *testing.T) {
	b := newBench()
	b.history()
	b.Search("x")
	b.Jump("00000002")
	if b.Segment() != SegmentFiled || b.Text() != "" {
		t.Errorf("%s %q", b.Segment(), b.Text())
	}
	want(t, "list", b.list(t), "2")
	// A complaint that goes on while it is looked at moves nothing.
	b.Jump("00000007")
	b.desk.complaints[6].SendState = domain.SendSent
	b.Refresh()
	if d, _ := b.Detail(); b.Segment() != SegmentOutbox || d.Complaint.SendState != domain.SendSent {
		t.Errorf("%s %s", b.Segment(), d.Complaint.SendState)
	}
}

func TestCancelThatComesTooLate(t *testing.T) {
	b := newBench()
	b.history()
	b.Jump("00000007")
	b.desk.complaints[6].SendState = domain.SendSending
	b.Cancel()
	if len(b.failed) != 1 || domain.KeyOf(b.failed[0]) != "complaint.not_cancellable" {
		t.Fatalf("%v", b.failed)
	}
	if d, _ := b.Detail(); d.Complaint.SendState != domain.SendSending {
		t.Errorf("what is true now is shown, not %s", d.Complaint.SendState)
	}
}

func TestPrefillFromCalls(t *testing.T) {
	b := newBench()
	b.log.calls[1] = domain.Call{
		ID: 8, PersonID: 1, Number: "95013000", Display: "95013000", StartedAt: testkit.Epoch(),
		Techniques: []domain.Technique{domain.TechniqueRecorded}, Category: domain.CategoryFraud,
	}
	b.Reload()
	b.NewForCalls([]domain.CallID{9, 8})
	f := b.Form()
	if f.Number != "95013000" || f.Person != 1 || f.Busy || f.Changed || len(f.Calls) != 2 {
		t.Fatalf("%+v", f)
	}
	if f.Calls[0].ID != 8 || f.Category != domain.CategoryFraud || f.Check.Verdict != domain.VerdictListedExtension {
		t.Errorf("newest first, its category, the verdict: %+v", f)
	}
	if diff := cmp.Diff([]domain.Technique{domain.TechniqueRecorded}, f.Techniques); diff != "" {
		t.Error(diff)
	}
}

func TestPrefillOfACallThatIsGone(t *testing.T) {
	b := newBench()
	b.NewForCalls([]domain.CallID{9, 1234})
	if f := b.Form(); f == nil || domain.KeyOf(f.Fault) != "call.not_found" || f.Busy {
		t.Errorf("%+v", f)
	}
}

func TestPrefillThatComesTooLate(t *testing.T) {
	b := newBench()
	b.hold = true
	b.NewForCalls([]domain.CallID{9})
	b.NewForNumber("95588")
	b.queue[0]()
	if f := b.Form(); f.Number != "95588" || f.Logged() {
		t.Errorf("%+v", f)
	}
}

func TestProblemsAtFields(t *testing.T) {
	for _, c := range []struct {
		name  string
		fill  func(*Form)
		wants []string
		fault string
	}{
		{"nothing filled in", func(f *Form) { *f = Form{} }, []string{
			"/calls/0/started_at complaint.at_required", "/caller/number complaint.number_required", "/category complaint.category_required",
		}, ""},
		{"fine", func(*Form) {}, nil, ""},
		{"what cannot be read is not called missing", func(f *Form) { f.At, f.Duration, f.Refused = "soon", "long", "never" }, []string{
			"/calls/0/started_at time.invalid", "/calls/0/duration_seconds duration.invalid", "/refused_at time.invalid",
		}, ""},
		{"loss", func(f *Form) { f.Loss = "1,5" }, []string{"/loss/amount complaint.loss_invalid"}, ""},
		{"future", func(f *Form) { f.At = "2024-06-01 09:00" }, []string{"/calls/0/started_at complaint.at_in_future"}, ""},
		{"channel that is gone", func(f *Form) { f.Channel = "gone" }, []string{"/channel channel.not_found"}, ""},
		{"disk", nil, nil, "internal"},
	} {
		t.Run(c.name, func(t *testing.T) {
			b := newBench()
			b.NewForNumber("95013000")
			f := b.Form()
			f.At, f.Category = "2024-05-20 08:00", domain.CategoryLoan
			if c.fill != nil {
				c.fill(f)
			} else {
				b.log.err = domain.E("t", domain.Internal, "internal", nil, errors.New("disk"))
			}
			ready := false
			b.Verify("en", func() { ready = true })
			if diff := cmp.Diff(c.wants, problems(f)); diff != "" {
				t.Error(diff)
			}
			if domain.KeyOf(f.Fault) != c.fault {
				t.Errorf("fault %v", f.Fault)
			}
			if ready != (c.wants == nil && c.fault == "") || f.Busy || len(b.desk.complaints) != 0 {
				t.Errorf("ready %v, busy %v, %d stored", ready, f.Busy, len(b.desk.complaints))
			}
		})
	}
}

func TestEditForgivesItsOwnField(t *testing.T) {
	b := newBench()
	b.NewForNumber("")
	b.Verify("en", func() { t.Error("ready") })
	b.Edit(AtCalls, func(f *Form) { f.At = "2024-05-20 08:00" })
	if diff := cmp.Diff([]string{"/caller/number complaint.number_required", "/category complaint.category_required"}, problems(b.Form())); diff != "" {
		t.Error(diff)
	}
	b.Form().Problems = append(b.Form().Problems, domain.E("t", domain.Invalid, "duration.invalid", nil, nil).At(AtDuration))
	b.Edit(AtCalls, func(*Form) {})
	if len(b.Form().Problems) != 3 {
		t.Error("the duration stands below /calls, but is another field")
	}
	b.Edit(AtChannel, func(f *Form) { f.Channel = "省通信管理局" })
	if len(b.Form().Problems) != 0 {
		t.Error("another endpoint may take what this one did not")
	}
}

func TestDraftWithSomethingUnreadableIsNotStored(t *testing.T) {
	b := newBench()
	b.NewForNumber("95013000")
	b.Edit(AtCalls, func(f *Form) { f.At = "yesterday" })
	b.SaveDraft("en")
	if len(b.desk.complaints) != 0 || b.Form() == nil || b.Form().At != "yesterday" {
		t.Fatal("storing would lose what was typed")
	}
	if diff := cmp.Diff([]string{"/calls/0/started_at time.invalid"}, problems(b.Form())); diff != "" {
		t.Error(diff)
	}
	b.Edit(AtCalls, func(f *Form) { f.At = "2024-05-20 08:00:07" })
	b.SaveDraft("en")
	c := b.desk.complaints[0]
	if c.SendState != domain.SendDraft || c.Body.Calls[0].StartedAt.Second() != 7 {
		t.Errorf("%+v", c)
	}
	b.EditDraft()
	if f := b.Form(); f.ID != c.ID || f.At != "2024-05-20 08:00:07" {
		t.Errorf("the draft comes back to the second: %+v", f)
	}
}

func TestFormIsStoredOnce(t *testing.T) {
	b := newBench()
	b.NewForCalls([]domain.CallID{9})
	b.hold = true
	b.File("en")
	b.File("en")
	b.SaveDraft("en")
	if len(b.queue) != 1 {
		t.Fatalf("%d at work: a second press must do nothing", len(b.queue))
	}
	b.CloseForm()
	b.queue[0]()
	if len(b.desk.complaints) != 1 || b.OpenID() != "" {
		t.Error("stored, but the user has gone on: nothing is opened")
	}
}

func TestOnBehalf(t *testing.T) {
	b := newBench()
	b.Reload()
	b.NewForNumber("0551-96588")
	b.Edit(AtPerson, func(f *Form) { f.Person = 2 })
	b.Edit(AtCalls, func(f *Form) { f.At, f.Category = "2024-05-20 08:00", domain.CategoryLoan })
	b.File("zh-Hans")
	c := b.desk.complaints[0]
	if c.Body.Complainant.OnBehalf == nil || c.Body.Complainant.OnBehalf.Name != "奶奶" || c.PersonID != 2 {
		t.Errorf("%+v", c.Body.Complainant)
	}
}

func TestPracticeFollowsTheChannel(t *testing.T) {
	b := newBench()
	if b.Practice() {
		t.Error("nothing is known yet")
	}
	b.Reload()
	if !b.Practice() {
		t.Error("the default is the practice endpoint")
	}
	b.NewForNumber("95588")
	b.Edit(AtChannel, func(f *Form) { f.Channel = "省通信管理局" })
	if d, ok := b.Destination(); b.Practice() || !ok || d.Practice || d.URL != "https://intake.example/" {
		t.Errorf("%+v", d)
	}
}

func TestPausedChannel(t *testing.T) {
	b := newBench()
	b.history()
	b.desk.channels[0].Paused = domain.PausedForbidden
	b.Reload()
	for id, want := range map[domain.ComplaintID]bool{"00000007": true, "00000003": true, "00000002": false, "00000005": false, "00000001": false} {
		b.Jump(id)
		if _, paused := b.Paused(); paused != want {
			t.Errorf("%s: %v", id, paused)
		}
	}
}

func TestFileAnewOnlyWhereNoEndpointHoldsIt(t *testing.T) {
	b := newBench()
	b.history()
	for id, want := range map[domain.ComplaintID]bool{"00000005": true, "00000006": true, "00000002": false, "00000003": false, "00000004": false} {
		b.CloseForm()
		b.Jump(id)
		b.FileAnew()
		if (b.Form() != nil) != want {
			t.Errorf("%s: %v", id, b.Form())
		}
	}
	b.Jump("00000005")
	b.FileAnew()
	f := b.Form()
	if f.ID != "" || f.Loss != "" || f.Duration != "0:12" || f.At != "2024-05-20 08:05:00" || !b.Unsaved() {
		t.Errorf("%+v", f)
	}
	if diff := cmp.Diff([]string{"/category complaint.endpoint_says"}, problems(f)); diff != "" {
		t.Error(diff)
	}
}
