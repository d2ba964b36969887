package filing

import (
	"context"
	"time"
)

const (
	// mostAhead is how many jobs a run claims at most beyond those that its
	// workers have in hand.
	mostAhead = 128
	// A portion that lasted less than quick makes the next one larger, one that
	// lasted longer than slow makes it smaller: what is claimed ahead must be done
	// well within a lease, and what another process could do is not kept from it.
	quick = 250 * time.Millisecond
	slow  = time.Second
	// linger is how long a result may wait for others to be recorded with it.
	linger = 20 * time.Millisecond
	// mostTogether is how many results are recorded in one transaction.
	mostTogether = 256
)

// crew is the workers of a run. They take jobs from a queue that the loop fills
// ahead of them, so that none of them waits for the store.
type crew struct {
	size int
	jobs chan Job
	done chan finished
	// ahead is how many jobs may wait in the queue at the moment.
	ahead     int
	claimedAt time.Time
	// open is how many jobs are claimed and not handed back by a worker yet.
	open int
	// dry says that the last claim gave less than was asked for.
	dry bool
}

// finished is what a worker hands back to the loop: a result, or that nothing
// was asked.
type finished struct {
	job    Job
	result Result
	begun  bool
}

// start lets workers take jobs until the queue is closed.
func (c *crew) start(work func(Job) finished) {
	c.jobs, c.done = make(chan Job, mostAhead+c.size), make(chan finished, mostAhead+c.size)
	for range c.size {
		go func() {
			for job := range c.jobs {
				c.done <- work(job)
			}
		}()
	}
}

// wanted is how many jobs to claim now, 0 while enough are left.
func (c *crew) wanted() int {
	if len(c.jobs) > c.ahead/2 {
		return 0
	}
	return max(0, c.size+c.ahead-c.open)
}

// free is how many workers have nothing in hand and nothing waiting for them.
func (c *crew) free() int { return max(0, c.size-c.open) }

// pace adapts what is claimed ahead to how long the last portion lasted.
func (c *crew) pace(now time.Time) {
	if !c.claimedAt.IsZero() {
		switch took := now.Sub(c.claimedAt); {
		case took < quick:
			c.ahead = min(2*c.ahead+1, mostAhead)
		case took > slow:
			c.ahead /= 2
		}
	}
	c.claimedAt = now
}

// give puts claimed jobs, of so many wanted, into the queue; it has room for
// them.
func (c *crew) give(jobs []Job, wanted int) {
	c.dry = len(jobs) < wanted
	for _, job := range jobs {
		c.open++
		c.jobs <- job
	}
}

// takeBack empties the queue: these jobs nobody has begun.
func (c *crew) takeBack() []finished {
	var out []finished
	for {
		select {
		case job := <-c.jobs:
			out = append(out, finished{job: job})
			c.open--
		default:
			return out
		}
	}
}

// gather waits for a worker to hand something back and takes what else comes
// for a short while: one transaction for many results costs little more than for
// one. It does not wait where workers would stand idle for it. Nothing comes
// where wake or the context was first.
func (c *crew) gather(ctx context.Context, wake <-chan struct{}) []finished {
	var out []finished
	select {
	case f := <-c.done:
		out = append(out, f)
		c.open--
	case <-wake:
		return nil
	case <-ctx.Done():
		return nil
	}
	enough := time.NewTimer(linger)
	defer enough.Stop()
	for c.open > 0 && len(out) < mostTogether {
		if !c.dry && len(c.done) == 0 && c.wanted() > 0 {
			return out
		}
		select {
		case f := <-c.done:
			out = append(out, f)
			c.open--
		case <-enough.C:
			return out
		case <-ctx.Done():
			return out
		}
	}
	return out
}
