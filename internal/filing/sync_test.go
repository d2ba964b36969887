package filing_test

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"quietline/internal/domain"
	"quietline/internal/filing"
	"quietline/internal/progress"
	"quietline/internal/testkit"
)

// cases is an endpoint that tells cases: the stories by receipt number, a page
// of two at a time.
type cases struct {
	*fake
	mu      sync.Mutex
	stories map[string]story
	asked   []string // what was asked, in order
	date    time.Time
	// fail answers instead, where it gives something.
	fail func(call string) (filing.Outcome, bool)
	// withdrawals are answers to withdrawals, in order.
	withdrawals []filing.CaseAnswer
}

func (f *cases) ask(call string) (filing.Outcome, bool) {
	f.asked = append(f.asked, call)
	if f.fail == nil {
		return filing.Outcome{}, false
	}
	return f.fail(call)
}

func (f *cases) ReadCase(_ context.Context, number, etag string) filing.CaseAnswer {
	f.mu.Lock()
	defer f.mu.Unlock()
	if out, bad := f.ask("read " + number); bad {
		return filing.CaseAnswer{Result: filing.CaseFailed, Failure: out}
	}
	s, ok := f.stories[number]
	tag := fmt.Sprintf(`"%d"`, len(s))
	switch {
	case !ok:
		return filing.CaseAnswer{Result: filing.CaseMissing, Failure: filing.Outcome{Kind: filing.OutcomeRejected, ErrorKey: "case.missing"}}
	case etag == tag:
		return filing.CaseAnswer{Result: filing.CaseUnchanged, ETag: etag}
	}
	c := s.whole(len(s) - 1)
	c.ReceiptNumber = number
	return filing.CaseAnswer{Result: filing.CaseRead, Case: c, ETag: tag}
}

func (f *cases) ChangedCases(_ context.Context, since time.Time, cursor string) filing.CasePage {
	f.mu.Lock()
	defer f.mu.Unlock()
	if out, bad := f.ask("list " + cursor); bad {
		return filing.CasePage{Result: filing.CaseFailed, Failure: out}
	}
	var numbers []string
	for n, s := range f.stories {
		if !s[len(s)-1].At.Before(since) && n > cursor {
			numbers = append(numbers, n)
		}
	}
	slices.Sort(numbers)
	p := filing.CasePage{Result: filing.CaseRead, Date: f.date}
	for i, n := range numbers {
		if i == 2 {
			p.Next = numbers[1]
			break
		}
		c := f.stories[n].bare(len(f.stories[n]) - 1)
		c.ReceiptNumber = n
		p.Cases = append(p.Cases, c)
	}
	return p
}

func (f *cases) Withdraw(_ context.Context, number, reason string) filing.CaseAnswer {
	f.mu.Lock()
	defer f.mu.Unlock()
	f.asked = append(f.asked, "withdraw "+number+" "+reason)
	a := f.withdrawals[0]
	f.withdrawals = f.withdrawals[1:]
	return a
}

func (f *cases) count(prefix string) (n int) {
	for _, a := range f.asked {
		if strings.HasPrefix(a, prefix) {
			n++
		}
	}
	return n
}

// listening is a desk whose endpoint tells cases, with n complaints filed.
func listening(t *testing.T, n int) (*desk, *cases, []domain.Complaint) {
	t.Helper()
	d := newDesk(t)
	f := &cases{fake: d.ends.fake, stories: map[string]story{}}
	d.ends.cases = f
	d.channel("office")
	d.queue(n)
	d.run(filing.RunOptions{})
	page, err := d.file.Complaints(t.Context(), domain.ComplaintFilter{}, domain.Page{Limit: 100})
	if err != nil {
		t.Fatal(err)
	}
	for _, c := range page.Complaints {
		f.stories[c.ReceiptNumber] = story{{State: domain.CaseReceived, At: d.clock.Now()}}
	}
	return d, f, page.Complaints
}

func (f *cases) change(number string, at time.Time, state domain.CaseState, note string) {
	f.stories[number] = append(f.stories[number], filing.CaseEntry{State: state, At: at, Note: note})
}

func (d *desk) sync(o filing.SyncOptions) (filing.SyncSummary, []filing.CaseChange) {
	d.t.Helper()
	var told []filing.CaseChange
	o.OnChange = func(c filing.CaseChange) { told = append(told, c) }
	s, err := d.outbox.Sync(d.t.Context(), o)
	if err != nil {
		d.t.Fatal(err)
	}
	return s, told
}

// another puts a complaint about a call of its own into the outbox.
func (d *desk) another() domain.ComplaintID {
	d.t.Helper()
	c, err := d.file.New(d.t.Context(), filing.ComplaintInput{
		Number: "95013000", At: testkit.Epoch().AddDate(0, 0, -7), Category: domain.CategoryLoan, Language: "zh-Hans",
	})
	if err != nil {
		d.t.Fatal(err)
	}
	return c.ID
}

