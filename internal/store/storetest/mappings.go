package storetest

import (
	"testing"
	"time"

	"quietline/internal/journal"
)

func mappingTests() []test {
	return []test{{"mapping/kept and forgotten", keepMappings}}
}

func keepMappings(t *testing.T, s Full) {
	found := func(fingerprints ...string) (string, journal.Mapping) {
		t.Helper()
		f, m, err := s.FindMapping(t.Context(), fingerprints)
		ok(t, err)
		return f, m
	}
	f, m := found("a", "b")
	same(t, f, "")
	same(t, len(m), 0)
	f, _ = found()
	same(t, f, "")
	first := journal.Mapping{journal.MapNumber: `title, with "signs"`, journal.MapTime: "#2", journal.MapName: ""}
	ok(t, s.SaveMapping(t.Context(), "b", first, start()))
	f, m = found("a", "b")
	same(t, f, "b")
	same(t, m, first)
	second := journal.Mapping{journal.MapNumber: "#1"}
	ok(t, s.SaveMapping(t.Context(), "b", second, after(time.Hour)))
	ok(t, s.SaveMapping(t.Context(), "a", first, start()))
	f, m = found("b", "a")
	same(t, f, "b")
	same(t, m, second)
	ok(t, s.ForgetMappings(t.Context(), []string{"b", "c"}))
	f, m = found("b", "a")
	same(t, f, "a")
	same(t, m, first)
}
