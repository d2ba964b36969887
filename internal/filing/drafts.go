package filing

import (
	"cmp"
	"context"

	"quietline/internal/domain"
)

// DraftStore removes drafts.
type DraftStore interface {
	// RemoveDraft deletes a draft and all that belongs to it; the rows of sheets that
	// it was taken out of stay. Fails with Conflict "complaint.not_draft" where it is
	// none any more and with NotFound "complaint.not_found".
	RemoveDraft(ctx context.Context, id domain.ComplaintID) (RemovedDraft, error)
}

// RemovedDraft is a draft that was removed, as it was then.
type RemovedDraft struct {
	Complaint domain.Complaint
	// Undo puts it back as it was, at its place and with its timeline and the rows of
	// sheets that it was taken out of, but without the calls, the person and the
	// channel that are gone since. One that is there again already stays as it is.
	Undo func(ctx context.Context) error
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

// RemoveDraft deletes a draft. Undoing that gives it its claim to its files again,
// which the sweep leaves alone for so long (EvidenceGrace). Fails with Conflict
// "complaint.not_draft".
func (s *Service) RemoveDraft(ctx context.Context, idOrPrefix string) (RemovedDraft, error) {
	c, err := s.p.Store.Complaint(ctx, idOrPrefix)
	if err != nil {
		return RemovedDraft{}, err
	}
	gone, err := s.p.Store.RemoveDraft(ctx, c.ID)
	if err != nil {
		return RemovedDraft{}, err
	}
	undo := gone.Undo
	gone.Undo = func(ctx context.Context) error {
		return s.withEvidence(ctx, gone.Complaint.Body.Evidence, func() error { return undo(ctx) })
	}
	return gone, nil
}
