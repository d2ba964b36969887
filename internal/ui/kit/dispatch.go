// Package kit is what every page of the desktop program is made of: the
// dispatcher and the jobs (the only way from a page to a goroutine and back),
// text that breaks lines as Chinese wants it, buttons and fields that show
// where the keyboard is, cards, badges, virtual tables, errors with a next
// step.
package kit

import "fyne.io/fyne/v2"

// Dispatch runs a function on the goroutine that owns the widgets. Nothing
// else may touch a widget.
type Dispatch func(func())

// OnUI is the Dispatch of the program. It does not wait.
func OnUI(f func()) { fyne.Do(f) }

// Inline is the Dispatch of tests: it runs the function at once. The
// toolkit's test driver runs fyne.Do on the calling goroutine, so tests start
// no goroutine at all (Start: Inline as well).
func Inline(f func()) { f() }
