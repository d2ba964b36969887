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

// gates remember for a moment whether channels are stopped.
type gates struct {
	o     *Outbox
	mu    sync.Mutex
	known map[domain.ChannelID]*gate
}

type gate struct {
	stopped bool
	seenAt  time.Time
	uses    int
}

func newGates(o *Outbox) *gates { return &gates{o: o, known: map[domain.ChannelID]*gate{}} }

// stopped says whether the channel is paused or on hold: by its user, or by the
// answer to a job. A channel that cannot be looked up is not stopped: the result
// of the job says what is wrong with it.
func (g *gates) stopped(ctx context.Context, id domain.ChannelID) bool {
	now := g.o.p.Clock.Now()
	g.mu.Lock()
	defer g.mu.Unlock()
	k := g.known[id]
	if k == nil || k.uses >= gateUses || now.Sub(k.seenAt).Abs() >= gateAge {
		c, err := g.o.p.Store.ChannelByID(ctx, id)
		if err != nil {
			return false
		}
		k = &gate{stopped: c.Paused != "" || c.HoldUntil.After(now), seenAt: now}
		g.known[id] = k
	}
	k.uses++
	return k.stopped
}

// changed makes the next job look the channel up again.
func (g *gates) changed(id domain.ChannelID) {
	g.mu.Lock()
	defer g.mu.Unlock()
	delete(g.known, id)
}
