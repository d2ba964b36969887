package store

import (
	"context"
	"database/sql"
	"encoding/json"
	"errors"
	"slices"
	"strings"

	"quietline/internal/domain"
)

// callQuery asks for the newest calls that match, after a place in the list.
type callQuery struct {
	filter domain.CallFilter
	after  *callKey // nil for the beginning
	limit  int
}

// conds are the terms of the filter but the text.
func (q callQuery) conds() conds {
	w := plainConds(q.filter)
	if q.after != nil {
		// The first term lets every index begin at the right place.
		w.add("c.started_at <= ? AND (c.started_at, c.id) < (?, ?)", q.after.start, q.after.start, q.after.id)
	}
	return w
}

// newestCalls finds the page of a query in a time that does not grow with the
// log: a filter for which an index is in the order of time is walked along it,
// and any other is taken apart into some that are.
func (s *Store) newestCalls(ctx context.Context, tx *sql.Tx, q callQuery) ([]domain.Call, error) {
	f, words := q.filter, searchWords(q.filter.Text)
	var keys []callKey
	var err error
	switch {
	case f.Number != "" || f.Code != "" || len(words) == 0 && f.Direction == "" && f.Family == "" && f.Verdict == "":
		w := q.conds()
		for _, word := range words {
			w.addWord(word)
		}
		return walkCalls(ctx, tx, w, q.limit)
	case len(words) == 0:
		keys, err = s.newestOfKinds(ctx, tx, q)
	default:
		keys, err = s.newestWithWords(ctx, tx, q, words)
	}
	if err != nil {
		return nil, err
	}
	ids := make([]int64, len(keys))
	for i, k := range keys {
		ids[i] = k.id
	}
	list, err := json.Marshal(ids)
	if err != nil {
		return nil, err
	}
	return collect(ctx, tx, scanCall,
		callColumns+" WHERE c.id IN (SELECT value FROM json_each(?)) ORDER BY c.started_at DESC, c.id DESC", string(list))
}

func walkCalls(ctx context.Context, tx *sql.Tx, w conds, limit int) ([]domain.Call, error) {
	return collect(ctx, tx, scanCall, callColumns+w.where()+newestFirst, append(w.args, limit)...)
}

// nearCalls is how many of the newest calls a filter looks at first.
const nearCalls = 1000

const newestFirst = " ORDER BY c.started_at DESC, c.id DESC LIMIT ?"

// newestOfKinds looks at the newest calls, for most filters are met by many. Only
// what these do not fill is put together from the kinds of calls.
func (s *Store) newestOfKinds(ctx context.Context, tx *sql.Tx, q callQuery) ([]callKey, error) {
	near := callQuery{filter: domain.CallFilter{PersonID: q.filter.PersonID, From: q.filter.From, To: q.filter.To}, after: q.after}.conds()
	kind := plainConds(domain.CallFilter{Direction: q.filter.Direction, Family: q.filter.Family, Verdict: q.filter.Verdict})
	keys, err := collect(ctx, tx, scanKey, `
		SELECT c.started_at, c.id
		FROM (SELECT c.* FROM call c`+near.where()+newestFirst+") c"+kind.where()+newestFirst,
		slices.Concat(near.args, []any{s.near}, kind.args, []any{q.limit})...)
	if err != nil || len(keys) == q.limit {
		return keys, err
	}
	kinds, err := callKinds(ctx, tx, q.filter)
	if err != nil {
		return nil, err
	}
	w := callQuery{filter: domain.CallFilter{From: q.filter.From, To: q.filter.To}, after: q.after}.conds()
	m, err := newMerging(ctx, tx, "call_kind", "c.direction = ? AND c.family = ? AND c.verdict = ? AND c.person_id = ?", w, q.limit)
	if err != nil {
		return nil, err
	}
	defer quietly(m)
	for _, k := range kinds {
		if err := m.add(ctx, k.direction, k.family, k.verdict, k.person); err != nil {
			return nil, err
		}
	}
	return m.keys, nil
}

