package main

import (
	"context"

	"quietline/internal/domain"
	"quietline/internal/journal"
	"quietline/internal/ui/family"
)

// people is what the Family page needs of the journal.
type people struct{ journal *journal.Service }

func input(d family.Draft) journal.PersonInput {
	return journal.PersonInput{
		Name: d.Name, Relation: d.Relation, Province: d.Province, Numbers: d.Numbers, Authority: d.Authority,
	}
}

// People lists the people.
func (p people) People(ctx context.Context) ([]domain.Person, error) { return p.journal.People(ctx) }

// Add stores a new person.
func (p people) Add(ctx context.Context, d family.Draft) (domain.Person, error) {
	return p.journal.AddPerson(ctx, input(d))
}

// Update stores changed particulars.
func (p people) Update(ctx context.Context, id domain.PersonID, d family.Draft) (domain.Person, error) {
	return p.journal.UpdatePerson(ctx, id, input(d))
}

// Extent counts what is kept of a person.
func (p people) Extent(ctx context.Context, name string) (journal.Extent, error) {
	return p.journal.PersonExtent(ctx, name)
}

// Remove removes a person.
func (p people) Remove(ctx context.Context, name string, keepCalls bool) (journal.Removed, error) {
	return p.journal.RemovePerson(ctx, name, keepCalls)
}
