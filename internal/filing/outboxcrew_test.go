package filing_test

import (
	"context"
	"slices"
	"sync"
	"testing"
	"time"

	"quietline/internal/domain"
	"quietline/internal/filing"
	"quietline/internal/store"
	"quietline/internal/testkit"
)

// counting counts the transactions of a run.
type counting struct {
	*store.Store
	claims, records, results int
	together                 int // the most results in one

	mu    sync.Mutex
	looks int // how often a channel was looked up
}

func (c *counting) ChannelByID(ctx context.Context, id domain.ChannelID) (domain.Channel, error) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.looks++
	return c.Store.ChannelByID(ctx, id)
}

func (c *counting) Claim(ctx context.Context, r filing.ClaimRequest) ([]filing.Job, error) {
	c.claims++
	return c.Store.Claim(ctx, r)
}

func (c *counting) Record(ctx context.Context, r []filing.Result) ([]bool, error) {
	c.records++
	c.results += len(r)
	c.together = max(c.together, len(r))
	return c.Store.Record(ctx, r)
}

// Sending many costs fewer transactions than complaints.
func TestManyShareTransactions(t *testing.T) {
	const many = 600
	d := newDesk(t)
	d.channel("c")
	d.queue(many)
	s := &counting{Store: d.store}
	got, err := d.outboxOn(s, nothing).Run(t.Context(), filing.RunOptions{Concurrency: 8})
	if err != nil || got.Sent != many || s.results != many || len(d.ends.fake.filed) != many {
		t.Fatalf("%+v, %d results, %d filed, %v", got, s.results, len(d.ends.fake.filed), err)
	}
	if n := s.claims + s.records; n > many/2 || s.together < 2 {
		t.Errorf("%d claims and %d records, %d results together at most", s.claims, s.records, s.together)
	}
	if s.looks > 2+many/50 {
		t.Errorf("the channel was looked up %d times", s.looks)
	}
}

func nothing(context.Context, time.Duration) {}

// What is told to have ended is durable by then.
func TestToldIsDurable(t *testing.T) {
	d := newDesk(t)
	d.channel("c")
	d.queue(40)
	d.run(filing.RunOptions{Concurrency: 4, OnResult: func(r filing.Result, _ bool) {
		if k := d.show(r.ComplaintID).Complaint; k.SendState != domain.SendSent || k.ReceiptNumber != r.ReceiptNumber {
			t.Errorf("told of %s, but it is %s", r.ReceiptNumber, k.SendState)
		}
	}})
}

// A pause that somebody else sets reaches what is claimed ahead too: after some
// more nothing is sent, and what was not begun looks as before.
func TestPauseReachesWhatIsClaimed(t *testing.T) {
	const many, workers = 400, 8
	d := newDesk(t)
	c := d.channel("c")
	all := d.queue(many)
	posted := 0
	d.ends.fake.posted = func() { // under the lock of the fake
		if posted++; posted == 200 {
			if err := d.store.PauseChannel(t.Context(), c.ID, domain.PausedByUser); err != nil {
				t.Error(err)
			}
		}
	}
	s := d.run(filing.RunOptions{Concurrency: workers})
	if more := s.Sent - 200; more > 50+workers || s.Paused != many-s.Sent || s.Remaining != s.Paused {
		t.Errorf("%d more were sent, %+v", more, s)
	}
	for _, id := range all {
		if k := d.show(id); k.Complaint.SendState != domain.SendSent &&
			(k.Complaint.SendState != domain.SendQueued || len(k.Attempts) != 0) {
			t.Fatalf("%s with attempts %+v", k.Complaint.SendState, k.Attempts)
		}
	}
	if err := d.file.ResumeChannel(t.Context(), "c"); err != nil {
		t.Fatal(err)
	}
	if s := d.run(filing.RunOptions{Concurrency: workers}); s.Remaining != 0 || len(d.ends.fake.filed) != many {
		t.Errorf("resumed: %+v", s)
	}
}

// A run that is stopped in the middle leaves what it did not begin as it was.
func TestStoppedRunPutsBackWhatItClaimedAhead(t *testing.T) {
	const many = 300
	d := newDesk(t)
	d.channel("c")
	all := d.queue(many)
	ctx, cancel := context.WithCancel(t.Context())
	told := 0
	s, err := d.outbox.Run(ctx, filing.RunOptions{Concurrency: 4, OnResult: func(filing.Result, bool) {
		if told++; told == 100 {
			cancel()
		}
	}})
	if domain.KindOf(err) != domain.Cancelled || s.Sent != told || s.Sent+s.Remaining != many || s.Remaining == 0 {
		t.Fatalf("%+v, told of %d, %v", s, told, err)
	}
	for _, id := range all {
		k := d.show(id)
		if n := len(k.Attempts); k.Complaint.SendState == domain.SendQueued && n != 0 ||
			k.Complaint.SendState == domain.SendSent && n != 1 {
			t.Fatalf("%s after %d attempts", k.Complaint.SendState, n)
		}
	}
	if slices.Contains(d.ends.fake.calls, "find") {
		t.Error("asked about what was never sent")
	}
}

