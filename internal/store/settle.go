package store

import (
	"context"
	"database/sql"
	"errors"
	"time"

	"quietline/internal/domain"
	"quietline/internal/filing"
)

// The kinds of events when a person settles a complaint.
const (
	eventSettledFiled = "settled_filed"
	eventSettledAgain = "settled_again"
)

// unsettle takes complaints of channels without keys out of the work for good,
// where nobody knows any longer whether they arrived: those of the owner, or,
// where that is empty, those whose lease ended. See filing.SettleStore.
func unsettle(ctx context.Context, tx *sql.Tx, owner string, now time.Time) error {
	// The few that are leased are found by the index of leases.
	list, err := collect(ctx, tx, scanValue[int64], `
		SELECT o.complaint FROM outbox o CROSS JOIN complaint c ON c.seq = o.complaint
			CROSS JOIN channel h ON h.id = c.channel_id
		WHERE o.lease_owner IS NOT NULL AND c.send_state = ?1 AND h.kind = ?2
			AND (o.lease_owner = ?3 OR ?3 = '' AND o.lease_until <= ?4)`,
		domain.SendSending, domain.ChannelOpen311, owner, now.UnixMilli())
	if err != nil {
		return err
	}
	for _, seq := range list {
		_, err := tx.ExecContext(ctx, "UPDATE complaint SET send_state = ?, updated_at = ? WHERE seq = ?",
			domain.SendUnknown, now.UnixMilli(), seq)
		if err != nil {
			return err
		}
		if err := endWork(ctx, tx, seq, time.Time{}); err != nil {
			return err
		}
		if err := interrupt(ctx, tx, seq, now); err != nil {
			return err
		}
	}
	return nil
}

// endWork takes a complaint from whoever works on it and says when it is due.
func endWork(ctx context.Context, tx *sql.Tx, seq int64, due time.Time) error {
	_, err := tx.ExecContext(ctx, "UPDATE outbox SET due_at = ?, lease_owner = NULL, lease_until = NULL WHERE complaint = ?",
		millis(due), seq)
	return err
}

// heldBy finds the complaint of a result whose lease the owner still holds, or
// one that is unsettled since, where the result says that it is filed: its number
// would never be known otherwise.
func heldBy(ctx context.Context, tx *sql.Tx, r filing.Result) (seq int64, before domain.CaseState, err error) {
	filed := r.State == domain.SendSent || r.State == domain.SendToken
	err = tx.QueryRowContext(ctx, `
		SELECT c.seq, c.case_state FROM complaint c JOIN outbox o ON o.complaint = c.seq
		WHERE c.uuid = ?1 AND c.attempts = ?3 AND (o.lease_owner = ?2
			OR ?4 AND o.lease_owner IS NULL AND o.due_at IS NULL AND c.send_state = ?5)`,
		r.ComplaintID, r.Owner, r.AttemptN, filed, domain.SendUnknown).Scan(&seq, &before)
	return seq, before, err
}

// Settle writes what a person says of an unsettled complaint; see
// filing.SettleStore.
func (s *Store) Settle(ctx context.Context, x filing.Settlement) error {
	const op = "store.Settle"
	return s.update(ctx, op, func(tx *sql.Tx) error {
		var seq int64
		var c domain.Complaint
		var due sql.NullInt64
		err := tx.QueryRowContext(ctx, `
			SELECT c.seq, c.send_state, ifnull(h.kind, ''), o.due_at FROM complaint c
			LEFT JOIN channel h ON h.id = c.channel_id LEFT JOIN outbox o ON o.complaint = c.seq
			WHERE c.uuid = ?`, x.ID).Scan(&seq, &c.SendState, &c.ChannelKind, &due)
		switch {
		case errors.Is(err, sql.ErrNoRows):
			return noComplaint(op)
		case err != nil:
			return err
		}
		c.NextAttemptAt = moment(due)
		if err := filing.RefuseSettle(op, c, x.Again); err != nil {
			return err
		}
		state, at, e := domain.SendSent, time.Time{}, event{at: x.Now, kind: eventSettledFiled, note: x.ReceiptNumber}
		if x.Again {
			state, at, e = domain.SendQueued, x.Now, event{at: x.Now, kind: eventSettledAgain}
		}
		_, err = tx.ExecContext(ctx, `
			UPDATE complaint SET send_state = ?, receipt_number = ?, token = '', last_error = '', updated_at = ?,
				batch = CASE WHEN batch IN (SELECT id FROM batch WHERE cancelled_at IS NOT NULL) THEN '' ELSE batch END
			WHERE seq = ?`,
			state, x.ReceiptNumber, x.Now.UnixMilli(), seq)
		if err != nil {
			return err
		}
		if err := interrupt(ctx, tx, seq, x.Now); err != nil { // one that asks for its number just now
			return err
		}
		if err := endWork(ctx, tx, seq, at); err != nil {
			return err
		}
		if x.ReceiptNumber != "" { // files go to a number alone
			if err := releaseEvidence(ctx, tx, seq, state, x.Now); err != nil {
				return err
			}
		}
		if x.Again { // a first try again, for the schedule
			if _, err := tx.ExecContext(ctx, "UPDATE outbox SET tries = 0 WHERE complaint = ?", seq); err != nil {
				return err
			}
		}
		return addEvent(ctx, tx, seq, e)
	})
}

// countUnsettled counts what waits for a person to settle it.
func countUnsettled(ctx context.Context, tx *sql.Tx, r filing.ByHandRequest) (n int, err error) {
	var w conds
	w.add("c.send_state = ?", domain.SendUnknown)
	w.add("o.due_at IS NULL")
	if r.ChannelID != 0 {
		w.add("+c.channel_id = ?", r.ChannelID)
	}
	if r.Batch != "" {
		w.add("c.batch = ?", r.Batch)
	}
	err = tx.QueryRowContext(ctx, `
		SELECT count(*) FROM complaint c CROSS JOIN outbox o ON o.complaint = c.seq`+w.where(), w.args...).Scan(&n)
	return n, err
}

// SetServiceCode gives a channel another service; see filing.SettleStore.
func (s *Store) SetServiceCode(ctx context.Context, id domain.ChannelID, code string) error {
	return s.changeChannel(ctx, "store.SetServiceCode", "capabilities = NULL, service_code = ?", code, id)
}
