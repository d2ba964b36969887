package kit_test

import (
	"context"
	"testing"

	"quietline/internal/ui/kit"
)

// TestReloadedRowsDoNotVanish counts rows anew while their page is slow.
func TestReloadedRowsDoNotVanish(t *testing.T) {
	var held []func()
	hold := false
	jobs := kit.NewJobs(kit.JobsParams{
		Base: t.Context(), Dispatch: kit.Inline,
		Start: func(f func()) {
			if hold {
				held = append(held, f)
				return
			}
			f()
		},
	})
	name, count := "old", 3
	rows := kit.NewRows(kit.RowsParams[string]{
		Jobs:  jobs,
		Index: func(context.Context) (kit.RowIndex, error) { return kit.RowIndex{Count: count}, nil },
		Load: func(context.Context, string, int) ([]string, error) {
			out := make([]string, count)
			for i := range out {
				out[i] = name
			}
			return out, nil
		},
	})
	rows.Reload(t.Context())
	expect := func(i int, want string) {
		t.Helper()
		if got, ok := rows.Row(i); got != want || ok != (want != "") {
			t.Errorf("row %d: %q %v, want %q", i, got, ok, want)
		}
	}
	expect(0, "old")
	name, count, hold = "new", 5, true
	rows.Reload(t.Context())
	expect(2, "old")
	held[0]() // the new count is there, the rows are not
	if rows.Count() != 5 {
		t.Fatalf("%d rows", rows.Count())
	}
	expect(2, "old")
	expect(4, "") // there was no such row
	held[1]()
	expect(2, "new")
	expect(4, "new")
}

// TestRowsOfAnOldCursorAreDropped asks for a page between Reload and its
// answer, with a cursor of before.
func TestRowsOfAnOldCursorAreDropped(t *testing.T) {
	var held []func()
	jobs := kit.NewJobs(kit.JobsParams{
		Base: t.Context(), Dispatch: kit.Inline, Start: func(f func()) { held = append(held, f) },
	})
	cursor := "first"
	rows := kit.NewRows(kit.RowsParams[string]{
		Jobs: jobs,
		Index: func(context.Context) (kit.RowIndex, error) {
			return kit.RowIndex{Count: kit.RowPage + 1, Cursors: []string{cursor}}, nil
		},
		Load: func(_ context.Context, after string, limit int) ([]string, error) {
			if after == "" {
				return make([]string, limit), nil
			}
			return []string{"after " + after}, nil
		},
	})
	rows.Reload(t.Context())
	held[0]() // the first page
	held[1]() // the count
	cursor = "second"
	rows.Reload(t.Context())
	rows.Row(kit.RowPage) // begins a load with the first cursor
	held[2]()             // now the second one counts
	held[3]()
	if got, ok := rows.Row(kit.RowPage); ok {
		t.Errorf("%q was fetched with a cursor of before", got)
	}
	held[4]()
	if got, _ := rows.Row(kit.RowPage); got != "after second" {
		t.Errorf("%q", got)
	}
}
