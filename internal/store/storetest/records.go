package storetest

import (
	"testing"
	"time"

	"quietline/internal/domain"
	"quietline/internal/filing"
)

func recordTests() []test {
	return []test{
		{"records/histories of many", historiesOfMany},
		{"records/counts of what matches", countsMatching},
		{"records/batches", batchNames},
		{"records/a draft goes and comes back", draftGoes},
		{"records/drafts come back in their place", draftsComeBackInPlace},
		{"records/a draft without what went", draftWithoutWhatWent},
		{"records/a receipt number is corrected", receiptCorrected},
		{"records/what cannot be corrected", receiptNotCorrected},
	}
}

func historiesOfMany(t *testing.T, s Full) {
	ch := channel(t, s, "c")
	one, two, three := newComplaint(1, ch.ID), newComplaint(2, ch.ID), newComplaint(3, ch.ID)
	queue(t, s, start(), one, two, three)
	for _, job := range claim(t, s, "w", start(), 2) {
		record(t, s, sent(job, "w", after(time.Minute)))
	}
	missing := newComplaint(9, ch.ID).ID
	got, err := s.Histories(t.Context(), []domain.ComplaintID{three.ID, one.ID, missing})
	ok(t, err)
	same(t, len(got), 2)
	for _, id := range []domain.ComplaintID{one.ID, three.ID} {
		attempts, err := s.Attempts(t.Context(), id)
		ok(t, err)
		events, err := s.Timeline(t.Context(), id)
		ok(t, err)
		same(t, got[id], filing.History{Attempts: attempts, Timeline: events})
	}
	same(t, len(got[one.ID].Attempts), 1)
	got, err = s.Histories(t.Context(), nil)
	ok(t, err)
	same(t, len(got), 0)
}

func countsMatching(t *testing.T, s Full) {
	ch := channel(t, s, "c")
	for i, batch := range []string{"b", "b", "x", ""} {
		c := newComplaint(i+1, ch.ID)
		c.Batch = batch
		if i == 0 {
			ok(t, s.SaveDraft(t.Context(), c, start()))
			continue
		}
		queue(t, s, start(), c)
	}
	for _, tc := range []struct {
		f    domain.ComplaintFilter
		want map[domain.SendState]int64
	}{
		{domain.ComplaintFilter{}, map[domain.SendState]int64{domain.SendDraft: 1, domain.SendQueued: 3}},
		{domain.ComplaintFilter{Batch: "b"}, map[domain.SendState]int64{domain.SendDraft: 1, domain.SendQueued: 1}},
		{domain.ComplaintFilter{Batch: "b", SendState: domain.SendDraft}, map[domain.SendState]int64{domain.SendDraft: 1}},
		{domain.ComplaintFilter{Batch: "none"}, map[domain.SendState]int64{}},
		{domain.ComplaintFilter{Text: "5013", Batch: "x"}, map[domain.SendState]int64{domain.SendQueued: 1}},
	} {
		got, err := s.CountMatching(t.Context(), tc.f)
		ok(t, err)
		same(t, got, tc.want)
		page, err := s.Complaints(t.Context(), tc.f, domain.Page{Limit: 10})
		ok(t, err)
		n := int64(0)
		for _, count := range got {
			n += count
		}
		same(t, n, int64(len(page.Complaints)))
	}
}

func batchNames(t *testing.T, s Full) {
	ch := channel(t, s, "c")
	for i, batch := range []string{"old", "", "new", "old", "newest"} {
		c := newComplaint(i+1, ch.ID)
		c.Batch = batch
		ok(t, s.SaveDraft(t.Context(), c, after(time.Duration(i)*time.Minute)))
	}
	names, err := s.BatchNames(t.Context(), 10)
	ok(t, err)
	same(t, names, []string{"newest", "old", "new"})
	names, err = s.BatchNames(t.Context(), 1)
	ok(t, err)
	same(t, names, []string{"newest"})
}

func draftGoes(t *testing.T, s Full) {
	want := fullComplaint(t, s)
	ok(t, s.SaveDraft(t.Context(), want, start()))
	ok(t, s.RemoveDraft(t.Context(), want.ID))
	_, err := s.Complaint(t.Context(), string(want.ID))
	fails(t, err, domain.NotFound, "complaint.not_found")
	fails(t, s.RemoveDraft(t.Context(), want.ID), domain.NotFound, "complaint.not_found")
	ok(t, s.SaveDraft(t.Context(), want, start()))
	same(t, get(t, s, want.ID), want)
	ok(t, s.Queue(t.Context(), request(want, start())))
	fails(t, s.RemoveDraft(t.Context(), want.ID), domain.Conflict, "complaint.not_draft")
	same(t, get(t, s, want.ID).SendState, domain.SendQueued)
}

