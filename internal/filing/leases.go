package filing

import (
	"context"
	"maps"
	"slices"
	"sync"
	"time"

	"quietline/internal/domain"
)

// leases are the complaints that a run works on at the moment. Only their
// leases are renewed: what the run holds without working on it (its result
// could not be recorded, its claim failed half-way) must end, so that it is
// taken over.
type leases struct {
	mu  sync.Mutex
	ids map[domain.ComplaintID]struct{}
}

func newLeases() *leases { return &leases{ids: map[domain.ComplaintID]struct{}{}} }

func (l *leases) add(id domain.ComplaintID) {
	l.mu.Lock()
	defer l.mu.Unlock()
	l.ids[id] = struct{}{}
}

func (l *leases) remove(id domain.ComplaintID) {
	l.mu.Lock()
	defer l.mu.Unlock()
	delete(l.ids, id)
}

func (l *leases) list() []domain.ComplaintID {
	l.mu.Lock()
	defer l.mu.Unlock()
	return slices.Collect(maps.Keys(l.ids))
}

// keepLeases renews what the run works on until the context ends.
func (r *run) keepLeases(ctx context.Context) (gone <-chan struct{}) {
	ch := make(chan struct{})
	go func() {
		defer close(ch)
		t := time.NewTicker(leaseRenew)
		defer t.Stop()
		for {
			select {
			case <-ctx.Done():
				return
			case <-t.C:
				r.renew(ctx)
			}
		}
	}()
	return ch
}

func (r *run) renew(ctx context.Context) {
	if r.uploads.inFlight.Load() > 0 {
		if err := r.o.p.Store.RenewUploads(ctx, r.owner, r.o.p.Clock.Now().Add(LeaseTime)); err != nil && ctx.Err() == nil {
			r.o.p.Log.Error("renew leases of uploads", "err", err)
		}
	}
	ids := r.leases.list()
	if len(ids) == 0 {
		return
	}
	err := r.o.p.Store.Renew(ctx, r.owner, ids, r.o.p.Clock.Now().Add(LeaseTime))
	if err != nil && ctx.Err() == nil {
		r.o.p.Log.Error("renew leases", "err", err)
	}
}