// lines are the case's lines of a timeline.
func (d *desk) lines(id domain.ComplaintID) (out []string) {
	for _, e := range d.show(id).Timeline {
		if e.Kind == "case_state" {
			out = append(out, string(e.CaseState)+" "+e.Note)
		}
	}
	return out
}

func TestSyncTellsWhatIsNewOnce(t *testing.T) {
	d, f, list := listening(t, 3)
	c := list[1]
	if s, told := d.sync(filing.SyncOptions{}); s.Changed != 0 || len(told) != 0 || s.Read != 0 {
		t.Errorf("nothing happened, but %+v, %+v", s, told)
	}
	d.clock.Advance(time.Hour)
	f.change(c.ReceiptNumber, d.clock.Now().Add(-time.Minute), domain.CaseAccepted, "taken")
	f.change(c.ReceiptNumber, d.clock.Now(), "under_review", "at the office")
	s, told := d.sync(filing.SyncOptions{})
	want := filing.CaseChange{
		ID: c.ID, ReceiptNumber: c.ReceiptNumber, SendState: domain.SendSent, Before: domain.CaseReceived, After: "under_review",
		Last: filing.CaseEntry{State: "under_review", At: d.clock.Now(), Note: "at the office"}, Added: 2,
	}
	if len(told) == 1 {
		told[0].Last.At = told[0].Last.At.In(want.Last.At.Location())
	}
	if s.Changed != 1 || s.Read != 1 || len(told) != 1 || told[0] != want || !s.Complete() {
		t.Errorf("%+v, %+v", s, told)
	}
	if got := d.lines(c.ID); !slices.Equal(got, []string{"received ", "accepted taken", "under_review at the office"}) {
		t.Errorf("%q", got)
	}
	if got := d.show(c.ID).Complaint.CaseState; got != "under_review" {
		t.Errorf("the endpoint's own word became %q", got)
	}
	before := len(f.asked)
	if s, told := d.sync(filing.SyncOptions{}); s.Changed != 0 || len(told) != 0 || len(f.asked) > before+2 {
		t.Errorf("the same again: %+v, %+v, %q", s, told, f.asked[before:])
	}
}

func TestSyncGoesByTheEndpointsClock(t *testing.T) {
	d, f, list := listening(t, 1)
	c := list[0]
	office := d.clock.Now().AddDate(0, -1, 0) // a month behind
	f.stories[c.ReceiptNumber] = story{{State: domain.CaseReceived, At: office}}
	f.date = office
	d.sync(filing.SyncOptions{})
	d.clock.Advance(time.Hour)
	office = office.Add(time.Hour)
	f.date = office
	f.change(c.ReceiptNumber, office, domain.CaseAccepted, "")
	if _, told := d.sync(filing.SyncOptions{}); len(told) != 1 || told[0].After != domain.CaseAccepted {
		t.Errorf("%+v", told)
	}
	// It is put back by a day: what it stamps now lies before what was known.
	office = office.Add(-24 * time.Hour)
	f.date = office
	f.change(c.ReceiptNumber, office, domain.CaseClosed, "")
	if _, told := d.sync(filing.SyncOptions{}); len(told) != 1 || told[0].After != domain.CaseClosed {
		t.Errorf("after it was put back: %+v", told)
	}
}

func TestSyncReadsWhereThereIsNoList(t *testing.T) {
	d, f, list := listening(t, 3)
	f.fail = func(call string) (filing.Outcome, bool) {
		return filing.Outcome{Kind: filing.OutcomeRejected, HTTPStatus: 400, ErrorKey: "channel.rejected"}, strings.HasPrefix(call, "list")
	}
	f.change(list[0].ReceiptNumber, d.clock.Now(), domain.CaseClosed, "done")
	d.clock.Advance(time.Minute)
	var counter progress.Counter
	s, told := d.sync(filing.SyncOptions{Counter: &counter})
	if s.Read != 3 || len(told) != 1 || !s.Complete() || counter.Snapshot().Items != 3 {
		t.Errorf("%+v, %+v, counted %d", s, told, counter.Snapshot().Items)
	}
	// What is settled is not asked again; the others are, with their tags.
	d.clock.Advance(time.Minute)
	if s, told := d.sync(filing.SyncOptions{}); s.Read != 2 || len(told) != 0 {
		t.Errorf("%+v, %+v", s, told)
	}
	// And nobody waits for a quiet run.
	if s, _ := d.sync(filing.SyncOptions{Quiet: true}); s.Read != 0 {
		t.Errorf("%+v", s)
	}
	delete(f.stories, list[1].ReceiptNumber)
	d.clock.Advance(2 * time.Hour)
	if s, _ := d.sync(filing.SyncOptions{Quiet: true}); s.Read != 2 || s.Missing != 1 {
		t.Errorf("%+v", s)
	}
}

