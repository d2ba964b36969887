package kit_test

import (
	"context"
	"errors"
	"testing"

	"quietline/internal/ui/kit"
)

// rowsFrom are rows whose values begin with first, which is another for another
// question.
func (b *bench) rowsFrom(s *store, first *int) *kit.Rows[int] {
	return kit.NewRows(kit.RowsParams[int]{
		Jobs: b.Jobs, Index: s.index,
		Load: func(ctx context.Context, after string, limit int) ([]int, error) {
			rows, err := s.load(ctx, after, limit)
			for i := range rows {
				rows[i] += *first
			}
			return rows, err
		},
	})
}

// TestReloadOfAnotherQuestion asks the new question again before its first rows
// are there: those of the question before are no answer to it.
func TestReloadOfAnotherQuestion(t *testing.T) {
	b, s := newBench(t), &store{count: 1000}
	first := 0 // what the rows of the question begin with
	r := b.rowsFrom(s, &first)
	r.Reload(t.Context())
	b.settle()
	first = 5000
	r.Renew(t.Context())
	r.Reload(t.Context())
	counted := s.indexes
	b.work.run()
	b.ui.run()
	if v, ok := r.Row(0); !ok || v != first || s.indexes != counted {
		t.Errorf("row 0 is %d %v after %d counts, want the first of the new question before any", v, ok, s.indexes-counted)
	}
	b.settle()
	if v, ok := r.Row(0); !ok || v != first || r.Count() != 1000 || r.Counting() {
		t.Errorf("row 0 is %d %v of %d", v, ok, r.Count())
	}
	// The same where the first rows could not be fetched.
	first, s.loadErr = 9000, errors.New("disk")
	r.Renew(t.Context())
	b.settle()
	s.loadErr = nil
	r.Reload(t.Context())
	b.work.run()
	b.ui.run()
	if v, ok := r.Row(0); !ok || v != first {
		t.Errorf("row 0 is %d %v, want the first of the new question", v, ok)
	}
}

// TestRowsOfAnotherQuestionAreNotMixed scrolls on in the rows of before, which
// are seen until the first of the new ones are there.
func TestRowsOfAnotherQuestionAreNotMixed(t *testing.T) {
	b, s := newBench(t), &store{count: 1000}
	first := 0
	r := b.rowsFrom(s, &first)
	r.Reload(t.Context())
	b.settle()
	first, s.loadErr = 5000, errors.New("disk")
	r.Renew(t.Context())
	b.work.run() // fails
	s.loadErr = nil
	r.Row(3 * kit.RowPage)
	b.settle()
	if v, ok := r.Row(3 * kit.RowPage); ok && v >= first {
		t.Errorf("row %d of the new question among those of before", v)
	}
}

// TestRowsOfACancelledLoad counts anew, which fails, while a page is fetched.
func TestRowsOfACancelledLoad(t *testing.T) {
	b, s := newBench(t), &store{count: 1000}
	r := kit.NewRows(kit.RowsParams[int]{Jobs: b.Jobs, Index: s.index, Load: s.load})
	r.Reload(t.Context())
	b.settle()
	r.Row(3 * kit.RowPage)
	s.indexErr = errors.New("busy")
	r.Reload(t.Context())
	b.settle()
	r.Row(3 * kit.RowPage)
	b.settle()
	if v, ok := r.Row(3 * kit.RowPage); !ok || v != 3*kit.RowPage {
		t.Errorf("row %d %v: its page is never fetched", v, ok)
	}
}
