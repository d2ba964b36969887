package store

import (
	"context"
	"database/sql"
	"encoding/json"
	"strconv"
	"strings"
	"time"

	"quietline/internal/domain"
	"quietline/internal/filing"
)

// AddBatchRows keeps rows and queues their complaints in one transaction; see
// filing.BatchStore. Rows go in many at a time, because of the time that a row
// takes most is the way to SQLite and back.
func (s *Store) AddBatchRows(
	ctx context.Context, id, writer string, rows []filing.NewBatchRow, now time.Time,
) (added []filing.AddedRow, err error) {
	const op = "store.AddBatchRows"
	err = s.update(ctx, op, func(tx *sql.Tx) error {
		b, err := holdBatch(ctx, tx, op, id, writer)
		if err != nil {
			return err
		}
		kind, err := liveKind(ctx, tx, op, domain.Complaint{ChannelID: b.channel})
		if err != nil {
			return err
		}
		a := batchAdder{tx: tx, batch: b, id: id, now: now.UnixMilli(), rows: rows, due: millis(now)}
		if kind == domain.ChannelAssisted {
			a.due = nil // no worker ever sees it
		}
		added, err = a.add(ctx)
		return err
	})
	return added, err
}

// batchAdder adds rows to a batch within one transaction.
type batchAdder struct {
	tx    *sql.Tx
	batch heldBatch
	id    string
	now   int64
	due   any
	rows  []filing.NewBatchRow
	// out and complaint are what becomes of each row, and the number of its
	// complaint in this file, 0 for none.
	out       []filing.AddedRow
	complaint []int64
}

func (a *batchAdder) add(ctx context.Context) ([]filing.AddedRow, error) {
	first, err := scanValue[int64](a.tx.QueryRowContext(ctx, `
		SELECT 1 + max(ifnull((SELECT seq FROM sqlite_sequence WHERE name = 'complaint'), 0), ifnull((SELECT max(seq) FROM complaint), 0))`))
	if err != nil {
		return nil, err
	}
	next, err := a.decide(ctx, first)
	if err != nil {
		return nil, err
	}
	for _, step := range []func(context.Context) error{a.complaints, a.outbox, a.seconds, a.kept} {
		if err := step(ctx); err != nil {
			return nil, err
		}
	}
	for _, e := range []struct {
		kind  string
		state domain.SendState
	}{{eventCreated, domain.SendDraft}, {eventQueued, domain.SendQueued}} {
		_, err := a.tx.ExecContext(ctx, `
			INSERT INTO event (complaint, at, kind, send_state) SELECT seq, ?, ?, ? FROM complaint WHERE seq >= ? AND seq < ? ORDER BY seq`,
			a.now, e.kind, e.state, first, next)
		if err != nil {
			return nil, err
		}
	}
	return a.out, a.count(ctx)
}

// decide says what becomes of each row. What is in the database already is asked
// by one query for all rows; only about the seconds that it knows it is asked in
// full.
func (a *batchAdder) decide(ctx context.Context, next int64) (int64, error) {
	list := make([]*domain.Complaint, len(a.rows))
	for i := range a.rows {
		if q := a.rows[i].Queue; q != nil {
			list[i] = &q.Complaint
		}
	}
	there, err := duplicatesOf(ctx, a.tx, list)
	if err != nil {
		return 0, err
	}
	a.out, a.complaint = make([]filing.AddedRow, len(list)), make([]int64, len(list))
	for i, c := range list {
		switch {
		case c == nil:
			a.out[i].State = filing.RowRejected
		case there[i].id != "":
			a.out[i], a.complaint[i] = filing.AddedRow{State: filing.RowDuplicate, Duplicate: there[i].id}, there[i].seq
		case there[i].row >= 0: // an earlier one of these
			at := there[i].row
			a.out[i], a.complaint[i] = filing.AddedRow{State: filing.RowDuplicate, Duplicate: list[at].ID}, a.complaint[at]
		default:
			a.out[i].State, a.complaint[i] = filing.RowQueued, next
			next++
		}
	}
	return next, nil
}

// complaints puts in the complaints that are queued.
func (a *batchAdder) complaints(ctx context.Context) error {
	in := many{
		tx: a.tx, head: "INSERT OR FAIL INTO complaint (channel_id, batch, send_state, created_at, updated_at, queued_at, seq, uuid, person_id, stated, number, body)",
		common: []any{int64(a.batch.channel), a.id, string(domain.SendQueued), a.now, a.now, a.now}, each: 6,
	}
	return a.queued(func(seq int64, q *filing.QueueRequest) error {
		c := &q.Complaint
		body := q.Payload
		if a.batch.kind == domain.ChannelOpen311 { // its payload is a form
			var err error
			if body, err = json.Marshal(c.Body); err != nil {
				return err
			}
		}
		stated, err := statedJSON(*c)
		if err != nil {
			return err
		}
		return in.add(ctx, seq, string(c.ID), orNull(c.PersonID), stated, c.Body.Caller.Number, string(body))
	}, func() error { return in.flush(ctx) })
}

