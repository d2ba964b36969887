package storetest

import (
	"testing"
	"time"

	"quietline/internal/domain"
	"quietline/internal/filing"
)

func settleTests() []test {
	return []test{
		{"settle/a dead worker's complaint is never claimed again", deadWorkerUnsettles},
		{"settle/given back is unsettled", releaseUnsettles},
		{"settle/nothing is claimed ahead", keylessNotAhead},
		{"settle/a pending number is still asked for", tokenIsNotUnsettled},
		{"settle/a late number is kept", lateNumberIsKept},
		{"settle/filed", settledFiled},
		{"settle/again", settledAgain},
		{"settle/what is not open", refusedSettle},
		{"settle/a number for a token", settledToken},
		{"settle/counts", countsUnsettled},
		{"settle/the channel is in use", unsettledInUse},
		{"settle/another service", anotherService},
	}
}

func civic(t tb, s Full, name string) domain.Channel {
	t.Helper()
	c := domain.Channel{Name: name, Kind: domain.ChannelOpen311, URL: "https://city.example", ServiceCode: "A", CreatedAt: start()}
	ok(t, s.AddChannel(t.Context(), &c))
	return c
}

// leaveBehind queues a complaint for a civic server, and a worker claims it and
// dies.
func leaveBehind(t *testing.T, s Full) domain.ComplaintID {
	t.Helper()
	ch := civic(t, s, "city")
	c := newComplaint(1, ch.ID)
	queue(t, s, start(), c)
	same(t, claimed(claim(t, s, "dead", start(), 9)), ids(1))
	return c.ID
}

// unsettledNow checks that nobody works on a complaint and nobody ever will.
func unsettledNow(t *testing.T, s Full, id domain.ComplaintID, now time.Time) {
	t.Helper()
	got := get(t, s, id)
	same(t, got.Unsettled(), true)
	same(t, got.SendState, domain.SendUnknown)
	ok(t, s.Hasten(t.Context(), filing.HastenRequest{Now: now}))
	ok(t, s.Hasten(t.Context(), filing.HastenRequest{Now: now, ID: id}))
	same(t, len(claim(t, s, "other", now.Add(time.Hour), 9)), 0)
	p, err := s.Pending(t.Context(), filing.ClaimRequest{Owner: "other", Now: now.Add(time.Hour)})
	ok(t, err)
	same(t, p, filing.Pending{})
	same(t, get(t, s, id), got)
	n, err := s.CountByHand(t.Context(), filing.ByHandRequest{Before: now})
	ok(t, err)
	same(t, n, filing.ByHand{Unsettled: 1})
}

func deadWorkerUnsettles(t *testing.T, s Full) {
	id := leaveBehind(t, s)
	same(t, len(claim(t, s, "next", start(), 9)), 0) // it may still live
	same(t, get(t, s, id).SendState, domain.SendSending)
	later := after(time.Minute)
	same(t, len(claim(t, s, "next", later, 9)), 0)
	unsettledNow(t, s, id, later)
	list := attempts(t, s, id)
	same(t, len(list), 1)
	same(t, list[0].Outcome, domain.AttemptInterrupted)
	events, err := s.Timeline(t.Context(), id)
	ok(t, err)
	same(t, events[len(events)-1], domain.TimelineEvent{At: later, Kind: "attempt_interrupted", SendState: domain.SendUnknown})
}

// What a process claims ahead of its workers and never sends must not have to be
// settled by a person after it died.
func keylessNotAhead(t *testing.T, s Full) {
	ch := civic(t, s, "city")
	wire := channel(t, s, "wire")
	for n := range 6 {
		queue(t, s, start(), newComplaint(n+1, ch.ID))
	}
	queue(t, s, start(), newComplaint(7, wire.ID))
	take := func(limit, ahead int) []domain.ComplaintID {
		jobs, err := s.Claim(t.Context(), filing.ClaimRequest{Owner: "w", Now: start(), Until: after(20 * time.Second), Limit: limit, Ahead: ahead})
		ok(t, err)
		return claimed(jobs)
	}
	same(t, take(7, 5), ids(1, 2, 7))
	same(t, len(take(5, 5)), 0)
	same(t, take(1, 0), ids(3))
	same(t, get(t, s, newComplaint(4, ch.ID).ID).Attempts, 0)
}

