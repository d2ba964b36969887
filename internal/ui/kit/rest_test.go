package kit

import (
	"testing"
	"time"
)

// sleeper stands for glfw and the clock.
type sleeper struct {
	now    time.Time
	input  bool // there will be some
	during func()
	waits  int
	afters []time.Duration
	next   func()
	woken  int
}

func (s *sleeper) rest() *Rest {
	return &Rest{
		Wait: func(d time.Duration) {
			s.waits++
			if s.during != nil {
				s.during()
			}
			if s.input {
				d /= 2
			}
			s.now = s.now.Add(d)
		},
		Wake: func() { s.woken++ },
		After: func(d time.Duration, f func()) {
			s.afters = append(s.afters, d)
			s.next = f
		},
		Clock: s,
	}
}

func (s *sleeper) Now() time.Time { return s.now }

// round is: the time is over, and the loop runs what has come.
func (s *sleeper) round(k *toolkit) {
	elsewhere(s.next)
	(<-k.queue)()
}

func newResting(t *testing.T) (*Loop, *toolkit, *sleeper) {
	t.Helper()
	l, k := newLoop(t)
	s := &sleeper{}
	l.Rest(s.rest())
	return l, k, s
}

func (s *sleeper) expect(t *testing.T, waits int, after time.Duration) {
	t.Helper()
	if got := s.afters[len(s.afters)-1]; s.waits != waits || got != after {
		t.Errorf("slept %d times and goes on after %v, want %d and %v", s.waits, got, waits, after)
	}
}

func TestALoopSleepsWhileNobodyDoesAnything(t *testing.T) {
	_, k, s := newResting(t)
	s.expect(t, 0, awake)
	s.round(k)
	s.expect(t, 1, turn)
	s.round(k)
	s.expect(t, 2, turn)
	s.input = true
	s.round(k)
	s.expect(t, 3, awake)
}

func TestALoopDoesNotSleepBeforeWhatItIsToRun(t *testing.T) {
	l, k, s := newResting(t)
	elsewhere(s.next) // the nap is on its way already
	elsewhere(func() { l.Dispatch(func() {}) })
	(<-k.queue)()
	s.expect(t, 0, awake)
	(<-k.queue)()
	s.round(k)
	s.expect(t, 1, turn)
	if s.woken != 0 {
		t.Error("a loop was woken that did not sleep")
	}
}

func TestALoopIsWokenByWhatItIsToRun(t *testing.T) {
	l, k, s := newResting(t)
	ran := false
	s.during = func() { elsewhere(func() { l.Dispatch(func() { ran = true }) }) }
	s.round(k)
	if s.woken != 1 {
		t.Fatalf("woken %d times, want once", s.woken)
	}
	(<-k.queue)()
	if !ran {
		t.Error("what woke the loop did not run")
	}
}

func TestALoopThatHasEndedSleepsNoMore(t *testing.T) {
	l, k, s := newResting(t)
	l.End()
	k.ended = true
	elsewhere(s.next)
	s.expect(t, 0, awake)
}
