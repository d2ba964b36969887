package storetest

import (
	"testing"
	"time"

	"quietline/internal/domain"
	"quietline/internal/filing"
)

func outboxTests() []test {
	return []test{
		{"outbox/claim begins an attempt", claimBegins},
		{"outbox/oldest due first", oldestFirst},
		{"outbox/selection", claimSelection},
		{"outbox/paused and held channels are left out", pausedAndHeld},
		{"outbox/longer than any wait", impossibleWaits},
		{"outbox/sent", recordSent},
		{"outbox/a token waits and becomes a receipt", tokenBecomesReceipt},
		{"outbox/failed with problems", recordFailed},
		{"outbox/what counts", whatCounts},
	}
}

const leaseTime = 30 * time.Second

func claim(t tb, s Full, owner string, now time.Time, limit int) []filing.Job {
	t.Helper()
	jobs, err := s.Claim(t.Context(), filing.ClaimRequest{Owner: owner, Now: now, Until: now.Add(leaseTime), Limit: limit})
	ok(t, err)
	return jobs
}

func claimOne(t tb, s Full, owner string, now time.Time) filing.Job {
	t.Helper()
	jobs := claim(t, s, owner, now, 1)
	if len(jobs) != 1 {
		t.Fatalf("claimed %d jobs", len(jobs))
	}
	return jobs[0]
}

func record(t tb, s Full, r filing.Result) {
	t.Helper()
	if !recorded(t, s, r) {
		t.Fatal("the lease was lost")
	}
}

// recorded says whether the result was taken.
func recorded(t tb, s Full, r filing.Result) bool {
	t.Helper()
	held, err := s.Record(t.Context(), []filing.Result{r})
	ok(t, err)
	if len(held) != 1 {
		t.Fatalf("told %d times of one result", len(held))
	}
	return held[0]
}

// sent is a result with a receipt.
func sent(j filing.Job, owner string, now time.Time) filing.Result {
	return filing.Result{
		ComplaintID: j.ComplaintID, Owner: owner, AttemptN: j.AttemptN, Now: now, Counts: true,
		Outcome: domain.AttemptSent, State: domain.SendSent, HTTPStatus: 201,
		ReceiptNumber: "R-" + string(j.ComplaintID), CaseState: domain.CaseReceived,
	}
}

func attempts(t tb, s Full, id domain.ComplaintID) []domain.Attempt {
	t.Helper()
	list, err := s.Attempts(t.Context(), id)
	ok(t, err)
	return list
}

func kinds(t tb, s Full, id domain.ComplaintID) []string {
	t.Helper()
	events, err := s.Timeline(t.Context(), id)
	ok(t, err)
	out := make([]string, len(events))
	for i, e := range events {
		out[i] = e.Kind
	}
	return out
}

func claimed(jobs []filing.Job) []domain.ComplaintID {
	out := make([]domain.ComplaintID, len(jobs))
	for i, j := range jobs {
		out[i] = j.ComplaintID
	}
	return out
}

func claimBegins(t *testing.T, s Full) {
	ch := channel(t, s, "c")
	c := newComplaint(1, ch.ID)
	queue(t, s, start(), c)
	same(t, len(claim(t, s, "w", start().Add(-time.Millisecond), 5)), 0) // not due yet
	same(t, len(claim(t, s, "w", start(), 0)), 0)
	now := after(time.Second)
	jobs := claim(t, s, "w", now, 5)
	same(t, jobs, []filing.Job{{
		ComplaintID: c.ID, ChannelID: ch.ID, Key: "key-" + uuid(1), Payload: []byte("payload " + uuid(1)),
		State: domain.SendQueued, AttemptN: 1, QueuedAt: start(),
	}})
	got := get(t, s, c.ID)
	same(t, got.SendState, domain.SendSending)
	same(t, got.Attempts, 1)
	same(t, got.UpdatedAt, now)
	same(t, attempts(t, s, c.ID), []domain.Attempt{{N: 1, StartedAt: now, Outcome: domain.AttemptRunning}})
	same(t, len(claim(t, s, "w", now, 5)), 0)
	same(t, len(claim(t, s, "other", now, 5)), 0)
	same(t, kinds(t, s, c.ID), []string{"created", "queued"})
}

