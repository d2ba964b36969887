package filing

import (
	"slices"
	"strings"
	"unicode/utf8"

	"quietline/internal/domain"
)

// stated says who complains and for whom as the input states it.
func (b *builder) stated(in domain.StatedComplainant) {
	name := b.statedName("/complainant/name", in.Name)
	phone := b.statedPhone(in.Phone)
	province := b.statedProvince(in.Province)
	b.owner = b.whoever(name, phone)
	kept := domain.StatedComplainant{Name: name, Phone: phone, Relation: in.Relation, Authority: in.Authority, Province: province}
	if b.owner.ID == domain.SelfID && (phone == "" || slices.Contains(b.owner.Numbers, phone)) {
		kept.Name = "" // whatever the owner is called later
		if phone == firstNumber(b.owner) {
			kept.Phone = ""
		}
	}
	c := &b.c.Body.Complainant
	*c = domain.Complainant{
		Name: filedName(b.owner), Phone: phone, Province: b.owner.Province, Relation: domain.RelationSelf,
	}
	if phone == "" {
		c.Phone = firstNumber(b.owner)
	}
	if kept.OnBehalfOf = b.statedFor(in); kept.OnBehalfOf == "" {
		kept.Relation, kept.Authority = "", ""
	}
	if b.owner.Province != "" {
		c.Province = b.owner.Province // where the call was received
	}
	if province != "" {
		b.owner.Province, c.Province = province, province
	}
	b.c.PersonID = b.owner.ID
	if plain := (domain.StatedComplainant{OnBehalfOf: kept.OnBehalfOf}); kept != plain || kept.OnBehalfOf != "" && b.owner.ID == 0 {
		b.c.Stated = &kept
	}
}

// statedFor says for whom, empty for themselves; the calls are that person's then.
func (b *builder) statedFor(in domain.StatedComplainant) string {
	const atName, atRelation, atAuthority = "/complainant/on_behalf_of/name", "/complainant/relation", "/complainant/on_behalf_of/authority"
	if in.Relation != "" && !slices.Contains(domain.Relations(), in.Relation) {
		b.problem(atRelation, "person.relation_unknown", domain.Args{"Value": domain.Clip(string(in.Relation), 40)})
	}
	if in.Authority != "" && !slices.Contains(domain.Authorities(), in.Authority) {
		b.problem(atAuthority, "person.authority_unknown", domain.Args{"Value": domain.Clip(string(in.Authority), 40)})
	}
	name := b.statedName(atName, in.OnBehalfOf)
	self := name == "" || name == b.owner.Name
	switch {
	case self && in.Relation != "" && in.Relation != domain.RelationSelf:
		b.problem(atName, "complaint.person_missing", nil)
		return ""
	case self:
		return ""
	case in.Relation == domain.RelationSelf:
		b.problem(atRelation, "complaint.relation_self", nil)
	}
	byOwner := b.owner.ID == domain.SelfID
	b.owner = b.named(name)
	relation, authority := in.Relation, in.Authority
	if byOwner && relation == "" {
		relation = b.owner.Relation
	}
	if byOwner && authority == "" {
		authority = b.owner.Authority
	}
	b.c.Body.Complainant.Relation = relation
	b.c.Body.Complainant.OnBehalf = &domain.OnBehalf{
		Name: filedName(b.owner), Phone: firstNumber(b.owner), Authority: authority,
	}
	return name
}

// whoever is the one who complains: the owner where nothing is said or the number
// is theirs. A number alone is somebody without a name.
func (b *builder) whoever(name, phone string) domain.Person {
	if name == "" {
		self := b.family[0] // the owner stands first and is always there
		if phone == "" || slices.Contains(self.Numbers, phone) {
			return self
		}
		return domain.Person{Numbers: []string{phone}}
	}
	p := b.named(name)
	if p.ID == 0 && phone != "" {
		p.Numbers = []string{phone}
	}
	return p
}

// named finds somebody by name, or makes somebody of that name.
func (b *builder) named(name string) domain.Person {
	for _, p := range b.family {
		if p.Name == name {
			return p
		}
	}
	return domain.Person{Name: name}
}

func (b *builder) statedName(pointer, name string) string {
	name = strings.TrimSpace(domain.Undirected(name))
	switch {
	case utf8.RuneCountInString(name) > domain.MaxNameLength:
		b.problem(pointer, "person.name_long", domain.Args{"Most": domain.MaxNameLength})
	case strings.ContainsFunc(name, domain.Control) || !utf8.ValidString(name):
		b.problem(pointer, "person.name_characters", nil)
	}
	return name
}

func (b *builder) statedPhone(phone string) string {
	phone = strings.TrimSpace(domain.Undirected(phone))
	if phone == "" {
		return ""
	}
	switch check := b.s.p.Checker.Check(phone, ""); check.Family {
	case domain.FamilyHidden:
		return ""
	case domain.FamilyMalformed:
		b.problem("/complainant/phone", "complaint.phone_malformed", nil)
		return ""
	default:
		return check.Number
	}
}

func (b *builder) statedProvince(province string) string {
	province = strings.TrimSpace(province)
	if province == "" {
		return ""
	}
	p, ok := b.s.p.Provinces.Province(province)
	if !ok {
		b.problem("/complainant/province", "person.province_unknown", domain.Args{"Value": domain.Clip(province, 40)})
	}
	return p.NameZH
}
