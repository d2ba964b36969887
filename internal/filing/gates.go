package filing

import (
	"context"
	"sync"
	"time"

	"quietline/internal/domain"
)

// A channel may be paused or put on hold by anybody at any moment. The claim
// leaves out what is stopped by then; for what is claimed already it is looked up
// again after so long or so many jobs, whichever is first.
const (
	gateAge  = 200 * time.Millisecond
	gateUses = 50
)

// gates remember for a moment whether channels and batches are stopped.
type gates struct {
	o        *Outbox
	mu       sync.Mutex
	channels map[domain.ChannelID]*gate
	batches  map[string]*gate
}

// gate is what was seen of one. A channel is stopped or goes on; of a batch that
// was cancelled only what may be at the endpoint goes on, to be cleared up.
type gate struct {
	stopped, cancelled bool
	seenAt             time.Time
	uses               int
}

func (k *gate) stale(now time.Time) bool {
	return k == nil || k.uses >= gateUses || now.Sub(k.seenAt).Abs() >= gateAge
}

func newGates(o *Outbox) *gates {
	return &gates{o: o, channels: map[domain.ChannelID]*gate{}, batches: map[string]*gate{}}
}

// stopped says whether a job is not to be done: its channel is paused or on hold,
// by its user or by the answer to a job, or its batch rests. What cannot be looked
// up is not stopped: the result of the job says what is wrong with it.
func (g *gates) stopped(ctx context.Context, job Job) bool {
	now := g.o.p.Clock.Now()
	g.mu.Lock()
	defer g.mu.Unlock()
	if g.channelStopped(ctx, job.ChannelID, now) {
		return true
	}
	if job.Batch == "" {
		return false
	}
	k := g.batches[job.Batch]
	if k.stale(now) {
		paused, cancelled, err := g.o.p.Store.BatchRests(ctx, job.Batch)
		if err != nil {
			return false
		}
		k = &gate{stopped: paused, cancelled: cancelled, seenAt: now}
		g.batches[job.Batch] = k
	}
	k.uses++
	return k.stopped || k.cancelled && (job.State == domain.SendQueued || job.State == domain.SendRetry)
}

func (g *gates) channelStopped(ctx context.Context, id domain.ChannelID, now time.Time) bool {
	k := g.channels[id]
	if k.stale(now) {
		c, err := g.o.p.Store.ChannelByID(ctx, id)
		if err != nil {
			return false
		}
		k = &gate{stopped: c.Paused != "" || c.HoldUntil.After(now), seenAt: now}
		g.channels[id] = k
	}
	k.uses++
	return k.stopped
}

// changed makes the next job look the channel up again.
func (g *gates) changed(id domain.ChannelID) {
	g.mu.Lock()
	defer g.mu.Unlock()
	delete(g.channels, id)
}
