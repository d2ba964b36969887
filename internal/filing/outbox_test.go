package filing_test

import (
	"context"
	"slices"
	"testing"
	"time"

	"pgregory.net/rapid"

	"quietline/internal/domain"
	"quietline/internal/filing"
)

func outcome(kind filing.OutcomeKind) answer {
	return answer{out: filing.Outcome{Kind: kind, ErrorKey: "channel.server_error"}}
}

func TestOutbox(t *testing.T) {
	held := answer{out: filing.Outcome{Kind: filing.OutcomeRetry, RetryAfter: 5 * time.Second, Hold: true, HTTPStatus: 429}}
	token := answer{out: filing.Outcome{Kind: filing.OutcomeToken, Token: "t1", RetryAfter: time.Second}}
	for _, tc := range []struct {
		name   string
		script []answer
		calls  []string
		state  domain.SendState
		want   filing.Summary
	}{
		{"at once", nil, []string{"submit"}, domain.SendSent, filing.Summary{Sent: 1}},
		{"busy once", []answer{outcome(filing.OutcomeRetry)}, []string{"submit", "submit"}, domain.SendSent, filing.Summary{Sent: 1}},
		{
			"busy twice waits five minutes",
			[]answer{outcome(filing.OutcomeRetry), outcome(filing.OutcomeRetry)},
			[]string{"submit", "submit"},
			domain.SendRetry,
			filing.Summary{Retry: 1, Remaining: 1, Waiting: 1},
		},
		{
			"lost answer, stored",
			[]answer{{out: filing.Outcome{Kind: filing.OutcomeUnknown}, stored: true}},
			[]string{"submit", "find"},
			domain.SendSent,
			filing.Summary{Sent: 1},
		},
		{
			"lost answer, not stored",
			[]answer{outcome(filing.OutcomeUnknown)},
			[]string{"submit", "find", "submit"},
			domain.SendSent,
			filing.Summary{Sent: 1},
		},
		{
			"lost answer, then no answer to the question",
			[]answer{outcome(filing.OutcomeUnknown), outcome(filing.OutcomeUnknown)},
			[]string{"submit", "find"},
			domain.SendUnknown,
			filing.Summary{Unknown: 1, Remaining: 1, Waiting: 1},
		},
		{
			"a refused question is no refused complaint",
			[]answer{outcome(filing.OutcomeUnknown), outcome(filing.OutcomeRejected)},
			[]string{"submit", "find"},
			domain.SendUnknown,
			filing.Summary{Unknown: 1, Remaining: 1, Waiting: 1},
		},
		{"refused", []answer{outcome(filing.OutcomeRejected)}, []string{"submit"}, domain.SendFailed, filing.Summary{Failed: 1}},
		{"token soon", []answer{token}, []string{"submit", "poll"}, domain.SendSent, filing.Summary{Sent: 1}},
		{"told to wait a little", []answer{held}, []string{"submit", "submit"}, domain.SendSent, filing.Summary{Sent: 1}},
		{"unauthorised", []answer{outcome(filing.OutcomeUnauthorised)}, []string{"submit"}, domain.SendQueued, filing.Summary{Paused: 1, Remaining: 1, Waiting: 1}},
		{"forbidden", []answer{outcome(filing.OutcomeForbidden)}, []string{"submit"}, domain.SendQueued, filing.Summary{Paused: 1, Remaining: 1, Waiting: 1}},
	} {
		t.Run(tc.name, func(t *testing.T) {
			d := newDesk(t)
			d.channel("c")
			id := d.queue(1)[0]
			d.ends.fake.script = tc.script
			got := d.run(filing.RunOptions{})
			got.Elapsed, got.NextAt = 0, time.Time{}
			if got != tc.want {
				t.Errorf("summary %+v, want %+v", got, tc.want)
			}
			if !slices.Equal(d.ends.fake.calls, tc.calls) {
				t.Errorf("asked %v, want %v", d.ends.fake.calls, tc.calls)
			}
			k := d.show(id).Complaint
			if k.SendState != tc.state || (k.SendState == domain.SendSent) != (k.ReceiptNumber != "") {
				t.Errorf("%s with receipt %q, want %s", k.SendState, k.ReceiptNumber, tc.state)
			}
		})
	}
}

