package settings

import "context"

// keyWelcomed is the key under which the store keeps that the first steps were
// gone through or skipped.
const keyWelcomed = "welcomed"

// Welcomed says whether the first steps were gone through or skipped once.
func (s *Settings) Welcomed(ctx context.Context) (bool, error) {
	stored, err := s.store.Settings(ctx)
	return stored[keyWelcomed] == string(On), err
}

// SetWelcomed stores that they were.
func (s *Settings) SetWelcomed(ctx context.Context) error {
	return s.store.SetSetting(ctx, keyWelcomed, string(On))
}
