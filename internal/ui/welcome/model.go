// Package welcome is the first start: how the program is to look, who its user is
// and whom they look after, and where to file. One thing is asked a page, each page
// can be skipped, and so can all of them.
package welcome

import (
	"context"
	"reflect"
	"slices"
	"strings"

	"quietline/internal/domain"
	"quietline/internal/settings"
	"quietline/internal/ui/family"
	"quietline/internal/ui/prefs"
)

// People keeps the people (journal.Service, adapted).
type People interface {
	// People lists the present people, the owner first.
	People(ctx context.Context) ([]domain.Person, error)
	Add(ctx context.Context, d family.Draft) (domain.Person, error)
	Update(ctx context.Context, id domain.PersonID, d family.Draft) (domain.Person, error)
}

// Params is what NewModel needs.
type Params struct {
	// Settings is that of the page of settings, so that both know what is in force.
	Settings prefs.Settings
	People   People
	// Channels lists the channels, the default first.
	Channels  func(ctx context.Context) ([]domain.Channel, error)
	Provinces []domain.Province
	// Seen notes that the first steps need not be shown again by themselves.
	Seen func(ctx context.Context) error
}

// Step is one page.
type Step string

// The steps in their order.
const (
	StepLook Step = "look"
	StepSelf Step = "self"
	StepCare Step = "care"
	StepFile Step = "file"
	StepDone Step = "done"
)

// Steps lists every step.
func Steps() []Step { return []Step{StepLook, StepSelf, StepCare, StepFile, StepDone} }

// Where is where complaints are to go.
type Where string

// The answers.
const (
	WherePractice Where = "practice"
	WhereReal     Where = "real"
)

// Entered is what was typed about somebody.
type Entered struct {
	// ID is that of the person it belongs to, 0 for a new one.
	ID       domain.PersonID
	Name     string
	Relation domain.Relation
	// Province is the Chinese name of the province, or empty.
	Province string
}

// Model is the state of the page. Its fields belong to the widgets' goroutine; the
// methods that take a context do not touch them and may run on any.
type Model struct {
	p    Params
	Step Step
	// Self is what is typed about the user, Care about somebody they look after.
	Self, Care Entered
	// People are those who are there, the owner first; nil before the first load.
	People   []domain.Person
	Channels []domain.Channel
	Where    Where
	// Busy says that somebody is being stored.
	Busy bool
	// began is what Self and Care were filled in with.
	began Entered
	from  Entered
}

// NewModel makes a Model.
func NewModel(p Params) *Model { return &Model{p: p, Step: StepLook} }

// Begin begins anew with what is known.
func (m *Model) Begin() { *m = Model{p: m.p, Step: StepLook} }

// At is the number of the present step, from 1.
func (m *Model) At() int { return slices.Index(Steps(), m.Step) + 1 }

// Back goes one step back; what was typed stays.
func (m *Model) Back() {
	if i := m.At() - 2; i >= 0 {
		m.Step = Steps()[i]
	}
}

// GoOn goes one step on.
func (m *Model) GoOn() {
	if steps := Steps(); m.At() < len(steps) {
		m.Step = steps[m.At()]
	}
}

// InForce are the settings in force.
func (m *Model) InForce() settings.All { return m.p.Settings.InForce() }

// Provinces are those to choose from.
func (m *Model) Provinces() []domain.Province { return m.p.Provinces }

// Known is what is in the workspace.
type Known struct {
	People   []domain.Person
	Channels []domain.Channel
}

// Load reads what is in the workspace.
func (m *Model) Load(ctx context.Context) (k Known, err error) {
	if k.People, err = m.p.People.People(ctx); err != nil {
		return k, err
	}
	k.Channels, err = m.p.Channels(ctx)
	return k, err
}

// Loaded takes what Load gave, and fills in what is known of the user unless they
// are typing it. It says whether that is anything new.
func (m *Model) Loaded(k Known) (changed bool) {
	changed = !reflect.DeepEqual(k, Known{m.People, m.Channels})
	m.People, m.Channels = k.People, k.Channels
	if len(k.People) > 0 && m.Self == m.began {
		m.Self = entered(k.People[0])
		m.began = m.Self
	}
	if m.Where == "" {
		m.Where = WherePractice
		if len(m.Real()) > 0 {
			m.Where = WhereReal
		}
	}
	return changed
}

// entered is somebody as the fields show them. The owner who has no name yet has
// none there either.
func entered(p domain.Person) Entered {
	e := Entered{ID: p.ID, Name: p.Name, Relation: p.Relation, Province: p.Province}
	if p.ID == domain.SelfID && p.Name == domain.SelfName {
		e.Name = ""
	}
	return e
}

// Others are the people who are there besides the owner.
func (m *Model) Others() []domain.Person {
	if len(m.People) < 2 {
		return nil
	}
	return m.People[1:]
}

// Real are the channels that lead somewhere.
func (m *Model) Real() []domain.Channel {
	return slices.DeleteFunc(slices.Clone(m.Channels), func(c domain.Channel) bool {
		return c.URL == domain.PracticeURL || c.Capabilities != nil && c.Capabilities.Practice
	})
}

// SelfChanged says whether there is something new to store about the user.
func (m *Model) SelfChanged() bool { return m.Self != m.began }

// CareTyped says whether something is typed about somebody that is not stored.
func (m *Model) CareTyped() bool { return m.Care != m.from }

// Change brings somebody who is there back into the fields.
func (m *Model) Change(p domain.Person) {
	m.Care = entered(p)
	m.from = m.Care
}

// Save stores what is typed about somebody; what is not asked here stays as it is.
func (m *Model) Save(ctx context.Context, e Entered, people []domain.Person) (domain.Person, error) {
	d := family.Draft{Relation: e.Relation}
	if i := slices.IndexFunc(people, func(p domain.Person) bool { return p.ID == e.ID }); i >= 0 {
		d = family.DraftOf(people[i])
		d.Relation = e.Relation
	}
	d.Name, d.Province = strings.TrimSpace(e.Name), e.Province
	switch e.ID {
	case domain.SelfID:
		d.Relation, d.Authority = domain.RelationSelf, domain.AuthorityNone
		if d.Name == "" {
			d.Name = domain.SelfName
		}
	case 0:
		return m.p.People.Add(ctx, d)
	}
	return m.p.People.Update(ctx, e.ID, d)
}

// Saved takes somebody who was stored.
func (m *Model) Saved(p domain.Person) {
	i := slices.IndexFunc(m.People, func(q domain.Person) bool { return q.ID == p.ID })
	if i < 0 {
		m.People = append(m.People, p)
	} else {
		m.People[i] = p
	}
	if p.ID == domain.SelfID {
		m.Self = entered(p)
		m.began = m.Self
		return
	}
	m.Care, m.from = Entered{}, Entered{}
}

// Unsaved says whether something typed would be lost now.
func (m *Model) Unsaved() bool {
	return m.Step != StepDone && m.People != nil && (m.SelfChanged() || m.CareTyped())
}

// Seen notes that the first steps need not be shown again by themselves.
func (m *Model) Seen(ctx context.Context) error { return m.p.Seen(ctx) }
