// Package kit is what every page of the desktop program is made of: the
// dispatcher and the jobs (the only way from a page to a goroutine and back),
// text that breaks lines as Chinese wants it, buttons and fields that show
// where the keyboard is, cards, badges, virtual tables, errors with a next
// step.
package kit

import (
	"bytes"
	"runtime"
	"strconv"
	"sync/atomic"

	"fyne.io/fyne/v2"
)

// Dispatch runs a function on the goroutine that owns the widgets. Nothing
// else may touch a widget.
type Dispatch func(func())

// Inline is the Dispatch of tests: it runs the function at once. The
// toolkit's test driver runs fyne.Do on the calling goroutine, so tests start
// no goroutine at all (Start: Inline as well).
func Inline(f func()) { f() }

// Loop is the toolkit's event loop as the Dispatch of the program. What comes
// when the loop has ended is dropped: from then on fyne.Do runs a function on
// whatever goroutine asks for it (fyne 2.8, internal/driver/glfw/loop.go),
// beside the goroutine that owns the widgets and without a display.
type Loop struct {
	do    func(func())
	owner uint64
	over  atomic.Bool
	rest  *Rest // nil: it never sleeps
}

// NewLoop makes the Loop of the goroutine it is called on, which is the one
// that will run the toolkit.
func NewLoop() *Loop { return &Loop{do: fyne.Do, owner: goroutine()} }

// Dispatch brings f to the loop's goroutine and does not wait for it. It may
// be called from any goroutine at any time.
func (l *Loop) Dispatch(f func()) {
	if l.rest == nil {
		l.bring(f)
		return
	}
	l.bring(l.rest.counted(f))
	l.rest.rouse()
}

func (l *Loop) bring(f func()) {
	if l.over.Load() {
		return
	}
	if l.owns() {
		l.do(f)
		return
	}
	// The toolkit closes its queue when the loop ends and panics where a
	// function comes at that very moment. What f does cannot come here: it runs
	// on the other goroutine or not at all.
	defer func() { _ = recover() }()
	l.do(func() {
		if l.owns() {
			f()
		}
	})
}

// End is called on the loop's goroutine when the toolkit has ended.
func (l *Loop) End() { l.over.Store(true) }

func (l *Loop) owns() bool { return goroutine() == l.owner }

// goroutine is the number of the calling goroutine, which the Go runtime tells
// only at the head of a stack trace: "goroutine 18 [running]:".
func goroutine() uint64 {
	var trace [40]byte
	head := bytes.Fields(trace[:runtime.Stack(trace[:], false)])
	if len(head) < 2 {
		return 0
	}
	n, _ := strconv.ParseUint(string(head[1]), 10, 64)
	return n
}
