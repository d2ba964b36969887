package storetest

import (
	"slices"
	"testing"
	"time"

	"quietline/internal/domain"
	"quietline/internal/filing"
)

func batchPause(t *testing.T, s Full) {
	ch := channel(t, s, "c")
	id := begin(t, s, ch)
	addRows(t, s, id, batchRow(t, 1, id, ch), batchRow(t, 2, id, ch))
	queue(t, s, after(time.Minute), newComplaint(100, ch.ID))
	ok(t, s.PauseBatch(t.Context(), id, true, after(time.Minute)))
	ok(t, s.PauseBatch(t.Context(), id, true, after(time.Hour))) // no news
	b, err := s.Batch(t.Context(), id)
	ok(t, err)
	same(t, b.PausedAt, after(time.Minute))
	r := filing.ClaimRequest{Owner: "o", Now: after(time.Minute), Until: after(70 * time.Second), Limit: 10}
	p, err := s.Pending(t.Context(), r)
	ok(t, err)
	same(t, p, filing.Pending{Due: 1, Paused: 2})
	jobs, err := s.Claim(t.Context(), r)
	ok(t, err)
	if len(jobs) != 1 || jobs[0].ComplaintID != domain.ComplaintID(uuid(100)) {
		t.Fatalf("claimed %+v", jobs)
	}
	ok(t, s.PauseBatch(t.Context(), id, false, after(time.Hour)))
	jobs, err = s.Claim(t.Context(), r)
	ok(t, err)
	same(t, len(jobs), 2)
	fails(t, s.PauseBatch(t.Context(), "none", true, start()), domain.NotFound, "batch.not_found")
}

// ofEveryState puts a complaint of every state into a batch and says which of them
// wait and are certainly not at the endpoint; one more is of no batch.
func ofEveryState(t *testing.T, s Full, id string, ch domain.Channel) map[domain.ComplaintID]bool {
	waits := map[domain.ComplaintID]bool{}
	last := []domain.SendState{domain.SendSending, domain.SendQueued} // they would be claimed in place of the others
	states := slices.DeleteFunc(domain.SendStates(), func(state domain.SendState) bool { return slices.Contains(last, state) })
	for i, state := range append(states, last...) {
		c := newComplaint(i+1, ch.ID)
		c.Batch = id
		reach(t, s, c, state, start())
		attempts, err := s.Attempts(t.Context(), c.ID)
		ok(t, err)
		// What waits and is certainly not there; a draft is in no batch.
		waits[c.ID] = state.Cancellable(attempts) && (state == domain.SendQueued || state == domain.SendRetry)
	}
	busy := newComplaint(50, ch.ID) // waits too, but the endpoint has seen it
	busy.Batch = id
	queue(t, s, after(-time.Hour), busy)
	jobs, err := s.Claim(t.Context(), filing.ClaimRequest{Owner: "busy", Now: start(), Until: after(time.Minute), Limit: 1})
	ok(t, err)
	same(t, jobs[0].ComplaintID, busy.ID)
	record(t, s, filing.Result{
		ComplaintID: busy.ID, Owner: "busy", AttemptN: 1, Now: start(), Outcome: domain.AttemptRetry,
		State: domain.SendRetry, DueAt: after(time.Hour), HTTPStatus: 503,
	})
	waits[busy.ID] = false
	queue(t, s, start(), newComplaint(60, ch.ID)) // of no batch
	return waits
}

// batchCancel holds the bulk against what is said of one complaint, in every
// state it can be in.
func batchCancel(t *testing.T, s Full) {
	ch := channel(t, s, "c")
	id := begin(t, s, ch)
	waits := ofEveryState(t, s, id, ch)
	before := map[domain.ComplaintID]domain.Complaint{}
	for cid := range waits {
		before[cid] = get(t, s, cid)
	}
	ok(t, s.PauseBatch(t.Context(), id, true, start()))
	got, err := s.CancelBatch(t.Context(), id, after(time.Hour))
	ok(t, err)
	taken, filed, uncertain := 0, 0, 0
	for cid, wait := range waits {
		now, was := get(t, s, cid), before[cid]
		switch {
		case wait:
			taken++
			if now.SendState != domain.SendCancelled || !now.NextAttemptAt.IsZero() {
				t.Errorf("%s is %s and due %v", was.SendState, now.SendState, now.NextAttemptAt)
			}
			events, err := s.Timeline(t.Context(), cid)
			ok(t, err)
			same(t, events[len(events)-1], domain.TimelineEvent{At: after(time.Hour), Kind: "cancelled", SendState: domain.SendCancelled})
			continue
		case was.SendState == domain.SendSent, was.SendState == domain.SendToken:
			filed++
		case was.SendState == domain.SendSending, was.SendState == domain.SendUnknown, was.SendState == domain.SendRetry:
			uncertain++
		}
		if was.SendState == domain.SendRetry { // it is asked about, and not sent again
			was.SendState, was.UpdatedAt, was.NextAttemptAt = domain.SendUnknown, after(time.Hour), after(time.Hour)
		}
		same(t, now, was)
	}
	same(t, got, filing.BatchCancelled{TakenBack: taken, Filed: filed, Uncertain: uncertain})
	same(t, get(t, s, domain.ComplaintID(uuid(60))).SendState, domain.SendQueued)
	b, err := s.Batch(t.Context(), id)
	ok(t, err)
	if !b.CancelledAt.Equal(after(time.Hour)) || !b.PausedAt.IsZero() {
		t.Errorf("batch = %+v", b)
	}
	again, err := s.CancelBatch(t.Context(), id, after(2*time.Hour))
	ok(t, err)
	same(t, again, filing.BatchCancelled{Filed: filed, Uncertain: uncertain})
	_, err = s.CancelBatch(t.Context(), "none", start())
	fails(t, err, domain.NotFound, "batch.not_found")
	fails(t, s.PauseBatch(t.Context(), id, true, start()), domain.Conflict, "batch.cancelled")
}

