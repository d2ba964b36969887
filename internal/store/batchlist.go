package store

import (
	"context"
	"database/sql"

	"quietline/internal/domain"
	"quietline/internal/filing"
)

// Batches lists all, newest first.
func (s *Store) Batches(ctx context.Context) (list []filing.Batch, err error) {
	err = s.view(ctx, "store.Batches", func(tx *sql.Tx) error {
		list, err = batchesWhere(ctx, tx, "", nil)
		return err
	})
	return list, err
}

// Batch fails with NotFound "batch.not_found".
func (s *Store) Batch(ctx context.Context, id string) (b filing.Batch, err error) {
	const op = "store.Batch"
	err = s.view(ctx, op, func(tx *sql.Tx) error {
		list, err := batchesWhere(ctx, tx, " WHERE b.id = ?", []any{id})
		if err == nil && len(list) == 0 {
			err = noBatch(op, id)
		}
		if err == nil {
			b = list[0]
		}
		return err
	})
	return b, err
}

func batchesWhere(ctx context.Context, tx *sql.Tx, where string, args []any) ([]filing.Batch, error) {
	list, err := collect(ctx, tx, scanBatch, `
		SELECT b.id, b.file, b.sheet, b.titles, b.channel_id, h.name, h.kind, b.created_at, b.finished_at, b.paused_at,
			b.cancelled_at, b.rows, b.queued, b.duplicates, b.rejected
		FROM batch b JOIN channel h ON h.id = b.channel_id`+where+` ORDER BY b.seq DESC`, args...)
	if err != nil {
		return nil, err
	}
	for i := range list {
		if list[i].States, err = statesOf(ctx, tx, list[i].ID); err != nil {
			return nil, err
		}
	}
	return list, nil
}

func scanBatch(row scanner) (b filing.Batch, err error) {
	var titles string
	var created, finished, paused, cancelled sql.NullInt64
	err = row.Scan(&b.ID, &b.File, &b.Sheet, &titles, &b.ChannelID, &b.Channel, &b.ChannelKind, &created, &finished, &paused,
		&cancelled, &b.Rows, &b.Queued, &b.Duplicates, &b.Rejected)
	if err != nil {
		return b, err
	}
	b.CreatedAt, b.FinishedAt, b.PausedAt, b.CancelledAt = moment(created), moment(finished), moment(paused), moment(cancelled)
	return b, fromJSON(titles, &b.Titles)
}

func statesOf(ctx context.Context, tx *sql.Tx, batch string) (map[domain.SendState]int, error) {
	type count struct {
		state domain.SendState
		n     int
	}
	list, err := collect(ctx, tx, func(row scanner) (c count, err error) {
		err = row.Scan(&c.state, &c.n)
		return c, err
	}, "SELECT send_state, count(*) FROM complaint WHERE batch = ? AND batch <> '' GROUP BY send_state", batch)
	states := make(map[domain.SendState]int, len(list))
	for _, c := range list {
		states[c.state] = c.n
	}
	return states, err
}

// BatchRows pages through the rows behind a line; see filing.BatchStore.
func (s *Store) BatchRows(ctx context.Context, id string, f filing.BatchRowFilter, after, limit int) (page filing.BatchRowPage, err error) {
	const op = "store.BatchRows"
	err = s.view(ctx, op, func(tx *sql.Tx) error {
		found, err := collect(ctx, tx, scanValue[int64], "SELECT seq FROM batch WHERE id = ?", id)
		if err == nil && len(found) == 0 {
			err = noBatch(op, id)
		}
		if err != nil {
			return err
		}
		var w conds
		w.add("r.batch = ?", found[0])
		w.add("r.line > ?", after)
		if f.State != "" {
			w.add("r.state = ?", f.State)
		}
		if f.SendState != "" {
			w.add("c.send_state = ?", f.SendState)
		}
		page.Rows, err = collect(ctx, tx, scanBatchRow, `
			SELECT r.line, r.state, r.cells, r.problems, ifnull(c.uuid, ''), ifnull(c.send_state, ''),
				ifnull(c.case_state, ''), ifnull(c.receipt_number, ''), ifnull(c.last_error, ''), c.updated_at
			FROM batch_row r LEFT JOIN complaint c ON c.seq = r.complaint`+w.where()+` ORDER BY r.line LIMIT ?`,
			append(w.args, limit+1)...)
		if len(page.Rows) > limit {
			page.Rows = page.Rows[:limit]
			page.Next = page.Rows[limit-1].Line
		}
		return err
	})
	return page, err
}

func scanBatchRow(row scanner) (r filing.BatchRow, err error) {
	var cells string
	var problems sql.NullString
	var updated sql.NullInt64
	err = row.Scan(&r.Line, &r.State, &cells, &problems, &r.ComplaintID, &r.SendState, &r.CaseState, &r.ReceiptNumber,
		&r.LastError, &updated)
	if err == nil {
		err = fromJSON(cells, &r.Cells)
	}
	if err == nil && problems.Valid {
		err = fromJSON(problems.String, &r.Problems)
	}
	r.UpdatedAt = moment(updated)
	return r, err
}

// AllContacts lists everybody's contacts and those of each present person.
func (s *Store) AllContacts(ctx context.Context) ([]domain.Contact, error) { return s.Contacts(ctx, 0) }
