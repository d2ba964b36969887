// Package review keeps the alerts up to date while the window is open, and
// judges when the user is told of new ones and in which words. It knows no
// widgets.
package review

import (
	"context"

	"quietline/internal/l10n"
	"quietline/internal/lookout"
	"quietline/internal/progress"
	"quietline/internal/ui/task"
)

// Lookout is what is needed of the use cases on alerts.
type Lookout interface {
	// Refresh judges what changed since; it may take a while after a large
	// import.
	Refresh(ctx context.Context, c *progress.Counter) error
	// TakeRaised counts the alerts that arose since it was last called.
	TakeRaised() lookout.Counts
}

// Params are what New needs.
type Params struct {
	Lookout Lookout
	Run     task.Runner
	// Soon calls a function a short while later, once for all that ask meanwhile.
	Soon func(func())
	// Wanted says whether the user wants to be told.
	Wanted func() bool
	// Tell tells the user.
	Tell func(lookout.Counts)
	// Reviewed is called when the alerts may be others than before.
	Reviewed func()
	// Failed hears why a review did not come to its end; the next one goes on.
	Failed func(error)
}

// Model decides when to review. It is used on one goroutine only.
type Model struct {
	p Params
	// running: a review is under way; again: something changed since it began.
	running, again bool
	// calls: some came since the last review began.
	calls bool
	// caught: a review came to its end since the window was opened.
	caught bool
}

// New makes a Model.
func New(p Params) *Model { return &Model{p: p} }

// Start catches up with what changed while the window was not open. What that
// finds stands on the first page; nobody needs to be told of it.
func (m *Model) Start() { m.review() }

// Heard takes what was stored (kit.Env.Announce).
func (m *Model) Heard(topic string) {
	switch topic {
	case "calls":
		m.calls = true
	case "people", "contacts", "complaints", "registry", "thresholds":
	default:
		return
	}
	m.p.Soon(m.review)
}

func (m *Model) review() {
	if m.running {
		m.again = true
		return
	}
	calls := m.calls
	m.running, m.calls = true, false
	m.p.Run(func(ctx context.Context) error { return m.p.Lookout.Refresh(ctx, nil) }, func(err error) {
		m.running = false
		if err != nil {
			m.calls = m.calls || calls
			m.p.Failed(err)
		} else {
			m.reviewed(calls)
		}
		if m.again {
			m.again = false
			m.review()
		}
	})
}

// reviewed tells of alerts that came with calls. Those that came because the
// user changed a contact or a threshold are no news.
func (m *Model) reviewed(calls bool) {
	raised := m.p.Lookout.TakeRaised()
	if m.caught && calls && raised.All() > 0 && m.p.Wanted() {
		m.p.Tell(raised)
	}
	m.caught = true
	m.p.Reviewed()
}

// Sentence says how many alerts there are. It holds numbers alone: others may
// see the desktop, and on some systems the text goes through a shell.
func Sentence(p *l10n.Printer, c lookout.Counts) string {
	if c.Danger == 0 {
		return p.N("review.raised", c.All())
	}
	return p.N("review.raised.serious", c.All(), l10n.Args{"Serious": c.Danger})
}
