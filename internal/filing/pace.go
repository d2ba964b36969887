package filing

import (
	"context"
	"sync"
	"time"

	"golang.org/x/time/rate"

	"quietline/internal/domain"
)

// SlotRequest asks for N moments, Interval apart, at which a channel may be
// asked.
type SlotRequest struct {
	ChannelID domain.ChannelID
	Now       time.Time
	Interval  time.Duration
	N         int
}

// Furthest is how far ahead of now moments may be handed out already: what a
// few processes hold. What lies further was handed out while the clock was wrong.
func (r SlotRequest) Furthest() time.Duration { return 32 * time.Duration(r.N) * r.Interval }

// PaceStore lets all processes together keep the pace of a channel.
type PaceStore interface {
	// TakeSlots hands out the moments and gives the first: not before now, and
	// after all that were handed out to anybody. Where those lie beyond Furthest
	// they count for nothing.
	TakeSlots(ctx context.Context, r SlotRequest) (first time.Time, err error)
}

// slotsFor is how long a share of the pace lasts that a process takes at once: a
// fast channel must not cost a transaction for every request.
const slotsFor = 200 * time.Millisecond

// pacer makes the workers of a run wait for their turn with a channel.
type pacer struct {
	o  *Outbox
	id domain.ChannelID
	// own is the run's own limit, for this run alone.
	own *rate.Limiter
	// interval is between two requests of all processes, 0 for no limit.
	interval time.Duration

	turn sync.Mutex // held while a worker waits, so that no more is taken than is used soon
	next time.Time
	left int
}

// newPacer keeps the run's own limit and the lowest of the channel's.
func newPacer(o *Outbox, id domain.ChannelID, own float64, limits ...float64) *pacer {
	p := &pacer{o: o, id: id, own: rate.NewLimiter(rate.Inf, 1)}
	if own > 0 {
		p.own.SetLimit(rate.Limit(own))
	}
	for _, l := range limits {
		if l > 0 {
			p.interval = max(p.interval, time.Duration(float64(time.Second)/l))
		}
	}
	return p
}

// wait returns when the channel may be asked, or the error of the context.
func (p *pacer) wait(ctx context.Context) error {
	if err := p.own.Wait(ctx); err != nil || p.interval == 0 {
		return err
	}
	p.turn.Lock()
	defer p.turn.Unlock()
	if err := ctx.Err(); err != nil {
		return err
	}
	now := p.o.p.Clock.Now()
	if p.left == 0 {
		p.take(ctx, now)
	}
	slot := p.next
	p.next, p.left = slot.Add(p.interval), p.left-1
	if d := slot.Sub(now); d > 0 {
		p.o.p.Wait(ctx, d, nil)
	}
	return ctx.Err()
}

// take gets the next share. A store that cannot give one leaves this process
// with a pace of its own: what is wrong with the store, the next claim will say.
func (p *pacer) take(ctx context.Context, now time.Time) {
	n := max(1, int(slotsFor/p.interval))
	first, err := p.o.p.Store.TakeSlots(ctx, SlotRequest{ChannelID: p.id, Now: now, Interval: p.interval, N: n})
	if err != nil {
		p.o.p.Log.Warn("pace", "channel", p.id, "err", err)
		first, n = now.Add(p.interval), 1
	}
	p.next, p.left = first, n
}
