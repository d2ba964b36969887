// Package progress reports how far long work has come: workers add to atomic
// counters, one ticker reads them, and the last report always says the final
// state.
package progress

import (
	"sync"
	"sync/atomic"
	"time"
)

// Interval is how often a running report is given.
const Interval = 100 * time.Millisecond

// Counter is what workers add to. The zero value is ready; it is safe for
// concurrent use.
type Counter struct {
	done, total, items, failed atomic.Int64
}

// SetTotal says how much work there is, in the unit of SetDone; 0 is unknown.
func (c *Counter) SetTotal(n int64) { c.total.Store(n) }

// SetDone says how much work is done, in bytes or items.
func (c *Counter) SetDone(n int64) { c.done.Store(n) }

// AddDone adds to the work done.
func (c *Counter) AddDone(n int64) { c.done.Add(n) }

// AddItems adds to the number of things (calls, complaints) finished.
func (c *Counter) AddItems(n int64) { c.items.Add(n) }

// AddFailed adds to the number of things that could not be finished.
func (c *Counter) AddFailed(n int64) { c.failed.Add(n) }

// Snapshot is the state of a Counter at one moment.
type Snapshot struct {
	// Done and Total are in the same unit; Total 0 is unknown.
	Done, Total   int64
	Items, Failed int64
	// Final marks the last report.
	Final bool
}

// Fraction is Done/Total between 0 and 1, and 0 where the total is unknown.
func (s Snapshot) Fraction() float64 {
	if s.Total <= 0 {
		return 0
	}
	return min(1, max(0, float64(s.Done)/float64(s.Total)))
}

// Snapshot reads the counter.
func (c *Counter) Snapshot() Snapshot {
	return Snapshot{Done: c.done.Load(), Total: c.total.Load(), Items: c.items.Load(), Failed: c.failed.Load()}
}

// Report calls f with a snapshot every Interval, on one goroutine, until the
// returned stop is called. stop waits for a report under way and then gives
// the final one itself; it may be called more than once.
func (c *Counter) Report(f func(Snapshot)) (stop func()) {
	quit, gone := make(chan struct{}), make(chan struct{})
	go func() {
		defer close(gone)
		t := time.NewTicker(Interval)
		defer t.Stop()
		for {
			select {
			case <-quit:
				return
			case <-t.C:
				f(c.Snapshot())
			}
		}
	}()
	var once sync.Once
	return func() {
		once.Do(func() {
			close(quit)
			<-gone
			s := c.Snapshot()
			s.Final = true
			f(s)
		})
	}
}
