package store

import (
	"context"
	"database/sql"
	"errors"
	"time"

	"quietline/internal/domain"
	"quietline/internal/filing"
)

// eventWithdrawal begins the kind of the events of a withdrawal; its state
// follows.
const eventWithdrawal = "withdrawal_"

// AskWithdrawal notes that the user takes a complaint back; see
// filing.WithdrawalStore.
func (s *Store) AskWithdrawal(ctx context.Context, id domain.ComplaintID, reason string, now time.Time) error {
	const op = "store.AskWithdrawal"
	return s.update(ctx, op, func(tx *sql.Tx) error {
		var seq int64
		var c domain.Complaint
		var had filing.Withdrawal
		var gone bool
		err := tx.QueryRowContext(ctx, `
			SELECT c.seq, c.send_state, c.case_state, c.receipt_number, ifnull(h.kind, ''), ifnull(w.state, ''),
				h.removed_at IS NOT NULL
			FROM complaint c LEFT JOIN channel h ON h.id = c.channel_id LEFT JOIN withdrawal w ON w.complaint = c.seq
			WHERE c.uuid = ?`, id).Scan(&seq, &c.SendState, &c.CaseState, &c.ReceiptNumber, &c.ChannelKind, &had.State, &gone)
		switch {
		case errors.Is(err, sql.ErrNoRows):
			return noComplaint(op)
		case err != nil:
			return err
		}
		if err := filing.RefuseWithdrawal(op, c, had); err != nil {
			return err
		}
		if gone {
			return domain.E(op, domain.Conflict, "complaint.withdraw_no_channel", nil, nil)
		}
		_, err = tx.ExecContext(ctx, `
			INSERT OR REPLACE INTO withdrawal (complaint, reason, state, asked_at, due_at) VALUES (?1, ?2, ?3, ?4, ?4)`,
			seq, reason, filing.WithdrawalAsked, now.UnixMilli())
		if err != nil {
			return err
		}
		return addEvent(ctx, tx, seq, event{at: now, kind: eventWithdrawal + string(filing.WithdrawalAsked), note: reason})
	})
}

// Withdrawals lists what is asked for; see filing.WithdrawalStore.
func (s *Store) Withdrawals(ctx context.Context, q filing.WithdrawalQuery) ([]filing.Withdrawal, error) {
	var w conds
	w.add("w.due_at IS NOT NULL")
	if q.ID != "" {
		w.add("c.uuid = ?", q.ID)
	}
	if q.ChannelID != 0 {
		w.add("c.channel_id = ?", q.ChannelID)
	}
	if !q.DueAt.IsZero() {
		// What is due later than any rule says was written while the clock was
		// wrong.
		w.add("(w.due_at <= ? OR w.due_at > ?)", q.DueAt.UnixMilli(), q.DueAt.Add(filing.LongestWait).UnixMilli())
	}
	var list []filing.Withdrawal
	err := s.view(ctx, "store.Withdrawals", func(tx *sql.Tx) (err error) {
		list, err = collect(ctx, tx, scanWithdrawal, withdrawalColumns+w.where()+" ORDER BY w.due_at, w.complaint LIMIT ?",
			append(w.args, q.Limit)...)
		return err
	})
	return list, err
}

const withdrawalColumns = `
	SELECT c.uuid, c.channel_id, c.receipt_number, w.reason, w.state, w.asked_at, w.ended_at, w.due_at, w.tries, w.unanswered,
		w.error_key, w.detail
	FROM withdrawal w JOIN complaint c ON c.seq = w.complaint`

func scanWithdrawal(row scanner) (w filing.Withdrawal, err error) {
	var asked int64
	var ended, due sql.NullInt64
	err = row.Scan(&w.ID, &w.ChannelID, &w.ReceiptNumber, &w.Reason, &w.State, &asked, &ended, &due, &w.Tries, &w.Unanswered,
		&w.ErrorKey, &w.Detail)
	w.AskedAt, w.EndedAt, w.DueAt = at(asked), moment(ended), moment(due)
	return w, err
}

// Withdrawal gives what there is of a complaint.
func (s *Store) Withdrawal(ctx context.Context, id domain.ComplaintID) (w filing.Withdrawal, ok bool, err error) {
	err = s.view(ctx, "store.Withdrawal", func(tx *sql.Tx) error {
		w, err = scanWithdrawal(tx.QueryRowContext(ctx, withdrawalColumns+" WHERE c.uuid = ?", id))
		if errors.Is(err, sql.ErrNoRows) {
			return nil
		}
		ok = err == nil
		return err
	})
	return w, ok, err
}

// RecordWithdrawal writes the end of a try; see filing.WithdrawalStore.
func (s *Store) RecordWithdrawal(ctx context.Context, r filing.WithdrawalResult) (changed bool, err error) {
	const op = "store.RecordWithdrawal"
	err = s.update(ctx, op, func(tx *sql.Tx) error {
		changed = false
		var seq int64
		var before filing.WithdrawalState
		err := tx.QueryRowContext(ctx, `
			SELECT w.complaint, w.state FROM withdrawal w JOIN complaint c ON c.seq = w.complaint WHERE c.uuid = ?`, r.ID).
			Scan(&seq, &before)
		switch {
		case errors.Is(err, sql.ErrNoRows):
			return noComplaint(op)
		case err != nil:
			return err
		}
		changed = r.State.Outranks(before)
		if !changed && before != filing.WithdrawalAsked {
			return nil // another process has the better answer
		}
		ended := time.Time{}
		if r.State != filing.WithdrawalAsked {
			ended, r.DueAt = r.Now, time.Time{}
		}
		_, err = tx.ExecContext(ctx, `
			UPDATE withdrawal SET state = ?, ended_at = ?, due_at = ?, tries = tries + ?, unanswered = unanswered OR ?,
				error_key = ?, detail = ? WHERE complaint = ?`,
			r.State, millis(ended), millis(r.DueAt), r.Counts, r.Unanswered, r.ErrorKey, r.Detail, seq)
		if err != nil || !changed {
			return err
		}
		if _, err := tx.ExecContext(ctx, "UPDATE complaint SET updated_at = ? WHERE seq = ?", r.Now.UnixMilli(), seq); err != nil {
			return err
		}
		note := r.ErrorKey
		if r.State == filing.WithdrawalDone || r.State == filing.WithdrawalClosed {
			note = ""
		}
		if err := stopUploads(ctx, tx, seq); err != nil {
			return err
		}
		return addEvent(ctx, tx, seq, event{at: r.Now, kind: eventWithdrawal + string(r.State), note: note})
	})
	return changed && err == nil, err
}

// takesNoFiles is true of a complaint c whose endpoint takes no more of it.
const takesNoFiles = `EXISTS (SELECT 1 FROM withdrawal w WHERE w.complaint = c.seq AND w.state IN ('done', 'closed'))`

// stopUploads leaves the files of a complaint that is withdrawn where they are.
func stopUploads(ctx context.Context, tx *sql.Tx, seq int64) error {
	_, err := tx.ExecContext(ctx, `
		UPDATE evidence AS e SET state = 'stored', due_at = NULL FROM complaint c
		WHERE c.seq = e.complaint AND c.seq = ? AND e.due_at IS NOT NULL AND `+takesNoFiles, seq)
	return err
}
