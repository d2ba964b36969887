package journal

import (
	"context"
	"slices"

	"quietline/internal/domain"
)

// RemoveCalls removes calls from the log, all or none; one that is named twice
// counts once. Complaints that were made from them stay as they are, those that
// wait to be filed included. A call that came from a file comes back when the file
// is imported again. It fails with NotFound "call.not_found" (Args: ID) for one
// that is not there.
func (s *Service) RemoveCalls(ctx context.Context, ids []domain.CallID) (Removed, error) {
	ids = slices.Clone(ids)
	slices.Sort(ids)
	ids = slices.Compact(ids)
	if len(ids) == 0 {
		return Removed{}, nil
	}
	return s.removed(ctx, func() (Removed, error) { return s.calls.RemoveCalls(ctx, ids) })
}

// removed has what is put back judged by the registry of that moment, which may
// be another than the calls were removed under.
func (s *Service) removed(ctx context.Context, remove func() (Removed, error)) (Removed, error) {
	generation, err := s.registry.Fresh(ctx)
	if err != nil {
		return Removed{}, err
	}
	r, err := remove()
	if undo := r.Undo; err == nil && undo != nil {
		r.Undo = func(ctx context.Context) error {
			if err := undo(ctx); err != nil {
				return err
			}
			return s.registry.Settle(context.WithoutCancel(ctx), generation)
		}
	}
	return r, err
}
