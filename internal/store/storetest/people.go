package storetest

import (
	"testing"
	"time"

	"quietline/internal/domain"
	"quietline/internal/journal"
)

func peopleTests() []test {
	return []test{
		{"people/owner is there from the start", ownerIsThere},
		{"people/add list and find", addListFind},
		{"people/name taken", nameTaken},
		{"people/owner stays", ownerStays},
		{"people/remove with calls", removeWithCalls},
		{"people/remove and keep calls", removeKeepingCalls},
		{"people/removing leaves complaints", removeLeavesComplaints},
		{"people/update", updatePerson},
	}
}

func ownerIsThere(t *testing.T, s Full) {
	people, err := s.People(t.Context())
	ok(t, err)
	if len(people) != 1 {
		t.Fatalf("%d people, want the owner alone", len(people))
	}
	p := people[0]
	if p.ID != domain.SelfID || p.Name != Owner || p.Relation != domain.RelationSelf || p.CreatedAt.IsZero() {
		t.Fatalf("owner = %+v", p)
	}
}

func addListFind(t *testing.T, s Full) {
	aunt := domain.Person{
		Name: "Aunt", Relation: domain.RelationGuardian, Authority: domain.AuthorityWritten,
		Province: "province", Numbers: []string{"13800138000", "05511234567"}, CreatedAt: after(time.Hour),
	}
	uncle := domain.Person{Name: "Uncle", Relation: domain.RelationVolunteer, CreatedAt: after(-time.Hour)}
	ok(t, s.AddPerson(t.Context(), &aunt))
	ok(t, s.AddPerson(t.Context(), &uncle))
	if aunt.ID == 0 || uncle.ID == 0 || aunt.ID == uncle.ID {
		t.Fatalf("ids %d and %d", aunt.ID, uncle.ID)
	}
	people, err := s.People(t.Context())
	ok(t, err)
	same(t, people[1:], []domain.Person{uncle, aunt}) // by time of adding
	if people[0].ID != domain.SelfID {
		t.Fatal("the owner is not first")
	}
	got, err := s.PersonByName(t.Context(), "Aunt")
	ok(t, err)
	same(t, got, aunt)
	if zone := got.CreatedAt.Location().String(); zone != domain.China().String() {
		t.Fatalf("zone %s", zone)
	}
	_, err = s.PersonByName(t.Context(), "aunt")
	fails(t, err, domain.NotFound, "person.not_found")
}

func nameTaken(t *testing.T, s Full) {
	person(t, s, "Aunt")
	again := domain.Person{Name: "Aunt", Relation: domain.RelationChild}
	fails(t, s.AddPerson(t.Context(), &again), domain.Conflict, "person.name_taken")
	self := domain.Person{Name: Owner, Relation: domain.RelationChild}
	fails(t, s.AddPerson(t.Context(), &self), domain.Conflict, "person.name_taken")
	got, err := s.PersonByName(t.Context(), "Aunt")
	ok(t, err)
	if got.Relation != domain.RelationRelative {
		t.Fatal("the refused person changed the present one")
	}
}

func ownerStays(t *testing.T, s Full) {
	for _, keep := range []bool{true, false} {
		_, err := s.RemovePerson(t.Context(), domain.SelfID, keep)
		fails(t, err, domain.Conflict, "person.self_stays")
	}
	ownerIsThere(t, s)
}

func removeWithCalls(t *testing.T, s Full) {
	aunt := person(t, s, "Aunt")
	mine, hers, named := newCall("1", start()), newCall("2", start()), newCall("3", start())
	hers.PersonID, named.PersonID, named.Name = aunt.ID, aunt.ID, "Somebody"
	add(t, s, mine, hers, named)
	gone, err := s.RemovePerson(t.Context(), aunt.ID, false)
	ok(t, err)
	same(t, gone.Extent, journal.Extent{Calls: 2})
	same(t, numbersOf(all(t, s, domain.CallFilter{}, 10)), []string{"1"})
	same(t, len(all(t, s, domain.CallFilter{Text: "Somebody"}, 10)), 0)
	_, err = s.PersonByName(t.Context(), "Aunt")
	fails(t, err, domain.NotFound, "person.not_found")
	_, err = s.RemovePerson(t.Context(), aunt.ID, false)
	fails(t, err, domain.NotFound, "person.not_found")
	back := person(t, s, "Aunt")
	if back.ID == aunt.ID {
		t.Fatal("the id was used again")
	}
}

func removeKeepingCalls(t *testing.T, s Full) {
	aunt := person(t, s, "Aunt")
	c := newCall("1", start())
	c.PersonID = aunt.ID
	add(t, s, c)
	gone, err := s.RemovePerson(t.Context(), aunt.ID, true)
	ok(t, err)
	same(t, gone.Extent, journal.Extent{})
	people, err := s.People(t.Context())
	ok(t, err)
	same(t, len(people), 1)
	kept := all(t, s, domain.CallFilter{}, 10)
	if len(kept) != 1 || kept[0].Person != "Aunt" {
		t.Fatalf("kept %+v", kept)
	}
	_, err = s.RemovePerson(t.Context(), aunt.ID, true)
	fails(t, err, domain.NotFound, "person.not_found")

	back := domain.Person{
		Name: "Aunt", Relation: domain.RelationChild, Authority: domain.AuthorityOral, Province: "p",
		Numbers: []string{"13800138000"}, CreatedAt: after(time.Hour),
	}
	ok(t, s.AddPerson(t.Context(), &back))
	same(t, back.ID, aunt.ID)
	got, err := s.PersonByName(t.Context(), "Aunt")
	ok(t, err)
	same(t, got, back)
	same(t, len(all(t, s, domain.CallFilter{PersonID: back.ID}, 10)), 1)
}

func removeLeavesComplaints(t *testing.T, s Full) {
	aunt, ch := person(t, s, "Aunt"), channel(t, s, "c")
	c := newCall("95013000", start())
	c.PersonID = aunt.ID
	add(t, s, c)
	stored := all(t, s, domain.CallFilter{}, 1)[0]
	filed := newComplaint(1, ch.ID)
	filed.PersonID, filed.CallIDs = aunt.ID, []domain.CallID{stored.ID}
	queue(t, s, start(), filed)
	_, err := s.RemovePerson(t.Context(), aunt.ID, false)
	ok(t, err)
	got := get(t, s, filed.ID)
	same(t, got.Body, filed.Body)
	if got.PersonID != 0 || len(got.CallIDs) != 0 {
		t.Fatalf("complaint still names person %d and calls %v", got.PersonID, got.CallIDs)
	}
}

func updatePerson(t *testing.T, s Full) {
	aunt := person(t, s, "Aunt")
	person(t, s, "Uncle")
	aunt.Name, aunt.Province, aunt.Numbers = "Auntie", "p", []string{"2", "1"}
	aunt.Relation, aunt.Authority = domain.RelationSpouse, domain.AuthorityGuardianship
	ok(t, s.UpdatePerson(t.Context(), aunt))
	got, err := s.PersonByName(t.Context(), "Auntie")
	ok(t, err)
	same(t, got, aunt)
	aunt.Name = "Uncle"
	fails(t, s.UpdatePerson(t.Context(), aunt), domain.Conflict, "person.name_taken")
	_, err = s.RemovePerson(t.Context(), aunt.ID, true)
	ok(t, err)
	aunt.Name = "Auntie"
	fails(t, s.UpdatePerson(t.Context(), aunt), domain.NotFound, "person.not_found")
}
