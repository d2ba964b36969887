package store

import (
	"context"
	"database/sql"
	"errors"
	"time"

	"quietline/internal/filing"
)

// TakeSlots hands out moments at which a channel may be asked; see
// filing.PaceStore. Fails with NotFound "channel.not_found".
func (s *Store) TakeSlots(ctx context.Context, r filing.SlotRequest) (first time.Time, err error) {
	const op = "store.TakeSlots"
	now, all := r.Now.UnixMicro(), time.Duration(r.N)*r.Interval
	// RETURNING gives what the row holds afterwards.
	err = s.update(ctx, op, func(tx *sql.Tx) error {
		after, err := scanValue[int64](tx.QueryRowContext(ctx, `
			UPDATE channel SET next_slot = ?1 + CASE WHEN next_slot BETWEEN ?2 AND ?3 THEN next_slot ELSE ?2 END
			WHERE id = ?4 AND removed_at IS NULL RETURNING next_slot`,
			all.Microseconds(), now, now+r.Furthest().Microseconds(), r.ChannelID))
		if errors.Is(err, sql.ErrNoRows) {
			return noChannel(op, "")
		}
		first = time.UnixMicro(after).Add(-all)
		return err
	})
	return first, err
}
