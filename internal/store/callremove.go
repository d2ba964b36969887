package store

import (
	"context"
	"database/sql"
	"encoding/json"

	"quietline/internal/domain"
	"quietline/internal/journal"
)

// RemoveCalls removes the calls, all or none, and gives how many they were.
// Complaints that were made from them lose the reference and nothing else: their
// words and what was queued are their own. Undoing it restores that too. Fails with NotFound "call.not_found".
func (s *Store) RemoveCalls(ctx context.Context, ids []domain.CallID) (journal.Removed, error) {
	const op = "store.RemoveCalls"
	var kept keptCalls
	err := s.update(ctx, op, func(tx *sql.Tx) error {
		list, err := json.Marshal(ids)
		if err != nil {
			return err
		}
		kept, err = keepCalls(ctx, tx, "id IN (SELECT value FROM json_each(?1))", string(list))
		if err != nil {
			return err
		}
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
		return journal.Removed{}, err
	}
	s.forget(ctx)
	return journal.Removed{Extent: journal.Extent{Calls: int64(len(ids))}, Undo: func(ctx context.Context) error {
		return s.update(ctx, "store.RestoreCalls", func(tx *sql.Tx) error { return kept.putBack(ctx, tx, &s.numbers) })
	}}, nil
}
