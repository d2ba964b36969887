package store_test

import (
	"path/filepath"
	"testing"

	"quietline/internal/store"
	"quietline/internal/store/storetest"
	"quietline/internal/testkit"
)

func TestConformance(t *testing.T) {
	storetest.Run(t, func(t *testing.T) storetest.Full { return open(t, filepath.Join(t.TempDir(), "quietline.db")) })
}

func open(t *testing.T, path string) *store.Store {
	t.Helper()
	s, err := store.Open(t.Context(), store.Params{Path: path, Clock: testkit.NewClock(), SelfName: storetest.Owner})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := s.Close(); err != nil {
			t.Error(err)
		}
	})
	return s
}
