package calls

import (
	"strings"
	"testing"

	"quietline/internal/domain"
	"quietline/internal/testkit"
	"quietline/internal/ui/kit"
	"quietline/internal/ui/uitest"
)

// An alert of somebody who was removed while the calls were kept leads to those
// calls, and not to everybody's. Where none are left the list is everybody's.
func TestCallsOfSomebodyWhoWasRemoved(t *testing.T) {
	s := show(t, uitest.Options{}, uitest.Calls())
	grandma := uitest.People()[1]
	var theirs []domain.CallID
	for _, c := range s.rows() {
		if c.PersonID == grandma.ID {
			theirs = append(theirs, c.ID)
		}
	}
	if _, err := s.store.RemovePerson(t.Context(), grandma.ID, true); err != nil || len(theirs) == 0 {
		t.Fatal(theirs, err)
	}
	s.page.Changed("people")
	at := testkit.Epoch()
	s.Show(s.page, kit.RouteCallsOnDays(grandma.ID, at.AddDate(0, 0, -400), at))
	for _, c := range s.rows() {
		if c.PersonID != grandma.ID {
			t.Errorf("a call of %d", c.PersonID)
		}
	}
	if n := len(s.rows()); n != len(theirs) || !strings.Contains(s.page.list.filters.words.Text(), grandma.Name) {
		t.Errorf("%d calls: %q", n, s.Texts())
	}
	if _, err := s.store.RemoveCalls(t.Context(), theirs); err != nil {
		t.Fatal(err)
	}
	s.page.model.Reload()
	s.Layout()
	if f := s.page.model.Filter(); f.Person != 0 {
		t.Errorf("%+v: nobody's calls are asked for", f)
	}
}
