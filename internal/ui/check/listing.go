package check

import (
	"context"
	"strconv"
	"sync/atomic"
)

// listing is a list in memory that a table looks at a page at a time. It is set
// where the model lives and read on any goroutine.
type listing[T any] struct{ rows atomic.Pointer[[]T] }

func (l *listing[T]) set(rows []T) { l.rows.Store(&rows) }

func (l *listing[T]) all() []T {
	if rows := l.rows.Load(); rows != nil {
		return *rows
	}
	return nil
}

// Count is the number of rows.
func (l *listing[T]) Count() int { return len(l.all()) }

// Index counts the rows and names the pages after the first by where they
// begin.
func (l *listing[T]) Index(_ context.Context, every int) (count int, cursors []string, err error) {
	count = l.Count()
	for at := every; at < count; at += every {
		cursors = append(cursors, strconv.Itoa(at))
	}
	return count, cursors, nil
}

// Page gives the rows of a page named by Index; the empty name is the first.
func (l *listing[T]) Page(_ context.Context, after string, limit int) ([]T, error) {
	at := 0
	if after != "" {
		at, _ = strconv.Atoi(after) // one of Index
	}
	rows := l.all()
	at = min(at, len(rows))
	return rows[at:min(at+limit, len(rows))], nil
}
