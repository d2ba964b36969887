package kit_test

import (
	"context"
	"errors"
	"fmt"
	"strconv"
	"testing"

	"github.com/google/go-cmp/cmp"

	"quietline/internal/ui/kit"
)

// store is a long list behind cursors.
type store struct {
	count    int
	loads    []string
	indexes  int
	indexErr error
	loadErr  error
}

func (s *store) index(context.Context) (kit.RowIndex, error) {
	s.indexes++
	x := kit.RowIndex{Count: s.count}
	for at := kit.RowPage; at < s.count; at += kit.RowPage {
		x.Cursors = append(x.Cursors, strconv.Itoa(at))
	}
	return x, s.indexErr
}

func (s *store) load(_ context.Context, after string, limit int) ([]int, error) {
	s.loads = append(s.loads, after)
	from, _ := strconv.Atoi(after)
	var out []int
	for i := from; i < min(from+limit, s.count); i++ {
		out = append(out, i)
	}
	return out, s.loadErr
}

func (b *bench) settle() {
	for len(b.work.fs)+len(b.ui.fs) > 0 {
		b.work.run()
		b.ui.run()
	}
}

func TestRowsFetchOnlyWhatIsLookedAt(t *testing.T) {
	b, s := newBench(t), &store{count: 100_000}
	changes := 0
	r := kit.NewRows(kit.RowsParams[int]{Jobs: b.Jobs, Index: s.index, Load: s.load, Changed: func() { changes++ }})
	if r.Known() || r.Count() != 0 {
		t.Fatal("rows before the first load")
	}
	r.Reload(t.Context())
	b.settle()
	if r.Count() != 100_000 || !r.Known() || r.Counting() || len(s.loads) != 1 {
		t.Fatalf("count %d, loads %q", r.Count(), s.loads)
	}
	for range 3 {
		if _, ok := r.Row(99_999); ok {
			t.Fatal("a row that was not fetched")
		}
	}
	b.settle()
	if v, ok := r.Row(99_999); !ok || v != 99_999 {
		t.Fatalf("row %d %v", v, ok)
	}
	if diff := cmp.Diff([]string{"", "99800"}, s.loads); diff != "" {
		t.Fatal(diff)
	}
	if changes != 3 { // the first page, the count, the page
		t.Errorf("%d changes", changes)
	}
	for _, i := range []int{-1, 100_000} {
		if _, ok := r.Row(i); ok {
			t.Errorf("there is a row %d", i)
		}
	}
}

// TestFirstRowsComeBeforeTheCount: another question shows its first page while
// the rows are being counted, and is not counted where that is all.
func TestFirstRowsComeBeforeTheCount(t *testing.T) {
	b, s := newBench(t), &store{count: 100_000}
	r := kit.NewRows(kit.RowsParams[int]{Jobs: b.Jobs, Index: s.index, Load: s.load})
	r.Renew(t.Context())
	b.work.run() // the first page
	b.ui.run()
	if v, ok := r.Row(kit.RowPage - 1); !ok || v != kit.RowPage-1 || r.Count() != kit.RowPage || !r.Counting() || s.indexes != 0 {
		t.Fatalf("row %d %v of %d, %d counts", v, ok, r.Count(), s.indexes)
	}
	b.settle()
	if _, ok := r.Row(0); !ok || r.Count() != 100_000 || r.Counting() || len(s.loads) != 1 {
		t.Fatalf("%d rows, loads %q", r.Count(), s.loads)
	}
	s.count = kit.RowPage - 1
	r.Renew(t.Context())
	b.settle()
	if r.Count() != kit.RowPage-1 || r.Counting() || s.indexes != 1 {
		t.Errorf("%d rows after %d counts", r.Count(), s.indexes)
	}
	// The same question while the rows are still being counted begins anew.
	s.count = 500
	r.Renew(t.Context())
	b.work.run()
	b.ui.run()
	r.Reload(t.Context())
	b.settle()
	if r.Count() != 500 || r.Counting() {
		t.Errorf("%d rows", r.Count())
	}
}

