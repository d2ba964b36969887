package journal_test

import (
	"testing"

	"quietline/internal/domain"
	"quietline/internal/journal"
	"quietline/internal/journal/journaltest"
)

func TestRemoveCalls(t *testing.T) {
	b := newBench()
	b.files.Files["f"] = journaltest.File{Records: many(5)}
	_, err := b.Import(t.Context(), journal.ImportRequest{Path: "f"}, nil)
	ok(t, err)
	calls := all(t, b.Service, domain.CallFilter{})
	n, err := b.RemoveCalls(t.Context(), []domain.CallID{calls[3].ID, calls[1].ID, calls[3].ID})
	ok(t, err)
	if n != 2 || len(all(t, b.Service, domain.CallFilter{})) != 3 {
		t.Errorf("%d removed", n)
	}
	_, err = b.RemoveCalls(t.Context(), []domain.CallID{calls[0].ID, calls[1].ID})
	fails(t, err, domain.NotFound, "call.not_found")
	n, err = b.RemoveCalls(t.Context(), nil)
	ok(t, err)
	if n != 0 || len(all(t, b.Service, domain.CallFilter{})) != 3 {
		t.Errorf("%d removed", n)
	}
	ok(t, b.RestoreCalls(t.Context(), []domain.Call{calls[1]}))
	if got := len(all(t, b.Service, domain.CallFilter{})); got != 4 {
		t.Errorf("%d after bringing one back", got)
	}
	again, err := b.Import(t.Context(), journal.ImportRequest{Path: "f"}, nil)
	ok(t, err)
	if again.Imported != 1 || again.Duplicates != 4 {
		t.Errorf("imported again: %+v", again)
	}
}
