package storetest

import (
	"fmt"
	"slices"
	"testing"
	"time"

	"pgregory.net/rapid"

	"quietline/internal/domain"
	"quietline/internal/filing"
)

func modelTests() []test {
	return []test{{"outbox/behaves like a simple model", outboxModel}}
}

// modelJob is what a complaint is in the model.
type modelJob struct {
	id         domain.ComplaintID
	state      domain.SendState
	due        time.Time // zero: finished
	owner      string
	until      time.Time
	tries      int
	attempts   int
	interrupts int
}

// model is the outbox of one batch, in plain variables.
type model struct {
	s     Full
	batch string
	ch    domain.ChannelID
	now   time.Time
	jobs  []*modelJob
	next  *int
}

func outboxModel(t *testing.T, s Full) {
	ch := channel(t, s, "c")
	n, round := 0, 0
	rapid.Check(t, func(rt *rapid.T) {
		round++
		// Every round is a batch of its own in the same store.
		m := &model{s: s, batch: fmt.Sprintf("round-%d", round), ch: ch.ID, now: start(), next: &n}
		rt.Repeat(map[string]func(*rapid.T){
			"queue":   m.queue,
			"claim":   m.claim,
			"record":  m.record,
			"release": m.release,
			"renew":   m.renew,
			"cancel":  m.cancel,
			"wait":    m.wait,
			"":        m.check,
		})
	})
}

func owners() *rapid.Generator[string] { return rapid.SampledFrom([]string{"a", "b"}) }

// owner names differ by batch, because leases are released by owner alone.
func (m *model) owner(rt *rapid.T) string { return m.batch + owners().Draw(rt, "owner") }

func (m *model) queue(rt *rapid.T) {
	*m.next++
	c := newComplaint(*m.next, m.ch)
	c.Batch = m.batch
	queue(rt, m.s, m.now, c)
	m.jobs = append(m.jobs, &modelJob{id: c.ID, state: domain.SendQueued, due: m.now})
}

func (m *model) wait(rt *rapid.T) {
	m.now = m.now.Add(time.Duration(rapid.IntRange(1, 40).Draw(rt, "seconds")) * time.Second)
}

func (m *model) claim(rt *rapid.T) {
	owner, limit := m.owner(rt), rapid.IntRange(1, 3).Draw(rt, "limit")
	var free []*modelJob
	for _, j := range m.jobs {
		if !j.due.IsZero() && !j.due.After(m.now) && (j.owner == "" || !j.until.After(m.now)) {
			free = append(free, j)
		}
	}
	slices.SortStableFunc(free, func(a, b *modelJob) int { return a.due.Compare(b.due) })
	free = free[:min(limit, len(free))]
	got, err := m.s.Claim(rt.Context(), filing.ClaimRequest{
		Owner: owner, Now: m.now, Until: m.now.Add(leaseTime), Limit: limit, Batch: m.batch,
	})
	ok(rt, err)
	if len(got) != len(free) {
		rt.Fatalf("claimed %d jobs, want %d", len(got), len(free))
	}
	for i, j := range free {
		if j.owner != "" {
			j.interrupts++
		}
		j.attempts++
		if got[i].ComplaintID != j.id || got[i].State != j.state || got[i].AttemptN != j.attempts || got[i].Tries != j.tries {
			rt.Fatalf("claimed %+v, want %+v", got[i], j)
		}
		j.owner, j.until = owner, m.now.Add(leaseTime)
		if j.state != domain.SendToken {
			j.state = domain.SendSending
		}
	}
}

