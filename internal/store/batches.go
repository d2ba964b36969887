package store

import (
	"context"
	"database/sql"
	"encoding/json"
	"errors"
	"fmt"
	"time"

	"quietline/internal/domain"
	"quietline/internal/filing"
)

// batchGoesOn is true of a complaint c whose batch is not paused.
const batchGoesOn = "(c.batch = '' OR c.batch NOT IN (SELECT id FROM batch WHERE paused_at IS NOT NULL))"

// BeginBatch makes a batch or gives an unfinished one to a new writer; see
// filing.BatchStore.
func (s *Store) BeginBatch(ctx context.Context, b filing.NewBatch) (start filing.BatchStart, err error) {
	const op = "store.BeginBatch"
	titles, err := json.Marshal(b.Titles)
	if err != nil {
		return start, explain(ctx, op, s.path, err)
	}
	err = s.update(ctx, op, func(tx *sql.Tx) error {
		if _, err := liveKind(ctx, tx, op, domain.Complaint{ChannelID: b.ChannelID}); err != nil {
			return err
		}
		err := tx.QueryRowContext(ctx, `
			UPDATE batch SET writer = ? WHERE seq = (
				SELECT max(seq) FROM batch WHERE digest = ? AND mapping = ? AND sheet = ? AND channel_id = ?
					AND finished_at IS NULL AND cancelled_at IS NULL)
			RETURNING id, last_line, rows, queued, duplicates, rejected`,
			b.Writer, b.Digest, b.Mapping, b.Sheet, b.ChannelID).
			Scan(&start.ID, &start.Line, &start.Rows, &start.Queued, &start.Duplicates, &start.Rejected)
		if !errors.Is(err, sql.ErrNoRows) {
			return err
		}
		// One more than the last of the day: a batch is never removed on its own.
		n, err := scanValue[int](tx.QueryRowContext(ctx,
			"SELECT 1 + ifnull(max(CAST(substr(id, length(?1) + 2) AS INTEGER)), 0) FROM batch WHERE id LIKE ?1 || '-%'", b.Day))
		if err != nil {
			return err
		}
		start.ID = fmt.Sprintf("%s-%d", b.Day, n)
		_, err = tx.ExecContext(ctx, `
			INSERT INTO batch (id, file, sheet, titles, channel_id, digest, mapping, writer, created_at)
			VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)`,
			start.ID, b.File, b.Sheet, string(titles), b.ChannelID, b.Digest, b.Mapping, b.Writer, b.Now.UnixMilli())
		return err
	})
	return start, err
}

// heldBatch is a batch that a writer may add to.
type heldBatch struct {
	seq     int64
	channel domain.ChannelID
	kind    domain.ChannelKind
}

// holdBatch fails where the batch is no longer this writer's to add to.
func holdBatch(ctx context.Context, tx *sql.Tx, op, id, writer string) (b heldBatch, err error) {
	var by string
	var cancelled bool
	err = tx.QueryRowContext(ctx, `
		SELECT b.seq, b.channel_id, h.kind, b.writer, b.cancelled_at IS NOT NULL
		FROM batch b JOIN channel h ON h.id = b.channel_id WHERE b.id = ?`, id).
		Scan(&b.seq, &b.channel, &b.kind, &by, &cancelled)
	switch {
	case errors.Is(err, sql.ErrNoRows):
		err = noBatch(op, id)
	case err != nil:
	case cancelled:
		err = domain.E(op, domain.Conflict, "batch.cancelled", domain.Args{"ID": id}, nil)
	case by != writer:
		err = domain.E(op, domain.Conflict, "batch.taken_over", domain.Args{"ID": id}, nil)
	}
	return b, err
}

func noBatch(op, id string) error {
	return domain.E(op, domain.NotFound, "batch.not_found", domain.Args{"ID": domain.Clip(id, 40)}, nil)
}

// FinishBatch notes that the sheet was read to its end.
func (s *Store) FinishBatch(ctx context.Context, id, writer string, now time.Time) error {
	const op = "store.FinishBatch"
	return s.update(ctx, op, func(tx *sql.Tx) error {
		b, err := holdBatch(ctx, tx, op, id, writer)
		if err == nil {
			_, err = tx.ExecContext(ctx, "UPDATE batch SET finished_at = ? WHERE seq = ?", now.UnixMilli(), b.seq)
		}
		return err
	})
}

