package kit

import (
	"container/list"
	"context"
)

// RowIndex is how many rows there are and where each page begins, from one
// walk over an index (journal.CallIndex).
type RowIndex struct {
	Count int
	// Cursors[i] is the cursor of page i+1; page 0 begins at the empty one.
	Cursors []string
}

// RowsParams is what NewRows needs.
type RowsParams[T any] struct {
	Jobs *Jobs
	// Index counts the rows and finds the cursor before every RowPage rows.
	// It runs off the widgets' goroutine, as Load does.
	Index func(ctx context.Context) (RowIndex, error)
	// Load gives up to limit rows after the cursor.
	Load func(ctx context.Context, after string, limit int) ([]T, error)
	// Changed is called when rows have come or their number has changed.
	Changed func()
	// Failed is called when Index or Load failed.
	Failed func(error)
}

const (
	// RowPage is how many rows are fetched at once.
	RowPage = 200
	// rowPages is how many pages are kept: enough to scroll back and forth.
	rowPages = 24
)

// Rows is a window onto a long list: it knows how many rows there are and
// fetches those that are looked at, a page at a time. All methods belong to
// the widgets' goroutine.
type Rows[T any] struct {
	p      RowsParams[T]
	ctx    context.Context
	cancel context.CancelFunc
	index  RowIndex
	known  bool
	// renewing: the first page of a new question is not there yet, so that what
	// there is answers another; counting: that page is there, and no more.
	renewing, counting bool
	pages              map[int]*list.Element
	recent             *list.List  // of *rowPage[T], the one looked at last in front
	stale              map[int][]T // pages of before, shown until their successors come
	loading            map[int]bool
	failed             map[int]bool
	asking             int // depth of Row calls, in which Changed stays silent
}

type rowPage[T any] struct {
	number int
	rows   []T
}

// NewRows makes a Rows without rows; call Reload.
func NewRows[T any](p RowsParams[T]) *Rows[T] {
	r := &Rows[T]{p: p}
	r.forget()
	return r
}

func (r *Rows[T]) forget() {
	r.stale = map[int][]T{}
	for number, at := range r.pages {
		r.stale[number] = at.Value.(*rowPage[T]).rows
	}
	r.pages = map[int]*list.Element{}
	r.recent = list.New()
	r.loading = map[int]bool{}
	r.failed = map[int]bool{}
}

// SetChanged replaces what is called when rows have come; a page does so when
// it builds its widgets anew.
func (r *Rows[T]) SetChanged(changed func()) { r.p.Changed = changed }

// Renew is for another question: what was asked before is forgotten, and the
// first page is there before the rows are counted, which takes longer. Loads
// under way are cancelled.
func (r *Rows[T]) Renew(ctx context.Context) {
	r.begin(ctx)
	r.renewing = true
	Run(r.ctx, r.p.Jobs, func(ctx context.Context) ([]T, error) {
		return r.p.Load(ctx, "", RowPage)
	}, func(rows []T, err error) {
		if err != nil {
			r.fail(err)
			return
		}
		r.forget()
		r.stale = nil
		r.keep(&rowPage[T]{rows: rows})
		r.index, r.known = RowIndex{Count: len(rows)}, true
		r.renewing, r.counting = false, len(rows) == RowPage
		r.changed()
		if r.counting {
			r.count()
		}
	})
}

// Reload asks the same question again: all rows are counted and fetched anew,
// and those before stay to be seen in the meantime, so that nothing moves. Loads
// under way are cancelled. Where the question was not counted yet it is Renew.
func (r *Rows[T]) Reload(ctx context.Context) {
	if !r.known || r.renewing || r.counting {
		r.Renew(ctx)
		return
	}
	r.begin(ctx)
	r.count()
}

func (r *Rows[T]) begin(ctx context.Context) {
	if r.cancel != nil {
		r.cancel()
	}
	r.ctx, r.cancel = context.WithCancel(ctx)
	r.loading = map[int]bool{} // those that were cancelled bring nothing
}

