package store

import (
	"context"
	"database/sql"
	"errors"
	"strings"
	"time"

	"quietline/internal/domain"
	"quietline/internal/journal"
)

const callColumns = `
	SELECT c.id, c.person_id, c.number, ifnull(c.display, c.number), c.area_code, c.code, c.family, c.verdict,
		c.started_at, c.duration, c.ring, c.direction, c.ordinal, c.name, c.category, c.techniques, c.note, c.source,
		(SELECT p.name FROM person p WHERE p.id = c.person_id)
	FROM call c`

func scanCall(row scanner) (domain.Call, error) {
	var c domain.Call
	var started int64
	var duration, ring sql.NullInt64
	var techniques string
	err := row.Scan(&c.ID, &c.PersonID, &c.Number, &c.Display, &c.AreaCode, &c.Code, &c.Family, &c.Verdict,
		&started, &duration, &ring, &c.Direction, &c.Ordinal, &c.Name, &c.Category, &techniques, &c.Note, &c.Source,
		&c.Person)
	c.StartedAt = at(started)
	c.Duration, c.Ring = lengthOf(duration), lengthOf(ring)
	c.Techniques = splitCodes[domain.Technique](techniques)
	return c, err
}

// Calls pages through the matching calls, newest first (start, then ID). A
// cursor that is not one fails with Invalid "page.cursor_invalid".
func (s *Store) Calls(ctx context.Context, f domain.CallFilter, p domain.Page) (journal.CallPage, error) {
	const op = "store.Calls"
	q := callQuery{filter: f, limit: pageLimit(p) + 1} // one more tells whether there is a next page
	if p.After != "" {
		q.after = &callKey{}
		if err := readCursor(op, callCursor, p.After, &q.after.start, &q.after.id); err != nil {
			return journal.CallPage{}, err
		}
	}
	var page journal.CallPage
	err := s.view(ctx, op, func(tx *sql.Tx) error {
		var err error
		page.Calls, err = s.newestCalls(ctx, tx, q)
		return err
	})
	if err != nil {
		return journal.CallPage{}, err
	}
	if len(page.Calls) == q.limit {
		page.Calls = page.Calls[:q.limit-1]
		last := page.Calls[q.limit-2]
		page.Next = makeCursor(callCursor, last.StartedAt.UnixMilli(), int64(last.ID))
	}
	return page, nil
}

// Call fails with NotFound "call.not_found".
func (s *Store) Call(ctx context.Context, id domain.CallID) (domain.Call, error) {
	const op = "store.Call"
	var c domain.Call
	err := s.view(ctx, op, func(tx *sql.Tx) error {
		var err error
		c, err = scanCall(tx.QueryRowContext(ctx, callColumns+" WHERE c.id = ?", id))
		if errors.Is(err, sql.ErrNoRows) {
			return noCall(op, id)
		}
		return err
	})
	if err != nil {
		return domain.Call{}, err
	}
	return c, nil
}

// MarkCall stores the user's own category, techniques and note of a call.
// Fails with NotFound "call.not_found".
func (s *Store) MarkCall(ctx context.Context, id domain.CallID, category domain.Category, techniques []domain.Technique, note string) error {
	const op = "store.MarkCall"
	return s.update(ctx, op, func(tx *sql.Tx) error {
		key := callKey{id: int64(id)}
		var name string
		err := tx.QueryRowContext(ctx, `
			UPDATE call SET category = ?, techniques = ?, note = ? WHERE id = ? RETURNING started_at, name`,
			category, joinCodes(techniques), note, id).Scan(&key.start, &name)
		if errors.Is(err, sql.ErrNoRows) {
			return noCall(op, id)
		}
		if err != nil {
			return err
		}
		return indexText(ctx, tx, key, callText(name, note))
	})
}

func noCall(op string, id domain.CallID) error {
	return domain.E(op, domain.NotFound, "call.not_found", domain.Args{"ID": int64(id)}, nil)
}

// length is a duration as it is stored.
func length(d *time.Duration) any {
	if d == nil {
		return nil
	}
	return d.Milliseconds()
}

func lengthOf(ms sql.NullInt64) *time.Duration {
	if !ms.Valid {
		return nil
	}
	d := time.Duration(ms.Int64) * time.Millisecond
	return &d
}

// joinCodes is a list of codes as it is stored; codes have no comma.
func joinCodes[T ~string](codes []T) string {
	parts := make([]string, len(codes))
	for i, c := range codes {
		parts[i] = string(c)
	}
	return strings.Join(parts, ",")
}

func splitCodes[T ~string](text string) []T {
	if text == "" {
		return nil
	}
	parts := strings.Split(text, ",")
	codes := make([]T, len(parts))
	for i, p := range parts {
		codes[i] = T(p)
	}
	return codes
}
