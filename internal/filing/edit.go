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
	if c.Stated != nil {
		in.Complainant = Presently(c.Stated, c.PersonID, people)
	} else {
		in.OnBehalfOf = forWhom(c, people)
	}
	return in, s.callsOf(ctx, c, &in)
}

// Presently is who complains as it was stated, with the person whose calls these
// are by the name that they have now.
func Presently(stated *domain.StatedComplainant, id domain.PersonID, people []domain.Person) *domain.StatedComplainant {
	now := *stated
	for _, p := range people {
		switch {
		case p.ID != id:
		case now.OnBehalfOf != "":
			now.OnBehalfOf = p.Name
		case now.Name != "":
			now.Name = p.Name
		}
	}
	return &now
}

// forWhom names the person a complaint is made for, by their present name;
// empty for oneself.
func forWhom(c domain.Complaint, people []domain.Person) string {
	if c.Body.Complainant.OnBehalf == nil {
		return ""
	}
	for _, p := range people {
		if p.ID == c.PersonID {
			return p.Name
		}
	}
	return c.Body.Complainant.OnBehalf.Name
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
