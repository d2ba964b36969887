package store

import (
	"context"
	"database/sql"
	"encoding/json"
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
	err := s.update(ctx, "store.Claim", func(tx *sql.Tx) (err error) {
		if err := endImpossibleWaits(ctx, tx, r.Now); err != nil {
			return err
		}
		if err := unsettle(ctx, tx, "", r.Now); err != nil {
			return err
		}
		jobs, err = lease(ctx, tx, r)
		return err
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

// lease takes due rows for the owner and gives them as jobs; what follows is
// done for all of them at once, because a portion may be large.
func lease(ctx context.Context, tx *sql.Tx, r filing.ClaimRequest) ([]filing.Job, error) {
	w := selection(r)
	now := r.Now.UnixMilli()
	w.add("o.due_at <= ?", now)
	w.add("(o.lease_until IS NULL OR o.lease_until <= ?)", now)
	w.add("h.paused = '' AND h.hold_until <= ?", now)
	w.add(batchGoesOn)
	var rows []int64
	keyless := max(0, r.Limit-r.Ahead) // how many of these may be taken
	// CROSS JOIN keeps the order of the loops: along the index of due rows.
	var jobs []filing.Job
	_, err := collect(ctx, tx, func(row scanner) (none struct{}, err error) {
		seq, kind, job, err := scanJob(row)
		if kind.Keyless() && job.State != domain.SendToken {
			if keyless == 0 {
				return none, err
			}
			keyless--
		}
		rows, jobs = append(rows, seq), append(jobs, job)
		return none, err
	}, `SELECT o.complaint, o.idempotency_key, o.payload, o.tries,
			c.uuid, c.channel_id, c.send_state, c.token, c.attempts + 1, c.queued_at, h.kind, c.batch
		FROM outbox o CROSS JOIN complaint c ON c.seq = o.complaint
			CROSS JOIN channel h ON h.id = c.channel_id`+w.where()+`
		ORDER BY o.due_at, o.complaint LIMIT ?`, append(w.args, r.Limit)...)
	if err != nil || len(jobs) == 0 {
		return nil, err
	}
	these, err := json.Marshal(rows)
	if err != nil {
		return nil, err
	}
	_, err = tx.ExecContext(ctx, "UPDATE outbox SET lease_owner = ?, lease_until = ? WHERE complaint IN (SELECT value FROM json_each(?))",
		r.Owner, r.Until.UnixMilli(), string(these))
	if err != nil {
		return nil, err
	}
	return jobs, beginAttempts(ctx, tx, string(these), r.Now)
}

func scanJob(row scanner) (seq int64, kind domain.ChannelKind, j filing.Job, err error) {
	var queued sql.NullInt64
	err = row.Scan(&seq, &j.Key, &j.Payload, &j.Tries, &j.ComplaintID, &j.ChannelID, &j.State, &j.Token, &j.AttemptN, &queued, &kind, &j.Batch)
	j.QueuedAt = moment(queued)
	return seq, kind, j, err
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
	if r.Tokens {
		w.add("c.send_state = ?", domain.SendToken)
	}
	return w
}

// beginAttempts notes an attempt of each of these complaints (a JSON list) and
// moves them to sending; one with a token keeps its state, for it is not sent
// again. An attempt that was still running is interrupted: its worker died.
func beginAttempts(ctx context.Context, tx *sql.Tx, these string, now time.Time) error {
	died, err := collect(ctx, tx, scanValue[int64], `
		UPDATE attempt SET outcome = ?, ended_at = ?
		WHERE outcome = ? AND complaint IN (SELECT value FROM json_each(?)) RETURNING complaint`,
		domain.AttemptInterrupted, now.UnixMilli(), domain.AttemptRunning, these)
	if err != nil {
		return err
	}
	for _, seq := range died {
		if err := addEvent(ctx, tx, seq, event{at: now, kind: eventAttempt + string(domain.AttemptInterrupted)}); err != nil {
			return err
		}
	}
	_, err = tx.ExecContext(ctx, `
		UPDATE complaint SET send_state = CASE send_state WHEN ?1 THEN ?1 ELSE ?2 END, attempts = attempts + 1, updated_at = ?3
		WHERE seq IN (SELECT value FROM json_each(?4))`,
		domain.SendToken, domain.SendSending, now.UnixMilli(), these)
	if err != nil {
		return err
	}
	_, err = tx.ExecContext(ctx, `
		INSERT INTO attempt (complaint, n, started_at, outcome)
		SELECT seq, attempts, ?, ? FROM complaint WHERE seq IN (SELECT value FROM json_each(?))`,
		now.UnixMilli(), domain.AttemptRunning, these)
	return err
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
