package storetest

import (
	"testing"
	"time"

	"quietline/internal/domain"
)

func callRemoveTests() []test {
	return []test{
		{"calls/remove", removeCalls},
		{"calls/remove all or none", removeAllOrNone},
		{"calls/removed calls leave complaints", removedCallsLeaveComplaints},
	}
}

func removeCalls(t *testing.T, s Full) {
	named := newCall("2", after(time.Minute))
	named.Name, named.Note = "Somebody", "a word"
	add(t, s, newCall("1", start()), named, newCall("3", after(time.Hour)))
	rows := all(t, s, domain.CallFilter{}, 10) // newest first
	removeCallsOf(t, s, rows[1], rows[0])
	same(t, numbersOf(all(t, s, domain.CallFilter{}, 10)), []string{"1"})
	same(t, len(all(t, s, domain.CallFilter{Text: "Somebody"}, 10)), 0)
	_, err := s.Call(t.Context(), rows[1].ID)
	fails(t, err, domain.NotFound, "call.not_found")
	// It is no duplicate of itself any longer, and its ID is not used again.
	add(t, s, named)
	back := all(t, s, domain.CallFilter{Text: "Somebody"}, 10)
	if len(back) != 1 || back[0].ID == rows[1].ID {
		t.Fatalf("back as %+v", back)
	}
	removeCallsOf(t, s)
}

func removeAllOrNone(t *testing.T, s Full) {
	add(t, s, newCall("1", start()))
	row := all(t, s, domain.CallFilter{}, 10)[0]
	_, err := s.RemoveCalls(t.Context(), []domain.CallID{row.ID, row.ID + 1})
	fails(t, err, domain.NotFound, "call.not_found")
	same(t, all(t, s, domain.CallFilter{}, 10), []domain.Call{row})
}

// removedCallsLeaveComplaints: what was queued is sent as it was, and what was
// said stays said.
func removedCallsLeaveComplaints(t *testing.T, s Full) {
	ch := channel(t, s, "c")
	add(t, s, newCall("95013000", start()), newCall("95013000", after(time.Hour)), newCall("95013000", after(2*time.Hour)))
	rows := all(t, s, domain.CallFilter{}, 10)
	filed := newComplaint(1, ch.ID)
	filed.CallIDs = []domain.CallID{rows[0].ID, rows[1].ID, rows[2].ID}
	queue(t, s, start(), filed)
	draft := newComplaint(2, ch.ID)
	draft.CallIDs, draft.SendState = []domain.CallID{rows[0].ID}, domain.SendDraft
	ok(t, s.SaveDraft(t.Context(), draft, start()))

	removeCallsOf(t, s, rows[0])
	got := get(t, s, filed.ID)
	same(t, got.Body, filed.Body)
	same(t, got.SendState, domain.SendQueued)
	same(t, got.CallIDs, []domain.CallID{rows[1].ID, rows[2].ID})
	same(t, get(t, s, draft.ID).Body, draft.Body)
	job := claimOne(t, s, "w", start())
	same(t, string(job.Payload), string(request(filed, start()).Payload))
}
