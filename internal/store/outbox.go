package store

import (
	"cmp"
	"context"
	"database/sql"
	"encoding/json"
	"errors"
	"slices"
	"time"

	"quietline/internal/domain"
	"quietline/internal/filing"
)

// Claim leases up to Limit due rows in one transaction, oldest due first; see
// filing.OutboxStore. The transaction holds the write lock of the file from
// its beginning, so two workers never see the same row free.
func (s *Store) Claim(ctx context.Context, r filing.ClaimRequest) ([]filing.Job, error) {
	if r.Limit < 1 {
		return nil, nil
	}
	var jobs []filing.Job
	err := s.update(ctx, "store.Claim", func(tx *sql.Tx) error {
		if err := endImpossibleWaits(ctx, tx, r.Now); err != nil {
			return err
		}
		leased, err := lease(ctx, tx, r)
		if err != nil {
			return err
		}
		jobs = make([]filing.Job, 0, len(leased))
		for _, l := range leased {
			if err := beginAttempt(ctx, tx, &l, r.Now); err != nil {
				return err
			}
			jobs = append(jobs, l.Job)
		}
		return nil
	})
	if err != nil {
		return nil, err
	}
	return jobs, nil
}

// endImpossibleWaits ends what no rule puts that far off: it was written while
// the clock was wrong, and would wait until the clock is as wrong again.
func endImpossibleWaits(ctx context.Context, tx *sql.Tx, now time.Time) error {
	at, far := now.UnixMilli(), now.Add(filing.LongestWait).UnixMilli()
	for _, q := range []struct {
		query string
		limit int64
	}{
		{"UPDATE outbox SET due_at = ? WHERE due_at > ?", far},
		{"UPDATE outbox SET lease_until = ? WHERE lease_owner IS NOT NULL AND lease_until > ?", now.Add(filing.MaxLease).UnixMilli()},
		{"UPDATE channel SET hold_until = ? WHERE hold_until > ?", far},
	} {
		if _, err := tx.ExecContext(ctx, q.query, at, q.limit); err != nil {
			return err
		}
	}
	return nil
}

// leasedRow is an outbox row that was just leased; its complaint is as before.
type leasedRow struct {
	filing.Job
	seq, dueAt int64
}

func lease(ctx context.Context, tx *sql.Tx, r filing.ClaimRequest) ([]leasedRow, error) {
	w := selection(r)
	now := r.Now.UnixMilli()
	w.add("o.due_at <= ?", now)
	w.add("(o.lease_until IS NULL OR o.lease_until <= ?)", now)
	w.add("h.paused = '' AND h.hold_until <= ?", now)
	args := slices.Concat([]any{r.Owner, r.Until.UnixMilli()}, w.args, []any{r.Limit})
	// CROSS JOIN keeps the order of the loops: along the index of due rows.
	leased, err := collect(ctx, tx, func(row scanner) (l leasedRow, err error) {
		err = row.Scan(&l.seq, &l.Key, &l.Payload, &l.Tries, &l.dueAt)
		return l, err
	}, `UPDATE outbox SET lease_owner = ?, lease_until = ? WHERE complaint IN (
			SELECT o.complaint FROM outbox o CROSS JOIN complaint c ON c.seq = o.complaint
				CROSS JOIN channel h ON h.id = c.channel_id`+w.where()+`
			ORDER BY o.due_at, o.complaint LIMIT ?)
		RETURNING complaint, idempotency_key, payload, tries, due_at`, args...)
	if err != nil {
		return nil, err
	}
	// RETURNING promises no order.
	slices.SortFunc(leased, func(a, b leasedRow) int {
		return cmp.Or(cmp.Compare(a.dueAt, b.dueAt), cmp.Compare(a.seq, b.seq))
	})
	return leased, nil
}

// selection restricts outbox o and complaint c to the rows a worker asks for
// that are not finished.
func selection(r filing.ClaimRequest) conds {
	var w conds
	w.add("o.due_at IS NOT NULL")
	if r.ChannelID != 0 {
		w.add("c.channel_id = ?", r.ChannelID)
	}
	if r.Batch != "" {
		w.add("c.batch = ?", r.Batch)
	}
	return w
}

