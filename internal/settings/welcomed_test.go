package settings_test

import (
	"testing"

	"quietline/internal/settings"
)

func TestWelcomed(t *testing.T) {
	ctx, store := t.Context(), &memory{values: map[string]string{}}
	s := settings.New(settings.Params{Store: store})
	if seen, err := s.Welcomed(ctx); seen || err != nil {
		t.Errorf("%v %v", seen, err)
	}
	if err := s.SetWelcomed(ctx); err != nil {
		t.Fatal(err)
	}
	if seen, err := s.Welcomed(ctx); !seen || err != nil {
		t.Errorf("%v %v", seen, err)
	}
}