// A worker that died leaves its complaint to the next one, which asks before
// it sends, and the interrupted attempt does not use up the schedule.
func TestDeadWorkerIsSucceeded(t *testing.T) {
	d := newDesk(t)
	d.channel("c")
	id := d.queue(1)[0]
	now := d.clock.Now()
	jobs, err := d.store.Claim(t.Context(), filing.ClaimRequest{Owner: "dead", Now: now, Until: now.Add(filing.LeaseTime), Limit: 1})
	if err != nil || len(jobs) != 1 {
		t.Fatal(jobs, err)
	}
	d.ends.fake.filed[jobs[0].Key] = "R-before-it-died"
	if s := d.run(filing.RunOptions{}); s.Sent != 1 {
		t.Errorf("summary %+v", s)
	}
	if want := []string{"find"}; !slices.Equal(d.ends.fake.calls, want) {
		t.Errorf("asked %v, want %v", d.ends.fake.calls, want)
	}
	detail := d.show(id)
	if detail.Complaint.ReceiptNumber != "R-before-it-died" {
		t.Errorf("receipt %q", detail.Complaint.ReceiptNumber)
	}
	if len(detail.Attempts) != 2 || detail.Attempts[0].Outcome != domain.AttemptInterrupted {
		t.Errorf("attempts %+v", detail.Attempts)
	}
	if waited := d.clock.Now().Sub(now); waited < filing.LeaseTime || waited > filing.LeaseTime+time.Second {
		t.Errorf("taken over after %v, want right after the lease of %v", waited, filing.LeaseTime)
	}
}

// A late result of a worker that lost its lease changes nothing.
func TestLostLeaseDoesNotOverwrite(t *testing.T) {
	d := newDesk(t)
	d.channel("c")
	id := d.queue(1)[0]
	now := d.clock.Now()
	jobs, err := d.store.Claim(t.Context(), filing.ClaimRequest{Owner: "slow", Now: now, Until: now.Add(filing.LeaseTime), Limit: 1})
	if err != nil {
		t.Fatal(err)
	}
	d.run(filing.RunOptions{})
	receipt := d.show(id).Complaint.ReceiptNumber
	held, err := d.store.Record(t.Context(), []filing.Result{{
		ComplaintID: id, Owner: "slow", AttemptN: jobs[0].AttemptN, Now: d.clock.Now(),
		Outcome: domain.AttemptFailed, State: domain.SendFailed, ErrorKey: "channel.server_error",
	}})
	if err != nil || held[0] {
		t.Errorf("held %v, err %v", held, err)
	}
	if k := d.show(id).Complaint; k.SendState != domain.SendSent || k.ReceiptNumber != receipt {
		t.Errorf("now %s %q", k.SendState, k.ReceiptNumber)
	}
}

// Whatever the endpoint answers and however often it is asked, each key is
// filed at most once under one payload, and what is said to be sent is filed.
func TestWhateverHappensNothingIsLostOrDoubled(t *testing.T) {
	kinds := []filing.OutcomeKind{filing.OutcomeUnknown, filing.OutcomeRetry, filing.OutcomeToken}
	rapid.Check(t, func(rt *rapid.T) {
		d := newDesk(t)
		d.channel("c")
		ids := d.queue(rapid.IntRange(1, 5).Draw(rt, "complaints"))
		for range rapid.IntRange(0, 20).Draw(rt, "faults") {
			a := outcome(rapid.SampledFrom(kinds).Draw(rt, "kind"))
			a.stored = a.out.Kind != filing.OutcomeRetry && rapid.Bool().Draw(rt, "stored")
			a.out.Token = "t"
			a.out.RetryAfter = time.Duration(rapid.IntRange(0, 90).Draw(rt, "after")) * time.Second
			d.ends.fake.script = append(d.ends.fake.script, a)
		}
		for range 100 {
			s := d.run(filing.RunOptions{Concurrency: rapid.IntRange(1, 4).Draw(rt, "workers")})
			if s.Remaining == 0 {
				break
			}
			d.clock.Advance(time.Hour)
		}
		for _, id := range ids {
			if k := d.show(id).Complaint; k.SendState != domain.SendSent || k.ReceiptNumber == "" {
				rt.Fatalf("%s is %s", id, k.SendState)
			}
		}
		if n := len(d.ends.fake.bodies); n != len(ids) || len(d.ends.fake.changed) != 0 {
			rt.Fatalf("%d keys for %d complaints, changed payloads: %v", n, len(ids), d.ends.fake.changed)
		}
	})
}