// beginAttempt completes the job, moves its complaint to sending (one with a
// token keeps its state: it is not sent again) and notes the attempt.
func beginAttempt(ctx context.Context, tx *sql.Tx, l *leasedRow, now time.Time) error {
	var queued sql.NullInt64
	err := tx.QueryRowContext(ctx, `
		SELECT uuid, channel_id, send_state, token, attempts + 1, queued_at FROM complaint WHERE seq = ?`, l.seq).
		Scan(&l.ComplaintID, &l.ChannelID, &l.State, &l.Token, &l.AttemptN, &queued)
	if err != nil {
		return err
	}
	l.QueuedAt = moment(queued)
	if err := interrupt(ctx, tx, l.seq, now); err != nil {
		return err
	}
	_, err = tx.ExecContext(ctx, `
		UPDATE complaint SET send_state = ?, attempts = ?, updated_at = ? WHERE seq = ?`,
		stateWhileClaimed(l.State), l.AttemptN, now.UnixMilli(), l.seq)
	if err != nil {
		return err
	}
	_, err = tx.ExecContext(ctx, "INSERT INTO attempt (complaint, n, started_at, outcome) VALUES (?, ?, ?, ?)",
		l.seq, l.AttemptN, now.UnixMilli(), domain.AttemptRunning)
	return err
}

func stateWhileClaimed(before domain.SendState) domain.SendState {
	if before == domain.SendToken {
		return domain.SendToken
	}
	return domain.SendSending
}

// Renew moves the end of the owner's leases on these complaints.
func (s *Store) Renew(ctx context.Context, owner string, ids []domain.ComplaintID, until time.Time) error {
	list, err := json.Marshal(ids)
	if err != nil {
		return explain(ctx, "store.Renew", s.path, err)
	}
	return s.update(ctx, "store.Renew", func(tx *sql.Tx) error {
		_, err := tx.ExecContext(ctx, `
			UPDATE outbox SET lease_until = ? WHERE lease_owner = ?
				AND complaint IN (SELECT c.seq FROM json_each(?) j JOIN complaint c ON c.uuid = j.value)`,
			until.UnixMilli(), owner, string(list))
		return err
	})
}

// Record writes a result in one transaction, provided the owner still holds
// the lease for this attempt; held is false where it was lost, and then
// nothing is written. A lease that ended but that nobody else took is still
// held: the result is known, and there is no reason to lose it.
func (s *Store) Record(ctx context.Context, r filing.Result) (held bool, err error) {
	problems, err := problemsJSON(r.Problems)
	if err != nil {
		return false, explain(ctx, "store.Record", s.path, err)
	}
	err = s.update(ctx, "store.Record", func(tx *sql.Tx) error {
		var seq int64
		var before domain.CaseState
		err := tx.QueryRowContext(ctx, `
			SELECT c.seq, c.case_state FROM complaint c JOIN outbox o ON o.complaint = c.seq
			WHERE c.uuid = ? AND o.lease_owner = ? AND c.attempts = ?`,
			r.ComplaintID, r.Owner, r.AttemptN).Scan(&seq, &before)
		if errors.Is(err, sql.ErrNoRows) {
			return nil
		}
		if err != nil {
			return err
		}
		held = true
		if err := endAttempt(ctx, tx, seq, r); err != nil {
			return err
		}
		if err := applyResult(ctx, tx, seq, r, problems); err != nil {
			return err
		}
		if err := releaseEvidence(ctx, tx, seq, r.State, r.Now); err != nil {
			return err
		}
		note := r.ErrorKey
		if r.ReceiptNumber != "" {
			note = r.ReceiptNumber
		}
		if err := addEvent(ctx, tx, seq, event{at: r.Now, kind: eventAttempt + string(r.Outcome), note: note}); err != nil {
			return err
		}
		if r.CaseState == domain.CaseNone || r.CaseState == before {
			return nil
		}
		return addEvent(ctx, tx, seq, event{at: r.Now, kind: eventCaseState})
	})
	return held && err == nil, err
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
