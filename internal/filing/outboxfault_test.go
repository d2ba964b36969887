package filing_test

import (
	"context"
	"errors"
	"log/slog"
	"slices"
	"sync"
	"testing"
	"time"

	"quietline/internal/domain"
	"quietline/internal/filing"
	"quietline/internal/store"
	"quietline/internal/testkit"
)

// forgetful is a store whose first Record fails, as on a full disk.
type forgetful struct {
	*store.Store
	failed bool
}

func (f *forgetful) Record(ctx context.Context, r []filing.Result) ([]bool, error) {
	if !f.failed {
		f.failed = true
		return nil, domain.E("store.Record", domain.Unavailable, "store.disk_full", nil, errors.New("no space"))
	}
	return f.Store.Record(ctx, r)
}

// outboxOn is the desk's outbox on another store.
func (d *desk) outboxOn(s filing.Store, wait func(context.Context, time.Duration)) *filing.Outbox {
	return filing.NewOutbox(filing.OutboxParams{
		Store: s, Endpoints: d.ends, Secrets: noSecrets{}, Clock: d.clock, Source: &testkit.Source{},
		Log: slog.New(slog.DiscardHandler),
		Wait: func(ctx context.Context, dur time.Duration, _ <-chan struct{}) {
			d.clock.Advance(dur)
			wait(ctx, dur)
		},
	})
}

// A complaint whose result could not be written down may be filed: it cannot be
// taken back and filed again, and is cleared up by its key.
func TestResultThatCannotBeRecorded(t *testing.T) {
	d := newDesk(t)
	d.channel("c")
	id := d.queue(1)[0]
	o := d.outboxOn(&forgetful{Store: d.store}, func(context.Context, time.Duration) {})
	if _, err := o.Run(t.Context(), filing.RunOptions{Concurrency: 1}); domain.KeyOf(err) != "store.disk_full" {
		t.Fatalf("err = %v", err)
	}
	if state := d.show(id).Complaint.SendState; state != domain.SendUnknown {
		t.Errorf("it is %s", state)
	}
	if _, err := d.file.Cancel(t.Context(), string(id)); domain.KeyOf(err) != "complaint.not_cancellable" {
		t.Errorf("cancel: %v", err)
	}
	d.run(filing.RunOptions{})
	if want := []string{"submit", "find"}; !slices.Equal(d.ends.fake.calls, want) {
		t.Errorf("asked %v, want %v", d.ends.fake.calls, want)
	}
	if c := d.show(id).Complaint; c.SendState != domain.SendSent || c.ReceiptNumber == "" {
		t.Errorf("it is %s with receipt %q", c.SendState, c.ReceiptNumber)
	}
}

// A worker that stays takes such a complaint up again by itself.
func TestStayingWorkerTakesUpWhatItLost(t *testing.T) {
	d := newDesk(t)
	d.channel("c")
	id := d.queue(1)[0]
	ctx, stop := context.WithCancel(t.Context())
	begun := d.clock.Now()
	o := d.outboxOn(&forgetful{Store: d.store}, func(context.Context, time.Duration) {
		if d.clock.Now().Sub(begun) > 10*time.Minute {
			stop()
		}
	})
	_, err := o.Run(ctx, filing.RunOptions{Concurrency: 1, Stay: true, OnResult: func(filing.Result, bool) { stop() }})
	if domain.KindOf(err) != domain.Cancelled {
		t.Fatal(err)
	}
	if c := d.show(id).Complaint; c.SendState != domain.SendSent || len(d.ends.fake.filed) != 1 {
		t.Errorf("it is %s, and the endpoint holds %d", c.SendState, len(d.ends.fake.filed))
	}
}