func (m *model) record(rt *rapid.T) {
	if len(m.jobs) == 0 {
		rt.Skip("nothing to record")
	}
	j := rapid.SampledFrom(m.jobs).Draw(rt, "job")
	owner := m.owner(rt)
	r := filing.Result{ComplaintID: j.id, Owner: owner, AttemptN: j.attempts, Now: m.now, Counts: rapid.Bool().Draw(rt, "counts")}
	r.State = rapid.SampledFrom([]domain.SendState{
		domain.SendSent, domain.SendToken, domain.SendUnknown, domain.SendRetry, domain.SendFailed, domain.SendQueued,
	}).Draw(rt, "state")
	r.Outcome = domain.AttemptRetry
	if r.State != domain.SendSent && r.State != domain.SendFailed {
		r.DueAt = m.now.Add(time.Duration(rapid.IntRange(0, 60).Draw(rt, "due")) * time.Second)
	}
	held := recorded(rt, m.s, r)
	if want := j.owner == owner; held != want {
		rt.Fatalf("held %v, want %v", held, want)
	}
	if !held {
		return
	}
	j.state, j.due, j.owner, j.until = r.State, r.DueAt, "", time.Time{}
	if r.Counts {
		j.tries++
	}
}

func (m *model) release(rt *rapid.T) {
	owner := m.owner(rt)
	ok(rt, m.s.Release(rt.Context(), owner, m.now))
	for _, j := range m.jobs {
		if j.owner != owner {
			continue
		}
		j.owner, j.until = "", time.Time{}
		if j.state == domain.SendSending { // it may have arrived
			j.state = domain.SendUnknown
		}
		j.interrupts++
	}
}

func (m *model) renew(rt *rapid.T) {
	owner := m.owner(rt)
	some := rapid.SliceOfDistinct(rapid.IntRange(0, max(0, len(m.jobs)-1)), rapid.ID[int]).Draw(rt, "some")
	var ids []domain.ComplaintID
	for _, i := range some {
		if i == len(m.jobs) {
			continue
		}
		j := m.jobs[i]
		ids = append(ids, j.id)
		if j.owner == owner {
			j.until = m.now.Add(leaseTime)
		}
	}
	ok(rt, m.s.Renew(rt.Context(), owner, ids, m.now.Add(leaseTime)))
}

func (m *model) cancel(rt *rapid.T) {
	if len(m.jobs) == 0 {
		rt.Skip("nothing to cancel")
	}
	j := rapid.SampledFrom(m.jobs).Draw(rt, "job")
	attempts, err := m.s.Attempts(rt.Context(), j.id)
	ok(rt, err)
	err = m.s.CancelComplaint(rt.Context(), j.id, m.now)
	if !j.state.Cancellable(attempts) {
		fails(rt, err, domain.Conflict, keyOfRefusedCancel(j.state))
		return
	}
	ok(rt, err)
	j.state, j.due = domain.SendCancelled, time.Time{}
}

// check compares every complaint and the counts with the model.
func (m *model) check(rt *rapid.T) {
	var want filing.Pending
	for _, j := range m.jobs {
		c := get(rt, m.s, j.id)
		if c.SendState != j.state || c.Attempts != j.attempts {
			rt.Fatalf("%s is %s with %d attempts, want %+v", j.id, c.SendState, c.Attempts, j)
		}
		interrupted := 0
		list := attempts(rt, m.s, j.id)
		for i, a := range list {
			if a.N != i+1 || (a.Outcome == domain.AttemptRunning) != (j.owner != "" && a.N == j.attempts) {
				rt.Fatalf("%s: attempt %+v", j.id, a)
			}
			if a.Outcome == domain.AttemptInterrupted {
				interrupted++
			}
		}
		if len(list) != j.attempts || interrupted != j.interrupts {
			rt.Fatalf("%s: %d attempts, %d interrupted, want %+v", j.id, len(list), interrupted, j)
		}
		if j.state == domain.SendToken && !j.due.IsZero() {
			want.Tokens++
		}
		switch {
		case j.due.IsZero():
		case j.owner != "" && j.until.After(m.now):
			want.Leased++
			want.NextAt = earlier(want.NextAt, j.until)
		case j.due.After(m.now):
			want.Waiting++
			want.NextAt = earlier(want.NextAt, j.due)
		default:
			want.Due++
		}
	}
	same(rt, pending(rt, m.s, filing.ClaimRequest{Owner: "onlooker", Now: m.now, Batch: m.batch}), want)
}

func earlier(a, b time.Time) time.Time {
	if a.IsZero() || b.Before(a) {
		return b
	}
	return a
}
