package store

import (
	"context"
	"errors"
	"testing"

	"quietline/internal/domain"
	"quietline/internal/lookout"
	"quietline/internal/testkit"
)

// Whoever writes, the next version is another one; what comes to nothing does not
// count.
func TestVersionOfTheFile(t *testing.T) {
	s := fresh(t)
	other, err := Open(t.Context(), Params{Path: s.path, Clock: testkit.NewClock()})
	if err != nil {
		t.Fatal(err)
	}
	defer other.Close() //nolint:errcheck // only read
	before, err := s.changes.version(t.Context(), s.read)
	if err != nil {
		t.Fatal(err)
	}
	for _, step := range []struct {
		name  string
		do    func() error
		other bool
	}{
		{"nothing", func() error { return nil }, false},
		{"its own writing", func() error { return s.SetSetting(t.Context(), "k", "v") }, true},
		{"reading", func() error { _, err := s.Settings(t.Context()); return err }, false},
		{"somebody else's writing", func() error { return other.SetSetting(t.Context(), "k", "w") }, true},
		{"what was rolled back", func() error { return tryWriting(t.Context(), s.write) }, false},
		{"another connection", s.changes.Close, true},
	} {
		if err := step.do(); err != nil {
			t.Fatal(step.name, err)
		}
		now, err := s.changes.version(t.Context(), s.read)
		if err != nil || (now != before) != step.other {
			t.Errorf("after %s: %v, then %v; %v", step.name, before, now, err)
		}
		before = now
	}
	stopped, stop := context.WithCancel(t.Context())
	stop()
	if now, err := s.changes.version(stopped, s.read); err == nil {
		t.Errorf("%v from a stopped context", now)
	}
	if now, err := s.changes.version(t.Context(), s.read); err != nil || now == before {
		t.Errorf("%v by a new connection, %v before; %v", now, before, err)
	}
}

func TestRecall(t *testing.T) {
	var r recall[version, int, string]
	found := 0
	ask := func(at version, question int, answer string, want string) {
		t.Helper()
		got, err := r.ask(at, question, func() (string, error) { found++; return answer, nil })
		if err != nil || got != want {
			t.Errorf("%q, %v; want %q", got, err, want)
		}
	}
	one, two := version{1, 1}, version{1, 2}
	ask(one, 1, "a", "a")
	ask(one, 1, "b", "a")
	ask(one, 2, "c", "c")
	ask(two, 1, "d", "d")
	ask(one, 1, "e", "e")
	if found != 4 {
		t.Errorf("looked for %d times", found)
	}
	if _, err := r.ask(one, 3, func() (string, error) { return "", errors.New("disk") }); err == nil {
		t.Error("no error")
	}
	ask(one, 3, "f", "f")
	// Asked for while the file changed: it is given, and not kept for the new version.
	got, err := r.ask(one, 4, func() (string, error) { ask(two, 1, "g", "g"); return "old", nil })
	if got != "old" || err != nil {
		t.Errorf("%q %v", got, err)
	}
	ask(two, 4, "new", "new")
	for i := range 3 * mostRecalled {
		ask(two, 100+i, "h", "h")
	}
	if len(r.answers) > mostRecalled {
		t.Errorf("%d answers are kept", len(r.answers))
	}
}

// Statistics and the index of all calls are kept, and follow whoever writes.
func TestKeptCountsFollow(t *testing.T) {
	s := fresh(t)
	other, err := Open(t.Context(), Params{Path: s.path, Clock: testkit.NewClock()})
	if err != nil {
		t.Fatal(err)
	}
	defer other.Close() //nolint:errcheck // only read
	for i, writer := range []*Store{s, other, s} {
		want := int64(i * 10)
		for range 2 {
			stats, err := s.Stats(t.Context(), lookout.StatsFilter{})
			if err != nil || stats.Calls+stats.Outgoing != want {
				t.Errorf("round %d: %d calls, %v", i, stats.Calls+stats.Outgoing, err)
			}
			index, err := s.IndexCalls(t.Context(), domain.CallFilter{}, 3)
			if err != nil || index.Count != want {
				t.Errorf("round %d: an index of %d, %v", i, index.Count, err)
			}
		}
		if len(s.stats.answers) != 1 || len(s.indexes.answers) != 1 {
			t.Errorf("round %d: %d and %d answers are kept", i, len(s.stats.answers), len(s.indexes.answers))
		}
		if _, err := writer.AddCalls(t.Context(), manyCalls(10*(i+1)), false); err != nil {
			t.Fatal(err)
		}
	}
}
