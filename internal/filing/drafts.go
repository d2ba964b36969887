package filing

import (
	"context"
	"strings"
	"time"

	"quietline/internal/domain"
)

// DraftStore removes drafts.
type DraftStore interface {
	// RemoveDraft deletes a draft and all that belongs to it. Fails with Conflict
	// "complaint.not_draft" where it is none any more and with NotFound
	// "complaint.not_found".
	RemoveDraft(ctx context.Context, id domain.ComplaintID) error
}

// FileDraft puts a draft into the outbox as it stands. It fails as New does; then
// it stays a draft.
func (s *Service) FileDraft(ctx context.Context, idOrPrefix string) (domain.Complaint, error) {
	const op = "filing.FileDraft"
	old, err := s.p.Store.Complaint(ctx, idOrPrefix)
	if err != nil {
		return domain.Complaint{}, err
	}
	if old.SendState != domain.SendDraft {
		return domain.Complaint{}, domain.E(op, domain.Conflict, "complaint.not_draft", nil, nil)
	}
	in, err := s.inputOf(ctx, old)
	if err != nil {
		return domain.Complaint{}, err
	}
	c, err := s.build(ctx, in)
	if err != nil {
		return domain.Complaint{}, err
	}
	if gone := missing(old, c); len(gone) > 0 {
		return domain.Complaint{}, domain.E(op, domain.Conflict, "complaint.calls_gone", domain.Args{"Times": strings.Join(gone, "\n")}, nil)
	}
	// What no input says is kept.
	c.Body.FraudKind = old.Body.FraudKind
	if len(old.Body.Evidence) > 0 {
		c.Body.Evidence = old.Body.Evidence
	}
	return s.queue(ctx, c, s.p.Clock.Now())
}

// inputOf is what a user would have entered for a draft.
func (s *Service) inputOf(ctx context.Context, c domain.Complaint) (ComplaintInput, error) {
	b := c.Body
	in := ComplaintInput{
		ID: c.ID, CallIDs: c.CallIDs, Number: b.Caller.Displayed, Category: b.Category, Techniques: b.Techniques,
		Harm: b.Harm, Description: b.Description, ConsentGiven: b.ConsentGiven, Demands: b.Demands,
		Channel: c.Channel, Language: b.Language,
	}
	if b.RefusedAt != nil {
		in.RefusedAt = *b.RefusedAt
	}
	if b.Loss != nil {
		in.LossAmount = b.Loss.Amount
	}
	if len(b.Calls) > 0 {
		first := b.Calls[0]
		in.At, in.Direction = first.StartedAt, first.Direction
		if n := first.DurationSeconds; n != nil {
			d := time.Duration(*n) * time.Second
			in.Duration = &d
		}
	}
	if c.PersonID == domain.SelfID {
		return in, nil
	}
	people, err := s.p.People.People(ctx)
	if err != nil {
		return in, err
	}
	for _, p := range people {
		if p.ID == c.PersonID {
			in.OnBehalfOf = p.Name
		}
	}
	if in.OnBehalfOf == "" && b.Complainant.OnBehalf != nil { // never in another one's name
		return in, domain.E("filing.FileDraft", domain.Invalid, "complaint.person_removed", nil, nil)
	}
	return in, nil
}

// missing says when the calls of the draft were that the log no longer has.
func missing(old, now domain.Complaint) []string {
	var gone []string
	for _, was := range old.Body.Calls {
		found := false
		for _, is := range now.Body.Calls {
			found = found || is.StartedAt.Equal(was.StartedAt)
		}
		if !found {
			gone = append(gone, was.StartedAt.In(domain.China()).Format("2006-01-02 15:04"))
		}
	}
	return gone
}

// RemoveDraft deletes a draft and gives it as it was, for RestoreDraft. Fails
// with Conflict "complaint.not_draft".
func (s *Service) RemoveDraft(ctx context.Context, idOrPrefix string) (domain.Complaint, error) {
	c, err := s.p.Store.Complaint(ctx, idOrPrefix)
	if err != nil {
		return domain.Complaint{}, err
	}
	return c, s.p.Store.RemoveDraft(ctx, c.ID)
}

// RestoreDraft stores a draft again that RemoveDraft gave.
func (s *Service) RestoreDraft(ctx context.Context, c domain.Complaint) error {
	c.SendState = domain.SendDraft
	return s.p.Store.SaveDraft(ctx, c, s.p.Clock.Now())
}
