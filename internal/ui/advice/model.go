// Package advice is the page that tells how fraud and harassment go, what to do,
// and where that is known from. What to do when money has just gone is always
// one press away.
package advice

import (
	"strings"

	"quietline/internal/advice"
	"quietline/internal/domain"
	"quietline/internal/ui/task"
)

// Advice is what the page needs of the use cases. It answers from memory; what
// it gives must not be changed.
type Advice interface {
	// List gives the entries that a query finds, of one group or, where that is
	// empty, of all, the best first.
	List(query string, group advice.Group) []advice.Entry
	Show(id string) (advice.Entry, error)
	// Lines gives at most limit lines of banks and payment firms.
	Lines(query string, limit int) []domain.RegistryEntry
}

// Events tell the page what changed; none may be nil.
type Events struct {
	// List: which entries are shown.
	List func()
	// Entry: the open entry.
	Entry func()
	// Urgent: whether the page shows what to do when money has gone.
	Urgent func()
	// Lines: the lines of banks.
	Lines func()
}

// MostLines is how many lines of banks are shown at once.
const MostLines = 6

// Model is the state of the page.
type Model struct {
	advice Advice
	events Events
	query  string
	group  advice.Group
	shown  task.Held[advice.Entry]
	open   string
	urgent bool
	bank   string
	lines  []domain.RegistryEntry
}

// NewModel makes a Model.
func NewModel(a Advice, e Events) *Model {
	m := &Model{advice: a, events: e}
	m.shown.Set(a.List("", ""))
	return m
}

// Reload asks again for the same, because the page is entered or the table is
// another one now. An open entry that is gone is closed.
func (m *Model) Reload() {
	m.find()
	if m.open != "" {
		if _, err := m.advice.Show(m.open); err != nil {
			m.open = ""
		}
		m.events.Entry()
	}
	m.lines = m.advice.Lines(m.bank, MostLines)
	m.events.Urgent()
}

func (m *Model) find() {
	m.shown.Set(m.advice.List(m.query, m.group))
	m.events.List()
}

// Query is what is searched for.
func (m *Model) Query() string { return m.query }

// Group is the one that is shown, empty for all.
func (m *Model) Group() advice.Group { return m.group }

// Shown are the entries that were found.
func (m *Model) Shown() []advice.Entry { return m.shown.All() }

// Search searches for something else, in all groups: what somebody needs may
// stand where they do not look.
func (m *Model) Search(query string) {
	if query == m.query {
		return
	}
	if strings.TrimSpace(m.query) == "" {
		m.group = ""
	}
	m.query = query
	m.find()
}

// ShowGroup shows one group of what was found, or all.
func (m *Model) ShowGroup(g advice.Group) {
	if g != m.group {
		m.group = g
		m.find()
	}
}

// All shows every entry again.
func (m *Model) All() {
	m.query, m.group = "", ""
	m.find()
}

// Open shows an entry at the side; what to do when money has gone takes the
// whole page.
func (m *Model) Open(id string) {
	if id == advice.Transferred {
		m.ShowUrgent(true)
		return
	}
	if _, err := m.advice.Show(id); err != nil {
		id = ""
	}
	m.open = id
	m.events.Entry()
}

// Close shows no entry.
func (m *Model) Close() { m.Open("") }

// Opened is the open entry.
func (m *Model) Opened() (advice.Entry, bool) {
	e, err := m.advice.Show(m.open)
	return e, err == nil && m.open != ""
}

// ShowUrgent shows what to do when money has gone, or the list again.
func (m *Model) ShowUrgent(on bool) {
	m.urgent = on
	m.events.Urgent()
}

// Urgent says whether that is shown.
func (m *Model) Urgent() bool { return m.urgent }

// Transferred is the entry for it; every table has one.
func (m *Model) Transferred() advice.Entry {
	e, _ := m.advice.Show(advice.Transferred)
	return e
}

// Bank is the bank whose line is looked for.
func (m *Model) Bank() string { return m.bank }

// Lines are those that were found.
func (m *Model) Lines() []domain.RegistryEntry { return m.lines }

// FindLines looks for the line of a bank or payment firm.
func (m *Model) FindLines(bank string) {
	m.bank = bank
	m.lines = m.advice.Lines(bank, MostLines)
	m.events.Lines()
}
