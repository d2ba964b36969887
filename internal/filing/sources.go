package filing

import (
	"context"

	"quietline/internal/domain"
)

// sources are what building a complaint asks of the workspace. One complaint asks
// the store each time; the rows of a sheet ask what was read once for all of
// them. The rules stand in build.go and validate.go and know no difference.
type sources interface {
	// people lists the present people, the owner first.
	people(ctx context.Context) ([]domain.Person, error)
	// channel finds the channel of the name, the default for an empty one.
	channel(ctx context.Context, name string) (domain.Channel, error)
	// known says under which name the person knows the number.
	known(ctx context.Context, person domain.PersonID, number string) (name string, ok bool, err error)
}

// asked asks the store.
type asked struct{ s *Service }

func (a asked) people(ctx context.Context) ([]domain.Person, error) { return a.s.p.People.People(ctx) }

func (a asked) channel(ctx context.Context, name string) (domain.Channel, error) {
	return a.s.pickChannel(ctx, name)
}

func (a asked) known(ctx context.Context, person domain.PersonID, number string) (string, bool, error) {
	return a.s.p.Contacts.Known(ctx, person, number)
}

// remembered is what was read once.
type remembered struct {
	family []domain.Person
	ch     domain.Channel
	// contacts are by number, then by person; 0 is everybody.
	contacts map[string]map[domain.PersonID]domain.Contact
}

// remember reads what the rows of a sheet will ask.
func (s *Service) remember(ctx context.Context, ch domain.Channel) (*remembered, error) {
	m := &remembered{ch: ch, contacts: map[string]map[domain.PersonID]domain.Contact{}}
	var err error
	if m.family, err = s.p.People.People(ctx); err != nil {
		return nil, err
	}
	list, err := s.p.Batches.AllContacts(ctx)
	if err != nil {
		return nil, err
	}
	for i := range list {
		of := m.contacts[list[i].Number]
		if of == nil {
			of = map[domain.PersonID]domain.Contact{}
			m.contacts[list[i].Number] = of
		}
		of[list[i].PersonID] = list[i]
	}
	return m, nil
}

func (m *remembered) people(context.Context) ([]domain.Person, error) { return m.family, nil }

func (m *remembered) channel(context.Context, string) (domain.Channel, error) { return m.ch, nil }

// known: what the person says of the number counts, else what is said for
// everybody.
func (m *remembered) known(_ context.Context, person domain.PersonID, number string) (string, bool, error) {
	of := m.contacts[number]
	c, ok := of[person]
	if !ok {
		c, ok = of[0]
	}
	return c.Name, ok && c.Mark == domain.ContactKnown, nil
}
