package journal_test

import (
	"errors"
	"testing"
	"time"

	"quietline/internal/domain"
	"quietline/internal/journal"
	"quietline/internal/journal/journaltest"
	"quietline/internal/testkit"
)

// bench is a Service on stand-ins.
type bench struct {
	*journal.Service
	store   *journaltest.Store
	checker *journaltest.Checker
	files   *journaltest.Importers
	clock   *testkit.Clock
}

func newBench() *bench {
	b := &bench{
		store:   journaltest.NewStore("Owner", testkit.Epoch()),
		checker: &journaltest.Checker{},
		files:   &journaltest.Importers{Files: map[string]journaltest.File{}},
		clock:   testkit.NewClock(),
	}
	b.Service = journal.New(journal.Params{
		People: b.store, Calls: b.store, Cards: b.store, Checker: b.checker, Importers: b.files, Clock: b.clock,
	})
	return b
}

// pointers gives the field and key of every problem in the error.
func pointers(err error) map[string]string {
	out := map[string]string{}
	var list domain.Problems
	if errors.As(err, &list) {
		for _, e := range list {
			out[e.Field] = e.Key
		}
	} else if err != nil {
		out[""] = domain.KeyOf(err)
	}
	return out
}

func ok(t testing.TB, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

func fails(t testing.TB, err error, kind domain.Kind, key string) {
	t.Helper()
	if domain.KindOf(err) != kind || domain.KeyOf(err) != key {
		t.Fatalf("error %v of kind %s, want %s of kind %s", err, domain.KindOf(err), key, kind)
	}
}

func seconds(n int) *time.Duration {
	d := time.Duration(n) * time.Second
	return &d
}

func all(t testing.TB, s *journal.Service, f domain.CallFilter) []domain.Call {
	t.Helper()
	var out []domain.Call
	for p := (domain.Page{Limit: domain.MaxPageSize}); ; {
		page, err := s.Calls(t.Context(), f, p)
		ok(t, err)
		out = append(out, page.Calls...)
		if page.Next == "" {
			return out
		}
		p.After = page.Next
	}
}
