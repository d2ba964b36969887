package filing

import (
	"context"
	"time"

	"quietline/internal/domain"
)

// ComplaintInput is what a user enters, in the form, on the command line or as
// a row of a sheet.
type ComplaintInput struct {
	// ID names an existing complaint to change that nobody has begun to send
	// (domain.Complaint.Editable); empty for a new one.
	ID domain.ComplaintID
	// Queued says that the ID is of a complaint that is queued, which its author
	// knew; without it only a draft is changed.
	Queued bool
	// CallIDs are logged calls, all from one number of one person. Without
	// them Number and At are used.
	CallIDs   []domain.CallID
	Number    string
	At        time.Time
	Duration  *time.Duration
	Direction domain.Direction
	// Further are more calls of the same number to the same person that stand in
	// no log.
	Further []domain.CallRef

	Category    domain.Category
	Techniques  []domain.Technique
	Harm        domain.Harm
	Description string
	RefusedAt   time.Time
	// OnBehalfOf is the name of a person; empty means for oneself, or for the
	// person whose call it is.
	OnBehalfOf string
	// Complainant says in full who complains and for whom, who need not be people
	// of the workspace; nil for the owner and OnBehalfOf.
	Complainant *domain.StatedComplainant
	// ConsentGiven says whether the complainant had agreed to be called; nil
	// where nothing was said of it, which is not the same as no.
	ConsentGiven *bool
	// LossAmount is a decimal, empty for none; LossCurrency one of
	// domain.Currencies, empty for yuan.
	LossAmount, LossCurrency string
	// FraudKind is the scheme, of the category fraud alone; empty for unsaid.
	FraudKind domain.FraudKind
	Demands   []domain.Demand
	// Evidence are files that TakeEvidence gave.
	Evidence []domain.Evidence
	// Channel is a name; empty means the default.
	Channel string
	// Language is the language the complaint is written in, a BCP 47 tag.
	Language string
	// Anyway files although a guard asks back (Overridable).
	Anyway bool
	// Draft keeps the complaint back instead of queueing it.
	Draft bool
}

// Validate says every problem of a complaint and stores nothing. It is the
// same code that New runs.
func (s *Service) Validate(ctx context.Context, in ComplaintInput) error {
	c, err := s.build(ctx, in)
	if err != nil || in.Draft {
		return err
	}
	return s.refuseDuplicate(ctx, c)
}

func (s *Service) refuseDuplicate(ctx context.Context, c domain.Complaint) error {
	id, found, err := s.p.Store.FindDuplicate(ctx, c)
	if err == nil && found {
		err = domain.E("filing.Validate", domain.Conflict, "complaint.duplicate", domain.Args{"ID": id.Short()}, nil)
	}
	return err
}

// stored reads what was just written. It was, so a context that ends only now
// must not say otherwise.
func (s *Service) stored(ctx context.Context, id domain.ComplaintID) (domain.Complaint, error) {
	return s.p.Store.Complaint(context.WithoutCancel(ctx), string(id))
}
