// Package tray is what the icon in the desktop's tray says: how many alerts are
// new and how many complaints wait, never a number or a name, for others may see
// it. It knows no widgets.
package tray

import (
	"context"

	"quietline/internal/l10n"
	"quietline/internal/ui/task"
)

// Texts are the words of the icon and of its menu.
type Texts struct {
	// Tip is what is shown when somebody points at the icon.
	Tip string
	// Alerts and Waiting lead to what they count.
	Alerts, Waiting string
	Show            string
	// Watch pauses the watching of folders or resumes it.
	Watch string
	Quit  string
}

// Counts are what the icon counts.
type Counts struct {
	// Alerts are new, Waiting are the complaints that are still to be filed.
	Alerts, Waiting int
}

// Params are what New needs.
type Params struct {
	Printer *l10n.Printer
	// Count counts what is there now.
	Count func(ctx context.Context) (Counts, error)
	Run   task.Runner
	// Soon calls a function a short while later, once for all that ask meanwhile.
	Soon func(func())
	// Put gives the icon its words.
	Put func(Texts)
	// Failed hears why nothing could be counted; the counts stay as they were.
	Failed func(error)
}

// Model is the state of the icon. It is used on one goroutine only.
type Model struct {
	p      Params
	counts Counts
	paused bool
}

// New makes a Model.
func New(p Params) *Model { return &Model{p: p} }

// Start gives the icon its words for the first time.
func (m *Model) Start() {
	m.Speak()
	m.count()
}

// Heard takes what was stored (kit.Env.Announce).
func (m *Model) Heard(topic string) {
	if topic == "alerts" || topic == "complaints" {
		m.p.Soon(m.count)
	}
}

// Pause says that folders are not watched any more, or again.
func (m *Model) Pause(paused bool) {
	m.paused = paused
	m.Speak()
}

// Paused says whether watching is paused.
func (m *Model) Paused() bool { return m.paused }

func (m *Model) count() {
	var now Counts
	m.p.Run(func(ctx context.Context) (err error) {
		now, err = m.p.Count(ctx)
		return err
	}, func(err error) {
		if err != nil {
			m.p.Failed(err)
			return
		}
		if m.counts != now {
			m.counts = now
			m.Speak()
		}
	})
}

// Speak gives the icon its words in the language of the moment.
func (m *Model) Speak() {
	p := m.p.Printer
	t := Texts{
		Alerts: p.N("tray.alerts", m.counts.Alerts), Waiting: p.N("tray.waiting", m.counts.Waiting),
		Show: p.T("tray.show"), Watch: p.T("tray.pause"), Quit: p.T("tray.quit"),
	}
	t.Tip = p.T("tray.tip", l10n.Args{"Alerts": t.Alerts, "Waiting": t.Waiting})
	if m.paused {
		t.Watch = p.T("tray.resume")
		t.Tip = p.T("tray.tip.paused", l10n.Args{"Alerts": t.Alerts, "Waiting": t.Waiting})
	}
	m.p.Put(t)
}
