package journaltest

import (
	"context"
	"maps"
	"time"

	"quietline/internal/journal"
)

var _ journal.MappingStore = (*Store)(nil)

// FindMapping keeps the promise of the port.
func (s *Store) FindMapping(ctx context.Context, fingerprints []string) (string, journal.Mapping, error) {
	defer s.mu.Unlock()
	if err := s.begin(ctx, "FindMapping"); err != nil {
		return "", nil, err
	}
	for _, f := range fingerprints {
		if m, ok := s.mappings[f]; ok {
			return f, maps.Clone(m), nil
		}
	}
	return "", nil, nil
}

// SaveMapping keeps the promise of the port.
func (s *Store) SaveMapping(ctx context.Context, fingerprint string, m journal.Mapping, _ time.Time) error {
	defer s.mu.Unlock()
	if err := s.begin(ctx, "SaveMapping"); err != nil {
		return err
	}
	if s.mappings == nil {
		s.mappings = map[string]journal.Mapping{}
	}
	s.mappings[fingerprint] = maps.Clone(m)
	return nil
}

// ForgetMappings keeps the promise of the port.
func (s *Store) ForgetMappings(ctx context.Context, fingerprints []string) error {
	defer s.mu.Unlock()
	if err := s.begin(ctx, "ForgetMappings"); err != nil {
		return err
	}
	for _, f := range fingerprints {
		delete(s.mappings, f)
	}
	return nil
}
