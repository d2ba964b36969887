package kit

import (
	"testing"
)

// toolkit stands for fyne.Do with its event loop: while the loop runs,
// functions wait for it; when it has ended, they run where they come from.
type toolkit struct {
	queue chan func()
	ended bool
}

func (k *toolkit) do(f func()) {
	if k.ended {
		f()
		return
	}
	k.queue <- f
}

func newLoop(t *testing.T) (*Loop, *toolkit) {
	t.Helper()
	k := &toolkit{queue: make(chan func(), 8)}
	l := NewLoop()
	l.do = k.do
	return l, k
}

// elsewhere runs f on another goroutine and waits for it.
func elsewhere(f func()) {
	done := make(chan struct{})
	go func() {
		defer close(done)
		f()
	}()
	<-done
}

func TestLoopRunsOnItsOwnGoroutine(t *testing.T) {
	l, k := newLoop(t)
	ran := 0
	count := func() {
		if !l.owns() {
			t.Error("a function ran on another goroutine")
		}
		ran++
	}
	l.Dispatch(count)
	elsewhere(func() { l.Dispatch(count) })
	for range 2 {
		(<-k.queue)()
	}
	if ran != 2 {
		t.Errorf("%d functions ran, want 2", ran)
	}
}

// Once the loop has ended, the toolkit runs functions on the goroutine of the
// job that asks: two of them, or one and the closing program, at a time.
func TestLoopDropsWhatComesAfterItsEnd(t *testing.T) {
	l, k := newLoop(t)
	touch := func() { t.Error("a function ran after the end of the loop") }
	k.ended = true
	elsewhere(func() { l.Dispatch(touch) })
	l.End()
	elsewhere(func() { l.Dispatch(touch) })
	l.Dispatch(touch)
}

func TestLoopSurvivesTheClosingOfTheQueue(t *testing.T) {
	l, k := newLoop(t)
	close(k.queue)
	elsewhere(func() { l.Dispatch(func() { t.Error("a function ran") }) })
}

// A panic of a function belongs to whoever runs it, not into oblivion.
func TestLoopHidesNoPanic(t *testing.T) {
	l, k := newLoop(t)
	elsewhere(func() { l.Dispatch(func() { panic("broken page") }) })
	defer func() {
		if recover() == nil {
			t.Error("the panic of a function was swallowed")
		}
	}()
	(<-k.queue)()
}
