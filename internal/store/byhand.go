package store

import (
	"context"
	"database/sql"
	"errors"

	"quietline/internal/domain"
	"quietline/internal/filing"
)

// FileByHand notes that a person filed the complaint; see filing.ByHandStore.
// The row in the outbox stays: it has no due time, and keeps what was frozen.
func (s *Store) FileByHand(ctx context.Context, f filing.FiledByHand) error {
	const op = "store.FileByHand"
	return s.update(ctx, op, func(tx *sql.Tx) error {
		var seq int64
		var c domain.Complaint
		err := tx.QueryRowContext(ctx, `
			SELECT c.seq, c.send_state, ifnull(h.kind, '') FROM complaint c LEFT JOIN channel h ON h.id = c.channel_id
			WHERE c.uuid = ?`, f.ID).Scan(&seq, &c.SendState, &c.ChannelKind)
		switch {
		case errors.Is(err, sql.ErrNoRows):
			return noComplaint(op)
		case err != nil:
			return err
		}
		if err := filing.RefuseByHand(op, c); err != nil {
			return err
		}
		_, err = tx.ExecContext(ctx, "UPDATE complaint SET send_state = ?, receipt_number = ?, updated_at = ? WHERE seq = ?",
			domain.SendSent, f.ReceiptNumber, f.Now.UnixMilli(), seq)
		if err != nil {
			return err
		}
		return addEvent(ctx, tx, seq, event{at: f.Now, kind: eventByHand, note: f.ReceiptNumber})
	})
}

// CountByHand counts what waits for a person; see filing.ByHandStore.
func (s *Store) CountByHand(ctx context.Context, r filing.ByHandRequest) (n filing.ByHand, err error) {
	var w conds
	// What is queued is little; what was ever filed through a channel is much.
	w.add("c.send_state = ?", domain.SendQueued)
	w.add("h.kind = ?", domain.ChannelAssisted)
	if r.ChannelID != 0 {
		w.add("+c.channel_id = ?", r.ChannelID)
	}
	if r.Batch != "" {
		w.add("c.batch = ?", r.Batch)
	}
	err = s.view(ctx, "store.CountByHand", func(tx *sql.Tx) error {
		if n.Unsettled, err = countUnsettled(ctx, tx, r); err != nil {
			return err
		}
		return tx.QueryRowContext(ctx, `
			SELECT count(*), count(*) FILTER (WHERE c.queued_at < ?1)
			FROM complaint c CROSS JOIN channel h ON h.id = c.channel_id`+w.where(),
			append([]any{r.Before.UnixMilli()}, w.args...)...).Scan(&n.All, &n.Overdue)
	})
	return n, err
}
