// Package alerts is the list of what the log says about the people it is kept
// for: each with its reason, the calls behind it, and what can be done.
package alerts

import (
	"context"

	"quietline/internal/domain"
	"quietline/internal/lookout"
	"quietline/internal/progress"
	"quietline/internal/ui/task"
)

// Lookout is what the list needs of the use cases on alerts.
type Lookout interface {
	// Refresh judges what changed since; it may take a while after a large
	// import.
	Refresh(ctx context.Context, c *progress.Counter) error
	Alerts(ctx context.Context, f lookout.AlertFilter, p domain.Page) (lookout.AlertPage, error)
	MarkSeen(ctx context.Context, ids ...lookout.AlertID) error
	Dismiss(ctx context.Context, ids ...lookout.AlertID) error
}

// People lists those whose calls are kept, with the one of the ID where that one
// was removed without them.
type People interface {
	Whose(ctx context.Context, id domain.PersonID) ([]domain.Person, error)
}

// ModelParams are what NewModel needs.
type ModelParams struct {
	Lookout Lookout
	People  People
	// Run is for reading; it may be cancelled when the list is left. Write goes
	// on.
	Run, Write task.Runner
	// Changed is called after what is shown changed; Failed hears why something
	// that the user asked for did not work.
	Changed func()
	Failed  func(error)
}

// PageSize is how many alerts are shown at once: each is a card.
const PageSize = 15

// Model is the state of the list. It is used on one goroutine only.
type Model struct {
	p      ModelParams
	filter lookout.AlertFilter
	whose  []domain.Person
	alerts []lookout.Alert
	// fresh are those that were new when they were shown; they stay marked
	// until the list is entered again.
	fresh map[lookout.AlertID]bool
	// cursors lead to the pages up to the present one.
	cursors []string
	next    string
	loaded  bool
	fault   error
	loads   int // counts loads; the answer of an older one is dropped
}

// NewModel makes a Model.
func NewModel(p ModelParams) *Model { return &Model{p: p, fresh: map[lookout.AlertID]bool{}} }

// Filter is whose alerts are shown.
func (m *Model) Filter() lookout.AlertFilter { return m.filter }

// Whose are those whose calls are kept, the owner first, and whoever was chosen and
// removed since without their calls.
func (m *Model) Whose() []domain.Person { return m.whose }

// Alerts are those of the page, the latest first.
func (m *Model) Alerts() []lookout.Alert { return m.alerts }

// Fresh says whether the user has not seen an alert before.
func (m *Model) Fresh(a lookout.Alert) bool { return m.fresh[a.ID] }

// Loaded says that Alerts are real, or Fault why there are none.
func (m *Model) Loaded() bool { return m.loaded }

// Fault is why the list could not be loaded, nil where it could.
func (m *Model) Fault() error { return m.fault }

// Later and Earlier say whether there are pages before and behind this one.
func (m *Model) Later() bool { return len(m.cursors) > 0 }

// Earlier says whether there is a page behind this one.
func (m *Model) Earlier() bool { return m.next != "" }

// Begin says which alerts are shown first.
func (m *Model) Begin(f lookout.AlertFilter) { m.filter = f }

// SetFilter shows other alerts, from the latest on.
func (m *Model) SetFilter(f lookout.AlertFilter) {
	if f != m.filter {
		m.filter, m.cursors = f, nil
		m.load(false)
	}
}

// Enter brings the alerts up to date and shows the latest.
func (m *Model) Enter() {
	clear(m.fresh)
	m.cursors = nil
	m.load(true)
}

// Reload brings the alerts up to date and stays where it is.
func (m *Model) Reload() { m.load(true) }

// GoEarlier shows the next page.
func (m *Model) GoEarlier() {
	if m.next != "" {
		m.cursors = append(m.cursors, m.next)
		m.load(false)
	}
}

// GoLater shows the page before.
func (m *Model) GoLater() {
	if len(m.cursors) > 0 {
		m.cursors = m.cursors[:len(m.cursors)-1]
		m.load(false)
	}
}

func (m *Model) load(refresh bool) {
	m.loads++
	load, filter, page := m.loads, m.filter, domain.Page{Limit: PageSize}
	if n := len(m.cursors); n > 0 {
		page.After = m.cursors[n-1]
	}
	var whose []domain.Person
	var got lookout.AlertPage
	m.p.Run(func(ctx context.Context) (err error) {
		if whose, err = m.p.People.Whose(ctx, filter.PersonID); err != nil {
			return err
		}
		if refresh {
			if err := m.p.Lookout.Refresh(ctx, nil); err != nil {
				return err
			}
		}
		got, err = m.p.Lookout.Alerts(ctx, filter, page)
		return err
	}, func(err error) {
		if load != m.loads {
			return
		}
		if err == nil && filter.PersonID != 0 && !domain.HasPerson(whose, filter.PersonID) {
			filter.PersonID = 0 // who was chosen is gone with the calls
			m.SetFilter(filter)
			return
		}
		m.loaded, m.fault = true, err
		if err == nil {
			m.whose, m.alerts, m.next = whose, got.Alerts, got.Next
			m.see()
		}
		m.p.Changed()
	})
}

// see says that the user has what is new before their eyes.
func (m *Model) see() {
	var ids []lookout.AlertID
	for _, a := range m.alerts {
		if a.State == lookout.StateNew {
			m.fresh[a.ID] = true
			ids = append(ids, a.ID)
		}
	}
	if len(ids) == 0 {
		return
	}
	m.p.Write(func(ctx context.Context) error { return m.p.Lookout.MarkSeen(ctx, ids...) }, func(err error) {
		// One that went meanwhile is nothing to be told.
		if err != nil && domain.KindOf(err) != domain.NotFound {
			m.p.Failed(err)
		}
	})
}

// Dismiss takes an alert out of the list; done is called after that.
func (m *Model) Dismiss(id lookout.AlertID, done func()) {
	m.set(m.p.Lookout.Dismiss, id, done)
}

// Restore takes a dismissed alert back into the list.
func (m *Model) Restore(id lookout.AlertID) { m.set(m.p.Lookout.MarkSeen, id, func() {}) }

func (m *Model) set(how func(context.Context, ...lookout.AlertID) error, id lookout.AlertID, done func()) {
	m.p.Write(func(ctx context.Context) error { return how(ctx, id) }, func(err error) {
		if err != nil {
			m.p.Failed(err)
			return
		}
		m.load(false)
		done()
	})
}
