package storetest

import (
	"testing"
	"time"

	"quietline/internal/domain"
	"quietline/internal/filing"
)

func pendingTests() []test {
	return []test{
		{"pending/nothing", pendingNothing},
		{"pending/each sort", pendingSorts},
		{"pending/hasten", hasten},
		{"pending/hasten what was never tried", hastenUntried},
		{"pending/selection", pendingSelection},
	}
}

func pending(t tb, s Full, r filing.ClaimRequest) filing.Pending {
	t.Helper()
	p, err := s.Pending(t.Context(), r)
	ok(t, err)
	return p
}

func pendingNothing(t *testing.T, s Full) {
	ch := channel(t, s, "c")
	ok(t, s.SaveDraft(t.Context(), newComplaint(1, ch.ID), start()))
	queue(t, s, start(), newComplaint(2, ch.ID))
	ok(t, s.CancelComplaint(t.Context(), ids(2)[0], start()))
	same(t, pending(t, s, filing.ClaimRequest{Owner: "w", Now: after(time.Hour)}), filing.Pending{})
}

// hasten: what waits becomes due, one, those of a channel or batch, or all;
// what is leased or finished does not.
func hasten(t *testing.T, s Full) {
	ch := channel(t, s, "c")
	for i, state := range []domain.SendState{domain.SendRetry, domain.SendUnknown, domain.SendToken, domain.SendSent, domain.SendCancelled} {
		reach(t, s, newComplaint(i+1, ch.ID), state, start())
	}
	other := channel(t, s, "other")
	reach(t, s, newComplaint(6, other.ID), domain.SendRetry, start())
	reach(t, s, newComplaint(7, other.ID), domain.SendRetry, start())
	now := after(time.Minute)
	for _, tt := range []struct {
		r    filing.HastenRequest
		want []domain.ComplaintID
	}{
		{filing.HastenRequest{ID: domain.ComplaintID(uuid(99))}, nil},
		{filing.HastenRequest{ID: domain.ComplaintID(uuid(2))}, ids(2)},
		{filing.HastenRequest{ChannelID: other.ID, Batch: "batch-" + uuid(7)}, ids(7)},
		{filing.HastenRequest{ChannelID: other.ID}, ids(6)},
		{filing.HastenRequest{}, ids(1, 3)},
	} {
		tt.r.Now = now
		ok(t, s.Hasten(t.Context(), tt.r))
		same(t, claimed(claim(t, s, "w", now, 9)), tt.want)
	}
}

// hastenUntried: what was queued while the clock was ahead; what waits by some
// rule goes on waiting.
func hastenUntried(t *testing.T, s Full) {
	ch := channel(t, s, "c")
	queue(t, s, start(), newComplaint(1, ch.ID))
	record(t, s, filing.Result{
		ComplaintID: claimOne(t, s, "w", start()).ComplaintID, Owner: "w", AttemptN: 1, Now: start(), Counts: true,
		Outcome: domain.AttemptRetry, State: domain.SendRetry, DueAt: after(time.Hour),
	})
	queue(t, s, after(time.Hour), newComplaint(2, ch.ID))
	queue(t, s, after(filing.LongestUntried), newComplaint(3, ch.ID))
	ok(t, s.Hasten(t.Context(), filing.HastenRequest{Now: start(), Untried: true}))
	same(t, claimed(claim(t, s, "w", start(), 9)), ids(2))
}

func pendingSorts(t *testing.T, s Full) {
	plain, paused, held := channel(t, s, "plain"), channel(t, s, "paused"), channel(t, s, "held")
	reach(t, s, newComplaint(1, plain.ID), domain.SendRetry, start()) // due in an hour
	reach(t, s, newComplaint(2, plain.ID), domain.SendToken, after(time.Minute))
	queue(t, s, start(), newComplaint(3, plain.ID)) // for another worker
	same(t, claimed(claim(t, s, "other", start(), 1)), ids(3))
	queue(t, s, start(), newComplaint(4, plain.ID)) // for this one
	same(t, claimed(claim(t, s, "w", start(), 1)), ids(4))
	queue(t, s, start(), newComplaint(5, plain.ID), newComplaint(6, plain.ID), newComplaint(7, plain.ID)) // due
	queue(t, s, start(), newComplaint(8, paused.ID), newComplaint(9, held.ID))
	queue(t, s, after(time.Hour), newComplaint(10, paused.ID))
	ok(t, s.PauseChannel(t.Context(), paused.ID, domain.PausedByUser))
	ok(t, s.HoldChannel(t.Context(), held.ID, after(20*time.Second)))

	r := filing.ClaimRequest{Owner: "w", Now: start()}
	want := filing.Pending{Due: 3, Leased: 1, Waiting: 3, Paused: 2, Tokens: 1, NextAt: after(20 * time.Second)}
	same(t, pending(t, s, r), want)
	r.Now = after(20 * time.Second) // the hold is over
	want.Due, want.Waiting, want.NextAt = 4, 2, after(leaseTime)
	same(t, pending(t, s, r), want)
	r.Now = after(leaseTime) // both leases are over
	want.Due, want.Leased, want.NextAt = 6, 0, after(time.Hour)
	same(t, pending(t, s, r), want)
	r.Now = after(2 * time.Hour)
	same(t, pending(t, s, r), filing.Pending{Due: 8, Paused: 2, Tokens: 1})
	same(t, len(claim(t, s, "w", r.Now, 99)), 8) // what is due can be claimed
}

func pendingSelection(t *testing.T, s Full) {
	a, b := channel(t, s, "a"), channel(t, s, "b")
	first, second := newComplaint(1, a.ID), newComplaint(2, b.ID)
	second.Batch = "x"
	queue(t, s, start(), first, second)
	for _, tt := range []struct {
		r    filing.ClaimRequest
		want int
	}{
		{filing.ClaimRequest{}, 2},
		{filing.ClaimRequest{ChannelID: a.ID}, 1},
		{filing.ClaimRequest{Batch: "x"}, 1},
		{filing.ClaimRequest{ChannelID: a.ID, Batch: "x"}, 0},
	} {
		tt.r.Owner, tt.r.Now = "w", start()
		same(t, pending(t, s, tt.r), filing.Pending{Due: tt.want})
	}
}
