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
		{"records/a draft of a sheet comes back", draftOfSheet},
		{"records/a draft written anew meanwhile", draftRewritten},
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

// removeDraft removes a draft and gives what brings it back.
func removeDraft(t *testing.T, s Full, id domain.ComplaintID) func() {
	t.Helper()
	gone, err := s.RemoveDraft(t.Context(), id)
	ok(t, err)
	return func() {
		t.Helper()
		ok(t, gone.Undo(t.Context()))
	}
}

func timeline(t *testing.T, s Full, id domain.ComplaintID) []domain.TimelineEvent {
	t.Helper()
	events, err := s.Timeline(t.Context(), id)
	ok(t, err)
	return events
}

// complaintIDs are all complaints in their order.
func complaintIDs(t *testing.T, s Full) []domain.ComplaintID {
	t.Helper()
	page, err := s.Complaints(t.Context(), domain.ComplaintFilter{}, domain.Page{})
	ok(t, err)
	ids := make([]domain.ComplaintID, len(page.Complaints))
	for i, c := range page.Complaints {
		ids[i] = c.ID
	}
	return ids
}

func draftGoes(t *testing.T, s Full) {
	want := fullComplaint(t, s)
	ok(t, s.SaveDraft(t.Context(), want, start()))
	gone, err := s.RemoveDraft(t.Context(), want.ID)
	ok(t, err)
	same(t, gone.Complaint, want)
	_, err = s.Complaint(t.Context(), string(want.ID))
	fails(t, err, domain.NotFound, "complaint.not_found")
	_, err = s.RemoveDraft(t.Context(), want.ID)
	fails(t, err, domain.NotFound, "complaint.not_found")
	ok(t, gone.Undo(t.Context()))
	same(t, get(t, s, want.ID), want)
	ok(t, s.Queue(t.Context(), request(want, start())))
	_, err = s.RemoveDraft(t.Context(), want.ID)
	fails(t, err, domain.Conflict, "complaint.not_draft")
	same(t, get(t, s, want.ID).SendState, domain.SendQueued)
}

// draftOfSheet: a draft that was taken out of a sheet comes back to its place, with
// its history, its calls and its rows of the sheet, which then get its number.
func draftOfSheet(t *testing.T, s Full) {
	city := civic(t, s, "city")
	id := begin(t, s, city)
	twin := batchRow(t, 3, id, city)
	twin.Queue.Complaint.Body.Calls = batchRow(t, 1, id, city).Queue.Complaint.Body.Calls
	addRows(t, s, id, batchRow(t, 1, id, city), batchRow(t, 2, id, city), twin)
	add(t, s, newCall("95013000", start()))
	call := all(t, s, domain.CallFilter{}, 1)[0]
	one := get(t, s, domain.ComplaintID(uuid(1)))
	one.CallIDs = []domain.CallID{call.ID}
	one.Body.Calls[0].StartedAt = call.StartedAt
	ok(t, s.TakeBack(t.Context(), one, start()))
	want, rows, history := get(t, s, one.ID), batchRows(t, s, id, filing.BatchRowFilter{}, 10), timeline(t, s, one.ID)
	same(t, rows[2].ComplaintID, one.ID)
	places := complaintIDs(t, s)

	undo := removeDraft(t, s, one.ID)
	same(t, batchRows(t, s, id, filing.BatchRowFilter{}, 10)[0].ComplaintID, domain.ComplaintID(""))
	undo()
	same(t, get(t, s, one.ID), want)
	same(t, batchRows(t, s, id, filing.BatchRowFilter{}, 10), rows)
	same(t, timeline(t, s, one.ID), history)
	same(t, complaintIDs(t, s), places)
	undo() // once more changes nothing
	same(t, timeline(t, s, one.ID), history)

	// What was removed before it, and comes back after it, finds it again.
	gone, err := s.RemoveCalls(t.Context(), []domain.CallID{call.ID})
	ok(t, err)
	removeDraft(t, s, one.ID)()
	ok(t, gone.Undo(t.Context()))
	same(t, get(t, s, one.ID), want)
}

// draftRewritten: where the draft was written anew meanwhile, Undo leaves that as
// it is, and gives it its row of the sheet.
func draftRewritten(t *testing.T, s Full) {
	city := civic(t, s, "city")
	id := begin(t, s, city)
	addRows(t, s, id, batchRow(t, 1, id, city))
	one := get(t, s, domain.ComplaintID(uuid(1)))
	ok(t, s.TakeBack(t.Context(), one, start()))
	undo := removeDraft(t, s, one.ID)
	one.Batch, one.SendState, one.Body.Description = "", domain.SendDraft, "anew"
	ok(t, s.SaveDraft(t.Context(), one, after(time.Minute)))
	undo()
	same(t, get(t, s, one.ID).Body.Description, "anew")
	same(t, batchRows(t, s, id, filing.BatchRowFilter{}, 10)[0].ComplaintID, one.ID)
}

// draftsComeBackInPlace: drafts that come back stand where they stood.
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
		var undo []func()
		for _, i := range gone {
			undo = append(undo, removeDraft(t, s, want[i]))
		}
		for _, back := range undo {
			back()
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
	undo := removeDraft(t, s, draft.ID)
	removeCallsOf(t, s, calls[0])
	undo()
	got := get(t, s, draft.ID)
	same(t, got.Body, draft.Body)
	same(t, got.CallIDs, draft.CallIDs[1:])
	same(t, got.PersonID, aunt.ID)

	undo = removeDraft(t, s, draft.ID)
	_, err := s.RemovePerson(t.Context(), aunt.ID, false)
	ok(t, err)
	ok(t, s.RemoveChannel(t.Context(), ch.ID))
	undo()
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
