// Package settings holds the choices of the user: language, text size, theme,
// notifications. They live in the workspace's database, because preference files of
// GUI toolkits are not written atomically.
package settings

import "context"

// Store keeps settings as text by key.
type Store interface {
	// Settings gives every stored setting.
	Settings(ctx context.Context) (map[string]string, error)
	// SetSetting stores one setting.
	SetSetting(ctx context.Context, key, value string) error
}
