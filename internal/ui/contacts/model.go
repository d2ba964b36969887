// Package contacts shows the numbers that people know: a list to search, a form
// for one number, the import of an address book, and what is said of the number
// of a call.
package contacts

import (
	"context"
	"slices"
	"strings"

	"quietline/internal/domain"
	"quietline/internal/journal"
	"quietline/internal/progress"
	"quietline/internal/registry"
	"quietline/internal/ui/task"
)

// topic is what is announced when contacts were stored or removed.
const topic = "contacts"

// Journal is what the package needs of the use cases on contacts.
type Journal interface {
	People(ctx context.Context) ([]domain.Person, error)
	// Contacts lists all contacts where the name is empty.
	Contacts(ctx context.Context, person string) ([]domain.Contact, error)
	ContactOf(ctx context.Context, person domain.PersonID, number string) (domain.Contact, bool, error)
	AddContact(ctx context.Context, in journal.ContactInput) (domain.Contact, error)
	RemoveContacts(ctx context.Context, list []domain.Contact) (int, error)
	RestoreContacts(ctx context.Context, list []domain.Contact) error
	ImportContacts(ctx context.Context, r journal.ContactImport, c *progress.Counter) (journal.ContactReport, error)
}

// Events tell the view what changed in the model. All are called where the
// model lives; none may be nil.
type Events struct {
	// List: the people, the contacts, or which of them are asked for.
	List func()
	// Removed: contacts were removed, or the way back is gone.
	Removed func()
	// Restored: removed contacts are back.
	Restored func()
	// Import: the import moved on to another stage.
	Import func()
	// Stored: contacts were stored or removed.
	Stored func()
	// Failed: something that the user asked for did not work.
	Failed func(error)
}

// ModelParams are what NewModel needs.
type ModelParams struct {
	Journal Journal
	// Run is for reading; it may be cancelled when the page is left.
	Run task.Runner
	// Write is for storing and importing; it goes on when the page is left.
	Write  task.Runner
	Events Events
}

// Filter is what the list is asked for.
type Filter struct {
	// Text is a part of a name or number, or pinyin of a name.
	Text string
	// Person asks for what counts for this person; 0 for all contacts.
	Person domain.PersonID
}

// Model is the state of the list. It is used on one goroutine only.
type Model struct {
	p      ModelParams
	people []domain.Person
	all    []domain.Contact
	names  *registry.Names
	order  []int // of the names in all
	loaded bool
	fault  error
	loads  int // counts loads; the answer of an older one is dropped

	filter Filter
	shown  []domain.Contact

	removed []domain.Contact
	job     *Import
}

// NewModel makes a Model.
func NewModel(p ModelParams) *Model {
	return &Model{p: p, names: registry.NewNames(nil)}
}

// People are those whose contacts are kept, the owner first.
func (m *Model) People() []domain.Person { return m.people }

// Loaded says whether the contacts were read once.
func (m *Model) Loaded() bool { return m.loaded }

// Fault is why the contacts could not be read, nil where they could.
func (m *Model) Fault() error { return m.fault }

// Empty says that there is no contact at all.
func (m *Model) Empty() bool { return m.loaded && len(m.all) == 0 }

// Shown are the contacts that are asked for.
func (m *Model) Shown() []domain.Contact { return m.shown }

// Load reads people and contacts anew.
func (m *Model) Load() {
	m.loads++
	load := m.loads
	var people []domain.Person
	var all []domain.Contact
	var names *registry.Names
	var order []int
	m.p.Run(func(ctx context.Context) (err error) {
		if people, err = m.p.Journal.People(ctx); err != nil {
			return err
		}
		if all, err = m.p.Journal.Contacts(ctx, ""); err != nil {
			return err
		}
		words := make([]string, len(all))
		order = make([]int, len(all))
		for i, c := range all {
			words[i], order[i] = c.Name, i
		}
		names = registry.NewNames(words)
		slices.SortStableFunc(order, names.Compare)
		return nil
	}, func(err error) {
		if load != m.loads {
			return
		}
		m.fault = err
		if err == nil {
			m.people, m.all, m.names, m.order, m.loaded = people, all, names, order, true
			if !domain.HasPerson(people, m.filter.Person) {
				m.filter.Person = 0
			}
			m.narrow()
		}
		m.p.Events.List()
	})
}

// Filter is what the list is asked for.
func (m *Model) Filter() Filter { return m.filter }

// SetFilter asks the list for something else.
func (m *Model) SetFilter(f Filter) {
	if f != m.filter {
		m.filter = f
		m.narrow()
		m.p.Events.List()
	}
}

// Begin says which contacts are asked for first.
func (m *Model) Begin(f Filter) { m.filter = f }

// narrow finds the contacts that are asked for.
func (m *Model) narrow() {
	text := strings.ToLower(strings.TrimSpace(m.filter.Text))
	digits := digitsOf(text)
	named := m.names.Search(text)
	m.shown = make([]domain.Contact, 0, len(m.all))
	for _, i := range m.order {
		c := m.all[i]
		switch {
		case m.filter.Person != 0 && c.PersonID != 0 && c.PersonID != m.filter.Person:
		case text == "", digits != "" && strings.Contains(c.Number, digits),
			strings.Contains(strings.ToLower(c.Name), text), named(i):
			m.shown = append(m.shown, c)
		}
	}
}

// digitsOf gives the digits of a text that is a number, as people write one;
// any other text has none.
func digitsOf(text string) string {
	text = strings.NewReplacer(" ", "", "-", "", "(", "", ")", "").Replace(strings.TrimPrefix(text, "+86"))
	if strings.Trim(strings.TrimPrefix(text, "+"), "0123456789") != "" {
		return ""
	}
	return text
}

// Removed are the contacts that were removed last and can be brought back.
func (m *Model) Removed() []domain.Contact { return m.removed }

// Remove removes contacts.
func (m *Model) Remove(list []domain.Contact) {
	list = slices.Clone(list)
	m.p.Write(func(ctx context.Context) error {
		_, err := m.p.Journal.RemoveContacts(ctx, list)
		return err
	}, func(err error) {
		if err != nil {
			m.p.Events.Failed(err)
			return
		}
		m.removed = list
		m.p.Events.Removed()
		m.p.Events.Stored()
	})
}

// Restore brings back what was removed last.
func (m *Model) Restore() {
	list := m.removed
	if len(list) == 0 {
		return
	}
	m.removed = nil
	m.p.Write(func(ctx context.Context) error {
		return m.p.Journal.RestoreContacts(ctx, list)
	}, func(err error) {
		if err != nil {
			m.removed = list
			m.p.Events.Failed(err)
			return
		}
		m.p.Events.Removed()
		m.p.Events.Restored()
		m.p.Events.Stored()
	})
}

// ForgetRemoved gives up the way back.
func (m *Model) ForgetRemoved() {
	if m.removed != nil {
		m.removed = nil
		m.p.Events.Removed()
	}
}

// nameOf is the name of a person for the use cases, empty for everybody. One
// who is gone must not become everybody.
func nameOf(people []domain.Person, id domain.PersonID) (string, error) {
	if id == 0 {
		return "", nil
	}
	i := slices.IndexFunc(people, func(p domain.Person) bool { return p.ID == id })
	if i < 0 {
		return "", domain.E("contacts.nameOf", domain.NotFound, "person.not_found", nil, nil)
	}
	return people[i].Name, nil
}
