package domain

import (
	"slices"
	"time"
)

// PersonID identifies a person within one workspace.
type PersonID int64

// SelfID is the person who owns the workspace; that person is always there.
const SelfID PersonID = 1

// Relation is what a person is to the one who keeps the workspace.
type Relation string

// The relations of enums.md C.9.
const (
	RelationSelf      Relation = "self"
	RelationChild     Relation = "child"
	RelationSpouse    Relation = "spouse"
	RelationRelative  Relation = "relative"
	RelationGuardian  Relation = "guardian"
	RelationVolunteer Relation = "volunteer"
	RelationCommunity Relation = "community"
)

// Relations lists every relation. It reads "the keeper of this workspace acts
// as the person's child, spouse, …".
func Relations() []Relation {
	return []Relation{
		RelationSelf, RelationChild, RelationSpouse, RelationRelative,
		RelationGuardian, RelationVolunteer, RelationCommunity,
	}
}

// Authority is the form in which a person allowed somebody to act for them.
type Authority string

// The authorities of enums.md C.9; empty means none was given.
const (
	AuthorityNone         Authority = ""
	AuthorityOral         Authority = "oral"
	AuthorityWritten      Authority = "written"
	AuthorityGuardianship Authority = "guardianship"
)

// Authorities lists every authority that can be given.
func Authorities() []Authority {
	return []Authority{AuthorityOral, AuthorityWritten, AuthorityGuardianship}
}

// Person is somebody whose call log is kept.
type Person struct {
	ID        PersonID
	Name      string
	Relation  Relation
	Authority Authority
	// Province is the Chinese name of the province, or empty.
	Province string
	// Numbers are the person's own numbers, normalised.
	Numbers   []string
	CreatedAt time.Time
}

// MaxNameLength is the longest name of a person or channel, in characters.
const MaxNameLength = 64

// HasPerson says whether somebody is among people.
func HasPerson(people []Person, id PersonID) bool {
	return slices.ContainsFunc(people, func(p Person) bool { return p.ID == id })
}
