package store

import (
	"database/sql"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"quietline/internal/domain"
	"quietline/internal/journal"
	"quietline/internal/testkit"
)

// What is kept of the log in memory hears of calls that come back under their IDs.
func TestMemoriesAfterUndo(t *testing.T) {
	s := fresh(t)
	defer s.Close() //nolint:errcheck // only read
	var calls []domain.Call
	for i, number := range []string{"13800138000", "13900139000", "13700137000", "13600136000", "13500135000", "13400134000"} {
		calls = append(calls, domain.Call{
			PersonID: domain.SelfID, Number: number, Family: domain.FamilyMobile, Verdict: domain.VerdictNotServiceLine,
			Direction: domain.DirectionMissed, StartedAt: testkit.Epoch().Add(time.Duration(i) * time.Minute),
		})
	}
	if _, err := s.AddCalls(t.Context(), calls, false); err != nil {
		t.Fatal(err)
	}
	const every = 2
	index := func() journal.CallIndex {
		got, err := s.IndexCalls(t.Context(), domain.CallFilter{}, every)
		if err != nil {
			t.Fatal(err)
		}
		return got
	}
	remove := func(id domain.CallID) journal.Removed {
		gone, err := s.RemoveCalls(t.Context(), []domain.CallID{id})
		if err != nil {
			t.Fatal(err)
		}
		return gone
	}
	search := func(digits string, want int) {
		t.Helper()
		page, err := s.Calls(t.Context(), domain.CallFilter{Text: digits}, domain.Page{Limit: 9})
		if err != nil || len(page.Calls) != want {
			t.Errorf("%s: %d calls, want %d; %v", digits, len(page.Calls), want, err)
		}
	}
	gone := remove(2)
	index()
	search("1380013", 1) // reads the numbers that are there
	if err := gone.Undo(t.Context()); err != nil {
		t.Fatal(err)
	}
	search("1390013", 1)
	remove(5)
	got := index()
	var want journal.CallIndex
	err := s.view(t.Context(), "test", func(tx *sql.Tx) (err error) {
		want, err = indexByWalk(t.Context(), tx, domain.CallFilter{}, every)
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	if d := cmp.Diff(want, got); d != "" {
		t.Errorf("(-walk +kept)\n%s", d)
	}
}
