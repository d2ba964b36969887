package storetest

import (
	"testing"
	"time"

	"quietline/internal/domain"
	"quietline/internal/filing"
)

func byHandTests() []test {
	return []test{
		{"by hand/no worker ever gets it", byHandIsNotClaimed},
		{"by hand/filed once", filedByHandOnce},
		{"by hand/what does not wait for a person", refusedByHand},
		{"by hand/counts", countsByHand},
		{"by hand/the channel is in use", byHandInUse},
	}
}

func assisted(t tb, s Full, name string) domain.Channel {
	t.Helper()
	c := domain.Channel{Name: name, Kind: domain.ChannelAssisted, CreatedAt: start()}
	ok(t, s.AddChannel(t.Context(), &c))
	return c
}

func byHandIsNotClaimed(t *testing.T, s Full) {
	hand, wire := assisted(t, s, "hand"), channel(t, s, "wire")
	queue(t, s, start(), newComplaint(1, hand.ID), newComplaint(2, wire.ID))
	got := get(t, s, newComplaint(1, hand.ID).ID)
	same(t, got.SendState, domain.SendQueued)
	same(t, got.ChannelKind, domain.ChannelAssisted)
	same(t, got.QueuedAt, start())
	same(t, got.NextAttemptAt, time.Time{}) // nobody tries
	later := after(24 * time.Hour)
	ok(t, s.Hasten(t.Context(), filing.HastenRequest{Now: later}))
	ok(t, s.Hasten(t.Context(), filing.HastenRequest{Now: later, ID: got.ID}))
	same(t, claimed(claim(t, s, "w", later, 9)), ids(2))
	ok(t, s.Release(t.Context(), "w", later))
	same(t, claimed(claim(t, s, "v", later.Add(time.Hour), 9)), ids(2))
	p, err := s.Pending(t.Context(), filing.ClaimRequest{Owner: "v", Now: later, ChannelID: hand.ID})
	ok(t, err)
	same(t, p, filing.Pending{})
	same(t, get(t, s, got.ID), got) // nothing of all that touched it
	_, found, err := s.FindDuplicate(t.Context(), func() domain.Complaint {
		c := newComplaint(1, wire.ID)
		c.ID = newComplaint(3, wire.ID).ID
		return c
	}())
	ok(t, err)
	same(t, found, true) // it counts as one that is being filed
}

func filedByHandOnce(t *testing.T, s Full) {
	ch := assisted(t, s, "hand")
	c := newComplaint(1, ch.ID)
	queue(t, s, start(), c)
	f := filing.FiledByHand{ID: c.ID, ReceiptNumber: "12321-7", Now: after(time.Hour)}
	ok(t, s.FileByHand(t.Context(), f))
	got := get(t, s, c.ID)
	same(t, got.SendState, domain.SendSent)
	same(t, got.ReceiptNumber, "12321-7")
	same(t, got.CaseState, domain.CaseNone) // the body has said nothing
	same(t, got.UpdatedAt, after(time.Hour))
	same(t, len(attempts(t, s, c.ID)), 0)
	events, err := s.Timeline(t.Context(), c.ID)
	ok(t, err)
	same(t, events[len(events)-1], domain.TimelineEvent{
		At: after(time.Hour), Kind: "filed_by_hand", SendState: domain.SendSent, Note: "12321-7",
	})
	f.ReceiptNumber = "other"
	fails(t, s.FileByHand(t.Context(), f), domain.Conflict, "complaint.has_receipt")
	same(t, get(t, s, c.ID), got)
	fails(t, s.CancelComplaint(t.Context(), c.ID, after(2*time.Hour)), domain.Conflict, "complaint.already_filed")
}

func refusedByHand(t *testing.T, s Full) {
	hand, wire := assisted(t, s, "hand"), channel(t, s, "wire")
	queue(t, s, start(), newComplaint(1, wire.ID), newComplaint(2, hand.ID))
	ok(t, s.SaveDraft(t.Context(), newComplaint(3, hand.ID), start()))
	ok(t, s.CancelComplaint(t.Context(), newComplaint(2, hand.ID).ID, after(time.Minute)))
	for n, key := range map[int]string{1: "complaint.not_by_hand", 2: "complaint.not_waiting", 3: "complaint.not_waiting"} {
		c := newComplaint(n, wire.ID)
		before := get(t, s, c.ID)
		fails(t, s.FileByHand(t.Context(), filing.FiledByHand{ID: c.ID, ReceiptNumber: "1", Now: after(time.Hour)}), domain.Conflict, key)
		same(t, get(t, s, c.ID), before)
	}
	fails(t, s.FileByHand(t.Context(), filing.FiledByHand{ID: newComplaint(9, 0).ID, ReceiptNumber: "1", Now: start()}),
		domain.NotFound, "complaint.not_found")
}

func countsByHand(t *testing.T, s Full) {
	a, b, wire := assisted(t, s, "a"), assisted(t, s, "b"), channel(t, s, "wire")
	for n, c := range []domain.Channel{a, a, b, wire} {
		k := newComplaint(n+1, c.ID)
		if n == 1 {
			k.Batch = "street"
		}
		queue(t, s, after(time.Duration(n)*time.Hour), k)
	}
	ok(t, s.SaveDraft(t.Context(), newComplaint(8, a.ID), start()))
	for _, tc := range []struct {
		r    filing.ByHandRequest
		want filing.ByHand
	}{
		{filing.ByHandRequest{Before: after(time.Hour)}, filing.ByHand{All: 3, Overdue: 1}},
		{filing.ByHandRequest{Before: after(9 * time.Hour)}, filing.ByHand{All: 3, Overdue: 3}},
		{filing.ByHandRequest{ChannelID: b.ID, Before: start()}, filing.ByHand{All: 1}},
		{filing.ByHandRequest{ChannelID: wire.ID, Before: after(9 * time.Hour)}, filing.ByHand{}},
		{filing.ByHandRequest{Batch: "street", Before: after(9 * time.Hour)}, filing.ByHand{All: 1, Overdue: 1}},
	} {
		got, err := s.CountByHand(t.Context(), tc.r)
		ok(t, err)
		same(t, got, tc.want)
	}
}

func byHandInUse(t *testing.T, s Full) {
	ch := assisted(t, s, "hand")
	c := newComplaint(1, ch.ID)
	queue(t, s, start(), c)
	fails(t, s.RemoveChannel(t.Context(), ch.ID), domain.Conflict, "channel.in_use")
	ok(t, s.FileByHand(t.Context(), filing.FiledByHand{ID: c.ID, ReceiptNumber: "1", Now: start()}))
	ok(t, s.RemoveChannel(t.Context(), ch.ID))
	same(t, get(t, s, c.ID).ChannelKind, domain.ChannelAssisted) // finished ones keep what they were
}
