package complaints

import (
	"cmp"

	"quietline/internal/domain"
	"quietline/internal/filing"
)

// asStated is the Person of a form that leaves who complains, and for whom, as a
// sheet stated it.
const asStated domain.PersonID = -2

// stated is who complains in somebody's words, and whose calls these are; empty
// for a complaint that was not made of a sheet.
type stated struct {
	who    *domain.StatedComplainant
	person domain.PersonID
}

// now is it with people by the names they have now.
func (s stated) now(people []domain.Person) *domain.StatedComplainant {
	return filing.Presently(s.who, s.person, people)
}

// statedFor is for whom they complain, where that is somebody else.
func (s stated) statedFor(people []domain.Person) (domain.Person, bool) {
	c := s.now(people)
	whom := domain.Person{Name: c.OnBehalfOf, Authority: c.Authority}
	for _, p := range people {
		if p.ID == s.person && c.Name == "" && c.Authority == "" { // the owner's word for them
			whom.Authority = p.Authority
		}
	}
	return whom, c.OnBehalfOf != ""
}

// Stated is who complains as a sheet states it, which the form offers besides the
// people of the workspace; nil for nothing stated.
func (m *Model) Stated() *domain.StatedComplainant {
	if m.form == nil || m.form.who == nil {
		return nil
	}
	return m.form.now(m.people)
}

// province is where the call was received, empty where that is unknown.
func (f *Form) province(people []domain.Person) string {
	owner, said := cmp.Or(f.Person, domain.SelfID), ""
	if f.Person == asStated {
		owner, said = f.person, f.who.Province
	}
	for _, p := range people {
		if p.ID == owner {
			return cmp.Or(said, p.Province)
		}
	}
	return said
}

// By is who complains, by name or by number, where the form leaves that to a sheet
// and it is not the owner; empty otherwise.
func (m *Model) By() string {
	if m.form == nil || m.form.Person != asStated {
		return ""
	}
	c := m.Stated()
	return cmp.Or(c.Name, c.Phone)
}
