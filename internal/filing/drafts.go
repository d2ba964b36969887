package filing

import (
	"cmp"
	"context"

	"quietline/internal/domain"
)

// DraftStore removes drafts.
type DraftStore interface {
	// RemoveDraft deletes a draft and all that belongs to it. Fails with Conflict
	// "complaint.not_draft" where it is none any more and with NotFound
	// "complaint.not_found".
	RemoveDraft(ctx context.Context, id domain.ComplaintID) error
}

// FileDraft puts a draft into the outbox as it stands, in several parts where its
// channel takes fewer calls at a time, and gives the first. It goes through the
// channel of the name, which is what its author was told; an empty one leaves that
// to the draft. It fails as New does; then it stays a draft.
func (s *Service) FileDraft(ctx context.Context, idOrPrefix, channel string) (domain.Complaint, error) {
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
	in.Draft, in.Channel = false, cmp.Or(channel, in.Channel)
	list, err := s.NewAll(ctx, in)
	if err != nil {
		return domain.Complaint{}, err
	}
	return list[0], nil
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

// RestoreDraft stores a draft again that RemoveDraft gave, and with it its claim
// to its files, which the sweep leaves alone for so long (EvidenceGrace).
func (s *Service) RestoreDraft(ctx context.Context, c domain.Complaint) error {
	c.SendState = domain.SendDraft
	return s.withEvidence(ctx, c.Body.Evidence, func() error { return s.p.Store.SaveDraft(ctx, c, s.p.Clock.Now()) })
}
