package main

import (
	"fmt"
	"math/rand/v2"
	"os"
	"runtime/debug"
	"strconv"
	"strings"
	"testing"
	"time"
)

// What `make test-monkey` sets: how long a monkey plays, and which one.
const (
	monkeyTime = "QUIETLINE_MONKEY"
	monkeySeed = "QUIETLINE_SEED"
)

// TestMonkey clicks and types at random in the whole program. Each seed is
// another monkey; the seed of one that finds something goes on finding it, but
// for what depends on the moment at which work in the background ends.
func TestMonkey(t *testing.T) {
	// Always the same ones, so that a change is to blame for what they find; a longer
	// play is one of a new seed.
	seeds, each := []uint64{1, 2, 3}, 4*time.Second
	if s := os.Getenv(monkeyTime); s != "" {
		d, err := time.ParseDuration(s)
		if err != nil {
			t.Fatal(err)
		}
		seeds, each = []uint64{rand.Uint64()}, d
	}
	if s := os.Getenv(monkeySeed); s != "" {
		seed, err := strconv.ParseUint(s, 10, 64)
		if err != nil {
			t.Fatal(err)
		}
		seeds = []uint64{seed}
	}
	for _, seed := range seeds {
		t.Run("seed "+strconv.FormatUint(seed, 10), func(t *testing.T) {
			// Not t.Log, which a fault on another goroutine keeps from being seen.
			fmt.Fprintf(os.Stderr, "%s=%d\n", monkeySeed, seed)
			newMonkey(t, seed).play(each)
		})
	}
}

const (
	// told is how many steps a failure tells of.
	told = 40
	// stepLimit is how long a single step may take, on a machine that is busy and
	// with the race detector: the window would stand still for that long.
	stepLimit = 60 * time.Second
	// paintEvery is how many steps there are between two looks at the whole window as
	// it would be painted.
	paintEvery = 30
)

// play makes steps until the time is over, and looks then at what is left.
func (m *monkey) play(d time.Duration) {
	goroutines := stacks()
	m.open()
	m.stock()
	for end := time.Now().Add(d); time.Now().Before(end); {
		m.step()
	}
	m.within("close", m.shut)
	m.examine()
	m.filedOnce()
	m.nobodyLeft(goroutines)
	m.t.Logf("seed %d: %d steps, %d restarts, %d complaints filed: %v", m.seed, m.n, m.restarts, m.filed, m.done)
}

// step makes one random step and has the window do what follows from it.
func (m *monkey) step() {
	move := m.pick()
	m.within(move.name, func() { move.do(m) })
	m.within("", func() {
		m.loop.drain()
		m.reopen()
		if m.r.IntN(3) > 0 {
			m.loop.settle(2 * time.Second)
		}
		m.Layout()
		if m.n%paintEvery == 0 {
			m.Image()
		}
	})
}

// within does something that must neither panic nor stand still.
func (m *monkey) within(name string, do func()) {
	if name != "" {
		m.n++
		m.done[name]++
		m.note("%s", name)
	}
	stuck := time.AfterFunc(stepLimit, func() {
		debug.SetTraceback("all")
		panic(m.story("the window does not answer"))
	})
	defer stuck.Stop()
	defer func() {
		if p := recover(); p != nil {
			m.fail("panic: %v\n%s", p, debug.Stack())
		}
	}()
	do()
	if found := m.faults.take(); found != "" {
		m.fail("%s", found)
	}
}

// note adds to what a failure tells.
func (m *monkey) note(format string, args ...any) {
	if len(m.last) == told {
		m.last = m.last[1:]
	}
	m.last = append(m.last, fmt.Sprintf("%5d  ", m.n)+fmt.Sprintf(format, args...))
}

func (m *monkey) story(what string) string {
	return fmt.Sprintf("%s\n\n%s=%d, step %d; the last ones:\n%s", what, monkeySeed, m.seed, m.n, strings.Join(m.last, "\n"))
}

func (m *monkey) fail(format string, args ...any) {
	m.t.Helper()
	m.Draw("monkey-" + strconv.FormatUint(m.seed, 10))
	m.t.Fatal(m.story(fmt.Sprintf(format, args...)))
}
