package store

import (
	"context"
	"database/sql"
	"errors"

	"quietline/internal/domain"
	"quietline/internal/filing"
)

// CorrectReceipt replaces the receipt number of a complaint that a person filed;
// see filing.ReceiptStore. The number before stays in its own event.
func (s *Store) CorrectReceipt(ctx context.Context, r filing.CorrectedReceipt) error {
	const op = "store.CorrectReceipt"
	return s.update(ctx, op, func(tx *sql.Tx) error {
		var seq int64
		var c domain.Complaint
		err := tx.QueryRowContext(ctx, `
			SELECT c.seq, c.send_state, c.receipt_number, ifnull(h.kind, '')
			FROM complaint c LEFT JOIN channel h ON h.id = c.channel_id
			WHERE c.uuid = ?`, r.ID).Scan(&seq, &c.SendState, &c.ReceiptNumber, &c.ChannelKind)
		switch {
		case errors.Is(err, sql.ErrNoRows):
			return noComplaint(op)
		case err != nil:
			return err
		}
		if err := filing.RefuseCorrection(op, c); err != nil {
			return err
		}
		if c.ReceiptNumber != r.Was {
			return domain.E(op, domain.Conflict, "complaint.receipt_changed", domain.Args{"Number": c.ReceiptNumber}, nil)
		}
		_, err = tx.ExecContext(ctx, "UPDATE complaint SET receipt_number = ?, updated_at = ? WHERE seq = ?",
			r.ReceiptNumber, r.Now.UnixMilli(), seq)
		if err != nil {
			return err
		}
		return addEvent(ctx, tx, seq, event{at: r.Now, kind: eventCorrected, note: r.ReceiptNumber})
	})
}
