package filing

import (
	"context"
	"slices"
	"time"

	"quietline/internal/domain"
)

// Edit changes a complaint that nobody has begun to send. change gets the input
// that would make it again as it is, and says in it what is to be different; a
// draft stays one, and what is queued stays queued, unless it says otherwise.
// Fails with Conflict "complaint.not_draft" from the first attempt on.
func (s *Service) Edit(ctx context.Context, idOrPrefix string, change func(*ComplaintInput) error) ([]domain.Complaint, error) {
	c, err := s.p.Store.Complaint(ctx, idOrPrefix)
	if err != nil {
		return nil, err
	}
	if !c.Editable() {
		return nil, domain.E("filing.Edit", domain.Conflict, "complaint.not_draft", nil, nil)
	}
	in, err := s.inputOf(ctx, c)
	if err != nil {
		return nil, err
	}
	was := in
	if err := change(&in); err != nil {
		return nil, err
	}
	if c.SendState == domain.SendQueued && sameNumber(was, in) {
		in.Anyway = true // it was asked back about before it was queued
	}
	return s.NewAll(ctx, in)
}

func sameNumber(a, b ComplaintInput) bool {
	return a.Number == b.Number && slices.Equal(a.CallIDs, b.CallIDs) && a.OnBehalfOf == b.OnBehalfOf
}

// inputOf is the input that makes a complaint again as it is.
func (s *Service) inputOf(ctx context.Context, c domain.Complaint) (ComplaintInput, error) {
	b := c.Body
	in := ComplaintInput{
		ID: c.ID, Category: b.Category, Techniques: b.Techniques, Harm: b.Harm, FraudKind: b.FraudKindOf(),
		Description: b.Description, ConsentGiven: b.ConsentGiven, Demands: b.Demands, Channel: c.Channel,
		Evidence: b.Evidence,
		Language: b.Language, Draft: c.SendState == domain.SendDraft,
		Queued: c.SendState == domain.SendQueued,
	}
	if b.RefusedAt != nil {
		in.RefusedAt = *b.RefusedAt
	}
	if b.Loss != nil {
		in.LossAmount, in.LossCurrency = b.Loss.Amount, b.Loss.Currency
	}
	people, err := s.p.People.People(ctx)
	if err != nil {
		return in, err
	}
	if in.Complainant = statedIn(c, people[0]); in.Complainant == nil {
		if in.OnBehalfOf, err = s.personOf(ctx, c); err != nil {
			return in, err
		}
	}
	return in, s.callsOf(ctx, c, &in)
}

// statedIn is who complains where a sheet stated it, nil where the owner of the
// workspace does: nobody's complaint may become the owner's by being changed.
func statedIn(c domain.Complaint, owner domain.Person) *ComplainantInput {
	by := c.Body.Complainant
	another := by.OnBehalf == nil && c.PersonID != domain.SelfID || by.OnBehalf != nil && by.Name != filedName(owner)
	sheet := len(c.CallIDs) == 0 && (c.PersonID == 0 || c.Batch != "" || another)
	if !sheet || by.Name == filedName(owner) && (by.Phone == "" || by.Phone == firstNumber(owner)) {
		return nil
	}
	in := &ComplainantInput{Name: by.Name, Phone: by.Phone, Province: by.Province}
	if other := by.OnBehalf; other != nil {
		in.OnBehalfOf, in.Relation, in.Authority = other.Name, by.Relation, other.Authority
	}
	return in
}

// personOf names the person a complaint is made for, by their present name;
// empty for oneself.
func (s *Service) personOf(ctx context.Context, c domain.Complaint) (string, error) {
	if c.Body.Complainant.OnBehalf == nil {
		return "", nil
	}
	people, err := s.p.People.People(ctx)
	if err != nil {
		return "", err
	}
	for _, p := range people {
		if p.ID == c.PersonID {
			return p.Name, nil
		}
	}
	return c.Body.Complainant.OnBehalf.Name, nil
}

// callsOf gives the input the calls of a complaint: those of the log, and those
// that stand in none, or no longer.
func (s *Service) callsOf(ctx context.Context, c domain.Complaint, in *ComplaintInput) error {
	rest := slices.Clone(c.Body.Calls)
	for _, id := range c.CallIDs {
		call, err := s.p.Calls.Call(ctx, id)
		if err != nil {
			return err
		}
		in.CallIDs = append(in.CallIDs, id)
		rest = slices.DeleteFunc(rest, func(r domain.CallRef) bool { return r.StartedAt.Equal(call.StartedAt) })
	}
	if len(in.CallIDs) > 0 {
		in.Further = rest
		return nil
	}
	in.Number = c.Body.Caller.Displayed
	if len(rest) != 1 || rest[0].RingSeconds != nil {
		in.Further = rest
		return nil
	}
	in.At, in.Direction = rest[0].StartedAt, rest[0].Direction
	if n := rest[0].DurationSeconds; n != nil {
		d := time.Duration(*n) * time.Second
		in.Duration = &d
	}
	return nil
}
