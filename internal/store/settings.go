package store

import (
	"context"
	"database/sql"
)

// Settings gives every stored setting.
func (s *Store) Settings(ctx context.Context) (map[string]string, error) {
	var settings map[string]string
	err := s.view(ctx, "store.Settings", func(tx *sql.Tx) (err error) {
		settings, err = collectMap[string, string](ctx, tx, "SELECT key, value FROM setting")
		return err
	})
	return settings, err
}

// SetSetting stores one setting.
func (s *Store) SetSetting(ctx context.Context, key, value string) error {
	return s.update(ctx, "store.SetSetting", func(tx *sql.Tx) error {
		_, err := tx.ExecContext(ctx, `
			INSERT INTO setting (key, value) VALUES (?, ?)
			ON CONFLICT (key) DO UPDATE SET value = excluded.value`, key, value)
		return err
	})
}