func TestStoppedRunGivesBack(t *testing.T) {
	d := newDesk(t)
	d.channel("c")
	d.queue(3)
	ctx, cancel := context.WithCancel(t.Context())
	s, err := d.outbox.Run(ctx, filing.RunOptions{Concurrency: 1, OnResult: func(filing.Result, bool) { cancel() }})
	if domain.KindOf(err) != domain.Cancelled {
		t.Fatalf("err = %v", err)
	}
	if s.Sent != 1 || s.Remaining != 2 {
		t.Errorf("summary %+v", s)
	}
	if s := d.run(filing.RunOptions{}); s.Sent != 2 || s.Remaining != 0 {
		t.Errorf("the second run: %+v", s)
	}
}

// What waits from an earlier run keeps a run from being complete; a number that
// is still to come does not.
func TestCompleteMeansFiled(t *testing.T) {
	d := newDesk(t)
	d.channel("c")
	d.queue(1)
	d.ends.fake.script = []answer{outcome(filing.OutcomeRetry), outcome(filing.OutcomeRetry)}
	d.run(filing.RunOptions{})
	if s := d.run(filing.RunOptions{}); s.Complete() || s.Retry != 0 || s.Waiting != 1 {
		t.Errorf("before it is due: %+v", s)
	}
	d.clock.Advance(time.Hour)
	d.ends.fake.script = []answer{{out: filing.Outcome{Kind: filing.OutcomeToken, Token: "t", RetryAfter: time.Hour}}}
	if s := d.run(filing.RunOptions{}); !s.Complete() || s.Token != 1 || s.Remaining != 1 {
		t.Errorf("with a token: %+v", s)
	}
}

// A channel that cannot be opened here keeps its complaints as they are, and
// they can be taken back.
func TestChannelThatDoesNotOpen(t *testing.T) {
	d := newDesk(t)
	d.channel("c")
	id := d.queue(1)[0]
	d.ends.err = domain.E("", domain.Invalid, "channel.ca_unreadable", domain.Args{"Path": "x"}, nil)
	var got filing.Result
	s := d.run(filing.RunOptions{OnResult: func(r filing.Result, ended bool) {
		if got = r; !ended {
			t.Error("not ended")
		}
	}})
	if s.Complete() || got.State != domain.SendQueued || domain.KeyOf(got.Err) != "channel.ca_unreadable" {
		t.Errorf("%+v, %+v", s, got)
	}
	if _, err := d.file.Cancel(t.Context(), string(id)); err != nil {
		t.Error(err)
	}
}

func TestSelection(t *testing.T) {
	d := newDesk(t)
	d.channel("a")
	d.channel("b")
	d.queue(2)
	if s := d.run(filing.RunOptions{Channel: "b"}); s.Sent+s.Remaining != 0 {
		t.Errorf("channel b: %+v", s)
	}
	if s := d.run(filing.RunOptions{Channel: "a"}); s.Sent != 2 {
		t.Errorf("channel a: %+v", s)
	}
	for _, o := range []filing.RunOptions{{}, {Concurrency: filing.MaxConcurrency + 1}, {Concurrency: 1, Rate: -1}} {
		if _, err := d.outbox.Run(t.Context(), o); domain.KindOf(err) != domain.Invalid {
			t.Errorf("%+v: %v", o, err)
		}
	}
	if _, err := d.outbox.Run(t.Context(), filing.RunOptions{Concurrency: 1, Channel: "x"}); domain.KeyOf(err) != "channel.not_found" {
		t.Errorf("unknown channel: %v", err)
	}
}

func TestPausedAndResumed(t *testing.T) {
	d := newDesk(t)
	d.channel("c")
	id := d.queue(1)[0]
	if err := d.file.PauseChannel(t.Context(), "c"); err != nil {
		t.Fatal(err)
	}
	if s := d.run(filing.RunOptions{}); s.Sent != 0 || s.Paused != 1 || s.Complete() {
		t.Errorf("paused: %+v", s)
	}
	if err := d.file.ResumeChannel(t.Context(), "c"); err != nil {
		t.Fatal(err)
	}
	if s := d.run(filing.RunOptions{}); s.Sent != 1 || !s.Complete() {
		t.Errorf("resumed: %+v", s)
	}
	if _, err := d.file.Cancel(t.Context(), string(id)); domain.KeyOf(err) != "complaint.already_filed" {
		t.Errorf("cancelled what is filed: %v", err)
	}
}
