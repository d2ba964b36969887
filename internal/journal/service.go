package journal

import (
	"context"
	"errors"
	"time"

	"quietline/internal/domain"
)

// Params are what a Service is made of. All but Mappings, Registry, Contacts,
// ContactFiles and Zone are required.
type Params struct {
	People    PeopleStore
	Calls     CallStore
	Checker   Checker
	Importers Importers
	Clock     domain.Clock
	// Cards tells what the log knows of a number.
	Cards CardStore
	// Mappings remembers how tables were mapped; nil where that is forgotten.
	Mappings MappingStore
	// Registry keeps the judgements of stored calls in step; nil where it never
	// changes.
	Registry Registry
	// Contacts and ContactFiles are what the use cases on contacts need; those
	// fail without them, the others do not.
	Contacts     ContactStore
	ContactFiles ContactFiles
	// Zone is used for times without an offset; China where nil.
	Zone *time.Location
}

// Service holds the use cases on people and calls. It keeps no state and is
// safe for concurrent use.
type Service struct {
	people    PeopleStore
	calls     CallStore
	checker   Checker
	importers Importers
	clock     domain.Clock
	cards     CardStore
	registry  Registry
	mappings  MappingStore
	contacts  ContactStore
	cardFiles ContactFiles
	zone      *time.Location
}

// New makes a Service.
func New(p Params) *Service {
	s := &Service{
		people: p.People, calls: p.Calls, checker: p.Checker,
		importers: p.Importers, clock: p.Clock, cards: p.Cards, registry: p.Registry,
		contacts: p.Contacts, cardFiles: p.ContactFiles, mappings: p.Mappings, zone: p.Zone,
	}
	if s.registry == nil {
		s.registry = constant{}
	}
	if s.zone == nil {
		s.zone = domain.China()
	}
	return s
}

// constant is a registry that never changes.
type constant struct{}

func (constant) Fresh(context.Context) (int64, error) { return 0, nil }

func (constant) Settle(context.Context, int64) error { return nil }

// Formats lists the names of the formats that Import reads.
func (s *Service) Formats() []string { return s.importers.Formats() }

// person finds a person by ID or else by name; without either it is the owner
// of the workspace.
func (s *Service) person(ctx context.Context, op string, id domain.PersonID, name string) (domain.Person, error) {
	if id == 0 && name != "" {
		return s.PersonByName(ctx, name)
	}
	if id == 0 {
		id = domain.SelfID
	}
	people, err := s.people.People(ctx)
	if err != nil {
		return domain.Person{}, err
	}
	for _, p := range people {
		if p.ID == id {
			return p, nil
		}
	}
	return domain.Person{}, domain.E(op, domain.NotFound, "person.not_found", domain.Args{"Name": name}, nil)
}

// fields gathers what is wrong with the fields of a form.
type fields struct {
	op       string
	problems domain.Problems
}

// add blames a field.
func (f *fields) add(pointer, key string, args domain.Args) {
	f.problems = append(f.problems, domain.E(f.op, domain.Invalid, key, args, nil).At(pointer))
}

// value blames a field for what it holds, and repeats the beginning of that.
func (f *fields) value(pointer, key, text string) {
	f.add(pointer, key, domain.Args{"Value": domain.Clip(text, 40)})
}

// at blames a field of the form for an error of the key; others stay as they
// are.
func at(err error, key, pointer string) error {
	var e *domain.Error
	if errors.As(err, &e) && e.Key == key {
		return domain.Problems{e.At(pointer)}
	}
	return err
}

// latest is the latest time that a call can have: a day from now, because
// clocks go wrong and people take logs across zones.
func (s *Service) latest() time.Time { return s.clock.Now().Add(24 * time.Hour) }
