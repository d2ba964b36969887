package task

import "sync/atomic"

// Held is a list in memory that is set where the model lives and read on any
// goroutine, as a table reads its rows. Its zero value is empty.
type Held[T any] struct{ rows atomic.Pointer[[]T] }

// Set puts another list in its place; nobody may change that one any more.
func (h *Held[T]) Set(rows []T) { h.rows.Store(&rows) }

// All is the list of the moment; nobody may change it.
func (h *Held[T]) All() []T {
	if rows := h.rows.Load(); rows != nil {
		return *rows
	}
	return nil
}

// Count is how many there are.
func (h *Held[T]) Count() int { return len(h.All()) }
