package storetest

import (
	"testing"
	"time"

	"quietline/internal/domain"
	"quietline/internal/filing"
)

func portionTests() []test {
	return []test{
		{"portion/results together", recordTogether},
		{"portion/put back leaves no trace", putBack},
		{"portion/put back by who lost it", putBackLost},
		{"portion/put back after its worker died", putBackTakenOver},
	}
}

// recordTogether: each result stands for itself, taken or not.
func recordTogether(t *testing.T, s Full) {
	ch := channel(t, s, "c")
	queue(t, s, start(), newComplaint(1, ch.ID), newComplaint(2, ch.ID), newComplaint(3, ch.ID))
	jobs := claim(t, s, "w", start(), 9)
	taken := claim(t, s, "other", after(leaseTime), 1) // the first lease is over
	same(t, claimed(taken), ids(1))
	now := after(leaseTime + time.Second)
	var list []filing.Result
	for _, j := range jobs {
		list = append(list, sent(j, "w", now))
	}
	held, err := s.Record(t.Context(), list)
	ok(t, err)
	same(t, held, []bool{false, true, true})
	for i, want := range []domain.SendState{domain.SendSending, domain.SendSent, domain.SendSent} {
		same(t, get(t, s, jobs[i].ComplaintID).SendState, want)
	}
	held, err = s.Record(t.Context(), nil)
	ok(t, err)
	same(t, len(held), 0)
}

func putBack(t *testing.T, s Full) {
	ch := channel(t, s, "c")
	queue(t, s, start(), newComplaint(1, ch.ID))
	reach(t, s, newComplaint(2, ch.ID), domain.SendRetry, start())
	reach(t, s, newComplaint(3, ch.ID), domain.SendToken, start())
	now := after(2 * time.Hour)
	type trace struct {
		State    domain.SendState
		Attempts []domain.Attempt
		Events   []string
	}
	look := func() (out []trace) {
		for _, id := range ids(1, 2, 3) {
			c := get(t, s, id)
			same(t, c.Attempts, len(attempts(t, s, id)))
			out = append(out, trace{c.SendState, attempts(t, s, id), kinds(t, s, id)})
		}
		return out
	}
	before := look()
	jobs := claim(t, s, "w", now, 9)
	same(t, claimed(jobs), ids(1, 2, 3))
	ok(t, s.PutBack(t.Context(), "w", jobs))
	same(t, look(), before)
	same(t, pending(t, s, filing.ClaimRequest{Owner: "other", Now: now}), filing.Pending{Due: 3, Tokens: 1})
	again := claim(t, s, "other", now, 9)
	same(t, again, jobs)
	ok(t, s.PutBack(t.Context(), "other", again))
	ok(t, s.CancelComplaint(t.Context(), ids(1)[0], now)) // nothing ever left
}

func putBackLost(t *testing.T, s Full) {
	ch := channel(t, s, "c")
	queue(t, s, start(), newComplaint(1, ch.ID))
	jobs := claim(t, s, "slow", start(), 1)
	next := claimOne(t, s, "w", after(leaseTime))
	before := attempts(t, s, next.ComplaintID)
	ok(t, s.PutBack(t.Context(), "slow", jobs))
	same(t, attempts(t, s, next.ComplaintID), before)
	same(t, get(t, s, next.ComplaintID).SendState, domain.SendSending)
	record(t, s, sent(next, "w", after(leaseTime)))
	ok(t, s.PutBack(t.Context(), "w", []filing.Job{next})) // its result is known
	same(t, get(t, s, next.ComplaintID).SendState, domain.SendSent)
}

// putBackTakenOver: what the dead worker sent may have arrived.
func putBackTakenOver(t *testing.T, s Full) {
	ch := channel(t, s, "c")
	queue(t, s, start(), newComplaint(1, ch.ID))
	claimOne(t, s, "dead", start())
	job := claimOne(t, s, "w", after(leaseTime))
	ok(t, s.PutBack(t.Context(), "w", []filing.Job{job}))
	c := get(t, s, job.ComplaintID)
	same(t, c.SendState, domain.SendUnknown)
	same(t, attempts(t, s, c.ID), []domain.Attempt{
		{N: 1, StartedAt: start(), EndedAt: after(leaseTime), Outcome: domain.AttemptInterrupted},
	})
	fails(t, s.CancelComplaint(t.Context(), c.ID, after(leaseTime)), domain.Conflict, "complaint.not_cancellable")
}
