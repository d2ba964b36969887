package kit

import (
	"context"
	"encoding/json"

	"quietline/internal/domain"
)

// Memory is what the window remembers by itself from one start to the next:
// its size, the columns of a table, the filter of a list. A nil one remembers
// nothing. It belongs to the widgets' goroutine.
type Memory struct {
	env    *Env
	values map[string]string
	store  func(ctx context.Context, name, value string) error
}

// NewMemory makes a Memory of what was remembered before.
func NewMemory(e *Env, values map[string]string, store func(ctx context.Context, name, value string) error) *Memory {
	if values == nil {
		values = map[string]string{}
	}
	return &Memory{env: e, values: values, store: store}
}

// Get reads what was remembered under a name into a value, which stays as it
// is where there is nothing or it cannot be read.
func (m *Memory) Get(name string, into any) {
	if m == nil || m.values[name] == "" {
		return
	}
	// What another version wrote may not fit; then nothing was remembered.
	if err := json.Unmarshal([]byte(m.values[name]), into); err != nil {
		m.env.Log.Warn("not remembered", "what", name)
	}
}

// Set remembers a value. That it could not be stored is noted in the log and
// troubles nobody.
func (m *Memory) Set(name string, value any) {
	if m == nil {
		return
	}
	data, err := json.Marshal(value)
	if err != nil || m.values[name] == string(data) {
		return
	}
	m.values[name] = string(data)
	Do(m.env.Jobs.Base(), m.env.Jobs, func(ctx context.Context) error {
		return m.store(ctx, name, string(data))
	}, func(err error) {
		if err != nil {
			m.env.Log.Warn("not remembered", "what", name, "cause", domain.Nameless(err))
		}
	})
}