func batchCancelStops(t *testing.T, s Full) {
	ch := channel(t, s, "c")
	id := begin(t, s, ch)
	_, err := s.CancelBatch(t.Context(), id, start())
	ok(t, err)
	_, err = s.AddBatchRows(t.Context(), id, "w", []filing.NewBatchRow{batchRow(t, 1, id, ch)}, start())
	fails(t, err, domain.Conflict, "batch.cancelled")
	if again := begin(t, s, ch); again == id {
		t.Error("a cancelled batch was carried on")
	}
}

func batchByHand(t *testing.T, s Full) {
	c := domain.Channel{Name: "hand", Kind: domain.ChannelAssisted, CreatedAt: start()}
	ok(t, s.AddChannel(t.Context(), &c))
	id := begin(t, s, c)
	addRows(t, s, id, batchRow(t, 1, id, c))
	p, err := s.Pending(t.Context(), filing.ClaimRequest{Owner: "o", Now: start()})
	ok(t, err)
	same(t, p, filing.Pending{})
	n, err := s.CountByHand(t.Context(), filing.ByHandRequest{Batch: id, Before: start()})
	ok(t, err)
	same(t, n.All, 1)
}

// batchChannelGoes: the batch still says through which channel it was to go.
func batchChannelGoes(t *testing.T, s Full) {
	ch := channel(t, s, "c")
	id := begin(t, s, ch)
	ok(t, s.RemoveChannel(t.Context(), ch.ID))
	b, err := s.Batch(t.Context(), id)
	ok(t, err)
	same(t, b.Channel, "c")
	_, err = s.AddBatchRows(t.Context(), id, "w", []filing.NewBatchRow{batchRow(t, 1, id, ch)}, start())
	fails(t, err, domain.NotFound, "channel.not_found")
}

func batchMappings(t *testing.T, s Full) {
	m, err := s.SheetMapping(t.Context(), "f")
	ok(t, err)
	same(t, m, filing.SheetMapping(nil))
	want := filing.SheetMapping{filing.SheetNumber: textName, filing.SheetNote: ""}
	ok(t, s.SaveSheetMapping(t.Context(), "f", filing.SheetMapping{filing.SheetNumber: "other"}, start()))
	ok(t, s.SaveSheetMapping(t.Context(), "f", want, start()))
	m, err = s.SheetMapping(t.Context(), "f")
	ok(t, err)
	same(t, m, want)
	ok(t, s.SaveSheetMapping(t.Context(), "f", nil, start()))
	m, err = s.SheetMapping(t.Context(), "f")
	ok(t, err)
	same(t, m, filing.SheetMapping(nil))
}

// batchLeft: what a person does with one complaint takes it out of its batch, and
// its row stays.
func batchLeft(t *testing.T, s Full) {
	city := civic(t, s, "city")
	id := begin(t, s, city)
	addRows(t, s, id, batchRow(t, 1, id, city), batchRow(t, 2, id, city), batchRow(t, 3, id, city))
	one, two, three := domain.ComplaintID(uuid(1)), domain.ComplaintID(uuid(2)), domain.ComplaintID(uuid(3))
	draft := get(t, s, one)
	ok(t, s.TakeBack(t.Context(), draft, start()))
	same(t, get(t, s, one).Batch, "")
	removeDraft(t, s, one)
	rows := batchRows(t, s, id, filing.BatchRowFilter{}, 10)
	same(t, len(rows), 3)
	same(t, rows[0].ComplaintID, domain.ComplaintID(""))
	// One is filed anew after its batch was cancelled, another while it goes on.
	for _, tc := range []struct {
		id     domain.ComplaintID
		before func()
		batch  string
	}{
		{two, func() {}, id},
		{three, func() {
			_, err := s.CancelBatch(t.Context(), id, after(time.Minute))
			ok(t, err)
		}, ""},
	} {
		claim(t, s, "w", start(), 1)
		ok(t, s.Release(t.Context(), "w", start()))
		tc.before()
		ok(t, s.Settle(t.Context(), filing.Settlement{ID: tc.id, Again: true, Now: after(time.Hour)}))
		got := get(t, s, tc.id)
		same(t, got.Batch, tc.batch)
		same(t, got.SendState, domain.SendQueued)
	}
}