func (r *Rows[T]) count() {
	Run(r.ctx, r.p.Jobs, r.p.Index, func(index RowIndex, err error) {
		if err != nil {
			r.fail(err)
			return
		}
		if !r.counting {
			r.forget()
		}
		r.index, r.known, r.counting = index, true, false
		r.changed()
	})
}

// Counting says whether Count is that of the first page only, because there are
// more rows and they are still being counted.
func (r *Rows[T]) Counting() bool { return r.counting }

// Known says whether the rows have been counted at least once; before, a page
// should not say that there are none.
func (r *Rows[T]) Known() bool { return r.known }

// Count is the number of rows.
func (r *Rows[T]) Count() int { return r.index.Count }

// Row gives row i; ok is false while it is being fetched for the first time.
// Changed is called when it has come, or come again after a Reload.
func (r *Rows[T]) Row(i int) (row T, ok bool) {
	if i < 0 || i >= r.index.Count || r.ctx == nil {
		return row, false
	}
	number := i / RowPage
	if row, ok = r.look(i); ok {
		return row, true
	}
	r.asking++
	r.load(number)
	r.asking--
	if row, ok = r.look(i); ok || r.pages[number] != nil {
		return row, ok
	}
	// Rows that are fetched again because one of them changed do not vanish
	// in the meantime.
	if old := r.stale[number]; i%RowPage < len(old) {
		return old[i%RowPage], true
	}
	return row, false
}

func (r *Rows[T]) look(i int) (row T, ok bool) {
	at, ok := r.pages[i/RowPage]
	if !ok {
		return row, false
	}
	r.recent.MoveToFront(at)
	page := at.Value.(*rowPage[T])
	if i%RowPage >= len(page.rows) {
		return row, false // rows went since they were counted
	}
	return page.rows[i%RowPage], true
}

func (r *Rows[T]) load(number int) {
	if r.renewing || r.loading[number] || r.failed[number] || r.pages[number] != nil {
		return
	}
	after := ""
	if number > 0 {
		if number > len(r.index.Cursors) {
			return
		}
		after = r.index.Cursors[number-1]
	}
	r.loading[number] = true
	pages := r.recent
	Run(r.ctx, r.p.Jobs, func(ctx context.Context) ([]T, error) {
		return r.p.Load(ctx, after, RowPage)
	}, func(rows []T, err error) {
		if pages != r.recent {
			return // asked for with a cursor of before; the rows were counted anew
		}
		delete(r.loading, number)
		if err != nil {
			r.failed[number] = true
			r.fail(err)
			return
		}
		delete(r.stale, number)
		r.keep(&rowPage[T]{number: number, rows: rows})
		r.changed()
	})
}

func (r *Rows[T]) keep(page *rowPage[T]) {
	r.pages[page.number] = r.recent.PushFront(page)
	if r.recent.Len() > rowPages {
		last := r.recent.Back()
		delete(r.pages, last.Value.(*rowPage[T]).number)
		r.recent.Remove(last)
	}
}

func (r *Rows[T]) changed() {
	if r.asking == 0 && r.p.Changed != nil {
		r.p.Changed()
	}
}

func (r *Rows[T]) fail(err error) {
	if r.p.Failed != nil {
		r.p.Failed(err)
	}
}

// SliceRows is a Rows over a slice that is there already; SetRows gives it
// another one.
func SliceRows[T any](j *Jobs, rows []T) *Rows[T] {
	r := NewRows(RowsParams[T]{Jobs: j})
	r.ctx = j.Base()
	r.SetRows(rows)
	return r
}

// SetRows puts a slice in the place of all rows.
func (r *Rows[T]) SetRows(rows []T) {
	r.forget()
	clear(r.stale)
	r.index, r.known = RowIndex{Count: len(rows)}, true
	for at := 0; at < len(rows); at += RowPage {
		r.pages[at/RowPage] = r.recent.PushBack(&rowPage[T]{
			number: at / RowPage, rows: rows[at:min(at+RowPage, len(rows))],
		})
	}
	r.changed()
}
