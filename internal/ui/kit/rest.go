package kit

import (
	"sync/atomic"
	"time"

	"quietline/internal/domain"
)

const (
	// awake is how long after the last sign of life the loop runs as the toolkit
	// made it: longer than anything that the toolkit itself does a moment after an
	// input, such as waiting for the second tap of two.
	awake = time.Second
	// nap is how long the loop waits at a time. What the toolkit brings to the loop
	// from a goroutine of its own, such as the end by a signal, is late by that much
	// at most; what comes through Dispatch is not late at all.
	nap = time.Second
	// turn is what the loop gets between two naps to lay out and draw in: more than
	// one of its rounds.
	turn = 20 * time.Millisecond
	// rounding is how much too early a system may end a wait, in whole milliseconds.
	rounding = 5 * time.Millisecond
)

// Rest is what a Loop sleeps with.
type Rest struct {
	// Wait hands input on for at most the time given, on the loop's goroutine. It
	// returns as soon as there was some or Wake was called.
	Wait func(time.Duration)
	// Wake ends the Wait under way or else the next one. It is called from any
	// goroutine.
	Wake func()
	// After calls a function once, later, on another goroutine.
	After func(time.Duration, func())
	Clock domain.Clock

	asleep  atomic.Bool
	waiting atomic.Int64 // functions that Dispatch has brought and the loop has not run
}

// Rest lets the loop sleep from now on while nobody does anything. As the toolkit
// made it, it looks for input and for something to draw 60 times a second (fyne 2.8,
// internal/driver/glfw/loop.go; fyne-io/fyne issue 2506), all day for a window that
// is only left open. It is called once, before the loop runs.
func (l *Loop) Rest(r *Rest) {
	l.rest = r
	l.napAfter(awake)
}

func (l *Loop) napAfter(d time.Duration) {
	l.rest.After(d, func() { l.bring(l.nap) })
}

func (l *Loop) nap() {
	next := turn
	// Said before the functions are counted, as Dispatch counts before it asks: one
	// of the two sees the other.
	l.rest.asleep.Store(true)
	if l.rest.waiting.Load() > 0 || l.rest.cutShort() {
		next = awake
	}
	l.rest.asleep.Store(false)
	l.napAfter(next)
}

// cutShort waits, and says whether something happened meanwhile.
func (r *Rest) cutShort() bool {
	began := r.Clock.Now()
	r.Wait(nap)
	return r.Clock.Now().Sub(began) < nap-rounding
}

// counted is f as something that the loop does not sleep before.
func (r *Rest) counted(f func()) func() {
	r.waiting.Add(1)
	return func() {
		r.waiting.Add(-1)
		f()
	}
}

// rouse is called when a function was brought to the loop.
func (r *Rest) rouse() {
	if r.asleep.Load() {
		r.Wake()
	}
}
