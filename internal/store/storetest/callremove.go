package storetest

import (
	"testing"
	"time"

	"quietline/internal/domain"
	"quietline/internal/journal"
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
	n, err := s.RemoveCalls(t.Context(), []domain.CallID{rows[1].ID, rows[0].ID})
	ok(t, err)
	same(t, n, int64(2))
	same(t, numbersOf(all(t, s, domain.CallFilter{}, 10)), []string{"1"})
	same(t, len(all(t, s, domain.CallFilter{Text: "Somebody"}, 10)), 0)
	_, err = s.Call(t.Context(), rows[1].ID)
	fails(t, err, domain.NotFound, "call.not_found")
	// It is no duplicate of itself any longer, and its ID is not used again.
	add(t, s, named)
	back := all(t, s, domain.CallFilter{Text: "Somebody"}, 10)
	if len(back) != 1 || back[0].ID == rows[1].ID {
		t.Fatalf("back as %+v", back)
	}
	n, err = s.RemoveCalls(t.Context(), nil)
	ok(t, err)
	same(t, n, int64(0))
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

	n, err := s.RemoveCalls(t.Context(), []domain.CallID{rows[0].ID})
	ok(t, err)
	same(t, n, int64(1))
	got := get(t, s, filed.ID)
	same(t, got.Body, filed.Body)
	same(t, got.SendState, domain.SendQueued)
	same(t, got.CallIDs, []domain.CallID{rows[1].ID, rows[2].ID})
	same(t, get(t, s, draft.ID).Body, draft.Body)
	job := claimOne(t, s, "w", start())
	same(t, string(job.Payload), string(request(filed, start()).Payload))
}

func mappingTests() []test {
	return []test{{"mapping/kept and forgotten", keepMappings}}
}

func keepMappings(t *testing.T, s Full) {
	found := func(fingerprints ...string) (string, journal.Mapping) {
		t.Helper()
		f, m, err := s.FindMapping(t.Context(), fingerprints)
		ok(t, err)
		return f, m
	}
	f, m := found("a", "b")
	same(t, f, "")
	same(t, len(m), 0)
	f, _ = found()
	same(t, f, "")
	first := journal.Mapping{journal.MapNumber: `title, with "signs"`, journal.MapTime: "#2", journal.MapName: ""}
	ok(t, s.SaveMapping(t.Context(), "b", first, start()))
	f, m = found("a", "b")
	same(t, f, "b")
	same(t, m, first)
	second := journal.Mapping{journal.MapNumber: "#1"}
	ok(t, s.SaveMapping(t.Context(), "b", second, after(time.Hour)))
	ok(t, s.SaveMapping(t.Context(), "a", first, start()))
	f, m = found("b", "a")
	same(t, f, "b")
	same(t, m, second)
	ok(t, s.ForgetMappings(t.Context(), []string{"b", "c"}))
	f, m = found("b", "a")
	same(t, f, "a")
	same(t, m, first)
}
