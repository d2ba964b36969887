package storetest

import (
	"testing"
	"time"

	"quietline/internal/domain"
)

func contactTests() []test {
	return []test{
		{"contacts/add list and remove", contactsAddListRemove},
		{"contacts/added once", contactsOnce},
		{"contacts/dry run writes nothing", contactsDryRun},
		{"contacts/saving replaces", contactSaved},
		{"contacts/known to whom", contactsKnown},
		{"contacts/what counts for a person", contactCounts},
		{"contacts/go with their person", contactsGo},
	}
}

func contact(p domain.Person, number, name string) domain.Contact {
	return domain.Contact{
		PersonID: p.ID, Person: p.Name, Number: number, Name: name,
		Mark: domain.ContactKnown, Source: domain.ContactFromVCard, CreatedAt: after(time.Hour),
	}
}

func addContacts(t *testing.T, s Full, want []bool, contacts ...domain.Contact) {
	t.Helper()
	added, err := s.AddContacts(t.Context(), contacts, false)
	ok(t, err)
	same(t, added, want)
}

func contactsAddListRemove(t *testing.T, s Full) {
	aunt, uncle := person(t, s, "Aunt"), person(t, s, "Uncle")
	all := contact(domain.Person{}, "13800000003", "Neighbour")
	hers, his := contact(aunt, "13800000001", "Daughter"), contact(uncle, "13800000001", "Niece")
	addContacts(t, s, []bool{true, true, true}, all, hers, his)
	for id, want := range map[domain.PersonID][]domain.Contact{0: {hers, all, his}, aunt.ID: {hers, all}, domain.SelfID: {all}} {
		got, err := s.Contacts(t.Context(), id)
		ok(t, err)
		same(t, got, want)
	}
	gone := hers
	gone.PersonID = 0
	for _, want := range []int{1, 0} {
		n, err := s.RemoveContacts(t.Context(), []domain.Contact{gone, hers})
		ok(t, err)
		same(t, n, want)
	}
	got, err := s.Contacts(t.Context(), 0)
	ok(t, err)
	same(t, got, []domain.Contact{all, his})
}

func contactsOnce(t *testing.T, s Full) {
	all := contact(domain.Person{}, "13800000003", "Neighbour")
	other := all
	other.Name = "Another name"
	addContacts(t, s, []bool{true, false}, all, other)
	addContacts(t, s, []bool{false}, other)
	got, err := s.Contacts(t.Context(), 0)
	ok(t, err)
	same(t, got, []domain.Contact{all})
}

func contactsDryRun(t *testing.T, s Full) {
	all := contact(domain.Person{}, "13800000003", "Neighbour")
	for range 2 {
		added, err := s.AddContacts(t.Context(), []domain.Contact{all}, true)
		ok(t, err)
		same(t, added, []bool{true})
	}
	got, err := s.Contacts(t.Context(), 0)
	ok(t, err)
	same(t, got, []domain.Contact{})
}

func contactSaved(t *testing.T, s Full) {
	all := contact(domain.Person{}, "13800000003", "Neighbour")
	ok(t, s.SaveContact(t.Context(), all))
	all.Name, all.Source, all.Mark = "New name", domain.ContactFromUser, domain.ContactUnwanted
	ok(t, s.SaveContact(t.Context(), all))
	got, err := s.Contacts(t.Context(), 0)
	ok(t, err)
	same(t, got, []domain.Contact{all})
}

func contactsKnown(t *testing.T, s Full) {
	aunt, uncle := person(t, s, "Aunt"), person(t, s, "Uncle")
	all, hers := contact(domain.Person{}, "13800000003", "Neighbour"), contact(aunt, "13800000001", "Daughter")
	not := contact(uncle, all.Number, "")
	not.Mark = domain.ContactUnwanted
	addContacts(t, s, []bool{true, true, true}, all, hers, not)
	asked := []string{hers.Number, all.Number, "95588", "", `"]; DROP`}
	for id, want := range map[domain.PersonID]map[string]string{
		aunt.ID:       {hers.Number: "Daughter", all.Number: "Neighbour"},
		domain.SelfID: {all.Number: "Neighbour"},
		uncle.ID:      {},
	} {
		got, err := s.KnownNumbers(t.Context(), id, asked)
		ok(t, err)
		same(t, got, want)
		for _, number := range asked {
			name, known, err := s.Known(t.Context(), id, number)
			ok(t, err)
			if wanted, is := want[number]; name != wanted || known != is {
				t.Errorf("person %d, number %q: %q, %v", id, number, name, known)
			}
		}
	}
	none, err := s.KnownNumbers(t.Context(), aunt.ID, nil)
	ok(t, err)
	same(t, none, map[string]string{})
}

func contactsGo(t *testing.T, s Full) {
	aunt, uncle := person(t, s, "Aunt"), person(t, s, "Uncle")
	addContacts(t, s, []bool{true, true}, contact(aunt, "13800000001", "Daughter"), contact(uncle, "13800000001", "Niece"))
	_, err := s.RemovePerson(t.Context(), aunt.ID, false)
	ok(t, err)
	_, err = s.RemovePerson(t.Context(), uncle.ID, true)
	ok(t, err)
	got, err := s.Contacts(t.Context(), 0)
	ok(t, err)
	same(t, got, []domain.Contact{})
	// Who comes back finds what was kept.
	again := domain.Person{Name: "Uncle", Relation: domain.RelationRelative}
	ok(t, s.AddPerson(t.Context(), &again))
	got, err = s.Contacts(t.Context(), again.ID)
	ok(t, err)
	same(t, got, []domain.Contact{contact(uncle, "13800000001", "Niece")})
}

func contactCounts(t *testing.T, s Full) {
	aunt, uncle := person(t, s, "Aunt"), person(t, s, "Uncle")
	all, hers := contact(domain.Person{}, "13800000003", "Neighbour"), contact(aunt, "13800000001", "Daughter")
	not := contact(uncle, all.Number, "")
	not.Mark = domain.ContactUnwanted
	addContacts(t, s, []bool{true, true, true}, all, hers, not)
	for _, tt := range []struct {
		person domain.PersonID
		number string
		want   domain.Contact
	}{
		{0, all.Number, all},
		{aunt.ID, all.Number, all},
		{uncle.ID, all.Number, not},
		{aunt.ID, hers.Number, hers},
		{uncle.ID, hers.Number, domain.Contact{}},
		{0, hers.Number, domain.Contact{}},
	} {
		got, found, err := s.ContactOf(t.Context(), tt.person, tt.number)
		ok(t, err)
		same(t, got, tt.want)
		same(t, found, tt.want.Number != "")
	}
}
