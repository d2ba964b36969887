package store

import (
	"database/sql"
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"quietline/internal/domain"
	"quietline/internal/testkit"
)

// drawCalls draws a log in which many calls have something in common, some of
// them the moment.
func drawCalls(t *rapid.T, people []domain.PersonID) []domain.Call {
	calls := make([]domain.Call, rapid.IntRange(0, 60).Draw(t, "calls"))
	for i := range calls {
		number := rapid.SampledFrom([]string{"", "95013001", "95013002", "13800001234", "9501"}).Draw(t, "number")
		calls[i] = domain.Call{
			PersonID: rapid.SampledFrom(people).Draw(t, "person"), Number: number, Ordinal: i, Source: "generic_csv",
			Display:   rapid.SampledFrom([]string{number, "0551-" + number, "+86 " + number}).Draw(t, "display"),
			Family:    rapid.SampledFrom([]domain.Family{domain.FamilyMobile, domain.FamilyHidden, domain.FamilyCallCentre95}).Draw(t, "family"),
			Verdict:   rapid.SampledFrom([]domain.Verdict{domain.VerdictListed, domain.VerdictUnlisted}).Draw(t, "verdict"),
			Direction: rapid.SampledFrom([]domain.Direction{domain.DirectionIncoming, domain.DirectionMissed, domain.DirectionBlocked}).Draw(t, "direction"),
			StartedAt: testkit.Epoch().Add(time.Duration(rapid.IntRange(0, 400).Draw(t, "second")) * 500 * time.Millisecond),
			Name:      rapid.SampledFrom([]string{"", textAunt, "Anna", "Joanna 1234", textAunt + " 9501"}).Draw(t, "name"),
			Note:      rapid.SampledFrom([]string{"", "anna_1", textFraud}).Draw(t, "note"),
		}
	}
	return calls
}

func drawFilter(t *rapid.T, people []domain.PersonID) domain.CallFilter {
	f := domain.CallFilter{
		PersonID:  rapid.SampledFrom(append([]domain.PersonID{0, 0}, people...)).Draw(t, "of"),
		Direction: rapid.SampledFrom([]domain.Direction{"", "", domain.DirectionMissed, domain.DirectionVoicemail}).Draw(t, "direction"),
		Family:    rapid.SampledFrom([]domain.Family{"", "", domain.FamilyMobile}).Draw(t, "family"),
		Verdict:   rapid.SampledFrom([]domain.Verdict{"", "", domain.VerdictListed}).Draw(t, "verdict"),
		Number:    rapid.SampledFrom([]string{"", "", "", "95013001"}).Draw(t, "number"),
		Text: rapid.SampledFrom([]string{
			"", "", textAunt, textFraud, "nna", "ANNA", "_", "nna_1", "9501", "123", "05519501", "+86", textAunt + " 9501",
			"anna 1234", textAunt + " nobody", "777", "950 13001", "_ 9501",
		}).Draw(t, "text"),
	}
	if rapid.Bool().Draw(t, "from") {
		f.From = testkit.Epoch().Add(50 * time.Second)
	}
	if rapid.Bool().Draw(t, "to") {
		f.To = testkit.Epoch().Add(150 * time.Second)
	}
	return f
}

// However a filter is taken apart, its pages are what looking at every call gives.
func TestPagesAreWhatMatches(t *testing.T) {
	s := fresh(t)
	aunt := domain.Person{Name: "Aunt", Relation: domain.RelationRelative}
	if err := s.AddPerson(t.Context(), &aunt); err != nil {
		t.Fatal(err)
	}
	people := []domain.PersonID{domain.SelfID, aunt.ID}
	rapid.Check(t, func(t *rapid.T) {
		if _, err := s.write.ExecContext(t.Context(), "DELETE FROM call"); err != nil {
			t.Fatal(err)
		}
		s.near = rapid.IntRange(0, 5).Draw(t, "near")
		for range 2 { // the second time something is known of the log already
			if _, err := s.AddCalls(t.Context(), drawCalls(t, people), false); err != nil {
				t.Fatal(err)
			}
			for range 4 {
				markOne(t, s)
				f := drawFilter(t, people)
				var want []domain.Call
				err := s.view(t.Context(), "test", func(tx *sql.Tx) (err error) {
					want, err = walkCalls(t.Context(), tx, callConds(f), 1000)
					return err
				})
				if err != nil {
					t.Fatal(err)
				}
				got := pages(t, s, f, rapid.IntRange(1, 7).Draw(t, "limit"))
				if d := cmp.Diff(want, got); d != "" {
					t.Fatalf("%+v (-want +got):\n%s", f, d)
				}
			}
		}
	})
}

