package store

import (
	"context"
	"database/sql"
	"slices"

	"quietline/internal/domain"
	"quietline/internal/journal"
)

// IndexCalls counts the matching calls and gives a cursor for every `every`
// rows (at least 1).
func (s *Store) IndexCalls(ctx context.Context, f domain.CallFilter, every int) (journal.CallIndex, error) {
	every = max(every, 1)
	find := func() (journal.CallIndex, error) { return s.findIndex(ctx, f, every) }
	if f != (domain.CallFilter{}) {
		return find()
	}
	index, err := askAgain(ctx, s, &s.indexes, every, find)
	index.Cursors = slices.Clone(index.Cursors)
	return index, err
}

func (s *Store) findIndex(ctx context.Context, f domain.CallFilter, every int) (journal.CallIndex, error) {
	var index journal.CallIndex
	err := s.view(ctx, "store.IndexCalls", func(tx *sql.Tx) (err error) {
		switch f {
		case domain.CallFilter{}:
			index, err = s.indexAll(ctx, tx, every)
		case domain.CallFilter{PersonID: f.PersonID, From: f.From, To: f.To}:
			index, err = indexByTime(ctx, tx, f, every)
		default:
			index, err = indexByWalk(ctx, tx, f, every)
		}
		return err
	})
	if err != nil {
		return journal.CallIndex{}, err
	}
	return index, nil
}

// logState is another one whenever calls came or went: an ID is never given twice,
// so what was added shows in the last ID and what was removed in the count. Calls
// that come back under their IDs use one up (keptCalls.putBack). That a call began
// at another time is not a change that there is.
type logState struct{ lastID, calls int64 }

// indexAll is the index of all calls. It outlasts what is written but for calls,
// because the list of all calls is what is looked at again and again, and a million
// of them take a while.
func (s *Store) indexAll(ctx context.Context, tx *sql.Tx, every int) (index journal.CallIndex, err error) {
	var now logState
	err = tx.QueryRowContext(ctx, `
		SELECT ifnull((SELECT seq FROM sqlite_sequence WHERE name = 'call'), 0), (SELECT count(*) FROM call)`).
		Scan(&now.lastID, &now.calls)
	if err != nil {
		return index, err
	}
	return s.logIndexes.ask(now, every, func() (journal.CallIndex, error) {
		return indexByTime(ctx, tx, domain.CallFilter{}, every)
	})
}

// indexByTime has SQLite skip from one end of a page to the next along an index in
// the order of time: of the rows in between none leaves it.
func indexByTime(ctx context.Context, tx *sql.Tx, f domain.CallFilter, every int) (index journal.CallIndex, err error) {
	w := plainConds(f)
	index.Count, err = scanValue[int64](tx.QueryRowContext(ctx, "SELECT count(*) FROM call c"+w.where(), w.args...))
	if err != nil || index.Count <= int64(every) {
		return index, err
	}
	after := plainConds(f)
	after.add("c.started_at <= b.started_at AND (c.started_at, c.id) < (b.started_at, b.id)")
	const end = " ORDER BY c.started_at DESC, c.id DESC LIMIT 1 OFFSET ?"
	// A context that can end costs a goroutine for every row.
	ends, err := collect(context.WithoutCancel(ctx), tx, scanKey, `
		WITH RECURSIVE page (id) AS (
			SELECT * FROM (SELECT c.id FROM call c`+w.where()+end+`)
			UNION ALL
			SELECT (SELECT c.id FROM call c`+after.where()+end+`) FROM page p JOIN call b ON b.id = p.id)
		SELECT b.started_at, b.id FROM page p JOIN call b ON b.id = p.id`,
		slices.Concat(w.args, []any{every - 1}, after.args, []any{every - 1})...)
	if err != nil {
		return index, err
	}
	// The last page has its end, but nothing comes after it.
	for _, k := range ends[:min(int64(len(ends)), (index.Count-1)/int64(every))] {
		index.Cursors = append(index.Cursors, makeCursor(callCursor, k.start, k.id))
	}
	return index, nil
}

// indexByWalk goes through all calls that match.
func indexByWalk(ctx context.Context, tx *sql.Tx, f domain.CallFilter, every int) (journal.CallIndex, error) {
	w := callConds(f)
	rows, err := tx.QueryContext(ctx,
		"SELECT c.started_at, c.id FROM call c"+w.where()+" ORDER BY c.started_at DESC, c.id DESC", w.args...)
	if err != nil {
		return journal.CallIndex{}, err
	}
	defer rows.Close()
	return readIndex(rows, int64(every))
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
