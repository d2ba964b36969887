package store

import (
	"context"
	"database/sql"
	"time"

	"quietline/internal/domain"
	"quietline/internal/filing"
)

// Release gives back what the owner holds without a result; see
// filing.OutboxStore.
func (s *Store) Release(ctx context.Context, owner string, now time.Time) error {
	return s.update(ctx, "store.Release", func(tx *sql.Tx) error {
		if err := unsettle(ctx, tx, owner, now); err != nil {
			return err
		}
		held, err := collect(ctx, tx, func(row scanner) (seq int64, err error) {
			err = row.Scan(&seq)
			return seq, err
		}, "SELECT complaint FROM outbox WHERE lease_owner = ?", owner)
		if err != nil {
			return err
		}
		for _, seq := range held {
			// A row with a token was not sent again, so it stays as it is.
			_, err := tx.ExecContext(ctx, "UPDATE complaint SET send_state = ?, updated_at = ? WHERE seq = ? AND send_state <> ?",
				domain.SendUnknown, now.UnixMilli(), seq, domain.SendToken)
			if err != nil {
				return err
			}
			if err := interrupt(ctx, tx, seq, now); err != nil {
				return err
			}
		}
		// Not later than now, and not behind those that came after it.
		_, err = tx.ExecContext(ctx, `
			UPDATE outbox SET due_at = min(due_at, ?), lease_owner = NULL, lease_until = NULL
			WHERE lease_owner = ?`, now.UnixMilli(), owner)
		return err
	})
}

// Hasten makes what waits for a later try due now; see filing.OutboxStore.
func (s *Store) Hasten(ctx context.Context, r filing.HastenRequest) error {
	return s.update(ctx, "store.Hasten", func(tx *sql.Tx) error {
		_, err := tx.ExecContext(ctx, `
			UPDATE outbox AS o SET due_at = ?1 FROM complaint c
			WHERE c.seq = o.complaint AND o.due_at > ?1 AND (o.lease_until IS NULL OR o.lease_until <= ?1)
				AND (?2 = '' OR c.uuid = ?2) AND (?3 = 0 OR c.channel_id = ?3) AND (?4 = '' OR c.batch = ?4)
				AND (NOT ?5 OR o.tries = 0 AND o.due_at > ?6)`,
			r.Now.UnixMilli(), r.ID, r.ChannelID, r.Batch, r.Untried, r.Now.Add(filing.LongestUntried).UnixMilli())
		return err
	})
}

// Pending counts what is not finished for the selection of the request. What
// the owner holds itself is not counted. A row counts once: as leased, else as
// paused, else as waiting or due.
func (s *Store) Pending(ctx context.Context, r filing.ClaimRequest) (filing.Pending, error) {
	w := selection(r)
	w.add("(o.lease_owner IS NOT ? OR o.lease_until <= ?)", r.Owner, r.Now.UnixMilli())
	// ?1 is now, in the outer query too.
	query := `
		WITH held AS (
			SELECT c.send_state, o.lease_until, max(o.due_at, h.hold_until) AS ready_at, CASE
				WHEN o.lease_until > ?1 THEN 'leased'
				WHEN h.paused <> '' OR NOT ` + batchGoesOn + ` THEN 'paused'
				WHEN max(o.due_at, h.hold_until) > ?1 THEN 'waiting'
				ELSE 'due' END AS what
			FROM outbox o CROSS JOIN complaint c ON c.seq = o.complaint CROSS JOIN channel h ON h.id = c.channel_id` +
		w.where() + `)
		SELECT count(*) FILTER (WHERE what = 'due'), count(*) FILTER (WHERE what = 'leased'),
			count(*) FILTER (WHERE what = 'waiting'), count(*) FILTER (WHERE what = 'paused'),
			count(*) FILTER (WHERE send_state = 'token'),
			min(CASE what WHEN 'waiting' THEN ready_at WHEN 'leased' THEN lease_until END)
		FROM held`
	var p filing.Pending
	err := s.view(ctx, "store.Pending", func(tx *sql.Tx) error {
		var next sql.NullInt64
		err := tx.QueryRowContext(ctx, query, append([]any{r.Now.UnixMilli()}, w.args...)...).
			Scan(&p.Due, &p.Leased, &p.Waiting, &p.Paused, &p.Tokens, &next)
		p.NextAt = moment(next)
		return err
	})
	return p, err
}