// markOne writes a note, as the user may at any time.
func markOne(t *rapid.T, s *Store) {
	page, err := s.Calls(t.Context(), domain.CallFilter{}, domain.Page{Limit: 5})
	if err != nil {
		t.Fatal(err)
	}
	if len(page.Calls) == 0 {
		return
	}
	c := rapid.SampledFrom(page.Calls).Draw(t, "marked")
	note := rapid.SampledFrom([]string{"", "hannah 1", textFraud, "x9501x"}).Draw(t, "new note")
	if err := s.MarkCall(t.Context(), c.ID, "", nil, note); err != nil {
		t.Fatal(err)
	}
}

func pages(t *rapid.T, s *Store, f domain.CallFilter, limit int) (all []domain.Call) {
	for p := (domain.Page{Limit: limit}); ; {
		page, err := s.Calls(t.Context(), f, p)
		if err != nil {
			t.Fatal(err)
		}
		if all = append(all, page.Calls...); page.Next == "" {
			return all
		}
		p.After = page.Next
	}
}

// Digits that many numbers hold, and in several spellings, are found in all.
func TestPagesOfManyNumbers(t *testing.T) {
	s := fresh(t)
	for _, n := range []int{fewNumbers - 1, fewNumbers, manyNumbers + 1} {
		var calls []domain.Call
		for i := range n {
			for k := range 3 {
				calls = append(calls, domain.Call{
					PersonID: domain.SelfID, Number: fmt.Sprintf("9501%05d", i), Display: fmt.Sprintf("%d-9501%05d", k, i), Name: textDoctor,
					Family: domain.FamilyMobile, Verdict: domain.VerdictListed, Direction: domain.DirectionIncoming,
					StartedAt: testkit.Epoch().Add(time.Duration(k*n+i) * time.Hour), Source: "generic_csv",
				})
			}
		}
		if _, err := s.AddCalls(t.Context(), calls, false); err != nil {
			t.Fatal(err)
		}
		for _, text := range []string{"9501", textDoctor + " 9501"} {
			index, err := s.IndexCalls(t.Context(), domain.CallFilter{Text: text}, 1)
			if err != nil || index.Count < int64(3*n) {
				t.Fatal(index.Count, err)
			}
			page, err := s.Calls(t.Context(), domain.CallFilter{Text: text}, domain.Page{Limit: domain.MaxPageSize})
			if err != nil || int64(len(page.Calls)) != min(index.Count, domain.MaxPageSize) {
				t.Errorf("%d numbers, %q: %d of %d calls, %v", n, text, len(page.Calls), index.Count, err)
			}
		}
	}
}

// The first page of a rare kind and of a rare word is read off an index.
func TestPagePlans(t *testing.T) {
	s := fresh(t)
	kind := "c.direction = ? AND c.family = ? AND c.verdict = ? AND c.person_id = ?"
	for name, tt := range map[string]struct {
		query string
		args  []any
		want  string
	}{
		"kind":   {"SELECT c.started_at, c.id FROM call c INDEXED BY call_kind WHERE " + kind + " AND c.started_at >= ?" + newestFirst, []any{"", "", "", 1, 0, 9}, "call_kind (direction=? AND family=? AND verdict=? AND person_id=? AND started_at>?)"},
		"number": {"SELECT c.started_at, c.id FROM call c INDEXED BY call_identity WHERE c.number = ? AND c.started_at >= ?" + newestFirst, []any{"1", 0, 9}, "call_identity (number=? AND started_at>?)"},
		"text":   {"SELECT c.id FROM call_text t CROSS JOIN call c ON c.id = " + textCall + " WHERE t.call_text MATCH ? ORDER BY t.rowid DESC", []any{"a"}, "VIRTUAL TABLE INDEX"},
	} {
		if plan := planOf(t, s, tt.query, tt.args); !strings.Contains(plan, tt.want) {
			t.Errorf("%s:\n%s", name, plan)
		}
	}
}

// textsByID makes the index of texts what it was before version 7: the row of a
// text is the ID of the call.
func textsByID(t *testing.T, s *Store) {
	t.Helper()
	_, err := s.write.ExecContext(t.Context(), "DELETE FROM call_text; INSERT INTO call_text (rowid, text) SELECT id, note FROM call")
	if err != nil {
		t.Fatal(err)
	}
}
