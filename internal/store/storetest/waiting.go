package storetest

import (
	"testing"
	"time"

	"quietline/internal/domain"
	"quietline/internal/filing"
)

func waitingTests() []test {
	return []test{
		{"waiting/stuck", waitingStuck},
		{"waiting/behind paused channels", waitingStopped},
	}
}

// waitingStuck: the count and the filter agree with the rule of the domain. The
// clock of the store stands at start.
func waitingStuck(t *testing.T, s Full) {
	ch := channel(t, s, "c")
	var want []domain.ComplaintID
	n := 0
	for _, queued := range []time.Time{after(-domain.StuckAfter - time.Second), after(-domain.StuckAfter), after(-domain.StuckAfter + time.Second)} {
		for _, state := range domain.SendStates() {
			if state == domain.SendSkipped {
				continue
			}
			n++
			reach(t, s, newComplaint(n, ch.ID), state, queued)
			c := get(t, s, domain.ComplaintID(uuid(n)))
			if c.Stuck(start()) {
				want = append([]domain.ComplaintID{c.ID}, want...)
			}
		}
	}
	same(t, len(want), 6)
	same(t, allComplaints(t, s, domain.ComplaintFilter{Stuck: true}, 2), want)
	same(t, len(allComplaints(t, s, domain.ComplaintFilter{Stuck: true, SendState: domain.SendRetry}, 2)), 2)
	got, err := s.CountWaiting(t.Context(), after(-domain.StuckAfter))
	ok(t, err)
	same(t, got, filing.Waiting{Stuck: len(want)})
}

func waitingStopped(t *testing.T, s Full) {
	a, b, empty := channel(t, s, "a"), channel(t, s, "b"), channel(t, s, "empty")
	for i, state := range domain.SendStates() {
		if state != domain.SendSkipped {
			reach(t, s, newComplaint(i+1, b.ID), state, start())
		}
	}
	queue(t, s, start(), newComplaint(99, a.ID))
	// What only a person can settle is not stopped by a pause.
	city := civic(t, s, "city")
	queue(t, s, after(-time.Hour), newComplaint(100, city.ID))
	claim(t, s, "w", after(-time.Hour), 1)
	ok(t, s.Release(t.Context(), "w", start()))
	same(t, get(t, s, domain.ComplaintID(uuid(100))).SendState, domain.SendUnknown)
	for _, ch := range []domain.Channel{b, empty, city} {
		ok(t, s.PauseChannel(t.Context(), ch.ID, domain.PausedForbidden))
	}
	b, err := s.ChannelByID(t.Context(), b.ID)
	ok(t, err)
	got, err := s.CountWaiting(t.Context(), start().Add(-time.Hour))
	ok(t, err)
	same(t, got, filing.Waiting{Stopped: []filing.Stopped{{Channel: b, Count: 5}}})
}