// callKind is what all calls of one kind have in common.
type callKind struct {
	direction, family, verdict string
	person                     int64
}

func scanKind(row scanner) (k callKind, err error) {
	err = row.Scan(&k.direction, &k.family, &k.verdict, &k.person)
	return k, err
}

// callKinds are the kinds of calls that match the filter. The index is skipped
// through, from the end of one kind to the beginning of the next.
func callKinds(ctx context.Context, tx *sql.Tx, f domain.CallFilter) ([]callKind, error) {
	next, err := tx.PrepareContext(ctx, `
		SELECT direction, family, verdict, person_id FROM call INDEXED BY call_kind
		WHERE (direction, family, verdict, person_id, started_at) > (?, ?, ?, ?, 9223372036854775807)
		ORDER BY direction, family, verdict, person_id LIMIT 1`)
	if err != nil {
		return nil, err
	}
	defer func() { _ = next.Close() }()
	var kinds []callKind
	for at := (callKind{direction: string(f.Direction)}); ; {
		at, err = scanKind(next.QueryRowContext(context.WithoutCancel(ctx), at.direction, at.family, at.verdict, at.person))
		switch {
		case errors.Is(err, sql.ErrNoRows), err == nil && f.Direction != "" && at.direction != string(f.Direction):
			return kinds, nil
		case err != nil:
			return nil, err
		}
		if (f.Family == "" || at.family == string(f.Family)) && (f.Verdict == "" || at.verdict == string(f.Verdict)) &&
			(f.PersonID == 0 || at.person == int64(f.PersonID)) {
			kinds = append(kinds, at)
		}
	}
}

// merging puts together the newest calls of many lists, each of which an index
// holds in the order of time. A list is read no further than to the oldest call
// that would still be on the page.
type merging struct {
	list  *sql.Stmt
	args  []any
	limit int
	keys  []callKey
}

// newMerging takes the terms that pick a list out of the index, with one
// parameter for each value that add gets, and those that all calls have to meet.
func newMerging(ctx context.Context, tx *sql.Tx, index, list string, w conds, limit int) (*merging, error) {
	terms := append([]string{list, "c.started_at >= ?"}, w.terms...)
	stmt, err := tx.PrepareContext(ctx,
		"SELECT c.started_at, c.id FROM call c INDEXED BY "+index+" WHERE "+strings.Join(terms, " AND ")+newestFirst)
	return &merging{list: stmt, args: w.args, limit: limit}, err
}

// Close ends the merging; the keys stay.
func (m *merging) Close() error { return m.list.Close() }

// full says whether no call that began at the time or before is on the page.
func (m *merging) full(newest int64) bool {
	return len(m.keys) == m.limit && m.keys[m.limit-1].start > newest
}

// add merges the list of these values into the page.
func (m *merging) add(ctx context.Context, values ...any) error {
	// The driver starts a goroutine for every statement with a context that can
	// end, which costs more than a short list.
	if err := ctx.Err(); err != nil {
		return err
	}
	ctx = context.WithoutCancel(ctx)
	var oldest int64 // no call is older: domain.OldestCall
	if len(m.keys) == m.limit {
		oldest = m.keys[m.limit-1].start
	}
	rows, err := m.list.QueryContext(ctx, slices.Concat(values, []any{oldest}, m.args, []any{m.limit})...)
	if err != nil {
		return err
	}
	defer rows.Close()
	before := len(m.keys)
	for rows.Next() {
		k, err := scanKey(rows)
		if err != nil {
			return err
		}
		m.keys = append(m.keys, k)
	}
	if len(m.keys) > before {
		m.keys = newestKeys(m.keys, m.limit)
	}
	return rows.Err()
}

// newestKeys sorts keys and keeps at most so many.
func newestKeys(keys []callKey, limit int) []callKey {
	slices.SortFunc(keys, func(a, b callKey) int {
		switch {
		case a.before(b):
			return -1
		case b.before(a):
			return 1
		}
		return 0
	})
	keys = slices.Compact(keys)
	return keys[:min(len(keys), limit)]
}
