package storetest

import (
	"sync"
	"testing"
	"time"

	"quietline/internal/domain"
	"quietline/internal/filing"
)

func writingTests() []test {
	return []test{
		{"writing/parts are all queued or none", partsAllOrNone},
		{"writing/a queued one is frozen anew under its key", refrozen},
		{"writing/what was begun stays", begunStays},
		{"writing/an edit and a worker at once", editAgainstClaim},
		{"writing/back to a draft", takenBack},
		{"writing/the same caller", relatedComplaints},
		{"writing/drafts are merged and unmerged", mergedAndUnmerged},
	}
}

// requests are frozen complaints about different calls.
func requests(now time.Time, list ...domain.Complaint) []filing.QueueRequest {
	out := make([]filing.QueueRequest, len(list))
	for i, c := range list {
		out[i] = request(c, now)
	}
	return out
}

func partsAllOrNone(t *testing.T, s Full) {
	ch := channel(t, s, "c")
	queue(t, s, start(), newComplaint(3, ch.ID))
	third := newComplaint(3, ch.ID)
	third.ID = newComplaint(4, ch.ID).ID // about a call that is filed already
	err := s.QueueParts(t.Context(), requests(start(), newComplaint(1, ch.ID), newComplaint(2, ch.ID), third), "")
	fails(t, err, domain.Conflict, "complaint.duplicate")
	n, err := s.CountByState(t.Context())
	ok(t, err)
	same(t, n, map[domain.SendState]int64{domain.SendQueued: 1})

	draft := newComplaint(1, ch.ID)
	ok(t, s.SaveDraft(t.Context(), draft, start()))
	ok(t, s.QueueParts(t.Context(), requests(start(), draft, newComplaint(2, ch.ID)), domain.SendDraft))
	same(t, claimed(claim(t, s, "w", start(), 9)), ids(3, 1, 2))
}

func refrozen(t *testing.T, s Full) {
	ch, hand := channel(t, s, "c"), assisted(t, s, "hand")
	c := newComplaint(1, ch.ID)
	queue(t, s, start(), c)
	before := get(t, s, c.ID)
	c.Body.Description = "changed"
	q := request(c, after(time.Minute))
	q.Key, q.Payload = "another key", []byte("changed")
	ok(t, s.QueueParts(t.Context(), []filing.QueueRequest{q}, domain.SendQueued))
	got := get(t, s, c.ID)
	same(t, got.Body.Description, "changed")
	same(t, got.QueuedAt, before.QueuedAt)
	events, err := s.Timeline(t.Context(), c.ID)
	ok(t, err)
	same(t, events[len(events)-1], domain.TimelineEvent{At: after(time.Minute), Kind: "edited", SendState: domain.SendQueued})

	// To a channel of a person and back: no worker sees it in between.
	q.Complaint.ChannelID = hand.ID
	ok(t, s.QueueParts(t.Context(), []filing.QueueRequest{q}, domain.SendQueued))
	same(t, len(claim(t, s, "w", after(time.Hour), 9)), 0)
	q.Complaint.ChannelID = ch.ID
	ok(t, s.QueueParts(t.Context(), []filing.QueueRequest{q}, domain.SendQueued))
	job := claimOne(t, s, "w", after(time.Hour))
	same(t, job.Key, "key-"+string(c.ID))
	same(t, string(job.Payload), "changed")
}

func begunStays(t *testing.T, s Full) {
	ch := channel(t, s, "c")
	c := newComplaint(1, ch.ID)
	queue(t, s, start(), c)
	job := claimOne(t, s, "w", start())
	refused := func() {
		t.Helper()
		before := get(t, s, c.ID)
		c.Body.Description = "changed"
		fails(t, s.QueueParts(t.Context(), requests(after(time.Minute), c), domain.SendQueued), domain.Conflict, "complaint.not_draft")
		fails(t, s.TakeBack(t.Context(), c, after(time.Minute)), domain.Conflict, "complaint.not_draft")
		same(t, get(t, s, c.ID), before)
	}
	refused()
	// A channel that is paused leaves it queued, but it was tried.
	record(t, s, filing.Result{
		ComplaintID: c.ID, Owner: "w", AttemptN: job.AttemptN, Now: after(time.Second),
		Outcome: domain.AttemptPaused, State: domain.SendQueued, DueAt: after(time.Second),
	})
	refused()
	again := claimOne(t, s, "w", after(time.Minute))
	same(t, string(again.Payload), string(job.Payload))
}

// Of an edit and a worker that come at once, one is first: the worker sends the
// new bytes, or the edit is refused.
func editAgainstClaim(t *testing.T, s Full) {
	ch := channel(t, s, "c")
	for n := 1; n <= 20; n++ {
		c := newComplaint(n, ch.ID)
		queue(t, s, start(), c)
		q := request(c, start())
		q.Payload = []byte("edited")
		var jobs []filing.Job
		var claimErr, editErr error
		var wg sync.WaitGroup
		wg.Go(func() {
			jobs, claimErr = s.Claim(t.Context(), filing.ClaimRequest{Owner: "w", Now: start(), Until: after(time.Second), Limit: 1})
		})
		wg.Go(func() { editErr = s.QueueParts(t.Context(), []filing.QueueRequest{q}, domain.SendQueued) })
		wg.Wait()
		ok(t, claimErr)
		if len(jobs) != 1 {
			t.Fatalf("%d jobs", len(jobs))
		}
		if edited := string(jobs[0].Payload) == "edited"; edited != (editErr == nil) {
			t.Fatalf("the worker sends %q and the edit says %v", jobs[0].Payload, editErr)
		}
		if editErr != nil {
			fails(t, editErr, domain.Conflict, "complaint.not_draft")
		}
	}
}

