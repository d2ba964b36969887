package store

import (
	"context"
	"database/sql"
	"encoding/json"
	"errors"
	"time"

	"quietline/internal/journal"
)

// FindMapping gives the mapping that is kept under one of the fingerprints, the
// first that has one, and which that is; "" where none has.
func (s *Store) FindMapping(ctx context.Context, fingerprints []string) (fingerprint string, m journal.Mapping, err error) {
	err = s.view(ctx, "store.FindMapping", func(tx *sql.Tx) error {
		for _, f := range fingerprints {
			text, err := scanValue[string](tx.QueryRowContext(ctx, "SELECT mapping FROM import_mapping WHERE fingerprint = ?", f))
			if errors.Is(err, sql.ErrNoRows) {
				continue
			}
			if err != nil {
				return err
			}
			fingerprint = f
			return fromJSON(text, &m)
		}
		return nil
	})
	if err != nil {
		return "", nil, err
	}
	return fingerprint, m, nil
}

// SaveMapping keeps a mapping under a fingerprint, in place of another.
func (s *Store) SaveMapping(ctx context.Context, fingerprint string, m journal.Mapping, now time.Time) error {
	text, err := json.Marshal(m)
	if err != nil {
		return explain(ctx, "store.SaveMapping", s.path, err)
	}
	return s.update(ctx, "store.SaveMapping", func(tx *sql.Tx) error {
		_, err := tx.ExecContext(ctx, `
			INSERT INTO import_mapping (fingerprint, mapping, saved_at) VALUES (?, ?, ?)
			ON CONFLICT (fingerprint) DO UPDATE SET mapping = excluded.mapping, saved_at = excluded.saved_at`,
			fingerprint, string(text), now.UnixMilli())
		return err
	})
}

// ForgetMappings removes what is kept under the fingerprints, if anything.
func (s *Store) ForgetMappings(ctx context.Context, fingerprints []string) error {
	return s.update(ctx, "store.ForgetMappings", func(tx *sql.Tx) error {
		for _, f := range fingerprints {
			if _, err := tx.ExecContext(ctx, "DELETE FROM import_mapping WHERE fingerprint = ?", f); err != nil {
				return err
			}
		}
		return nil
	})
}
