package practice

import (
	"context"
	"crypto/sha256"
	"database/sql"
	"errors"
	"time"
)

// record is one complaint as stored.
type record struct {
	id         int64
	digest     [sha256.Size]byte
	body       []byte
	receivedAt time.Time
	// numberAt is from when the receipt number is told.
	numberAt    time.Time
	receipt     string
	token       string // empty where the first answer held the receipt number
	withdrawnAt time.Time
	// withdrawnFor is the reason.
	withdrawnFor string
}

func (r *record) withdrawn() bool { return !r.withdrawnAt.IsZero() }

// numbered says whether the receipt number can be told by now.
func (r *record) numbered(now time.Time) bool { return !now.Before(r.numberAt) }

// sameBody compares the exact bytes by their digest.
func (r *record) sameBody(body []byte) bool { return r.digest == sha256.Sum256(body) }

const columns = `id, body_sha256, body, received_at, number_at, receipt_number, token, withdrawn_at, withdrawn_for`

func scan(row interface{ Scan(...any) error }) (record, error) {
	var (
		r                  record
		digest             []byte
		received, numbered int64
		token              sql.NullString
		withdrawn          sql.NullInt64
		reason             sql.NullString
	)
	err := row.Scan(&r.id, &digest, &r.body, &received, &numbered, &r.receipt, &token, &withdrawn, &reason)
	if err != nil {
		return record{}, err
	}
	copy(r.digest[:], digest)
	r.receivedAt, r.numberAt = time.UnixMilli(received), time.UnixMilli(numbered)
	r.token, r.withdrawnFor = token.String, reason.String
	if withdrawn.Valid {
		r.withdrawnAt = time.UnixMilli(withdrawn.Int64)
	}
	return r, nil
}

// one finds at most one complaint; ok is false where there is none.
func (d *database) one(ctx context.Context, where string, arg any) (r record, ok bool, err error) {
	row := d.sql.QueryRowContext(ctx, "SELECT "+columns+" FROM complaint WHERE "+where, arg)
	r, err = scan(row)
	if errors.Is(err, sql.ErrNoRows) {
		return record{}, false, nil
	}
	return r, err == nil, err
}

func (d *database) byKey(ctx context.Context, key string) (record, bool, error) {
	return d.one(ctx, "idempotency_key = ?", key)
}

func (d *database) byToken(ctx context.Context, token string) (record, bool, error) {
	return d.one(ctx, "token = ?", token)
}

func (d *database) byReceipt(ctx context.Context, number string) (record, bool, error) {
	return d.one(ctx, "receipt_number = ?", number)
}

// add stores a complaint and gives it its number. added is false where the key
// was there already (another process on the same file was quicker); the record
// is then the one that was stored first.
func (d *database) add(ctx context.Context, key string, body []byte, at time.Time, token string) (_ record, added bool, err error) {
	if err := d.room(ctx, len(body)); err != nil {
		return record{}, false, err
	}
	tx, err := d.sql.BeginTx(ctx, nil)
	if err != nil {
		return record{}, false, err
	}
	defer tx.Rollback()
	digest := sha256.Sum256(body)
	numberAt := at
	if token != "" {
		numberAt = at.Add(tokenWait)
	}
	res, err := tx.ExecContext(ctx,
		`INSERT INTO complaint (idempotency_key, body_sha256, body, received_at, number_at, token) VALUES (?, ?, ?, ?, ?, ?)
			ON CONFLICT (idempotency_key) DO NOTHING`,
		key, digest[:], body, at.UnixMilli(), numberAt.UnixMilli(), sql.NullString{String: token, Valid: token != ""})
	if err != nil {
		return record{}, false, err
	}
	if n, err := res.RowsAffected(); err != nil || n == 0 {
		if err := errors.Join(err, tx.Rollback()); err != nil {
			return record{}, false, err
		}
		r, _, err := d.byKey(ctx, key)
		return r, false, err
	}
	id, err := res.LastInsertId()
	if err != nil {
		return record{}, false, err
	}
	if _, err := tx.ExecContext(ctx, `UPDATE complaint SET receipt_number = ? WHERE id = ?`, receiptNumber(id, at), id); err != nil {
		return record{}, false, err
	}
	if err := tx.Commit(); err != nil {
		return record{}, false, err
	}
	r, _, err := d.byKey(ctx, key)
	return r, true, err
}

// withdraw marks the complaint; done is false where it is marked already.
func (d *database) withdraw(ctx context.Context, id int64, at time.Time, reason string) (done bool, err error) {
	res, err := d.sql.ExecContext(ctx,
		`UPDATE complaint SET withdrawn_at = ?, withdrawn_for = ? WHERE id = ? AND withdrawn_at IS NULL`,
		at.UnixMilli(), reason, id)
	if err != nil {
		return false, err
	}
	n, err := res.RowsAffected()
	return n == 1, err
}

// list gives complaints with an id above after, in the order of their ids,
// without those that cannot have changed since: that got their number before a
// time and were not withdrawn after another.
func (d *database) list(ctx context.Context, after int64, numbered, withdrawn time.Time, limit int) ([]record, error) {
	return d.many(ctx, `SELECT `+columns+` FROM complaint
		WHERE id > ? AND (number_at >= ? OR withdrawn_at >= ?) ORDER BY id LIMIT ?`,
		after, numbered.UnixMilli(), withdrawn.UnixMilli(), limit)
}

// newest gives the complaints that came last, the last first.
func (d *database) newest(ctx context.Context, limit int) ([]record, error) {
	return d.many(ctx, `SELECT `+columns+` FROM complaint ORDER BY id DESC LIMIT ?`, limit)
}

func (d *database) many(ctx context.Context, query string, args ...any) (_ []record, err error) {
	rows, err := d.sql.QueryContext(ctx, query, args...)
	if err != nil {
		return nil, err
	}
	defer func() { err = errors.Join(err, rows.Close()) }()
	var out []record
	for rows.Next() {
		r, err := scan(rows)
		if err != nil {
			return nil, err
		}
		out = append(out, r)
	}
	return out, rows.Err()
}

// count is how many complaints there are.
func (d *database) count(ctx context.Context) (n int, err error) {
	err = d.sql.QueryRowContext(ctx, `SELECT count(*) FROM complaint`).Scan(&n)
	return n, err
}
