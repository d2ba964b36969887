package kit

import (
	"context"
	"encoding/json"
	"sync"

	"quietline/internal/domain"
)

// Memory is what the window remembers by itself from one start to the next:
// its size, the columns of a table, the filter of a list. A nil one remembers
// nothing. It belongs to the widgets' goroutine.
type Memory struct {
	env   *Env
	store func(ctx context.Context, name, value string) error

	mu     sync.Mutex // of values
	values map[string]string
	// turn is held while a value is stored, so that of two the last one stays;
	// stored is what was stored under it.
	turn   sync.Mutex
	stored map[string]string
}

// NewMemory makes a Memory of what was remembered before.
func NewMemory(e *Env, values map[string]string, store func(ctx context.Context, name, value string) error) *Memory {
	if values == nil {
		values = map[string]string{}
	}
	return &Memory{env: e, values: values, stored: map[string]string{}, store: store}
}

// Get reads what was remembered under a name into a value, which stays as it
// is where there is nothing or it cannot be read.
func (m *Memory) Get(name string, into any) {
	if m == nil || m.value(name) == "" {
		return
	}
	// What another version wrote may not fit; then nothing was remembered.
	if err := json.Unmarshal([]byte(m.value(name)), into); err != nil {
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
	if err != nil || m.value(name) == string(data) {
		return
	}
	m.mu.Lock()
	m.values[name] = string(data)
	m.mu.Unlock()
	Do(m.env.Jobs.Base(), m.env.Jobs, func(ctx context.Context) error { return m.keep(ctx, name) }, func(err error) {
		if err != nil {
			m.env.Log.Warn("not remembered", "what", name, "cause", domain.Nameless(err))
		}
	})
}

func (m *Memory) value(name string) string {
	m.mu.Lock()
	defer m.mu.Unlock()
	return m.values[name]
}

// keep stores what is chosen by now: jobs come to their turn in any order.
func (m *Memory) keep(ctx context.Context, name string) error {
	m.turn.Lock()
	defer m.turn.Unlock()
	value := m.value(name)
	if m.stored[name] == value {
		return nil
	}
	err := m.store(ctx, name, value)
	if err == nil {
		m.stored[name] = value
	}
	return err
}
