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

// AddCalls stores the calls in one transaction. A call that is there already
// counts as a duplicate and changes nothing. With dryRun nothing is written
// and the counts are the same, because the same work is done and taken back.
func (s *Store) AddCalls(ctx context.Context, calls []domain.Call, dryRun bool) (journal.AddResult, error) {
	var result journal.AddResult
	err := s.update(ctx, "store.AddCalls", func(tx *sql.Tx) error {
		insert, err := tx.PrepareContext(ctx, `
			INSERT INTO call (person_id, number, display, area_code, code, family, verdict, started_at,
				duration, ring, direction, ordinal, name, category, techniques, note, source)
			VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
			ON CONFLICT DO NOTHING`)
		if err != nil {
			return err
		}
		defer quietly(insert)
		for i := range calls {
			added, err := addCall(ctx, tx, insert, &calls[i])
			switch {
			case err != nil:
				return err
			case added:
				result.Added++
			default:
				result.Duplicates++
			}
		}
		if dryRun {
			return errRollback
		}
		return nil
	})
	if err != nil {
		return journal.AddResult{}, err
	}
	return result, nil
}

func addCall(ctx context.Context, tx *sql.Tx, insert *sql.Stmt, c *domain.Call) (added bool, err error) {
	// The driver starts a goroutine for every statement with a context that
	// can end, which costs more than the statement. Asking once is enough.
	if err := ctx.Err(); err != nil {
		return false, err
	}
	ctx = context.WithoutCancel(ctx)
	var display any
	if c.Display != c.Number {
		display = c.Display
	}
	r, err := insert.ExecContext(ctx, c.PersonID, c.Number, display, c.AreaCode, c.Code, c.Family, c.Verdict,
		c.StartedAt.UnixMilli(), length(c.Duration), length(c.Ring), c.Direction, c.Ordinal,
		c.Name, c.Category, joinCodes(c.Techniques), c.Note, c.Source)
	if err != nil {
		return false, err
	}
	if n, err := r.RowsAffected(); n == 0 || err != nil {
		return false, err
	}
	text := callText(c.Name, c.Note)
	if text == "" {
		return true, nil
	}
	id, err := r.LastInsertId()
	if err != nil {
		return false, err
	}
	_, err = tx.ExecContext(ctx, "INSERT INTO call_text (rowid, text) VALUES (?, ?)", id, text)
	return true, err
}

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
	w := callConds(f)
	if p.After != "" {
		var start, id int64
		if err := readCursor(op, callCursor, p.After, &start, &id); err != nil {
			return journal.CallPage{}, err
		}
		w.add("(c.started_at, c.id) < (?, ?)", start, id)
	}
	limit := pageLimit(p)
	var page journal.CallPage
	err := s.view(ctx, op, func(tx *sql.Tx) error {
		var err error
		// One more than asked for tells whether there is a next page.
		page.Calls, err = collect(ctx, tx, scanCall,
			callColumns+w.where()+" ORDER BY c.started_at DESC, c.id DESC LIMIT ?", append(w.args, limit+1)...)
		return err
	})
	if err != nil {
		return journal.CallPage{}, err
	}
	if len(page.Calls) > limit {
		page.Calls = page.Calls[:limit]
		last := page.Calls[limit-1]
		page.Next = makeCursor(callCursor, last.StartedAt.UnixMilli(), int64(last.ID))
	}
	return page, nil
}

// IndexCalls counts the matching calls and gives a cursor for every `every`
// rows (at least 1), from one walk over the index.
func (s *Store) IndexCalls(ctx context.Context, f domain.CallFilter, every int) (journal.CallIndex, error) {
	w := callConds(f)
	var index journal.CallIndex
	err := s.view(ctx, "store.IndexCalls", func(tx *sql.Tx) error {
		rows, err := tx.QueryContext(ctx,
			"SELECT c.started_at, c.id FROM call c"+w.where()+" ORDER BY c.started_at DESC, c.id DESC", w.args...)
		if err != nil {
			return err
		}
		defer rows.Close()
		index, err = readIndex(rows, int64(max(every, 1)))
		return err
	})
	if err != nil {
		return journal.CallIndex{}, err
	}
	return index, nil
}

// readIndex reads only the rows at which a cursor may end; the others are just
// counted.
func readIndex(rows *sql.Rows, every int64) (journal.CallIndex, error) {
	var index journal.CallIndex
	end := "" // becomes a cursor if another row follows
	for rows.Next() {
		if end != "" {
			index.Cursors = append(index.Cursors, end)
			end = ""
		}
		index.Count++
		if index.Count%every != 0 {
			continue
		}
		var start, id int64
		if err := rows.Scan(&start, &id); err != nil {
			return index, err
		}
		end = makeCursor(callCursor, start, id)
	}
	return index, rows.Err()
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
		var name string
		err := tx.QueryRowContext(ctx, `
			UPDATE call SET category = ?, techniques = ?, note = ? WHERE id = ? RETURNING name`,
			category, joinCodes(techniques), note, id).Scan(&name)
		if errors.Is(err, sql.ErrNoRows) {
			return noCall(op, id)
		}
		if err != nil {
			return err
		}
		if _, err := tx.ExecContext(ctx, "DELETE FROM call_text WHERE rowid = ?", id); err != nil {
			return err
		}
		if text := callText(name, note); text != "" {
			_, err = tx.ExecContext(ctx, "INSERT INTO call_text (rowid, text) VALUES (?, ?)", id, text)
		}
		return err
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
