package alerts

import (
	"context"
	"slices"

	"quietline/internal/lookout"
	"quietline/internal/ui/task"
)

// BriefLookout is what the card of new alerts needs of the use cases. It only
// reads what reviews have found: it is shown whenever the program starts.
type BriefLookout interface {
	Pressing(ctx context.Context, most int) ([]lookout.Alert, error)
	NewAlerts(ctx context.Context) (lookout.Counts, error)
	MarkNew(ctx context.Context, ids ...lookout.AlertID) error
	MarkSeen(ctx context.Context, ids ...lookout.AlertID) error
	Dismiss(ctx context.Context, ids ...lookout.AlertID) error
}

// BriefModelParams are what NewBriefModel needs.
type BriefModelParams struct {
	Lookout BriefLookout
	// Run is for reading; it may be cancelled when the card is left. Write goes
	// on.
	Run, Write task.Runner
	// Loaded is called after the list was read, or could not be; Changed after
	// the user did something with one.
	Loaded  func()
	Changed func(lookout.AlertID)
	// Failed hears why something that the user asked for did not work.
	Failed func(error)
}

// BriefSize is how many new alerts are shown at once.
const BriefSize = 3

// BriefModel is the state of the card. It is used on one goroutine only.
type BriefModel struct {
	p      BriefModelParams
	alerts []lookout.Alert
	// done is what the user did since the card was entered; those stay where
	// they are, so that it can be taken back.
	done   map[lookout.AlertID]lookout.State
	more   int
	loaded bool
	fault  error
	loads  int // counts loads; the answer of an older one is dropped
}

// NewBriefModel makes a BriefModel.
func NewBriefModel(p BriefModelParams) *BriefModel {
	return &BriefModel{p: p, done: map[lookout.AlertID]lookout.State{}}
}

// Alerts are the most pressing of the new ones, and between them those that the
// user did something with.
func (m *BriefModel) Alerts() []lookout.Alert { return m.alerts }

// More is how many new ones there are besides.
func (m *BriefModel) More() int { return m.more }

// State is what the user did with an alert since they came here.
func (m *BriefModel) State(id lookout.AlertID) lookout.State {
	if s, ok := m.done[id]; ok {
		return s
	}
	return lookout.StateNew
}

// Loaded says that Alerts are real, or Fault why there are none.
func (m *BriefModel) Loaded() bool { return m.loaded }

// Fault is why the list could not be read, nil where it could.
func (m *BriefModel) Fault() error { return m.fault }

// Enter reads the list as it is now.
func (m *BriefModel) Enter() {
	clear(m.done)
	m.Load()
}

// Load reads the list again.
func (m *BriefModel) Load() {
	m.loads++
	load := m.loads
	var got []lookout.Alert
	var counts lookout.Counts
	m.p.Run(func(ctx context.Context) (err error) {
		if got, err = m.p.Lookout.Pressing(ctx, BriefSize); err != nil {
			return err
		}
		counts, err = m.p.Lookout.NewAlerts(ctx)
		return err
	}, func(err error) {
		if load != m.loads {
			return
		}
		m.loaded, m.fault = true, err
		if err == nil {
			m.more = counts.All() - len(got)
			m.alerts = m.among(got)
		}
		m.p.Loaded()
	})
}

// among puts those that the user did something with back where they were.
func (m *BriefModel) among(got []lookout.Alert) []lookout.Alert {
	for i, a := range m.alerts {
		if m.State(a.ID) != lookout.StateNew && !slices.ContainsFunc(got, func(b lookout.Alert) bool { return b.ID == a.ID }) {
			got = slices.Insert(got, min(i, len(got)), a)
		}
	}
	return got
}

// Set says what the user did with an alert; StateNew takes it back.
func (m *BriefModel) Set(id lookout.AlertID, state lookout.State) {
	how := m.p.Lookout.MarkNew
	switch state {
	case lookout.StateSeen:
		how = m.p.Lookout.MarkSeen
	case lookout.StateDismissed:
		how = m.p.Lookout.Dismiss
	case lookout.StateNew:
	}
	m.p.Write(func(ctx context.Context) error { return how(ctx, id) }, func(err error) {
		if err != nil {
			m.p.Failed(err)
			return
		}
		m.done[id] = state
		m.p.Changed(id)
	})
}
