package filing

import (
	"context"

	"quietline/internal/domain"
)

// ContactReader tells whom a person knows.
type ContactReader interface {
	// Known says under which name the person knows the number, in its
	// normalised form. Everybody's contacts count for each person.
	Known(ctx context.Context, person domain.PersonID, number string) (name string, ok bool, err error)
}

// noContacts knows nobody.
type noContacts struct{}

func (noContacts) Known(context.Context, domain.PersonID, string) (string, bool, error) {
	return "", false, nil
}

// The keys of the guards: problems that ComplaintInput.Anyway overrides.
const (
	guardContact = "complaint.number_is_contact"
	guardFamily  = "complaint.number_is_family"
	guardPublic  = "complaint.number_is_public"
)

// Overridable says whether a problem of a complaint is a guard: a question
// whether that is meant, which ComplaintInput.Anyway answers with yes.
func Overridable(err error) bool {
	switch domain.KeyOf(err) {
	case guardContact, guardFamily, guardPublic:
		return true
	}
	return false
}

// Guard says whether filing would ask back about the number, with the problem
// that New and Validate give for it; nil for no question. What else is wrong is
// not looked at.
func (s *Service) Guard(ctx context.Context, in ComplaintInput) error {
	in.Anyway, in.Draft = false, false
	b := builder{ctx: ctx, s: s, from: asked{s}, in: in, now: s.p.Clock.Now()}
	for _, step := range []func() error{b.calls, b.people, b.caller} {
		if err := step(); err != nil {
			return err
		}
	}
	for _, p := range b.problems {
		if Overridable(p) {
			return p
		}
	}
	return nil
}

// guard asks back before a number is complained about that hardly deserves it.
// Displays can be forged, so each of them may be meant nevertheless. A draft
// hurts nobody.
func (b *builder) guard(check domain.Check) error {
	if b.in.Anyway || b.in.Draft || check.Number == "" {
		return nil
	}
	ask := func(key string, args domain.Args) { b.problem("/caller/number", key, args) }
	for _, p := range b.family {
		for _, n := range p.Numbers {
			if n == check.Number && p.ID != b.owner.ID {
				ask(guardFamily, domain.Args{"Name": p.Name})
				return nil
			}
		}
	}
	if check.Verdict != domain.VerdictInvalid &&
		(check.Family == domain.FamilyPublicService || check.Family == domain.FamilyPublic95) {
		ask(guardPublic, domain.Args{"Number": check.Number})
		return nil
	}
	name, ok, err := b.from.known(b.ctx, b.owner.ID, check.Number)
	if err == nil && ok {
		ask(guardContact, domain.Args{"Name": name})
	}
	return err
}
