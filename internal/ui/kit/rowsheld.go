package kit

import (
	"context"
	"strconv"

	"quietline/internal/ui/task"
)

// HeldRows are Rows of a list that is in memory.
func HeldRows[T any](e *Env, list *task.Held[T]) *Rows[T] {
	return NewRows(RowsParams[T]{
		Jobs:  e.Jobs,
		Index: func(context.Context) (RowIndex, error) { return heldIndex(list.Count(), RowPage), nil },
		Load: func(_ context.Context, after string, limit int) ([]T, error) {
			return heldPage(list.All(), after, limit), nil
		},
		Failed: e.ShowError,
	})
}

// heldIndex names the pages after the first by where they begin.
func heldIndex(count, every int) RowIndex {
	x := RowIndex{Count: count}
	for at := every; at < count; at += every {
		x.Cursors = append(x.Cursors, strconv.Itoa(at))
	}
	return x
}

// heldPage is the page of a name, which may come of a longer list of before.
func heldPage[T any](rows []T, after string, limit int) []T {
	at, _ := strconv.Atoi(after) // one of heldIndex, or empty
	at = min(at, len(rows))
	return rows[at:min(at+limit, len(rows))]
}
