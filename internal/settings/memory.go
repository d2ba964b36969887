package settings

import (
	"context"
	"strings"
)

// memory begins the keys of what the window remembers by itself, so that they
// never meet a setting.
const memory = "window."

// Remembered gives what the window remembers by itself, such as its size, the
// columns of a table and the filter of a list, each by a name of its own.
func (s *Settings) Remembered(ctx context.Context) (map[string]string, error) {
	stored, err := s.store.Settings(ctx)
	out := map[string]string{}
	for key, value := range stored {
		if name, ok := strings.CutPrefix(key, memory); ok {
			out[name] = value
		}
	}
	return out, err
}

// Remember stores one thing that the window remembers. It never holds what
// somebody typed, a number or a name.
func (s *Settings) Remember(ctx context.Context, name, value string) error {
	return s.store.SetSetting(ctx, memory+name, value)
}
