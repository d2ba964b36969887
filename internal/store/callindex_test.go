package store

import (
	"context"
	"database/sql"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"quietline/internal/domain"
	"quietline/internal/journal"
	"quietline/internal/testkit"
)

// The index by skips is that of a walk, also where many calls began at the same
// moment, and while calls come and go.
func TestIndexBySkips(t *testing.T) {
	rapid.Check(t, func(rt *rapid.T) {
		s := fresh(t)
		defer s.Close()
		ada := domain.Person{Name: "Ada", Relation: domain.RelationRelative}
		if err := s.AddPerson(t.Context(), &ada); err != nil {
			rt.Fatal(err)
		}
		people := []domain.PersonID{domain.SelfID, ada.ID}
		var undo []func(context.Context) error
		for range rapid.IntRange(1, 6).Draw(rt, "times") {
			if _, err := s.AddCalls(t.Context(), drawCalls(rt, people), false); err != nil {
				rt.Fatal(err)
			}
			if page, err := s.Calls(t.Context(), domain.CallFilter{}, domain.Page{Limit: 9}); err != nil {
				rt.Fatal(err)
			} else if len(page.Calls) > 0 && rapid.Bool().Draw(rt, "remove") {
				gone, err := s.RemoveCalls(t.Context(), []domain.CallID{rapid.SampledFrom(page.Calls).Draw(rt, "gone").ID})
				if err != nil {
					rt.Fatal(err)
				}
				undo = append(undo, gone.Undo)
			}
			if len(undo) > 0 && rapid.Bool().Draw(rt, "undo") {
				if err := rapid.SampledFrom(undo).Draw(rt, "back")(t.Context()); err != nil {
					rt.Fatal(err)
				}
			}
			f := domain.CallFilter{PersonID: rapid.SampledFrom([]domain.PersonID{0, 0, ada.ID}).Draw(rt, "of")}
			if rapid.Bool().Draw(rt, "period") {
				f.From, f.To = testkit.Epoch().Add(30*time.Second), testkit.Epoch().Add(170*time.Second)
			}
			every := rapid.IntRange(1, 7).Draw(rt, "every")
			got, err := s.IndexCalls(t.Context(), f, every)
			if err != nil {
				rt.Fatal(err)
			}
			var want journal.CallIndex
			err = s.view(t.Context(), "test", func(tx *sql.Tx) (err error) {
				want, err = indexByWalk(t.Context(), tx, f, every)
				return err
			})
			if err != nil {
				rt.Fatal(err)
			}
			if d := cmp.Diff(want, got); d != "" {
				rt.Fatalf("%+v every %d (-walk +skips)\n%s", f, every, d)
			}
		}
	})
}

// Kept is what nobody else can change.
func TestIndexOfAllIsTheCallers(t *testing.T) {
	s := fresh(t)
	if _, err := s.AddCalls(t.Context(), manyCalls(10), false); err != nil {
		t.Fatal(err)
	}
	for range 2 {
		index, err := s.IndexCalls(t.Context(), domain.CallFilter{}, 3)
		if err != nil || len(index.Cursors) != 3 || strings.Contains(strings.Join(index.Cursors, ""), "mine") {
			t.Fatalf("%+v %v", index, err)
		}
		index.Cursors[0] = "mine"
	}
}
