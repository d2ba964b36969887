package store

import (
	"context"
	"database/sql"
	"errors"
	"strings"
	"time"

	"quietline/internal/domain"
	"quietline/internal/filing"
)

// Record writes results in one transaction, all of them or none, each provided
// its owner still holds the lease for this attempt; held is false where it was
// lost, and then nothing is written of that one, but for a late receipt of what is
// unsettled since. A lease that ended but that nobody else took is still held: the
// result is known, and there is no reason to lose it.
func (s *Store) Record(ctx context.Context, results []filing.Result) (held []bool, err error) {
	held = make([]bool, len(results))
	err = s.update(ctx, "store.Record", func(tx *sql.Tx) error {
		for i, r := range results {
			if held[i], err = recordOne(ctx, tx, r); err != nil {
				return err
			}
		}
		return nil
	})
	if err != nil {
		return nil, err
	}
	return held, nil
}

func recordOne(ctx context.Context, tx *sql.Tx, r filing.Result) (held bool, err error) {
	problems, err := problemsJSON(r.Problems)
	if err != nil {
		return false, err
	}
	seq, before, err := heldBy(ctx, tx, r)
	if errors.Is(err, sql.ErrNoRows) {
		return false, nil
	}
	if err != nil {
		return false, err
	}
	if err := endAttempt(ctx, tx, seq, r); err != nil {
		return false, err
	}
	if err := applyResult(ctx, tx, seq, r, problems); err != nil {
		return false, err
	}
	if err := releaseEvidence(ctx, tx, seq, r.State, r.Now); err != nil {
		return false, err
	}
	note := r.ErrorKey
	if r.ReceiptNumber != "" {
		note = r.ReceiptNumber
	}
	if err := addEvent(ctx, tx, seq, event{at: r.Now, kind: eventAttempt + string(r.Outcome), note: note}); err != nil {
		return false, err
	}
	if r.State == domain.SendRetry {
		return true, followCancelled(ctx, tx, seq, r.Now)
	}
	if r.CaseState == domain.CaseNone || r.CaseState == before {
		return true, nil
	}
	return true, addEvent(ctx, tx, seq, event{at: r.Now, kind: eventCaseState})
}

func applyResult(ctx context.Context, tx *sql.Tx, seq int64, r filing.Result, problems any) error {
	// Nothing known before is lost by a result that does not mention it,
	// except that a receipt number takes the place of the token.
	_, err := tx.ExecContext(ctx, `
		UPDATE complaint SET send_state = ?1, updated_at = ?2, last_error = ?3, problems = ?4,
			receipt_number = CASE WHEN ?5 <> '' THEN ?5 ELSE receipt_number END,
			token = CASE WHEN ?1 = 'sent' THEN '' WHEN ?6 <> '' THEN ?6 ELSE token END,
			case_state = CASE WHEN ?7 <> '' THEN ?7 ELSE case_state END
		WHERE seq = ?8`,
		r.State, r.Now.UnixMilli(), r.ErrorKey, problems, r.ReceiptNumber, r.Token, r.CaseState, seq)
	if err != nil {
		return err
	}
	_, err = tx.ExecContext(ctx, `
		UPDATE outbox SET due_at = ?, tries = tries + ?, lease_owner = NULL, lease_until = NULL
		WHERE complaint = ?`, millis(r.DueAt), r.Counts, seq)
	return err
}

func problemsJSON(list []domain.FieldProblem) (any, error) {
	if len(list) == 0 {
		return nil, nil
	}
	return optionalJSON(&list)
}

// PutBack gives back jobs that were claimed and never begun, as if they had not
// been claimed; see filing.OutboxStore.
func (s *Store) PutBack(ctx context.Context, owner string, jobs []filing.Job) error {
	return s.update(ctx, "store.PutBack", func(tx *sql.Tx) error {
		for _, j := range jobs {
			if err := putBack(ctx, tx, owner, j, s.clock.Now()); err != nil {
				return err
			}
		}
		return nil
	})
}

func putBack(ctx context.Context, tx *sql.Tx, owner string, j filing.Job, now time.Time) error {
	var seq int64
	err := tx.QueryRowContext(ctx, `
		SELECT c.seq FROM complaint c JOIN outbox o ON o.complaint = c.seq
		WHERE c.uuid = ? AND o.lease_owner = ? AND c.attempts = ?`, j.ComplaintID, owner, j.AttemptN).Scan(&seq)
	if errors.Is(err, sql.ErrNoRows) {
		return nil // it was taken over
	}
	if err != nil {
		return err
	}
	for _, q := range []struct {
		query string
		args  []any
	}{
		{"DELETE FROM attempt WHERE complaint = ? AND n = ?", []any{seq, j.AttemptN}},
		{"UPDATE complaint SET send_state = ?, attempts = attempts - 1 WHERE seq = ?", []any{j.StateBefore(), seq}},
		{"UPDATE outbox SET lease_owner = NULL, lease_until = NULL WHERE complaint = ?", []any{seq}},
	} {
		if _, err := tx.ExecContext(ctx, q.query, q.args...); err != nil {
			return err
		}
	}
	if j.Batch == "" {
		return nil
	}
	return followCancelled(ctx, tx, seq, now)
}

// followCancelled takes back a complaint whose batch was cancelled while it was
// claimed, if it is certainly not at the endpoint.
func followCancelled(ctx context.Context, tx *sql.Tx, seq int64, now time.Time) error {
	gone, err := affected(tx.ExecContext(ctx, `
		UPDATE complaint SET send_state = ?, updated_at = ?
		WHERE seq = ? AND batch IN (SELECT id FROM batch WHERE cancelled_at IS NOT NULL) AND `+certainlyHere,
		domain.SendCancelled, now.UnixMilli(), seq))
	if err != nil {
		return err
	}
	if !gone {
		return clearUpCancelled(ctx, tx, "seq = ? AND batch IN (SELECT id FROM batch WHERE cancelled_at IS NOT NULL)", seq, now)
	}
	if err := endWork(ctx, tx, seq, time.Time{}); err != nil {
		return err
	}
	return addEvent(ctx, tx, seq, event{at: now, kind: eventCancelled})
}

// clearUpCancelled makes what waits for another try and may be at the endpoint
// unknown: it is asked about once more by its key and, where the endpoint has
// nothing, not sent again; without keys a person settles it.
func clearUpCancelled(ctx context.Context, tx *sql.Tx, which string, arg any, now time.Time) error {
	_, err := tx.ExecContext(ctx, `
		UPDATE outbox SET due_at = CASE (SELECT h.kind FROM complaint c JOIN channel h ON h.id = c.channel_id WHERE c.seq = outbox.complaint)
			WHEN ?2 THEN NULL ELSE ?3 END
		WHERE complaint IN (SELECT seq FROM complaint WHERE send_state = ?4 AND `+strings.Replace(which, "?", "?1", 1)+`)`,
		arg, domain.ChannelOpen311, now.UnixMilli(), domain.SendRetry)
	if err != nil {
		return err
	}
	_, err = tx.ExecContext(ctx, "UPDATE complaint SET send_state = ?2, updated_at = ?3 WHERE send_state = ?4 AND "+strings.Replace(which, "?", "?1", 1),
		arg, domain.SendUnknown, now.UnixMilli(), domain.SendRetry)
	return err
}
