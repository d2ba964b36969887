package journal_test

import (
	"context"
	"errors"
	"slices"
	"testing"
	"time"

	"quietline/assets"
	"quietline/internal/domain"
	"quietline/internal/journal"
	"quietline/internal/journal/journaltest"
	"quietline/internal/numbers"
	"quietline/internal/registry"
	"quietline/internal/testkit"
)

// shipped is a Service that judges by the shipped registry.
func shipped(t *testing.T) (*journal.Service, *journaltest.Store) {
	t.Helper()
	snap, err := registry.Load(assets.Registry())
	ok(t, err)
	store := journaltest.NewStore("Owner", testkit.Epoch())
	return journal.New(journal.Params{
		People: store, Calls: store, Cards: store, Checker: numbers.New(numbers.Params{Registry: snap}),
		Importers: &journaltest.Importers{}, Clock: testkit.NewClock(),
	}), store
}

func TestCardGathersEveryFormOfANumber(t *testing.T) {
	s, _ := shipped(t)
	at := testkit.Epoch().Add(-time.Hour)
	for i, number := range []string{"95000123", "+8695000123", "95000124", "９５０００１２５"} {
		_, err := s.AddCall(t.Context(), journal.CallInput{Number: number, StartedAt: at.Add(time.Duration(i) * time.Minute)})
		ok(t, err)
	}
	card, err := s.Card(t.Context(), "9500-0123", "")
	ok(t, err)
	if !card.Logged || card.Calls != 2 || card.SiblingNumbers != 2 || card.SiblingCalls != 2 || card.Check.Code != "95000" {
		t.Errorf("%+v", card)
	}
	card, err = s.Card(t.Context(), "95588", "")
	ok(t, err)
	if card.Logged || card.Calls != 0 || card.Check.Verdict != domain.VerdictListed {
		t.Errorf("%+v", card)
	}
}

// A hidden number is the number of nobody: the calls of all that withheld
// theirs are not one caller's.
func TestCardOfNoNumberHasNoLog(t *testing.T) {
	s, store := shipped(t)
	_, err := s.AddCall(t.Context(), journal.CallInput{Number: "", StartedAt: testkit.Epoch().Add(-time.Hour)})
	ok(t, err)
	store.Fail = func(string) error { return errors.New("asked") }
	for _, number := range []string{"", "未知", "abc"} {
		card, err := s.Card(t.Context(), number, "")
		ok(t, err)
		if card.Logged || len(card.Do) == 0 {
			t.Errorf("%q: %+v", number, card)
		}
	}
}

func TestCardSaysWhatToDo(t *testing.T) {
	s, _ := shipped(t)
	for number, want := range map[string]struct{ first, never journal.Deed }{
		"95588":          {journal.DeedCallBack, journal.DeedPolice},
		"95000123":       {journal.DeedCallBack, journal.DeedPolice},
		"+95588":         {journal.DeedPolice, journal.DeedCallBack},
		"110":            {journal.DeedCallBack, journal.DeedComplain},
		"96110":          {journal.DeedCallBack, journal.DeedComplain},
		"95110":          {journal.DeedCallBack, journal.DeedComplain},
		"+12025550123":   {journal.DeedPolice, journal.DeedCallBack},
		"13800138000":    {journal.DeedRefuse, journal.DeedCallBack},
		"未知":             {journal.DeedRefuse, journal.DeedComplain},
		"95913":          {journal.DeedRefuse, journal.DeedCallBack},
		"95000123456789": {journal.DeedPolice, journal.DeedCallBack},
	} {
		card, err := s.Card(t.Context(), number, "")
		ok(t, err)
		order := journal.Deeds()
		sorted := slices.IsSortedFunc(card.Do, func(a, b journal.Deed) int { return slices.Index(order, a) - slices.Index(order, b) })
		if card.Do[0] != want.first || slices.Contains(card.Do, want.never) || !sorted {
			t.Errorf("%s: %v", number, card.Do)
		}
	}
}

// changing is a registry that changes while calls are stored.
type changing struct {
	generation int64
	settled    []int64
}

func (c *changing) Fresh(context.Context) (int64, error) { return c.generation, nil }

func (c *changing) Settle(_ context.Context, generation int64) error {
	c.settled = append(c.settled, generation)
	return nil
}

func TestStoredCallsAreSettledWithTheRegistryTheyBeganWith(t *testing.T) {
	b := newBench()
	b.files.Files["log.xml"] = journaltest.File{Records: []journal.Record{{Line: 1, Number: "95588", StartedAt: testkit.Epoch().Add(-time.Hour)}}}
	c := &changing{generation: 4}
	s := journal.New(journal.Params{
		People: b.store, Calls: b.store, Cards: b.store, Checker: b.checker, Importers: b.files, Clock: b.clock, Registry: c,
	})
	_, err := s.AddCall(t.Context(), journal.CallInput{Number: "95588", StartedAt: testkit.Epoch().Add(-time.Minute)})
	ok(t, err)
	_, err = s.Import(t.Context(), journal.ImportRequest{Path: "log.xml"}, nil)
	ok(t, err)
	_, err = s.Import(t.Context(), journal.ImportRequest{Path: "log.xml", DryRun: true}, nil)
	ok(t, err)
	if !slices.Equal(c.settled, []int64{4, 4}) {
		t.Error(c.settled)
	}
}