func oldestFirst(t *testing.T, s Full) {
	ch := channel(t, s, "c")
	queue(t, s, after(2*time.Second), newComplaint(1, ch.ID))
	queue(t, s, start(), newComplaint(2, ch.ID), newComplaint(3, ch.ID))
	queue(t, s, after(time.Second), newComplaint(4, ch.ID))
	same(t, claimed(claim(t, s, "w", after(time.Minute), 3)), ids(2, 3, 4))
	same(t, claimed(claim(t, s, "w", after(time.Minute), 3)), ids(1))
}

func claimSelection(t *testing.T, s Full) {
	a, b := channel(t, s, "a"), channel(t, s, "b")
	for n, batch := range []string{"x", "y", "x", "y"} {
		c := newComplaint(n+1, a.ID)
		if n >= 2 {
			c.ChannelID = b.ID
		}
		c.Batch = batch
		queue(t, s, start(), c)
	}
	for _, tt := range []struct {
		channel domain.ChannelID
		batch   string
		want    []domain.ComplaintID
	}{
		{b.ID, "y", ids(4)}, {0, "y", ids(2)}, {b.ID, "", ids(3)}, {b.ID, "x", ids()}, {0, "", ids(1)},
	} {
		jobs, err := s.Claim(t.Context(), filing.ClaimRequest{
			Owner: "w", Now: start(), Until: after(leaseTime), Limit: 9, ChannelID: tt.channel, Batch: tt.batch,
		})
		ok(t, err)
		same(t, claimed(jobs), tt.want)
	}
}

func pausedAndHeld(t *testing.T, s Full) {
	a, b := channel(t, s, "a"), channel(t, s, "b")
	queue(t, s, start(), newComplaint(1, a.ID), newComplaint(2, b.ID))
	ok(t, s.PauseChannel(t.Context(), a.ID, domain.PausedUnauthorised))
	ok(t, s.HoldChannel(t.Context(), b.ID, after(time.Minute)))
	same(t, len(claim(t, s, "w", after(59*time.Second), 9)), 0)
	same(t, get(t, s, ids(1)[0]).SendState, domain.SendQueued)
	same(t, claimed(claim(t, s, "w", after(time.Minute), 9)), ids(2))
	ok(t, s.PauseChannel(t.Context(), a.ID, ""))
	same(t, claimed(claim(t, s, "w", after(time.Minute), 9)), ids(1))
}

// impossibleWaits: what was written while the clock was a year ahead does not
// wait for a year.
func impossibleWaits(t *testing.T, s Full) {
	due, held := channel(t, s, "due"), channel(t, s, "held")
	ahead := after(365 * 24 * time.Hour)
	reach(t, s, newComplaint(3, due.ID), domain.SendRetry, after(filing.LongestWait-time.Hour)) // due an hour later
	queue(t, s, ahead, newComplaint(1, due.ID))
	queue(t, s, start(), newComplaint(2, held.ID))
	ok(t, s.HoldChannel(t.Context(), held.ID, ahead))
	same(t, claimed(claim(t, s, "w", start(), 9)), ids(1, 2))
	same(t, claimed(claim(t, s, "w", after(filing.LongestWait), 9)), ids(1, 2, 3)) // again, their leases are over
}

func recordSent(t *testing.T, s Full) {
	ch := channel(t, s, "c")
	queue(t, s, start(), newComplaint(1, ch.ID))
	job := claimOne(t, s, "w", start())
	now := after(time.Second)
	record(t, s, sent(job, "w", now))
	got := get(t, s, job.ComplaintID)
	want := newComplaint(1, ch.ID)
	want.Channel, want.ChannelKind, want.SendState, want.CaseState = "c", domain.ChannelIntake, domain.SendSent, domain.CaseReceived
	want.ReceiptNumber, want.Attempts = "R-"+uuid(1), 1
	want.CreatedAt, want.QueuedAt, want.UpdatedAt = start(), start(), now
	same(t, got, want)
	same(t, attempts(t, s, job.ComplaintID), []domain.Attempt{
		{N: 1, StartedAt: start(), EndedAt: now, Outcome: domain.AttemptSent, HTTPStatus: 201},
	})
	events, err := s.Timeline(t.Context(), job.ComplaintID)
	ok(t, err)
	same(t, events[2:], []domain.TimelineEvent{
		{At: now, Kind: "attempt_sent", SendState: domain.SendSent, CaseState: domain.CaseReceived, Note: "R-" + uuid(1)},
		{At: now, Kind: "case_state", SendState: domain.SendSent, CaseState: domain.CaseReceived},
	})
	same(t, len(claim(t, s, "w", after(1000*time.Hour), 9)), 0)
}