func releaseUnsettles(t *testing.T, s Full) {
	id := leaveBehind(t, s)
	ok(t, s.Release(t.Context(), "somebody", after(time.Second)))
	same(t, get(t, s, id).SendState, domain.SendSending)
	ok(t, s.Release(t.Context(), "dead", after(time.Second)))
	unsettledNow(t, s, id, after(time.Second))
}

// withToken is a complaint that the server took over under a token.
func withToken(t *testing.T, s Full) domain.ComplaintID {
	t.Helper()
	id := leaveBehind(t, s)
	same(t, recorded(t, s, filing.Result{
		ComplaintID: id, Owner: "dead", AttemptN: 1, Now: after(time.Second), DueAt: after(time.Second),
		Outcome: domain.AttemptToken, State: domain.SendToken, Token: "t", Counts: true,
	}), true)
	return id
}

func tokenIsNotUnsettled(t *testing.T, s Full) {
	withToken(t, s)
	same(t, claimed(claim(t, s, "dead", after(time.Second), 9)), ids(1))
	jobs := claim(t, s, "next", after(time.Hour), 9)
	same(t, claimed(jobs), ids(1))
	same(t, jobs[0].State, domain.SendToken)
}

// A worker that lost its lease while it waited for the answer knows the number,
// which nobody can ask for again.
func lateNumberIsKept(t *testing.T, s Full) {
	id := leaveBehind(t, s)
	later := after(time.Minute)
	claim(t, s, "next", later, 9)
	r := filing.Result{
		ComplaintID: id, Owner: "dead", AttemptN: 1, Now: later, Outcome: domain.AttemptUnknown, State: domain.SendUnknown,
	}
	same(t, recorded(t, s, r), false) // that is known already
	r.AttemptN, r.Outcome, r.State, r.ReceiptNumber = 2, domain.AttemptSent, domain.SendSent, "7"
	same(t, recorded(t, s, r), false) // there was no such attempt
	r.AttemptN = 1
	same(t, recorded(t, s, r), true)
	got := get(t, s, id)
	same(t, got.SendState, domain.SendSent)
	same(t, got.ReceiptNumber, "7")
	same(t, attempts(t, s, id)[0].Outcome, domain.AttemptSent)
	r.ReceiptNumber = "8"
	same(t, recorded(t, s, r), false)
	same(t, get(t, s, id), got)
}

func settledFiled(t *testing.T, s Full) {
	id := leaveBehind(t, s)
	ok(t, s.Release(t.Context(), "dead", after(time.Second)))
	ok(t, s.Settle(t.Context(), filing.Settlement{ID: id, ReceiptNumber: "N-1", Now: after(time.Hour)}))
	got := get(t, s, id)
	same(t, got.SendState, domain.SendSent)
	same(t, got.ReceiptNumber, "N-1")
	same(t, got.UpdatedAt, after(time.Hour))
	events, err := s.Timeline(t.Context(), id)
	ok(t, err)
	same(t, events[len(events)-1], domain.TimelineEvent{At: after(time.Hour), Kind: "settled_filed", SendState: domain.SendSent, Note: "N-1"})
	same(t, len(claim(t, s, "next", after(2*time.Hour), 9)), 0)
	fails(t, s.Settle(t.Context(), filing.Settlement{ID: id, Again: true, Now: after(time.Hour)}), domain.Conflict, "complaint.not_unsettled")
	same(t, get(t, s, id), got)
}

func settledAgain(t *testing.T, s Full) {
	id := leaveBehind(t, s)
	ok(t, s.Release(t.Context(), "dead", after(time.Second)))
	ok(t, s.Settle(t.Context(), filing.Settlement{ID: id, Again: true, Now: after(time.Hour)}))
	got := get(t, s, id)
	same(t, got.SendState, domain.SendQueued)
	same(t, got.NextAttemptAt, after(time.Hour))
	jobs := claim(t, s, "next", after(time.Hour), 9)
	same(t, claimed(jobs), ids(1))
	same(t, jobs[0].State, domain.SendQueued)
	same(t, jobs[0].AttemptN, 2)
	same(t, jobs[0].Tries, 0)
	same(t, len(jobs[0].Payload) > 0, true)
}

