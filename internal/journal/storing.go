package journal

import (
	"context"
	"iter"
	"sync"
	"time"

	"quietline/internal/domain"
)

// batchSize is how many calls are handed over at once, and maxBatches how many
// such batches go into one transaction. Each transaction writes anew most of the
// pages of the indexes in which numbers are scattered, so few large ones write
// less; others have to wait for its end, which comes after about a second.
const (
	batchSize  = 8192
	maxBatches = 8
)

// storing stores batches of calls while the next ones are being read: reading
// keeps one processor busy, storing another. Three batches are in memory at a
// time: one is being filled, one waits, one is being stored.
type storing struct {
	calls  CallStore
	dryRun bool
	// rehearsal knows what a dry run has stored so far; nil for a real one.
	rehearsal *Rehearsal

	ready chan []domain.Call // to be stored; nil before the first
	spare chan []domain.Call // to be filled again
	ended chan struct{}      // closed when the goroutine is gone

	mu    sync.Mutex
	done  stored // what is committed and was not taken yet
	panic any    // of the goroutine; read once it is gone
}

// stored is what became of batches.
type stored struct {
	AddResult
	first, last time.Time // of the calls; zero where there was none
	err         error     // what ended storing
}

func (d *stored) add(o stored) {
	d.Added, d.Duplicates, d.Filled = d.Added+o.Added, d.Duplicates+o.Duplicates, d.Filled+o.Filled
	d.err = o.err
	if d.first.IsZero() || !o.first.IsZero() && o.first.Before(d.first) {
		d.first = o.first
	}
	if o.last.After(d.last) {
		d.last = o.last
	}
}

// put has a batch stored and gives an empty one to go on with, and what has been
// committed in the meantime. After an error nothing is stored any more.
func (s *storing) put(ctx context.Context, batch []domain.Call) ([]domain.Call, stored) {
	if s.ready == nil {
		s.ready, s.spare, s.ended = make(chan []domain.Call, 1), make(chan []domain.Call, 3), make(chan struct{})
		s.spare <- nil
		s.spare <- nil
		go s.run(ctx)
	}
	select {
	case s.ready <- batch:
	case <-s.ended:
		return batch[:0], s.take()
	}
	select {
	case batch = <-s.spare:
		return batch, s.take()
	case <-s.ended:
		return nil, s.take()
	}
}

// end waits until all is stored and gives what was committed and not taken yet.
// A panic of the goroutine goes on here. Nothing can be put afterwards.
func (s *storing) end() stored {
	if s.ready == nil {
		return stored{}
	}
	close(s.ready)
	<-s.ended
	s.ready = nil
	if s.panic != nil {
		panic(s.panic)
	}
	return s.take()
}

func (s *storing) take() stored {
	s.mu.Lock()
	defer s.mu.Unlock()
	done := s.done
	s.done = stored{err: done.err}
	return done
}

// run stores what is put, one transaction after the other, until the end or an
// error.
func (s *storing) run(ctx context.Context) {
	defer close(s.ended)
	defer func() { s.panic = recover() }() // it belongs to whoever waits
	for first := range s.ready {
		var t stored
		result, err := s.calls.AddCallBatches(ctx, s.batches(first, &t), s.dryRun)
		if err != nil {
			t = stored{err: err} // none of it is there
		} else {
			t.Added, t.Duplicates, t.Filled = t.Added+result.Added, t.Duplicates+result.Duplicates, t.Filled+result.Filled
		}
		s.mu.Lock()
		s.done.add(t)
		s.mu.Unlock()
		if err != nil {
			return
		}
	}
}

// batches gives the first batch and then those that wait already, so that the
// transaction never waits for a file. What they hold is added to t.
func (s *storing) batches(first []domain.Call, t *stored) iter.Seq[[]domain.Call] {
	return func(yield func([]domain.Call) bool) {
		batch := first
		for n := 1; ; n++ {
			fresh := s.rehearsal.fresh(batch)
			t.see(batch)
			t.Duplicates += len(batch) - len(fresh)
			more := yield(fresh)
			s.spare <- batch[:0]
			if !more || n == maxBatches {
				return
			}
			var ok bool
			select {
			case batch, ok = <-s.ready:
				if !ok {
					return
				}
			default:
				return
			}
		}
	}
}

// see looks when the calls of a batch were.
func (d *stored) see(batch []domain.Call) {
	for i := range batch {
		at := batch[i].StartedAt
		if d.first.IsZero() || at.Before(d.first) {
			d.first = at
		}
		if at.After(d.last) {
			d.last = at
		}
	}
}
