package filing

import (
	"context"
	"time"

	"quietline/internal/domain"
)

// Stopped is a paused channel for which complaints wait.
type Stopped struct {
	Channel domain.Channel
	Count   int
}

// Waiting is what stands in the outbox and does not go on by itself.
type Waiting struct {
	// Stuck is how many complaints the outbox has been trying for over a day.
	Stuck int
	// Stopped are the paused channels that keep complaints back, by name.
	Stopped []Stopped
}

// WaitingStore counts what does not go on.
type WaitingStore interface {
	// CountWaiting counts what waits; what was queued at that time or before and
	// still waits for another try is stuck (domain.ComplaintFilter, Stuck).
	CountWaiting(ctx context.Context, before time.Time) (Waiting, error)
}

// CountWaiting counts what stands in the outbox and does not go on by itself.
func (s *Service) CountWaiting(ctx context.Context) (Waiting, error) {
	return s.p.Store.CountWaiting(ctx, s.p.Clock.Now().Add(-domain.StuckAfter))
}
