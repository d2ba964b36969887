package store

import (
	"context"
	"database/sql"
)

// Settings gives every stored setting.
func (s *Store) Settings(ctx context.Context) (map[string]string, error) {
	type pair struct{ key, value string }
	settings := map[string]string{}
	err := s.view(ctx, "store.Settings", func(tx *sql.Tx) error {
		pairs, err := collect(ctx, tx, func(row scanner) (p pair, err error) {
			err = row.Scan(&p.key, &p.value)
			return p, err
		}, "SELECT key, value FROM setting")
		for _, p := range pairs {
			settings[p.key] = p.value
		}
		return err
	})
	if err != nil {
		return nil, err
	}
	return settings, nil
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
