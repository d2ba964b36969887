package store

import (
	"context"
	"database/sql"

	"quietline/internal/domain"
)

// RemoveCalls removes the calls, all or none, and gives how many they were.
// Complaints that were made from them lose the reference and nothing else: their
// words and what was queued are their own. Fails with NotFound "call.not_found".
func (s *Store) RemoveCalls(ctx context.Context, ids []domain.CallID) (int64, error) {
	const op = "store.RemoveCalls"
	err := s.update(ctx, op, func(tx *sql.Tx) error {
		for _, id := range ids {
			found, err := affected(tx.ExecContext(ctx, "DELETE FROM call WHERE id = ?", id))
			switch {
			case err != nil:
				return err
			case !found:
				return noCall(op, id)
			}
		}
		return nil
	})
	if err != nil {
		return 0, err
	}
	s.forget(ctx)
	return int64(len(ids)), nil
}
