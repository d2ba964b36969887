package journal

import (
	"context"
	"slices"
	"strconv"
	"strings"
	"unicode/utf8"

	"quietline/internal/domain"
)

// PersonInput is what is typed in about a person.
type PersonInput struct {
	// Name is 1 to domain.MaxNameLength characters; spaces around it do not
	// count.
	Name string
	// Relation is what the user is to them. Empty is refused for a new person and
	// leaves it as it is for another one.
	Relation domain.Relation
	// Province is empty or any spelling that Checker.Province knows.
	Province string
	// Numbers are the person's own numbers in any spelling.
	Numbers   []string
	Authority domain.Authority
}

// AddPerson stores a new person. It fails with domain.Problems that point at
// /name, /relation, /province, /numbers/0 … and /authority; a name that is
// taken is Conflict "person.name_taken" at /name.
func (s *Service) AddPerson(ctx context.Context, in PersonInput) (domain.Person, error) {
	const op = "journal.AddPerson"
	p, err := s.readPerson(op, in)
	if err != nil {
		return domain.Person{}, err
	}
	p.CreatedAt = s.clock.Now()
	if err := s.people.AddPerson(ctx, &p); err != nil {
		return domain.Person{}, at(err, "person.name_taken", "/name")
	}
	return p, nil
}

// UpdatePerson stores changed particulars of a present person. It fails like
// AddPerson, and with NotFound "person.not_found". The owner of the workspace
// stays "self".
func (s *Service) UpdatePerson(ctx context.Context, id domain.PersonID, in PersonInput) (domain.Person, error) {
	const op = "journal.UpdatePerson"
	old, err := s.person(ctx, op, id, "")
	if err != nil {
		return domain.Person{}, err
	}
	if in.Relation == "" {
		in.Relation = old.Relation
	}
	p, err := s.readPerson(op, in)
	if err != nil {
		return domain.Person{}, err
	}
	if old.ID == domain.SelfID && p.Relation != domain.RelationSelf {
		return domain.Person{}, domain.Problems{domain.E(op, domain.Invalid, "person.self_relation", nil, nil).At("/relation")}
	}
	p.ID, p.CreatedAt = old.ID, old.CreatedAt
	if err := s.people.UpdatePerson(ctx, p); err != nil {
		return domain.Person{}, at(err, "person.name_taken", "/name")
	}
	return p, nil
}

// People lists the present people, the owner of the workspace first.
func (s *Service) People(ctx context.Context) ([]domain.Person, error) { return s.people.People(ctx) }

// Former gives somebody who was removed while calls of theirs were kept, by the name
// that stands with the calls; the zero person where there are none.
func (s *Service) Former(ctx context.Context, id domain.PersonID) (domain.Person, error) {
	page, err := s.calls.Calls(ctx, domain.CallFilter{PersonID: id}, domain.Page{Limit: 1})
	if err != nil || len(page.Calls) == 0 {
		return domain.Person{}, err
	}
	return domain.Person{ID: id, Name: page.Calls[0].Person}, nil
}

// Whose lists those whose calls can be asked for: the present people, the owner
// first, and the one of the ID, 0 for nobody, where it is a former one.
func (s *Service) Whose(ctx context.Context, id domain.PersonID) ([]domain.Person, error) {
	list, err := s.People(ctx)
	if err != nil || id == 0 || domain.HasPerson(list, id) {
		return list, err
	}
	former, err := s.Former(ctx, id)
	if err == nil && former.ID != 0 {
		list = append(list, former)
	}
	return list, err
}

// PersonByName fails with NotFound "person.not_found". Spaces around the name
// do not count. The owner is found as "self" and as domain.SelfName as well,
// whatever they are called, unless somebody else has that name (cli.md: "the first
// person is 本人/self").
func (s *Service) PersonByName(ctx context.Context, name string) (domain.Person, error) {
	const op = "journal.PersonByName"
	name = strings.TrimSpace(name)
	p, err := s.people.PersonByName(ctx, name)
	if domain.KeyOf(err) == "person.not_found" && (name == domain.SelfName || strings.EqualFold(name, selfWord)) {
		return s.person(ctx, op, domain.SelfID, "")
	}
	return p, err
}

// selfWord is what the owner is called on an English command line.
const selfWord = "self"

// PersonExtent counts what is kept of the person of the name. It fails with
// NotFound "person.not_found".
func (s *Service) PersonExtent(ctx context.Context, name string) (Extent, error) {
	p, err := s.PersonByName(ctx, name)
	if err != nil {
		return Extent{}, err
	}
	return s.people.PersonExtent(ctx, p.ID)
}

// RemovePerson removes the person of the name together with all that is kept of
// them, or with keepCalls the person alone. It fails with NotFound
// "person.not_found" and Conflict "person.self_stays".
func (s *Service) RemovePerson(ctx context.Context, name string, keepCalls bool) (Removed, error) {
	p, err := s.PersonByName(ctx, name)
	if err != nil {
		return Removed{}, err
	}
	return s.removed(ctx, func() (Removed, error) { return s.people.RemovePerson(ctx, p.ID, keepCalls) })
}

// readPerson turns what was typed in into a person, or tells all that is
// wrong with it.
func (s *Service) readPerson(op string, in PersonInput) (domain.Person, error) {
	wrong := fields{op: op}
	p := domain.Person{Name: strings.TrimSpace(in.Name), Relation: in.Relation, Authority: in.Authority}
	switch {
	case p.Name == "":
		wrong.add("/name", "person.name_empty", nil)
	case utf8.RuneCountInString(p.Name) > domain.MaxNameLength:
		wrong.add("/name", "person.name_long", domain.Args{"Most": domain.MaxNameLength})
	case !printable(p.Name):
		wrong.add("/name", "person.name_characters", nil)
	}
	switch {
	case in.Relation == "":
		wrong.add("/relation", "person.relation_required", nil)
	case !slices.Contains(domain.Relations(), in.Relation):
		wrong.value("/relation", "person.relation_unknown", string(in.Relation))
	}
	if name := strings.TrimSpace(in.Province); name != "" {
		province, ok := s.checker.Province(name)
		if !ok {
			wrong.value("/province", "person.province_unknown", name)
		}
		p.Province = province.NameZH
	}
	for i, n := range in.Numbers {
		if strings.TrimSpace(n) == "" {
			continue
		}
		number, ok := s.ownNumber(n)
		switch {
		case !ok:
			wrong.value("/numbers/"+strconv.Itoa(i), "person.number_invalid", n)
		case !slices.Contains(p.Numbers, number):
			p.Numbers = append(p.Numbers, number)
		}
	}
	if in.Authority != domain.AuthorityNone && !slices.Contains(domain.Authorities(), in.Authority) {
		wrong.value("/authority", "person.authority_unknown", string(in.Authority))
	}
	return p, wrong.problems.Err()
}

// ownNumber normalises the number of somebody's own phone. ok is false for
// what can be nobody's: withheld, malformed, forged.
func (s *Service) ownNumber(text string) (number string, ok bool) {
	c := s.checker.Check(text, "")
	return c.Number, c.Verdict != domain.VerdictHidden && c.Verdict != domain.VerdictInvalid
}

// printable says whether a text is whole characters that can be shown in one
// line.
func printable(s string) bool {
	return utf8.ValidString(s) && !strings.ContainsFunc(s, domain.Control)
}