func takenBack(t *testing.T, s Full) {
	ch := channel(t, s, "c")
	c := newComplaint(1, ch.ID)
	queue(t, s, start(), c)
	c.Body.Description = "on second thoughts"
	ok(t, s.TakeBack(t.Context(), c, after(time.Minute)))
	got := get(t, s, c.ID)
	same(t, got.SendState, domain.SendDraft)
	same(t, got.QueuedAt, time.Time{})
	same(t, got.Body.Description, "on second thoughts")
	same(t, len(claim(t, s, "w", after(time.Hour), 9)), 0)
	ok(t, s.Queue(t.Context(), request(c, after(time.Hour)))) // its key is free again
	same(t, claimed(claim(t, s, "w", after(time.Hour), 9)), ids(1))
}

func relatedComplaints(t *testing.T, s Full) {
	ch := channel(t, s, "c")
	other := person(t, s, "Mother")
	put := func(n int, number, code string, change func(*domain.Complaint)) {
		c := newComplaint(n, ch.ID)
		c.Body.Caller.Number, c.Body.Caller.Code = number, code
		if change != nil {
			change(&c)
		}
		ok(t, s.SaveDraft(t.Context(), c, start()))
	}
	put(1, "95013000", "95013", nil)
	put(2, "95013111", "95013", nil)
	put(3, "9501", "", nil) // begins alike, and is another
	put(4, "95013000", "95013", func(c *domain.Complaint) { c.PersonID = other.ID })
	put(5, "95014000", "95014", nil)
	put(6, "95013222", "", nil) // under no code
	put(7, "95013000", "95013", nil)
	ok(t, s.CancelComplaint(t.Context(), newComplaint(7, ch.ID).ID, start()))
	for _, tc := range []struct {
		r    filing.RelatedRequest
		want []domain.ComplaintID
	}{
		{filing.RelatedRequest{PersonID: domain.SelfID, Number: "95013000", Code: "95013", Limit: 9}, ids(2, 1)},
		{filing.RelatedRequest{PersonID: domain.SelfID, Number: "95013000", Code: "95013", Limit: 1}, ids(2)},
		{filing.RelatedRequest{PersonID: domain.SelfID, Number: "95013000", Code: "95013", Except: newComplaint(1, ch.ID).ID, Limit: 9}, ids(2)},
		{filing.RelatedRequest{PersonID: domain.SelfID, Number: "9501", Limit: 9}, ids(3)},
		{filing.RelatedRequest{PersonID: other.ID, Number: "95013999", Code: "95013", Limit: 9}, ids(4)},
		{filing.RelatedRequest{PersonID: other.ID, Number: "13800138000", Limit: 9}, nil},
	} {
		list, err := s.Related(t.Context(), tc.r)
		ok(t, err)
		var got []domain.ComplaintID
		for _, c := range list {
			got = append(got, c.ID)
		}
		same(t, got, tc.want)
	}
}

func mergedAndUnmerged(t *testing.T, s Full) {
	ch := channel(t, s, "c")
	add(t, s, newCall("95013000", start()))
	call := all(t, s, domain.CallFilter{}, 1)[0]
	a, b := about(1, ch.ID, call), newComplaint(2, ch.ID)
	ok(t, s.SaveDraft(t.Context(), a, start()))
	ok(t, s.SaveDraft(t.Context(), b, start()))
	before := get(t, s, a.ID)
	both := before
	both.Body.Calls = append(both.Body.Calls, b.Body.Calls...)
	r := filing.MergeRequest{Into: both, Away: []domain.ComplaintID{b.ID}, Now: after(time.Minute)}
	ok(t, s.MergeDrafts(t.Context(), r))
	same(t, len(get(t, s, a.ID).Body.Calls), 2)
	same(t, get(t, s, b.ID).SendState, domain.SendCancelled)
	events, err := s.Timeline(t.Context(), b.ID)
	ok(t, err)
	same(t, events[len(events)-1], domain.TimelineEvent{At: after(time.Minute), Kind: "merged", SendState: domain.SendCancelled, Note: a.ID.Short()})
	fails(t, s.MergeDrafts(t.Context(), r), domain.Conflict, "complaint.not_draft") // b is none any more
	same(t, len(get(t, s, a.ID).Body.Calls), 2)

	removeCallsOf(t, s, call) // undoing does not depend on it
	ok(t, s.UnmergeDrafts(t.Context(), filing.MergeRequest{Into: before, Away: r.Away, Now: after(time.Hour)}))
	same(t, get(t, s, a.ID).Body, before.Body)
	same(t, get(t, s, b.ID).SendState, domain.SendDraft)
	fails(t, s.UnmergeDrafts(t.Context(), filing.MergeRequest{Into: before, Away: r.Away, Now: after(time.Hour)}), domain.Conflict, "complaint.not_draft")

	a.CallIDs = nil
	queue(t, s, after(2*time.Hour), a)
	fails(t, s.MergeDrafts(t.Context(), r), domain.Conflict, "complaint.not_draft")
	same(t, get(t, s, b.ID).SendState, domain.SendDraft)
}