// PauseBatch keeps a batch back or lets it go on; see filing.BatchStore.
func (s *Store) PauseBatch(ctx context.Context, id string, paused bool, now time.Time) error {
	const op = "store.PauseBatch"
	return s.update(ctx, op, func(tx *sql.Tx) error {
		var cancelled bool
		err := tx.QueryRowContext(ctx, `
			UPDATE batch SET paused_at = CASE WHEN cancelled_at IS NULL AND ?1 THEN ifnull(paused_at, ?2) END
			WHERE id = ?3 RETURNING cancelled_at IS NOT NULL`, paused, now.UnixMilli(), id).Scan(&cancelled)
		switch {
		case errors.Is(err, sql.ErrNoRows):
			return noBatch(op, id)
		case err == nil && cancelled:
			return domain.E(op, domain.Conflict, "batch.cancelled", domain.Args{"ID": id}, nil)
		}
		return err
	})
}

// certainlyHere is true of a complaint that waits and is certainly not at the
// endpoint: what domain.SendState.Cancellable says of it.
const certainlyHere = `(send_state = 'queued' OR send_state = 'retry' AND NOT EXISTS (
	SELECT 1 FROM attempt a WHERE a.complaint = complaint.seq
		AND a.outcome NOT IN ('paused', 'failed') AND NOT (a.outcome = 'retry' AND a.http_status = 0)))`

const takenBack = "batch = ? AND batch <> '' AND " + certainlyHere

// BatchRests says whether a batch is paused or cancelled; see filing.OutboxStore.
func (s *Store) BatchRests(ctx context.Context, id string) (paused, cancelled bool, err error) {
	err = s.view(ctx, "store.BatchRests", func(tx *sql.Tx) error {
		err := tx.QueryRowContext(ctx, "SELECT paused_at IS NOT NULL, cancelled_at IS NOT NULL FROM batch WHERE id = ?", id).
			Scan(&paused, &cancelled)
		if errors.Is(err, sql.ErrNoRows) {
			return nil
		}
		return err
	})
	return paused, cancelled, err
}

// CancelBatch takes back what waits; see filing.BatchStore.
func (s *Store) CancelBatch(ctx context.Context, id string, now time.Time) (done filing.BatchCancelled, err error) {
	const op = "store.CancelBatch"
	at := now.UnixMilli()
	err = s.update(ctx, op, func(tx *sql.Tx) error {
		// It is over, so there is nothing left to pause: what is uncertain is to be
		// cleared up.
		known, err := affected(tx.ExecContext(ctx,
			"UPDATE batch SET cancelled_at = ifnull(cancelled_at, ?), paused_at = NULL WHERE id = ?", at, id))
		if err == nil && !known {
			err = noBatch(op, id)
		}
		if err != nil {
			return err
		}
		for _, q := range []struct {
			query string
			args  []any
		}{
			{"UPDATE outbox SET due_at = NULL WHERE complaint IN (SELECT seq FROM complaint WHERE " + takenBack + ")", []any{id}},
			{
				"INSERT INTO event (complaint, at, kind, send_state, case_state) SELECT seq, ?, ?, ?, case_state FROM complaint WHERE " + takenBack,
				[]any{at, eventCancelled, domain.SendCancelled, id},
			},
		} {
			if _, err := tx.ExecContext(ctx, q.query, q.args...); err != nil {
				return err
			}
		}
		r, err := tx.ExecContext(ctx, "UPDATE complaint SET send_state = ?, updated_at = ? WHERE "+takenBack, domain.SendCancelled, at, id)
		if err != nil {
			return err
		}
		n, err := r.RowsAffected()
		if err != nil {
			return err
		}
		done.TakenBack = int(n)
		if err := clearUpCancelled(ctx, tx, "batch = ? AND batch <> ''", id, now); err != nil {
			return err
		}
		return tx.QueryRowContext(ctx, `
			SELECT count(*) FILTER (WHERE send_state IN ('sent', 'token')),
				count(*) FILTER (WHERE send_state IN ('sending', 'unknown', 'retry'))
			FROM complaint WHERE batch = ? AND batch <> ''`, id).Scan(&done.Filed, &done.Uncertain)
	})
	return done, err
}

var _ filing.BatchStore = (*Store)(nil)
