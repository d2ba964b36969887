package storetest

import (
	"fmt"
	"sync"
	"testing"
	"time"

	"quietline/internal/domain"
	"quietline/internal/filing"
)

func leaseTests() []test {
	return []test{
		{"lease/ends and is taken over", leaseEnds},
		{"lease/lost before the result", lostLease},
		{"lease/ended but not taken", endedNotTaken},
		{"lease/renewed", renewed},
		{"lease/longer than any", impossibleLease},
		{"lease/released", released},
		{"lease/token rows", tokenLease},
		{"lease/no job twice", noJobTwice},
	}
}

func leaseEnds(t *testing.T, s Full) {
	ch := channel(t, s, "c")
	queue(t, s, start(), newComplaint(1, ch.ID))
	claimOne(t, s, "dead", start())
	same(t, len(claim(t, s, "w", after(leaseTime-time.Millisecond), 9)), 0)
	now := after(leaseTime)
	job := claimOne(t, s, "w", now)
	same(t, job.State, domain.SendSending)
	same(t, job.AttemptN, 2)
	same(t, job.Tries, 0) // the interrupted attempt does not count
	same(t, job.Key, "key-"+uuid(1))
	same(t, attempts(t, s, job.ComplaintID), []domain.Attempt{
		{N: 1, StartedAt: start(), EndedAt: now, Outcome: domain.AttemptInterrupted},
		{N: 2, StartedAt: now, Outcome: domain.AttemptRunning},
	})
	same(t, kinds(t, s, job.ComplaintID), []string{"created", "queued", "attempt_interrupted"})
}

func lostLease(t *testing.T, s Full) {
	ch := channel(t, s, "c")
	queue(t, s, start(), newComplaint(1, ch.ID))
	first := claimOne(t, s, "slow", start())
	second := claimOne(t, s, "slow", after(leaseTime)) // even its own
	before, history := get(t, s, first.ComplaintID), attempts(t, s, first.ComplaintID)
	stranger := sent(second, "stranger", after(time.Minute))
	gone := sent(second, "slow", after(time.Minute))
	gone.ComplaintID = domain.ComplaintID(uuid(9))
	for _, r := range []filing.Result{sent(first, "slow", after(time.Minute)), stranger, gone} {
		if recorded(t, s, r) {
			t.Fatalf("result %+v was taken", r)
		}
	}
	same(t, get(t, s, first.ComplaintID), before)
	same(t, attempts(t, s, first.ComplaintID), history)
	record(t, s, sent(second, "slow", after(time.Minute)))
	if recorded(t, s, sent(second, "slow", after(time.Minute))) {
		t.Fatal("a result was taken twice")
	}
}

func endedNotTaken(t *testing.T, s Full) {
	ch := channel(t, s, "c")
	queue(t, s, start(), newComplaint(1, ch.ID))
	job := claimOne(t, s, "w", start())
	record(t, s, sent(job, "w", after(time.Hour)))
	same(t, get(t, s, job.ComplaintID).SendState, domain.SendSent)
}

func renewed(t *testing.T, s Full) {
	ch := channel(t, s, "c")
	queue(t, s, start(), newComplaint(1, ch.ID), newComplaint(2, ch.ID), newComplaint(3, ch.ID), newComplaint(4, ch.ID))
	claim(t, s, "w", start(), 3)
	claim(t, s, "other", start(), 1)
	ok(t, s.Renew(t.Context(), "w", nil, after(time.Minute)))
	ok(t, s.Renew(t.Context(), "w", ids(1, 2, 4, 9), after(leaseTime+time.Second))) // 4 is another's, 9 is none
	same(t, claimed(claim(t, s, "late", after(leaseTime), 9)), ids(3, 4))
	same(t, claimed(claim(t, s, "later", after(leaseTime+time.Second), 9)), ids(1, 2))
}

// impossibleLease: the worker's clock was ahead; after it was put right, the
// lease must not last until then.
func impossibleLease(t *testing.T, s Full) {
	ch := channel(t, s, "c")
	queue(t, s, start(), newComplaint(1, ch.ID))
	claimOne(t, s, "ahead", after(24*time.Hour))
	same(t, claimed(claim(t, s, "w", after(time.Second), 9)), ids(1))
}