func tokenBecomesReceipt(t *testing.T, s Full) {
	ch := channel(t, s, "c")
	queue(t, s, start(), newComplaint(1, ch.ID))
	job := claimOne(t, s, "w", start())
	record(t, s, filing.Result{
		ComplaintID: job.ComplaintID, Owner: "w", AttemptN: 1, Now: start(), Counts: true,
		Outcome: domain.AttemptToken, State: domain.SendToken, Token: "tok", DueAt: after(time.Minute), HTTPStatus: 202,
	})
	same(t, get(t, s, job.ComplaintID).Token, "tok")
	same(t, len(claim(t, s, "w", after(59*time.Second), 1)), 0)

	poll := claimOne(t, s, "w", after(time.Minute))
	same(t, poll.State, domain.SendToken)
	same(t, poll.Token, "tok")
	same(t, poll.AttemptN, 2)
	same(t, get(t, s, job.ComplaintID).SendState, domain.SendToken) // it is not sent again
	record(t, s, filing.Result{
		ComplaintID: job.ComplaintID, Owner: "w", AttemptN: 2, Now: after(time.Minute),
		Outcome: domain.AttemptRetry, State: domain.SendToken, DueAt: after(2 * time.Minute),
	})
	same(t, get(t, s, job.ComplaintID).Token, "tok") // a result without a token does not lose it

	poll = claimOne(t, s, "w", after(2*time.Minute))
	record(t, s, sent(poll, "w", after(2*time.Minute)))
	got := get(t, s, job.ComplaintID)
	same(t, got.Token, "")
	same(t, got.ReceiptNumber, "R-"+uuid(1))
	same(t, kinds(t, s, job.ComplaintID), []string{
		"created", "queued", "attempt_token", "attempt_retry", "attempt_sent", "case_state",
	})
}

func recordFailed(t *testing.T, s Full) {
	ch := channel(t, s, "c")
	queue(t, s, start(), newComplaint(1, ch.ID))
	job := claimOne(t, s, "w", start())
	problems := []domain.FieldProblem{{Pointer: "/category", Code: "unsupported", Detail: textUnrelated}}
	r := filing.Result{
		ComplaintID: job.ComplaintID, Owner: "w", AttemptN: 1, Now: start(), Counts: true,
		Outcome: domain.AttemptFailed, State: domain.SendFailed, HTTPStatus: 422,
		ErrorKey: "channel.rejected", Detail: "no", Problems: problems,
	}
	record(t, s, r)
	got := get(t, s, job.ComplaintID)
	same(t, got.Problems, problems)
	same(t, got.LastError, "channel.rejected")
	same(t, attempts(t, s, job.ComplaintID)[0], domain.Attempt{
		N: 1, StartedAt: start(), EndedAt: start(), Outcome: domain.AttemptFailed, HTTPStatus: 422,
		ErrorKey: "channel.rejected", Detail: "no",
	})
	same(t, len(claim(t, s, "w", after(1000*time.Hour), 9)), 0)
}

func whatCounts(t *testing.T, s Full) {
	ch := channel(t, s, "c")
	queue(t, s, start(), newComplaint(1, ch.ID))
	tries := 0
	for n := 1; n <= 6; n++ {
		now := after(time.Duration(n) * time.Hour)
		job := claimOne(t, s, "w", now)
		same(t, job.AttemptN, n)
		same(t, job.Tries, tries)
		counts := n%2 == 0
		if counts {
			tries++
		}
		record(t, s, filing.Result{
			ComplaintID: job.ComplaintID, Owner: "w", AttemptN: n, Now: now, Counts: counts,
			Outcome: domain.AttemptRetry, State: domain.SendRetry, DueAt: now.Add(time.Minute), ErrorKey: "channel.refused",
		})
		same(t, get(t, s, job.ComplaintID).LastError, "channel.refused")
	}
}