// Two processes together keep the pace of a channel.
func TestPaceOfTwoProcesses(t *testing.T) {
	const many, perSecond = 60, 20.0
	d := newDesk(t)
	if _, err := d.file.AddChannel(t.Context(), filing.ChannelInput{
		Name: "c", Kind: domain.ChannelIntake, URL: "https://intake.example.org", Rate: perSecond,
	}); err != nil {
		t.Fatal(err)
	}
	d.queue(many)
	begun := d.clock.Now()
	var asked []time.Time
	d.ends.fake.posted = func() { asked = append(asked, d.clock.Now()) }
	var group sync.WaitGroup
	for range 2 {
		o := d.outboxOn(d.store, nothing)
		group.Go(func() {
			if _, err := o.Run(t.Context(), filing.RunOptions{Concurrency: 4}); err != nil {
				t.Error(err)
			}
		})
	}
	group.Wait()
	if len(asked) != many {
		t.Fatalf("%d asked", len(asked))
	}
	for i, at := range asked {
		if least := time.Duration(float64(i) / perSecond * float64(time.Second)); at.Sub(begun) < least {
			t.Fatalf("request %d after %v, want %v or later", i+1, at.Sub(begun), least)
		}
	}
}

// A clock that is wrong for a while, in either direction, stops nothing for good.
func TestClockJumps(t *testing.T) {
	for name, tc := range map[string]struct {
		jump time.Duration
		most time.Duration // until everything is filed
	}{
		"forward a year": {365 * 24 * time.Hour, 0},
		"back an hour":   {-time.Hour, 0},
		"back a year":    {-365 * 24 * time.Hour, 0},
	} {
		t.Run(name, func(t *testing.T) {
			d := newDesk(t)
			d.channel("c")
			d.queue(3)
			d.clock.Advance(tc.jump)
			begun := d.clock.Now()
			if s := d.run(filing.RunOptions{}); s.Sent != 3 || s.Remaining != 0 {
				t.Errorf("%+v", s)
			}
			if took := d.clock.Now().Sub(begun); took > tc.most {
				t.Errorf("it took %v", took)
			}
		})
	}
}

// The clock is put back while a worker stays: what was queued before does not
// wait for the hour to come again.
func TestClockPutBackWhileStaying(t *testing.T) {
	d := newDesk(t)
	d.channel("c")
	d.clock.Advance(time.Hour)
	ctx, stop := context.WithCancel(t.Context())
	defer stop()
	waits, sent := 0, 0
	o := d.outboxOn(d.store, func(context.Context, time.Duration) {
		switch waits++; waits {
		case 1:
			d.queue(1)
			d.clock.Advance(-time.Hour)
		case 10:
			stop()
		}
	})
	_, _ = o.Run(ctx, filing.RunOptions{Concurrency: 1, Stay: true, OnResult: func(r filing.Result, _ bool) {
		if r.State == domain.SendSent {
			sent++
			stop()
		}
	}})
	if sent != 1 {
		t.Errorf("%d sent after %d waits", sent, waits)
	}
}

// While the network is gone for hours the outbox tries every half hour, says
// when, and goes on at once when it is asked to.
func TestNetworkGoneForHours(t *testing.T) {
	d := newDesk(t)
	d.channel("c")
	id := d.queue(1)[0]
	gone := answer{out: filing.Outcome{Kind: filing.OutcomeRetry, ErrorKey: "channel.unreachable"}}
	d.ends.fake.script = slices.Repeat([]answer{gone}, 1000)
	begun := testkit.Epoch()
	ctx, stop := context.WithCancel(t.Context())
	defer stop()
	asked := false
	o := d.outboxOn(d.store, func(context.Context, time.Duration) {
		now := d.clock.Now()
		if now.Sub(begun) < 5*time.Hour || asked {
			return
		}
		asked = true
		k := d.show(id)
		if n := len(k.Attempts); n < 10 || n > 13 {
			t.Errorf("%d attempts in five hours", n)
		}
		if next := k.Complaint.NextAttemptAt; !next.After(now) || next.Sub(now) > 33*time.Minute {
			t.Errorf("the next try is at %v, now it is %v", next, now)
		}
		if k.Complaint.LastError != "channel.unreachable" || k.Complaint.SendState != domain.SendRetry {
			t.Errorf("%s, %s", k.Complaint.SendState, k.Complaint.LastError)
		}
		d.ends.fake.script = nil // it is back, and the user says so
		if err := d.file.TryNow(t.Context(), id); err != nil {
			t.Error(err)
		}
		begun = now
	})
	_, _ = o.Run(ctx, filing.RunOptions{Concurrency: 1, Stay: true, OnResult: func(r filing.Result, _ bool) {
		if r.State == domain.SendSent {
			stop()
		}
	}})
	if !asked || d.show(id).Complaint.SendState != domain.SendSent {
		t.Fatal("it was not sent")
	}
	if waited := d.clock.Now().Sub(begun); waited > time.Second {
		t.Errorf("sent %v after it was asked for", waited)
	}
}