func TestSyncObeysTheChannel(t *testing.T) {
	for name, tc := range map[string]struct {
		out     filing.Outcome
		paused  string
		resting bool
	}{
		"401": {filing.Outcome{Kind: filing.OutcomeUnauthorised, HTTPStatus: 401, ErrorKey: "channel.unauthorised"}, domain.PausedUnauthorised, true},
		"403": {filing.Outcome{Kind: filing.OutcomeForbidden, HTTPStatus: 403, ErrorKey: "channel.forbidden"}, domain.PausedForbidden, true},
		"429": {filing.Outcome{Kind: filing.OutcomeRetry, HTTPStatus: 429, Hold: true, RetryAfter: time.Hour, ErrorKey: "channel.too_many_requests"}, "", true},
		"500": {filing.Outcome{Kind: filing.OutcomeRetry, HTTPStatus: 500, ErrorKey: "channel.endpoint_fault"}, "", false},
	} {
		t.Run(name, func(t *testing.T) {
			d, f, _ := listening(t, 2)
			f.fail = func(string) (filing.Outcome, bool) { return tc.out, true }
			s, _ := d.sync(filing.SyncOptions{})
			if len(s.Failed) != 1 || domain.KeyOf(s.Failed[0].Err) != tc.out.ErrorKey || s.Complete() || len(f.asked) != 1 {
				t.Fatalf("%+v, asked %q", s, f.asked)
			}
			ch, err := d.store.ChannelByName(t.Context(), "office")
			if err != nil || ch.Paused != tc.paused {
				t.Errorf("paused %q, %v", ch.Paused, err)
			}
			s, _ = d.sync(filing.SyncOptions{})
			if again := len(f.asked) > 1; again == tc.resting || s.Resting != 0 != tc.resting {
				t.Errorf("%+v, asked %q", s, f.asked)
			}
		})
	}
}

func TestSyncIsBounded(t *testing.T) {
	d, f, _ := listening(t, 1)
	endless := &endlessList{cases: f}
	d.ends.cases, d.ends.endpoint = nil, endless
	s, _ := d.sync(filing.SyncOptions{})
	if len(s.Failed) != 1 || endless.pages != 1000 {
		t.Errorf("%d pages, %+v", endless.pages, s)
	}
	endless.pages, endless.circle = 0, true
	if s, _ = d.sync(filing.SyncOptions{}); len(s.Failed) != 1 || endless.pages != 2 {
		t.Errorf("%d pages of a circle, %+v", endless.pages, s)
	}
}

// endlessList always has another page.
type endlessList struct {
	*cases
	pages  int
	circle bool
}

func (f *endlessList) ChangedCases(context.Context, time.Time, string) filing.CasePage {
	f.pages++
	next := fmt.Sprint("p", f.pages)
	if f.circle {
		next = "p"
	}
	return filing.CasePage{Result: filing.CaseRead, Next: next}
}

func TestSyncAsksForReceiptNumbersThatAreDue(t *testing.T) {
	d := newDesk(t)
	f := &cases{fake: d.ends.fake, stories: map[string]story{}}
	d.ends.cases = f
	d.channel("office")
	f.script = []answer{{out: filing.Outcome{Kind: filing.OutcomeToken, Token: "t1", RetryAfter: time.Hour}}}
	id := d.queue(1)[0]
	d.run(filing.RunOptions{})
	other := d.another()
	if s, told := d.sync(filing.SyncOptions{}); s.Waiting != 1 || len(told) != 0 {
		t.Errorf("not due: %+v, %+v", s, told)
	}
	d.clock.Advance(2 * time.Hour)
	s, told := d.sync(filing.SyncOptions{})
	if s.Numbers != 1 || len(told) != 1 || told[0].ID != id || told[0].ReceiptNumber != "R-t1" || told[0].SendState != domain.SendSent {
		t.Errorf("%+v, %+v", s, told)
	}
	if got := d.show(other).Complaint.SendState; got != domain.SendQueued {
		t.Errorf("what was queued is %s: sync files nothing", got)
	}
}

func TestTwoSyncsAtOnceDoNoHarm(t *testing.T) {
	d, f, list := listening(t, 5)
	for i, c := range list {
		f.change(c.ReceiptNumber, d.clock.Now().Add(time.Duration(i)*time.Second), domain.CaseAccepted, "")
		f.change(c.ReceiptNumber, d.clock.Now().Add(time.Duration(i)*time.Minute), domain.CaseClosed, "end")
	}
	var wg sync.WaitGroup
	for range 3 {
		wg.Go(func() {
			if _, err := d.outbox.Sync(context.Background(), filing.SyncOptions{}); err != nil {
				t.Error(err)
			}
		})
	}
	wg.Wait()
	for _, c := range list {
		if got := d.lines(c.ID); !slices.Equal(got, []string{"received ", "accepted ", "closed end"}) {
			t.Errorf("%q", got)
		}
	}
}