// TestRowsThatComeAtOnce: where jobs run at once, as in tests of pages, Row has
// the row, and the list that asks for it is not refreshed in the middle.
func TestRowsThatComeAtOnce(t *testing.T) {
	s := &store{count: 500}
	j := kit.NewJobs(kit.JobsParams{Base: t.Context(), Start: kit.Inline, Dispatch: kit.Inline})
	changes := 0
	r := kit.NewRows(kit.RowsParams[int]{Jobs: j, Index: s.index, Load: s.load, Changed: func() { changes++ }})
	r.Reload(t.Context())
	for i := range 500 {
		if v, ok := r.Row(i); !ok || v != i {
			t.Fatalf("row %d is %d %v", i, v, ok)
		}
	}
	if changes != 2 || len(s.loads) != 3 { // the first page, the count
		t.Fatalf("%d changes, loads %q", changes, s.loads)
	}
}

func TestRowsForgetTheLongUnseen(t *testing.T) {
	s := &store{count: 40 * kit.RowPage}
	j := kit.NewJobs(kit.JobsParams{Base: t.Context(), Start: kit.Inline, Dispatch: kit.Inline})
	r := kit.NewRows(kit.RowsParams[int]{Jobs: j, Index: s.index, Load: s.load})
	r.Reload(t.Context())
	for page := range 40 {
		r.Row(page * kit.RowPage)
		r.Row(0) // page 0 stays in use
	}
	if len(s.loads) != 40 {
		t.Fatalf("%d loads, want each page once", len(s.loads))
	}
	r.Row(1 * kit.RowPage) // long unseen
	r.Row(39 * kit.RowPage)
	if len(s.loads) != 41 {
		t.Fatalf("%d loads, want page 1 again and no other", len(s.loads))
	}
}

func TestReloadKeepsTheOldUntilTheNewIsThere(t *testing.T) {
	b, s := newBench(t), &store{count: 10}
	r := kit.NewRows(kit.RowsParams[int]{Jobs: b.Jobs, Index: s.index, Load: s.load})
	r.Reload(t.Context())
	b.settle()
	r.Row(0)
	b.settle()
	s.count = 5
	r.Reload(t.Context())
	if v, ok := r.Row(7); !ok || v != 7 {
		t.Fatal("the rows went before the new ones were counted")
	}
	b.settle()
	if r.Count() != 5 {
		t.Fatalf("count %d", r.Count())
	}
	if _, ok := r.Row(7); ok {
		t.Fatal("a row beyond the end")
	}
}

func TestReloadOvertakesTheOneBefore(t *testing.T) {
	b := newBench(t)
	var failed []error
	counts := []int{1, 2}
	r := kit.NewRows(kit.RowsParams[int]{
		Jobs: b.Jobs,
		Load: func(ctx context.Context, _ string, _ int) ([]int, error) {
			c := counts[0]
			counts = counts[1:]
			return make([]int, c), ctx.Err()
		},
		Failed: func(err error) { failed = append(failed, err) },
	})
	r.Reload(t.Context())
	r.Reload(t.Context())
	b.settle()
	if r.Count() != 2 || len(failed) != 0 {
		t.Fatalf("count %d, failures %v", r.Count(), failed)
	}
}

func TestFailuresAreToldOnce(t *testing.T) {
	b, s := newBench(t), &store{count: 1000}
	var failed []string
	r := kit.NewRows(kit.RowsParams[int]{
		Jobs: b.Jobs, Index: s.index, Load: s.load,
		Failed: func(err error) { failed = append(failed, fmt.Sprint(err)) },
	})
	r.Reload(t.Context())
	b.settle()
	s.loadErr = errors.New("disk")
	for range 5 {
		r.Row(kit.RowPage + 3)
		b.settle()
	}
	s.indexErr = errors.New("index")
	r.Reload(t.Context())
	b.settle()
	if diff := cmp.Diff([]string{"disk", "index"}, failed); diff != "" {
		t.Fatal(diff)
	}
	if r.Count() != 1000 {
		t.Error("a failed count threw the rows away")
	}
}

func TestSliceRows(t *testing.T) {
	b := newBench(t)
	all := make([]int, 2*kit.RowPage+1)
	for i := range all {
		all[i] = i
	}
	r := kit.SliceRows(b.Jobs, all)
	for i := range all {
		if v, ok := r.Row(i); !ok || v != i {
			t.Fatalf("row %d is %d %v", i, v, ok)
		}
	}
	changes := 0
	r.SetChanged(func() { changes++ })
	r.SetRows([]int{7})
	if v, ok := r.Row(0); !ok || v != 7 || r.Count() != 1 || changes != 1 {
		t.Errorf("%d %v of %d after %d changes", v, ok, r.Count(), changes)
	}
	if v, ok := r.Row(1); ok {
		t.Errorf("row 1 was %d", v)
	}
}
