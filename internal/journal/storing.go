package journal

import (
	"context"

	"quietline/internal/domain"
)

// storing stores one batch of calls while the next is being read: reading keeps
// one processor busy, storing another. Two batches are in memory at a time.
type storing struct {
	calls  CallStore
	dryRun bool
	// rehearsal knows what a dry run has stored so far; nil for a real one.
	rehearsal *Rehearsal
	batch     []domain.Call // what is being stored
	spare     []domain.Call // what was, to be filled again
	done      chan stored   // nil while nothing is being stored
}

// stored is how it ended.
type stored struct {
	result AddResult
	err    error
	panic  any
}

// start begins to store a batch and gives an empty one to go on with. The batch
// before has been waited for.
func (s *storing) start(ctx context.Context, batch []domain.Call) []domain.Call {
	done := make(chan stored, 1)
	s.batch, s.done = batch, done
	go func() {
		var end stored
		defer func() {
			end.panic = recover() // it belongs to whoever waits
			done <- end
		}()
		fresh := s.rehearsal.fresh(batch)
		end.result, end.err = s.calls.AddCalls(ctx, fresh, s.dryRun)
		end.result.Duplicates += len(batch) - len(fresh)
	}()
	return s.spare[:0]
}

// wait waits for the end of what is being stored and gives it; the batch is
// valid until the next start. Where nothing is being stored it is empty.
func (s *storing) wait() (batch []domain.Call, result AddResult, err error) {
	if s.done == nil {
		return nil, AddResult{}, nil
	}
	end := <-s.done
	batch, s.spare = s.batch, s.batch
	s.done, s.batch = nil, nil
	if end.panic != nil {
		panic(end.panic)
	}
	return batch, end.result, end.err
}
