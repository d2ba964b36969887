package filing

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"time"

	"quietline/internal/domain"
)

// ComplaintInput is what a user enters, in the form, on the command line or as
// a row of a sheet.
type ComplaintInput struct {
	// ID names an existing draft to change; empty for a new complaint.
	ID domain.ComplaintID
	// CallIDs are logged calls, all from one number of one person. Without
	// them Number and At are used.
	CallIDs   []domain.CallID
	Number    string
	At        time.Time
	Duration  *time.Duration
	Direction domain.Direction

	Category    domain.Category
	Techniques  []domain.Technique
	Harm        domain.Harm
	Description string
	RefusedAt   time.Time
	// OnBehalfOf is the name of a person; empty means for oneself, or for the
	// person whose call it is.
	OnBehalfOf string
	// ConsentGiven says whether the complainant had agreed to be called; nil
	// where nothing was said of it, which is not the same as no.
	ConsentGiven *bool
	// LossAmount is a decimal in yuan, empty for none.
	LossAmount string
	Demands    []domain.Demand
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

// New validates a complaint and puts it into the outbox, or, as a draft, only
// keeps it. Every problem at a field is in the returned domain.Problems.
// A second complaint about the same call is refused with Conflict
// "complaint.duplicate".
func (s *Service) New(ctx context.Context, in ComplaintInput) (domain.Complaint, error) {
	return s.withEvidence(ctx, in.Evidence, func() (domain.Complaint, error) { return s.create(ctx, in) })
}

func (s *Service) create(ctx context.Context, in ComplaintInput) (domain.Complaint, error) {
	c, err := s.build(ctx, in)
	if err != nil {
		return domain.Complaint{}, err
	}
	now := s.p.Clock.Now()
	if in.Draft {
		c.SendState = domain.SendDraft
		if err := s.p.Store.SaveDraft(ctx, c, now); err != nil {
			return domain.Complaint{}, err
		}
		return s.stored(ctx, c.ID)
	}
	return s.queue(ctx, c, now)
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

// queue freezes the payload under a new idempotency key. From here on the
// bytes never change: "same body" means the same bytes (intake-api.md).
func (s *Service) queue(ctx context.Context, c domain.Complaint, now time.Time) (domain.Complaint, error) {
	payload, err := json.Marshal(c.Body)
	if err != nil {
		return domain.Complaint{}, domain.E("filing.queue", domain.Internal, "internal", nil, err)
	}
	sum := sha256.Sum256(payload)
	c.SendState = domain.SendQueued
	err = s.p.Store.Queue(ctx, QueueRequest{
		Complaint: c, Key: s.p.Source.UUID(), Payload: payload,
		PayloadSHA256: hex.EncodeToString(sum[:]), Now: now,
	})
	if err != nil {
		return domain.Complaint{}, err
	}
	s.p.Queued()
	return s.stored(ctx, c.ID)
}

// stored reads what was just written. It was, so a context that ends only now
// must not say otherwise.
func (s *Service) stored(ctx context.Context, id domain.ComplaintID) (domain.Complaint, error) {
	return s.p.Store.Complaint(context.WithoutCancel(ctx), string(id))
}