func released(t *testing.T, s Full) {
	ch := channel(t, s, "c")
	queue(t, s, start(), newComplaint(1, ch.ID), newComplaint(2, ch.ID))
	record(t, s, filing.Result{
		ComplaintID: claimOne(t, s, "w", start()).ComplaintID, Owner: "w", AttemptN: 1, Now: start(), Counts: true,
		Outcome: domain.AttemptUnknown, State: domain.SendUnknown, DueAt: after(time.Minute),
	})
	claim(t, s, "other", start(), 1)
	claim(t, s, "w", after(time.Minute), 9) // 1, and 2 whose worker died
	now := after(time.Minute + time.Second)
	ok(t, s.Release(t.Context(), "w", now))
	ok(t, s.Release(t.Context(), "nobody", now))
	// Whatever was claimed may have arrived.
	for _, id := range ids(1, 2) {
		c := get(t, s, id)
		same(t, c.SendState, domain.SendUnknown)
		if c.NextAttemptAt.After(now) {
			t.Fatalf("due at %v", c.NextAttemptAt)
		}
		list := attempts(t, s, id)
		same(t, list[len(list)-1].Outcome, domain.AttemptInterrupted)
		same(t, list[len(list)-1].EndedAt, now)
	}
	for _, job := range claim(t, s, "w", now, 9) {
		same(t, job.AttemptN, 3)
		same(t, job.Tries, map[domain.ComplaintID]int{ids(1)[0]: 1}[job.ComplaintID])
	}

	queue(t, s, now, newComplaint(3, ch.ID))
	claimOne(t, s, "v", now)
	ok(t, s.Release(t.Context(), "v", now))
	same(t, get(t, s, ids(3)[0]).SendState, domain.SendUnknown)
	fails(t, s.CancelComplaint(t.Context(), ids(3)[0], now), domain.Conflict, "complaint.not_cancellable")
}

func tokenLease(t *testing.T, s Full) {
	ch := channel(t, s, "c")
	c := newComplaint(1, ch.ID)
	reach(t, s, c, domain.SendToken, start())
	now := after(2 * time.Hour)
	claimOne(t, s, "dead", now)
	same(t, len(claim(t, s, "w", now, 9)), 0)
	job := claimOne(t, s, "w", now.Add(leaseTime))
	same(t, job.State, domain.SendToken)
	ok(t, s.Release(t.Context(), "w", now.Add(leaseTime)))
	same(t, get(t, s, c.ID).SendState, domain.SendToken)
}

func noJobTwice(t *testing.T, s Full) {
	const jobs, workers = 60, 6
	Fill(t, s, jobs)
	WorkTogether(t, workers, jobs, func(int) Full { return s })
}

// WorkTogether lets workers empty an outbox of jobs that are due at start, and
// fails where one is claimed twice or left. handle gives each worker its
// store; all of them must be the same database.
func WorkTogether(t *testing.T, workers, jobs int, handle func(worker int) Full) {
	t.Helper()
	var mu sync.Mutex
	seen := map[domain.ComplaintID]string{}
	var group sync.WaitGroup
	for w := range workers {
		s, owner := handle(w), fmt.Sprintf("worker-%d", w)
		group.Go(func() {
			for {
				got, err := s.Claim(t.Context(), filing.ClaimRequest{Owner: owner, Now: start(), Until: after(leaseTime), Limit: 3})
				if err != nil {
					t.Errorf("%s: %v", owner, err)
				}
				if len(got) == 0 {
					return
				}
				for _, j := range got {
					mu.Lock()
					if other, twice := seen[j.ComplaintID]; twice {
						t.Errorf("%s was claimed by %s and %s", j.ComplaintID, other, owner)
					}
					seen[j.ComplaintID] = owner
					mu.Unlock()
					if held, err := s.Record(t.Context(), []filing.Result{sent(j, owner, start())}); err != nil || !held[0] {
						t.Errorf("record: held %v, %v", held, err)
					}
				}
			}
		})
	}
	group.Wait()
	if len(seen) != jobs {
		t.Errorf("%d of %d jobs were claimed", len(seen), jobs)
	}
}

// Fill queues complaints 1 to n, due at the time at which WorkTogether works.
func Fill(t *testing.T, s Full, n int) {
	t.Helper()
	ch := channel(t, s, "fill")
	for i := range n {
		queue(t, s, start(), newComplaint(i+1, ch.ID))
	}
}
