package store

import (
	"context"
	"database/sql"
	"strings"
	"time"

	"quietline/internal/domain"
	"quietline/internal/filing"
)

// minIDPrefix is the shortest beginning of an ID that is looked up.
const minIDPrefix = 4

// The next attempt is shown only while there will be one.
const complaintColumns = `
	SELECT c.seq, c.uuid, ifnull(c.person_id, 0), c.stated, ifnull(c.channel_id, 0), ifnull(h.name, ''), ifnull(h.kind, ''), c.batch, c.body,
		c.send_state, c.case_state, c.receipt_number, c.token, c.attempts, c.last_error, c.problems,
		c.created_at, c.updated_at, c.queued_at,
		CASE WHEN c.send_state IN ('queued', 'retry', 'unknown', 'token') THEN o.due_at END
	FROM complaint c LEFT JOIN channel h ON h.id = c.channel_id LEFT JOIN outbox o ON o.complaint = c.seq`

type complaintRow struct {
	seq int64
	domain.Complaint
}

func scanComplaint(row scanner) (complaintRow, error) {
	var c complaintRow
	var body string
	var stated, problems sql.NullString
	var created, updated int64
	var queued, next sql.NullInt64
	err := row.Scan(&c.seq, &c.ID, &c.PersonID, &stated, &c.ChannelID, &c.Channel, &c.ChannelKind, &c.Batch, &body,
		&c.SendState, &c.CaseState, &c.ReceiptNumber, &c.Token, &c.Attempts, &c.LastError, &problems,
		&created, &updated, &queued, &next)
	if err != nil {
		return c, err
	}
	c.CreatedAt, c.UpdatedAt = at(created), at(updated)
	c.QueuedAt, c.NextAttemptAt = moment(queued), moment(next)
	if stated.Valid {
		if err := fromJSON(stated.String, &c.Stated); err != nil {
			return c, err
		}
	}
	if problems.Valid {
		if err := fromJSON(problems.String, &c.Problems); err != nil {
			return c, err
		}
	}
	return c, fromJSON(body, &c.Body)
}

// Complaint finds by full ID or by a prefix of at least 4 characters that only
// one complaint has. Fails with NotFound "complaint.not_found" or Invalid
// "complaint.id_ambiguous".
func (s *Store) Complaint(ctx context.Context, idOrPrefix string) (domain.Complaint, error) {
	const op = "store.Complaint"
	prefix := strings.ToLower(strings.TrimSpace(idOrPrefix))
	if len(prefix) < minIDPrefix {
		return domain.Complaint{}, noComplaint(op)
	}
	var found []domain.Complaint
	err := s.view(ctx, op, func(tx *sql.Tx) error {
		var err error
		// "~" sorts behind everything that a UUID has.
		found, err = complaintsOf(ctx, tx, complaintColumns+" WHERE c.uuid >= ? AND c.uuid < ? ORDER BY c.uuid LIMIT 2",
			prefix, prefix+"~")
		return err
	})
	switch {
	case err != nil:
		return domain.Complaint{}, err
	case len(found) == 0:
		return domain.Complaint{}, noComplaint(op)
	case len(found) > 1 && string(found[0].ID) != prefix:
		return domain.Complaint{}, domain.E(op, domain.Invalid, "complaint.id_ambiguous", domain.Args{"ID": prefix}, nil)
	}
	return found[0], nil
}

// Complaints pages through the matching complaints, newest first: in the
// reverse order in which they were stored.
func (s *Store) Complaints(ctx context.Context, f domain.ComplaintFilter, p domain.Page) (filing.ComplaintPage, error) {
	const op = "store.Complaints"
	w := complaintConds(f, s.clock.Now())
	if p.After != "" {
		var seq int64
		if err := readCursor(op, complaintCursor, p.After, &seq); err != nil {
			return filing.ComplaintPage{}, err
		}
		w.add("c.seq < ?", seq)
	}
	limit := pageLimit(p)
	var page filing.ComplaintPage
	err := s.view(ctx, op, func(tx *sql.Tx) error {
		rows, err := collect(ctx, tx, scanComplaint,
			complaintColumns+w.where()+" ORDER BY c.seq DESC LIMIT ?", append(w.args, limit+1)...)
		if err != nil {
			return err
		}
		if len(rows) > limit {
			rows = rows[:limit]
			page.Next = makeCursor(complaintCursor, rows[limit-1].seq)
		}
		page.Complaints, err = withCalls(ctx, tx, rows)
		return err
	})
	if err != nil {
		return filing.ComplaintPage{}, err
	}
	return page, nil
}

func complaintConds(f domain.ComplaintFilter, now time.Time) conds {
	var w conds
	if f.Stuck {
		w.add(stuck, now.Add(-domain.StuckAfter).UnixMilli())
	}
	if f.SendState != "" {
		w.add("c.send_state = ?", f.SendState)
	}
	if f.CaseState != "" {
		w.add("c.case_state = ?", f.CaseState)
	}
	if f.Batch != "" {
		w.add("c.batch = ? AND c.batch <> ''", f.Batch)
	}
	if f.Number != "" {
		w.add("c.number = ?", f.Number)
	}
	// Complaints are few beside calls: LIKE will do.
	for _, word := range searchWords(f.Text) {
		pattern := likeAround(word)
		w.add(`(c.number LIKE ? ESCAPE '\' OR c.receipt_number LIKE ? ESCAPE '\'
			OR concat_ws(char(10), c.body ->> '$.description', c.body ->> '$.complainant.name',
				c.body ->> '$.complainant.on_behalf_of.name', c.body ->> '$.caller.displayed',
				c.body ->> '$.caller.listed_holder') LIKE ? ESCAPE '\')`, pattern, pattern, pattern)
	}
	return w
}

func complaintsOf(ctx context.Context, tx *sql.Tx, query string, args ...any) ([]domain.Complaint, error) {
	rows, err := collect(ctx, tx, scanComplaint, query, args...)
	if err != nil {
		return nil, err
	}
	return withCalls(ctx, tx, rows)
}

func withCalls(ctx context.Context, tx *sql.Tx, rows []complaintRow) ([]domain.Complaint, error) {
	var err error
	list := make([]domain.Complaint, len(rows))
	for i, row := range rows {
		list[i] = row.Complaint
		list[i].CallIDs, err = collect(ctx, tx, scanValue[domain.CallID],
			"SELECT call_id FROM complaint_call WHERE complaint = ? ORDER BY position", row.seq)
		if err != nil {
			return nil, err
		}
	}
	return list, nil
}