func (a *batchAdder) outbox(ctx context.Context) error {
	in := many{
		tx: a.tx, head: "INSERT OR FAIL INTO outbox (due_at, complaint, idempotency_key, payload, payload_sha256)",
		common: []any{a.due}, each: 4,
	}
	return a.queued(func(seq int64, q *filing.QueueRequest) error {
		return in.add(ctx, seq, q.Key, q.Payload, q.PayloadSHA256)
	}, func() error { return in.flush(ctx) })
}

func (a *batchAdder) seconds(ctx context.Context) error {
	in := many{tx: a.tx, head: "INSERT OR FAIL INTO complaint_second (second, complaint)", each: 2}
	return a.queued(func(seq int64, q *filing.QueueRequest) error {
		return in.add(ctx, q.Complaint.Body.Calls[0].StartedAt.Unix(), seq)
	}, func() error { return in.flush(ctx) })
}

// queued calls back for every row whose complaint is queued, and at the end.
func (a *batchAdder) queued(each func(seq int64, q *filing.QueueRequest) error, end func() error) error {
	for i := range a.rows {
		if a.out[i].State == filing.RowQueued {
			if err := each(a.complaint[i], a.rows[i].Queue); err != nil {
				return err
			}
		}
	}
	return end()
}

// kept puts in the rows themselves.
func (a *batchAdder) kept(ctx context.Context) error {
	in := many{
		tx: a.tx, head: "INSERT OR FAIL INTO batch_row (batch, line, state, cells, problems, complaint)",
		common: []any{a.batch.seq}, each: 5,
	}
	for i := range a.rows {
		row := &a.rows[i]
		cells, err := json.Marshal(row.Cells)
		if err != nil {
			return err
		}
		var problems any
		if len(row.Problems) > 0 {
			if problems, err = optionalJSON(&row.Problems); err != nil {
				return err
			}
		}
		var complaint any
		if a.complaint[i] != 0 {
			complaint = a.complaint[i]
		}
		if err := in.add(ctx, int64(row.Line), string(a.out[i].State), string(cells), problems, complaint); err != nil {
			return err
		}
	}
	return in.flush(ctx)
}

// count adds to what the batch says it holds.
func (a *batchAdder) count(ctx context.Context) error {
	n := map[filing.RowState]int{}
	last := 0
	for i := range a.rows {
		n[a.out[i].State]++
		last = max(last, a.rows[i].Line)
	}
	_, err := a.tx.ExecContext(ctx, `
		UPDATE batch SET rows = rows + ?, queued = queued + ?, duplicates = duplicates + ?, rejected = rejected + ?,
			last_line = max(last_line, ?) WHERE seq = ?`,
		len(a.rows), n[filing.RowQueued], n[filing.RowDuplicate], n[filing.RowRejected], last, a.batch.seq)
	return err
}

// manyRows is how many rows go in with one statement.
const manyRows = 64

// many gathers rows for statements that insert many at once. The columns of
// common come first, with the same values in every row.
type many struct {
	tx     *sql.Tx
	head   string
	common []any
	each   int
	args   []any
	rows   int
}

func (m *many) add(ctx context.Context, args ...any) error {
	if m.args == nil {
		m.args = append(make([]any, 0, len(m.common)+manyRows*m.each), m.common...)
	}
	m.args = append(m.args, args...)
	if m.rows++; m.rows == manyRows {
		return m.flush(ctx)
	}
	return nil
}

func (m *many) flush(ctx context.Context) error {
	if m.rows == 0 {
		return nil
	}
	_, err := m.tx.ExecContext(ctx, m.statement(), m.args...)
	m.args, m.rows = m.args[:len(m.common)], 0
	return err
}

// statement is the same text for the same number of rows, so that SQLite reads it
// once (the driver keeps what it has read).
func (m *many) statement() string {
	var b strings.Builder
	b.WriteString(m.head + " VALUES ")
	for n := range m.rows {
		if n > 0 {
			b.WriteString(", ")
		}
		b.WriteByte('(')
		for i := range len(m.common) + m.each {
			if i > 0 {
				b.WriteString(", ")
			}
			number := i + 1
			if i >= len(m.common) {
				number += n * m.each
			}
			b.WriteString("?" + strconv.Itoa(number))
		}
		b.WriteByte(')')
	}
	return b.String()
}