// draftsComeBackInPlace: drafts that come back stand where they stood, unless they
// were the last.
func draftsComeBackInPlace(t *testing.T, s Full) {
	ch := channel(t, s, "c")
	for i := range 5 {
		ok(t, s.SaveDraft(t.Context(), newComplaint(i+1, ch.ID), after(time.Duration(i)*time.Minute)))
	}
	order := func() (ids []domain.ComplaintID) {
		page, err := s.Complaints(t.Context(), domain.ComplaintFilter{}, domain.Page{Limit: 10})
		ok(t, err)
		for _, c := range page.Complaints {
			ids = append(ids, c.ID)
		}
		return ids
	}
	want := order()
	for _, gone := range [][]int{{2}, {4}, {0}, {2, 1}, {4, 3}, {4, 2, 0}} { // the oldest first
		var removed []domain.Complaint
		for _, i := range gone {
			removed = append(removed, get(t, s, want[i]))
			ok(t, s.RemoveDraft(t.Context(), want[i]))
		}
		for _, c := range removed {
			ok(t, s.SaveDraft(t.Context(), c, after(time.Hour)))
		}
		same(t, order(), want)
	}
}

// draftWithoutWhatWent: a draft that comes back is not lost with a call, a person or
// an endpoint that went meanwhile; its words are its own.
func draftWithoutWhatWent(t *testing.T, s Full) {
	ch := channel(t, s, "c")
	aunt := person(t, s, "Aunt")
	calls := []domain.Call{newCall("95013000", start()), newCall("95013000", after(time.Hour))}
	for i := range calls {
		calls[i].PersonID = aunt.ID
	}
	add(t, s, calls...)
	calls = all(t, s, domain.CallFilter{}, 10)
	draft := about(1, ch.ID, calls...)
	draft.PersonID = aunt.ID
	ok(t, s.SaveDraft(t.Context(), draft, start()))
	ok(t, s.RemoveDraft(t.Context(), draft.ID))
	removeCallsOf(t, s, calls[0])
	ok(t, s.SaveDraft(t.Context(), draft, start()))
	got := get(t, s, draft.ID)
	same(t, got.Body, draft.Body)
	same(t, got.CallIDs, draft.CallIDs[1:])
	same(t, got.PersonID, aunt.ID)

	ok(t, s.RemoveDraft(t.Context(), draft.ID))
	_, err := s.RemovePerson(t.Context(), aunt.ID, false)
	ok(t, err)
	ok(t, s.RemoveChannel(t.Context(), ch.ID))
	ok(t, s.SaveDraft(t.Context(), draft, start()))
	got = get(t, s, draft.ID)
	same(t, got.Body, draft.Body)
	same(t, len(got.CallIDs), 0)
	same(t, got.PersonID, domain.PersonID(0))
	same(t, got.ChannelID, domain.ChannelID(0))
}

func receiptCorrected(t *testing.T, s Full) {
	c := newComplaint(1, assisted(t, s, "hand").ID)
	queue(t, s, start(), c)
	fix := func(was, number string, hours int) error {
		return s.CorrectReceipt(t.Context(), filing.CorrectedReceipt{
			FiledByHand: filing.FiledByHand{ID: c.ID, ReceiptNumber: number, Now: after(time.Duration(hours) * time.Hour)}, Was: was,
		})
	}
	fails(t, fix("", "1", 1), domain.Conflict, "complaint.no_receipt")
	ok(t, s.FileByHand(t.Context(), filing.FiledByHand{ID: c.ID, ReceiptNumber: "1", Now: after(time.Hour)}))
	ok(t, fix("1", "2", 2))
	fails(t, fix("1", "3", 3), domain.Conflict, "complaint.receipt_changed")
	got := get(t, s, c.ID)
	same(t, got.ReceiptNumber, "2")
	same(t, got.SendState, domain.SendSent)
	same(t, got.UpdatedAt, after(2*time.Hour))
	events, err := s.Timeline(t.Context(), c.ID)
	ok(t, err)
	same(t, events[2:], []domain.TimelineEvent{
		{At: after(time.Hour), Kind: "filed_by_hand", SendState: domain.SendSent, Note: "1"},
		{At: after(2 * time.Hour), Kind: "receipt_corrected", SendState: domain.SendSent, Note: "2"},
	})
}

func receiptNotCorrected(t *testing.T, s Full) {
	c := newComplaint(1, channel(t, s, "wire").ID)
	queue(t, s, start(), c)
	record(t, s, sent(claimOne(t, s, "w", start()), "w", start()))
	was := get(t, s, c.ID)
	fails(t, s.CorrectReceipt(t.Context(), filing.CorrectedReceipt{
		FiledByHand: filing.FiledByHand{ID: c.ID, ReceiptNumber: "x", Now: start()}, Was: was.ReceiptNumber,
	}), domain.Conflict, "complaint.not_by_hand")
	same(t, get(t, s, c.ID), was)
	fails(t, s.CorrectReceipt(t.Context(), filing.CorrectedReceipt{
		FiledByHand: filing.FiledByHand{ID: newComplaint(9, 0).ID, ReceiptNumber: "x", Now: start()},
	}), domain.NotFound, "complaint.not_found")
}
