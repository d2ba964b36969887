package journal_test

import (
	"reflect"
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
	gone, err := b.RemoveCalls(t.Context(), []domain.CallID{calls[3].ID, calls[1].ID, calls[3].ID})
	ok(t, err)
	if gone.Calls != 2 || len(all(t, b.Service, domain.CallFilter{})) != 3 {
		t.Errorf("%d removed", gone.Calls)
	}
	_, err = b.RemoveCalls(t.Context(), []domain.CallID{calls[0].ID, calls[1].ID})
	fails(t, err, domain.NotFound, "call.not_found")
	none, err := b.RemoveCalls(t.Context(), nil)
	ok(t, err)
	if none.Calls != 0 || none.Undo != nil || len(all(t, b.Service, domain.CallFilter{})) != 3 {
		t.Errorf("%d removed", gone.Calls)
	}
	ok(t, gone.Undo(t.Context()))
	if got := all(t, b.Service, domain.CallFilter{}); !reflect.DeepEqual(got, calls) {
		t.Errorf("put back: %+v", got)
	}
	again, err := b.Import(t.Context(), journal.ImportRequest{Path: "f"}, nil)
	ok(t, err)
	if again.Imported != 0 || again.Duplicates != 5 {
		t.Errorf("imported again: %+v", again)
	}
}
