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
		return setSetting(ctx, tx, key, value)
	})
}

// SetSettings stores all or, where it fails, none.
func (s *Store) SetSettings(ctx context.Context, values map[string]string) error {
	return s.update(ctx, "store.SetSettings", func(tx *sql.Tx) error {
		for key, value := range values {
			if err := setSetting(ctx, tx, key, value); err != nil {
				return err
			}
		}
		return nil
	})
}

func setSetting(ctx context.Context, tx *sql.Tx, key, value string) error {
	_, err := tx.ExecContext(ctx, `
		INSERT INTO setting (key, value) VALUES (?, ?)
		ON CONFLICT (key) DO UPDATE SET value = excluded.value`, key, value)
	return err
}

// SettleSetting stores one setting where it has no value yet, and gives the
// value that it has then: programs that settle it at once agree on it.
func (s *Store) SettleSetting(ctx context.Context, key, value string) (settled string, err error) {
	err = s.update(ctx, "store.SettleSetting", func(tx *sql.Tx) (err error) {
		_, err = tx.ExecContext(ctx, "INSERT INTO setting (key, value) VALUES (?, ?) ON CONFLICT (key) DO NOTHING", key, value)
		if err != nil {
			return err
		}
		settled, err = scanValue[string](tx.QueryRowContext(ctx, "SELECT value FROM setting WHERE key = ?", key))
		return err
	})
	return settled, err
}
