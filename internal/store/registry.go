package store

import (
	"context"
	"database/sql"
	"errors"

	"quietline/internal/domain"
	"quietline/internal/registrar"
)

// Generation counts the changes of corrections and feed.
func (s *Store) Generation(ctx context.Context) (n int64, err error) {
	err = s.view(ctx, "store.Generation", func(tx *sql.Tx) (err error) {
		n, err = generationOf(ctx, tx)
		return err
	})
	return n, err
}

func generationOf(ctx context.Context, tx *sql.Tx) (int64, error) {
	return scanValue[int64](tx.QueryRowContext(ctx, "SELECT generation FROM registry_state"))
}

// changeRegistry runs f and counts the change.
func (s *Store) changeRegistry(ctx context.Context, op string, f func(tx *sql.Tx) error) error {
	return s.update(ctx, op, func(tx *sql.Tx) error {
		if err := f(tx); err != nil {
			return err
		}
		_, err := tx.ExecContext(ctx, "UPDATE registry_state SET generation = generation + 1")
		return err
	})
}

// Corrections lists all, by code and scope.
func (s *Store) Corrections(ctx context.Context) ([]domain.Correction, error) {
	var out []domain.Correction
	err := s.view(ctx, "store.Corrections", func(tx *sql.Tx) (err error) {
		out, err = collect(ctx, tx, scanCorrection, `
			SELECT code, scope, kind, name_zh, name_en, category, note, updated_at
			FROM correction ORDER BY code, scope`)
		return err
	})
	return out, err
}

func scanCorrection(row scanner) (domain.Correction, error) {
	var c domain.Correction
	var updated int64
	err := row.Scan(&c.Code, &c.Scope, &c.Kind, &c.NameZH, &c.NameEN, &c.Category, &c.Note, &updated)
	c.UpdatedAt = at(updated)
	return c, err
}

// SaveCorrection stores one, in place of another of the same code and scope.
func (s *Store) SaveCorrection(ctx context.Context, c domain.Correction) error {
	return s.changeRegistry(ctx, "store.SaveCorrection", func(tx *sql.Tx) error {
		_, err := tx.ExecContext(ctx, `
			INSERT INTO correction (code, scope, kind, name_zh, name_en, category, note, updated_at)
			VALUES (?, ?, ?, ?, ?, ?, ?, ?)
			ON CONFLICT (code, scope) DO UPDATE SET kind = excluded.kind, name_zh = excluded.name_zh,
				name_en = excluded.name_en, category = excluded.category, note = excluded.note,
				updated_at = excluded.updated_at`,
			c.Code, c.Scope, c.Kind, c.NameZH, c.NameEN, c.Category, c.Note, c.UpdatedAt.UnixMilli())
		return err
	})
}

// RemoveCorrection fails with NotFound "registry.correction_missing".
func (s *Store) RemoveCorrection(ctx context.Context, code, scope string) error {
	const op = "store.RemoveCorrection"
	return s.changeRegistry(ctx, op, func(tx *sql.Tx) error {
		found, err := affected(tx.ExecContext(ctx, "DELETE FROM correction WHERE code = ? AND scope = ?", code, scope))
		if err == nil && !found {
			return domain.E(op, domain.NotFound, "registry.correction_missing", domain.Args{"Code": code}, nil)
		}
		return err
	})
}

// Feed gives the installed feed; ok is false where there is none.
func (s *Store) Feed(ctx context.Context) (f registrar.Feed, ok bool, err error) {
	err = s.view(ctx, "store.Feed", func(tx *sql.Tx) error {
		var installed int64
		err := tx.QueryRowContext(ctx, `
			SELECT manifest, signature, codes, notes, advice, public_key, url, etag, installed_at FROM registry_feed`).
			Scan(&f.Manifest, &f.Signature, &f.Codes, &f.Notes, &f.Advice, &f.Key, &f.URL, &f.ETag, &installed)
		if errors.Is(err, sql.ErrNoRows) {
			return nil
		}
		f.InstalledAt, ok = at(installed), err == nil
		return err
	})
	return f, ok, err
}

// SaveFeed installs a feed in place of the one before.
func (s *Store) SaveFeed(ctx context.Context, f registrar.Feed) error {
	return s.changeRegistry(ctx, "store.SaveFeed", func(tx *sql.Tx) error {
		_, err := tx.ExecContext(ctx, `
			INSERT INTO registry_feed (id, manifest, signature, codes, notes, advice, public_key, url, etag, installed_at)
			VALUES (1, ?, ?, ?, ?, ?, ?, ?, ?, ?)
			ON CONFLICT (id) DO UPDATE SET manifest = excluded.manifest, signature = excluded.signature,
				codes = excluded.codes, notes = excluded.notes, advice = excluded.advice, public_key = excluded.public_key,
				url = excluded.url, etag = excluded.etag, installed_at = excluded.installed_at`,
			f.Manifest, f.Signature, f.Codes, f.Notes, f.Advice, f.Key, f.URL, f.ETag, s.clock.Now().UnixMilli())
		return err
	})
}

// RemoveFeed goes back to the list that comes with the program. Without an
// installed feed nothing happens.
func (s *Store) RemoveFeed(ctx context.Context) error {
	return s.changeRegistry(ctx, "store.RemoveFeed", func(tx *sql.Tx) error {
		_, err := tx.ExecContext(ctx, "DELETE FROM registry_feed")
		return err
	})
}
