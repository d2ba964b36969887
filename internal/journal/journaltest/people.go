// Package journaltest holds stand-ins for the ports of package journal, for
// the tests of everything that uses it: a store in memory that keeps the
// promises of the ports, a checker with a few simple rules, files that are
// lists of records.
package journaltest

import (
	"cmp"
	"context"
	"slices"
	"sync"
	"time"

	"quietline/internal/domain"
	"quietline/internal/journal"
)

// Store keeps people and calls in memory. It is safe for concurrent use.
type Store struct {
	mu     sync.Mutex
	people []person // by ID
	calls  map[domain.CallID]domain.Call
	keys   map[callKey]domain.CallID
	last   domain.CallID
	// mappings are kept by the fingerprint of the titles.
	mappings map[string]journal.Mapping
	// Fail, where set, is asked before every method with its name; an error
	// that it gives is the method's own.
	Fail func(method string) error
}

var (
	_ journal.PeopleStore = (*Store)(nil)
	_ journal.CallStore   = (*Store)(nil)
	_ journal.CardStore   = (*Store)(nil)
)

type person struct {
	domain.Person
	removed, gone bool
}

// NewStore makes a store that holds the owner of the workspace alone.
func NewStore(owner string, created time.Time) *Store {
	return &Store{
		people: []person{{Person: domain.Person{
			ID: domain.SelfID, Name: owner, Relation: domain.RelationSelf, CreatedAt: stored(created),
		}}},
		calls: map[domain.CallID]domain.Call{}, keys: map[callKey]domain.CallID{},
	}
}

// stored is a time as a store gives it back: to the millisecond, in China.
func stored(t time.Time) time.Time { return time.UnixMilli(t.UnixMilli()).In(domain.China()) }

// begin locks the store for a method and says whether it may go on.
func (s *Store) begin(ctx context.Context, method string) error {
	s.mu.Lock()
	if err := ctx.Err(); err != nil {
		return domain.E("journaltest."+method, domain.Cancelled, "cancelled", nil, err)
	}
	if s.Fail != nil {
		return s.Fail(method)
	}
	return nil
}

func (s *Store) find(match func(person) bool) *person {
	for i := range s.people {
		if p := &s.people[i]; !p.gone && match(*p) {
			return p
		}
	}
	return nil
}

// AddPerson keeps the promise of the port.
func (s *Store) AddPerson(ctx context.Context, p *domain.Person) error {
	defer s.mu.Unlock()
	if err := s.begin(ctx, "AddPerson"); err != nil {
		return err
	}
	added := *p
	added.CreatedAt, added.Numbers = stored(p.CreatedAt), slices.Clone(p.Numbers)
	if old := s.find(func(q person) bool { return q.Name == p.Name }); old != nil {
		if !old.removed {
			return domain.E("journaltest.AddPerson", domain.Conflict, "person.name_taken", domain.Args{"Name": p.Name}, nil)
		}
		added.ID = old.ID
		*old = person{Person: added}
	} else {
		added.ID = domain.PersonID(len(s.people) + 1)
		s.people = append(s.people, person{Person: added})
	}
	p.ID, p.CreatedAt = added.ID, added.CreatedAt
	return nil
}

// UpdatePerson keeps the promise of the port.
func (s *Store) UpdatePerson(ctx context.Context, p domain.Person) error {
	const op = "journaltest.UpdatePerson"
	defer s.mu.Unlock()
	if err := s.begin(ctx, "UpdatePerson"); err != nil {
		return err
	}
	old := s.find(func(q person) bool { return q.ID == p.ID && !q.removed })
	if old == nil {
		return domain.E(op, domain.NotFound, "person.not_found", domain.Args{"Name": p.Name}, nil)
	}
	if s.find(func(q person) bool { return q.ID != p.ID && q.Name == p.Name }) != nil {
		return domain.E(op, domain.Conflict, "person.name_taken", domain.Args{"Name": p.Name}, nil)
	}
	p.CreatedAt, p.Numbers = old.CreatedAt, slices.Clone(p.Numbers)
	old.Person = p
	return nil
}

// People keeps the promise of the port.
func (s *Store) People(ctx context.Context) ([]domain.Person, error) {
	defer s.mu.Unlock()
	if err := s.begin(ctx, "People"); err != nil {
		return nil, err
	}
	var out []domain.Person
	for _, p := range s.people {
		if !p.removed && !p.gone {
			out = append(out, copyOf(p))
		}
	}
	slices.SortStableFunc(out[1:], func(a, b domain.Person) int {
		return cmp.Or(a.CreatedAt.Compare(b.CreatedAt), cmp.Compare(a.ID, b.ID))
	})
	return out, nil
}

func copyOf(p person) domain.Person {
	out := p.Person
	out.Numbers = slices.Clone(p.Numbers)
	return out
}

// PersonByName keeps the promise of the port.
func (s *Store) PersonByName(ctx context.Context, name string) (domain.Person, error) {
	defer s.mu.Unlock()
	if err := s.begin(ctx, "PersonByName"); err != nil {
		return domain.Person{}, err
	}
	p := s.find(func(q person) bool { return q.Name == name && !q.removed })
	if p == nil {
		return domain.Person{}, domain.E("journaltest.PersonByName", domain.NotFound, "person.not_found",
			domain.Args{"Name": name}, nil)
	}
	return copyOf(*p), nil
}

// PersonExtent keeps the promise of the port.
func (s *Store) PersonExtent(ctx context.Context, id domain.PersonID) (x journal.Extent, err error) {
	defer s.mu.Unlock()
	err = s.begin(ctx, "PersonExtent")
	for _, c := range s.calls {
		if c.PersonID == id {
			x.Calls++
		}
	}
	return x, err
}

// RemovePerson keeps the promise of the port.
func (s *Store) RemovePerson(ctx context.Context, id domain.PersonID, keepCalls bool) (journal.Removed, error) {
	const op = "journaltest.RemovePerson"
	defer s.mu.Unlock()
	if err := s.begin(ctx, "RemovePerson"); err != nil {
		return journal.Removed{}, err
	}
	if id == domain.SelfID {
		return journal.Removed{}, domain.E(op, domain.Conflict, "person.self_stays", nil, nil)
	}
	p := s.find(func(q person) bool { return q.ID == id && !q.removed })
	if p == nil {
		return journal.Removed{}, domain.E(op, domain.NotFound, "person.not_found", domain.Args{"Name": ""}, nil)
	}
	if keepCalls {
		p.removed = true
		return journal.Removed{Undo: func(ctx context.Context) error { return s.restorePerson(ctx, id, nil) }}, nil
	}
	p.gone = true
	var gone []domain.Call
	for call, c := range s.calls {
		if c.PersonID == id {
			delete(s.calls, call)
			delete(s.keys, keyOf(c))
			gone = append(gone, c)
		}
	}
	return journal.Removed{
		Extent: journal.Extent{Calls: int64(len(gone))},
		Undo:   func(ctx context.Context) error { return s.restorePerson(ctx, id, gone) },
	}, nil
}

func (s *Store) restorePerson(ctx context.Context, id domain.PersonID, gone []domain.Call) error {
	s.mu.Lock()
	for i := range s.people {
		if s.people[i].ID == id {
			s.people[i].removed, s.people[i].gone = false, false
		}
	}
	s.mu.Unlock()
	return s.restore(ctx, gone)
}
