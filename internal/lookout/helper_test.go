package lookout_test

import (
	"context"
	"path/filepath"
	"testing"

	"quietline/internal/domain"
	"quietline/internal/lookout"
	"quietline/internal/store"
	"quietline/internal/testkit"
)

// book is a set of contacts that tests change.
type book struct{ contacts []lookout.Contact }

func (b *book) ContactNumbers(context.Context) ([]lookout.Contact, error) { return b.contacts, nil }

// tb is a *testing.T, a *testing.B or a *rapid.T.
type tb interface {
	Helper()
	Fatal(args ...any)
	Fatalf(format string, args ...any)
}

func ok(t tb, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

type desk struct {
	*lookout.Service
	store *store.Store
	book  *book
	clock *testkit.Clock
}

func open(t testing.TB) *desk {
	t.Helper()
	return openAt(t, filepath.Join(t.TempDir(), "quietline.db"))
}

func openAt(t testing.TB, path string) *desk {
	t.Helper()
	clock := testkit.NewClock()
	s, err := store.Open(t.Context(), store.Params{Path: path, Clock: clock, SelfName: "Owner"})
	ok(t, err)
	t.Cleanup(func() { s.Close() })
	b := &book{}
	return &desk{
		Service: lookout.New(lookout.Params{Store: s, Settings: s, People: s, Contacts: b, Clock: clock}),
		store:   s, book: b, clock: clock,
	}
}

// all gives every alert that is not gone.
func (d *desk) all(t tb) []lookout.Alert {
	t.Helper()
	var out []lookout.Alert
	for p := (domain.Page{Limit: 7}); ; {
		page, err := d.Alerts(context.Background(), lookout.AlertFilter{Dismissed: true}, p)
		ok(t, err)
		out = append(out, page.Alerts...)
		if page.Next == "" {
			return out
		}
		p.After = page.Next
	}
}

func (d *desk) add(t tb, calls ...domain.Call) {
	t.Helper()
	_, err := d.store.AddCalls(context.Background(), calls, false)
	ok(t, err)
}

func (d *desk) refresh(t tb) {
	t.Helper()
	ok(t, d.Refresh(context.Background(), nil))
}