func refusedSettle(t *testing.T, s Full) {
	city, wire := civic(t, s, "city"), channel(t, s, "wire")
	queue(t, s, start(), newComplaint(1, city.ID), newComplaint(2, wire.ID))
	ok(t, s.SaveDraft(t.Context(), newComplaint(3, city.ID), start()))
	claim(t, s, "w", start(), 9)
	ok(t, s.Release(t.Context(), "w", after(time.Second)))
	same(t, get(t, s, newComplaint(2, wire.ID).ID).SendState, domain.SendUnknown) // but it can be asked for
	for _, n := range []int{2, 3} {
		for _, again := range []bool{false, true} {
			id := newComplaint(n, wire.ID).ID
			before := get(t, s, id)
			fails(t, s.Settle(t.Context(), filing.Settlement{ID: id, Again: again, ReceiptNumber: "1", Now: after(time.Hour)}), domain.Conflict, "complaint.not_unsettled")
			same(t, get(t, s, id), before)
		}
	}
	fails(t, s.Settle(t.Context(), filing.Settlement{ID: newComplaint(9, 0).ID, Now: start()}), domain.NotFound, "complaint.not_found")
}

func settledToken(t *testing.T, s Full) {
	id := withToken(t, s)
	claim(t, s, "polls", after(time.Minute), 9)
	fails(t, s.Settle(t.Context(), filing.Settlement{ID: id, Again: true, Now: after(time.Hour)}), domain.Conflict, "complaint.not_unsettled")
	ok(t, s.Settle(t.Context(), filing.Settlement{ID: id, ReceiptNumber: "N-1", Now: after(2 * time.Minute)}))
	same(t, recorded(t, s, filing.Result{ // the poll is late
		ComplaintID: id, Owner: "polls", AttemptN: 2, Now: after(time.Hour), Outcome: domain.AttemptSent, State: domain.SendSent, ReceiptNumber: "N-2",
	}), false)
	got := get(t, s, id)
	same(t, got.ReceiptNumber, "N-1")
	same(t, got.Token, "")
}

func countsUnsettled(t *testing.T, s Full) {
	a, b, wire := civic(t, s, "a"), civic(t, s, "b"), channel(t, s, "wire")
	for n, c := range []domain.Channel{a, a, b, wire} {
		k := newComplaint(n+1, c.ID)
		if n == 1 {
			k.Batch = "street"
		}
		queue(t, s, start(), k)
	}
	claim(t, s, "w", start(), 9)
	ok(t, s.Release(t.Context(), "w", after(time.Second)))
	for _, tc := range []struct {
		r    filing.ByHandRequest
		want int
	}{
		{filing.ByHandRequest{}, 3},
		{filing.ByHandRequest{ChannelID: a.ID}, 2},
		{filing.ByHandRequest{ChannelID: wire.ID}, 0},
		{filing.ByHandRequest{Batch: "street"}, 1},
	} {
		got, err := s.CountByHand(t.Context(), tc.r)
		ok(t, err)
		same(t, got, filing.ByHand{Unsettled: tc.want})
	}
}

func unsettledInUse(t *testing.T, s Full) {
	id := leaveBehind(t, s)
	ok(t, s.Release(t.Context(), "dead", after(time.Second)))
	ch, err := s.ChannelByName(t.Context(), "city")
	ok(t, err)
	fails(t, s.RemoveChannel(t.Context(), ch.ID), domain.Conflict, "channel.in_use")
	ok(t, s.Settle(t.Context(), filing.Settlement{ID: id, ReceiptNumber: "1", Now: start()}))
	ok(t, s.RemoveChannel(t.Context(), ch.ID))
}

func anotherService(t *testing.T, s Full) {
	ch := civic(t, s, "city")
	caps := domain.Capabilities{Name: "A", Service: &domain.CivicService{
		Code: "A", Type: domain.ServiceBatch, Attributes: []domain.ServiceAttribute{{Code: "x", Values: []domain.ServiceValue{{Key: "1"}}}},
	}}
	ok(t, s.SetCapabilities(t.Context(), ch.ID, caps))
	got, err := s.ChannelByID(t.Context(), ch.ID)
	ok(t, err)
	same(t, *got.Capabilities, caps)
	ok(t, s.SetServiceCode(t.Context(), ch.ID, "B"))
	got, err = s.ChannelByID(t.Context(), ch.ID)
	ok(t, err)
	same(t, got.ServiceCode, "B")
	same(t, got.Capabilities == nil, true)
	fails(t, s.SetServiceCode(t.Context(), 99, "B"), domain.NotFound, "channel.not_found")
}
