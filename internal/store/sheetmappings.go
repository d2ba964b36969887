package store

import (
	"context"
	"database/sql"
	"encoding/json"
	"errors"
	"time"

	"quietline/internal/filing"
)

// sheetPrint keeps the titles of sheets of complaints apart from those of tables
// of calls, which lie in the same table.
const sheetPrint = "complaints:"

// SheetMapping gives what is kept under the fingerprint, nil for nothing.
func (s *Store) SheetMapping(ctx context.Context, fingerprint string) (m filing.SheetMapping, err error) {
	err = s.view(ctx, "store.SheetMapping", func(tx *sql.Tx) error {
		text, err := scanValue[string](tx.QueryRowContext(ctx,
			"SELECT mapping FROM import_mapping WHERE fingerprint = ?", sheetPrint+fingerprint))
		if errors.Is(err, sql.ErrNoRows) {
			return nil
		}
		if err != nil {
			return err
		}
		return fromJSON(text, &m)
	})
	return m, err
}

// SaveSheetMapping keeps a mapping in place of another; an empty one is forgotten.
func (s *Store) SaveSheetMapping(ctx context.Context, fingerprint string, m filing.SheetMapping, now time.Time) error {
	const op = "store.SaveSheetMapping"
	text, err := json.Marshal(m)
	if err != nil {
		return explain(ctx, op, s.path, err)
	}
	return s.update(ctx, op, func(tx *sql.Tx) error {
		if len(m) == 0 {
			_, err := tx.ExecContext(ctx, "DELETE FROM import_mapping WHERE fingerprint = ?", sheetPrint+fingerprint)
			return err
		}
		_, err := tx.ExecContext(ctx, `
			INSERT INTO import_mapping (fingerprint, mapping, saved_at) VALUES (?, ?, ?)
			ON CONFLICT (fingerprint) DO UPDATE SET mapping = excluded.mapping, saved_at = excluded.saved_at`,
			sheetPrint+fingerprint, string(text), now.UnixMilli())
		return err
	})
}
