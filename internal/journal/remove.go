package journal

import (
	"context"
	"slices"

	"quietline/internal/domain"
)

// RemoveCalls removes calls from the log, all or none, and gives how many they
// were; one that is named twice counts once. Complaints that were made from
// them stay as they are, those that wait to be filed included. A call that came
// from a file comes back when the file is imported again. It fails with
// NotFound "call.not_found" (Args: ID) for one that is not there.
func (s *Service) RemoveCalls(ctx context.Context, ids []domain.CallID) (int64, error) {
	ids = slices.Clone(ids)
	slices.Sort(ids)
	ids = slices.Compact(ids)
	if len(ids) == 0 {
		return 0, nil
	}
	return s.calls.RemoveCalls(ctx, ids)
}

// RestoreCalls puts back what RemoveCalls removed, with all that was said of it;
// each call gets another ID, so that complaints do not name it any longer. One that came back by other ways meanwhile stays as
// it is.
func (s *Service) RestoreCalls(ctx context.Context, list []domain.Call) error {
	_, err := s.calls.AddCalls(ctx, list, false)
	return err
}
