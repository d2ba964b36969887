package store

import (
	"context"
	"database/sql"
	"errors"
	"io"
	"strings"
	"time"

	"quietline/internal/domain"
)

// update runs f in one writing transaction: all of it or nothing. The error
// gets its key here, so the functions below return what they met.
func (s *Store) update(ctx context.Context, op string, f func(tx *sql.Tx) error) error {
	return explain(ctx, op, s.path, inTx(ctx, s.write, f))
}

// view runs f on one snapshot of the database.
func (s *Store) view(ctx context.Context, op string, f func(tx *sql.Tx) error) error {
	return explain(ctx, op, s.path, inTx(ctx, s.read, f))
}

// errRollback ends a transaction without keeping it and without an error.
var errRollback = errors.New("store: roll back")

func inTx(ctx context.Context, db *sql.DB, f func(tx *sql.Tx) error) error {
	tx, err := db.BeginTx(ctx, nil)
	if err != nil {
		return err
	}
	defer tx.Rollback() // also when f panics
	switch err := f(tx); {
	case errors.Is(err, errRollback):
		return nil
	case err != nil:
		return err
	}
	return tx.Commit()
}

// querier is what a transaction and a connection have in common.
type querier interface {
	QueryContext(ctx context.Context, query string, args ...any) (*sql.Rows, error)
	QueryRowContext(ctx context.Context, query string, args ...any) *sql.Row
}

// collect reads every row with scan.
func collect[T any](ctx context.Context, q querier, scan func(row scanner) (T, error), query string, args ...any) ([]T, error) {
	rows, err := q.QueryContext(ctx, query, args...)
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	var out []T
	for rows.Next() {
		v, err := scan(rows)
		if err != nil {
			return nil, err
		}
		out = append(out, v)
	}
	return out, rows.Err()
}

// eachRow hands every row of a long answer to a function. A context that can end
// costs a goroutine for every row, so whether it has is asked now and then.
func eachRow(ctx context.Context, q querier, see func(row scanner) error, query string, args ...any) error {
	rows, err := q.QueryContext(context.WithoutCancel(ctx), query, args...)
	if err != nil {
		return err
	}
	defer rows.Close()
	const often = 1024
	for n := 0; rows.Next(); n++ {
		if n%often == 0 && ctx.Err() != nil {
			return ctx.Err()
		}
		if err := see(rows); err != nil {
			return err
		}
	}
	return rows.Err()
}

// collectMap reads rows of two columns: keys, each once, and their values.
func collectMap[K comparable, V any](ctx context.Context, q querier, query string) (map[K]V, error) {
	rows, err := q.QueryContext(ctx, query)
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	out := map[K]V{}
	for rows.Next() {
		var key K
		var value V
		if err := rows.Scan(&key, &value); err != nil {
			return nil, err
		}
		out[key] = value
	}
	return out, rows.Err()
}

// scanner is one row.
type scanner interface{ Scan(dest ...any) error }

// scanValue reads a row of one column.
func scanValue[T any](row scanner) (v T, err error) {
	err = row.Scan(&v)
	return v, err
}

// quietly closes what was only read, or what failed before and has reported
// that.
func quietly(c io.Closer) { _ = c.Close() }

// affected says whether a statement changed a row.
func affected(r sql.Result, err error) (bool, error) {
	if err != nil {
		return false, err
	}
	n, err := r.RowsAffected()
	return n > 0, err
}

// conds gathers the terms of a WHERE. Values only ever go in as parameters.
type conds struct {
	terms []string
	args  []any
}

func (c *conds) add(term string, args ...any) {
	c.terms = append(c.terms, term)
	c.args = append(c.args, args...)
}

// where is " WHERE …", or empty.
func (c *conds) where() string {
	if len(c.terms) == 0 {
		return ""
	}
	return " WHERE " + strings.Join(c.terms, " AND ")
}

// millis is a time as it is stored: NULL where unset.
func millis(t time.Time) any {
	if t.IsZero() {
		return nil
	}
	return t.UnixMilli()
}

// moment is a stored time in the zone of the product, zero where unset.
func moment(ms sql.NullInt64) time.Time {
	if !ms.Valid {
		return time.Time{}
	}
	return at(ms.Int64)
}

func at(ms int64) time.Time { return time.UnixMilli(ms).In(domain.China()) }
