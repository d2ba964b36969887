package kit

import (
	"context"
	"time"
)

// Throttle calls a function a short while after it was first asked to and not
// again before, however often it is asked meanwhile. Other than a Debounce it
// does not wait for a pause, so that what never stops changing is still shown.
type Throttle struct {
	jobs    *Jobs
	pause   time.Duration
	pending context.Context //nolint:containedctx // of the call that is on its way, nil for none
}

// NewThrottle makes a Throttle.
func NewThrottle(j *Jobs, pause time.Duration) *Throttle { return &Throttle{jobs: j, pause: pause} }

// Call asks for f. Nothing happens where an earlier call is on its way, or
// when ctx ends before.
func (t *Throttle) Call(ctx context.Context, f func()) {
	if t.pending != nil && t.pending.Err() == nil {
		return
	}
	t.pending = ctx
	t.jobs.After(ctx, t.pause, func() {
		t.pending = nil
		f()
	})
}