// An endpoint that never makes a receipt number out of its token does not hold
// a run for ever, and every complaint is reported.
func TestTokenForEver(t *testing.T) {
	for name, later := range map[string]answer{
		"not yet":        {out: filing.Outcome{Kind: filing.OutcomeToken, Token: "t", RetryAfter: time.Second}},
		"a failing poll": outcome(filing.OutcomeRetry),
	} {
		t.Run(name, func(t *testing.T) {
			d := newDesk(t)
			d.channel("c")
			d.queue(1)
			d.ends.fake.script = append([]answer{{out: filing.Outcome{Kind: filing.OutcomeToken, Token: "t", RetryAfter: time.Second}}},
				slices.Repeat([]answer{later}, 50)...)
			reported := 0
			s := d.run(filing.RunOptions{OnResult: func(_ filing.Result, ended bool) {
				if ended {
					reported++
				}
			}})
			if len(d.ends.fake.calls) > 4 || reported != 1 || s.Token != 1 {
				t.Errorf("asked %v, reported %d times, %+v", d.ends.fake.calls, reported, s)
			}
		})
	}
}

// What was claimed before its channel was stopped is not sent.
func TestClaimedButStopped(t *testing.T) {
	d := newDesk(t)
	c := d.channel("c")
	id := d.queue(1)[0]
	d.ends.fake.opened = func() {
		if err := d.store.PauseChannel(t.Context(), c.ID, domain.PausedByUser); err != nil {
			t.Error(err)
		}
	}
	if s := d.run(filing.RunOptions{}); s.Paused != 1 || len(d.ends.fake.calls) != 0 {
		t.Errorf("asked %v, %+v", d.ends.fake.calls, s)
	}
	if _, err := d.file.Cancel(t.Context(), string(id)); err != nil {
		t.Error(err)
	}
}

// A channel that its endpoint put off resumes where its user says so.
func TestResumeEndsTheHold(t *testing.T) {
	d := newDesk(t)
	d.channel("c")
	d.queue(1)
	d.ends.fake.script = []answer{{out: filing.Outcome{Kind: filing.OutcomeRetry, RetryAfter: time.Hour, Hold: true, HTTPStatus: 503}}}
	d.run(filing.RunOptions{})
	if err := d.file.ResumeChannel(t.Context(), "c"); err != nil {
		t.Fatal(err)
	}
	if err := d.file.TryNow(t.Context(), ""); err != nil {
		t.Fatal(err)
	}
	if s := d.run(filing.RunOptions{}); s.Sent != 1 {
		t.Errorf("%+v", s)
	}
}

// A fault in the client of an endpoint must not end the program.
func TestPanickingEndpoint(t *testing.T) {
	d := newDesk(t)
	d.channel("c")
	id := d.queue(1)[0]
	d.ends.fake.posted = func() { panic("broken") }
	d.run(filing.RunOptions{})
	if c := d.show(id).Complaint; c.SendState != domain.SendUnknown || c.LastError != "internal" {
		t.Errorf("it is %s, %q", c.SendState, c.LastError)
	}
}

// A complaint that is queued while another request takes long does not wait for
// it where a worker is free.
func TestNewWorkDoesNotWaitForOld(t *testing.T) {
	d := newDesk(t)
	d.channel("c")
	d.queue(1)
	begun, taken := make(chan struct{}), make(chan struct{})
	d.ends.fake.posted = sync.OnceFunc(func() { close(taken) })
	d.ends.fake.before = func(first bool) {
		if first { // it is answered only after another one was taken
			close(begun)
			<-taken
		}
	}
	done := make(chan filing.Summary, 1)
	go func() {
		s, _ := d.outbox.Run(t.Context(), filing.RunOptions{Concurrency: 2})
		done <- s
	}()
	<-begun
	if _, err := d.file.New(t.Context(), filing.ComplaintInput{
		Number: "95588", At: testkit.Epoch().Add(-time.Hour), Category: domain.CategoryLoan, Language: "en",
	}); err != nil {
		t.Fatal(err)
	}
	if s := <-done; s.Sent != 2 {
		t.Errorf("%+v", s)
	}
}
