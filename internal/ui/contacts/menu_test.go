package contacts

import (
	"slices"
	"testing"

	"fyne.io/fyne/v2"
	"github.com/google/go-cmp/cmp"

	"quietline/internal/domain"
	"quietline/internal/l10n"
	"quietline/internal/ui/kit"
	"quietline/internal/ui/uitest"
)

// pickMenu chooses in the menu of a row.
func (s *stage) pickMenu(row domain.Contact, key string) {
	s.T.Helper()
	items := s.part.menu(row)
	i := slices.IndexFunc(items, func(m *fyne.MenuItem) bool { return m.Label == s.Env.T(key) })
	if i < 0 {
		s.T.Fatalf("the menu lacks %s", key)
	}
	items[i].Action()
	s.Layout()
}

func TestMenuOfAContact(t *testing.T) {
	s := show(t, uitest.Options{Language: l10n.English}, newBook())
	row := s.part.model.Shown()[1]
	s.pickMenu(row, "calls.menu.copy")
	if got := fyne.CurrentApp().Clipboard().Content(); got != row.Number {
		t.Errorf("copied %q", got)
	}
	s.pickMenu(row, "calls.menu.number")
	if diff := cmp.Diff([]kit.Route{kit.RouteCallsFrom(row.Number)}, s.Routes); diff != "" {
		t.Error(diff)
	}
	s.pickMenu(row, "contacts.menu.edit")
	if !kit.Dialogs(s.Window.Canvas()) || !s.Shows("contacts.save") {
		t.Errorf("no form: %q", s.Texts())
	}
	s.Key(fyne.KeyEscape)
	s.pickMenu(row, "contacts.remove")
	s.Key(fyne.KeyEscape)
	if got := s.part.model.Removed(); len(got) != 1 || key(got[0]) != key(row) {
		t.Errorf("removed %+v; Escape leaves the way back", got)
	}
}

// The menu of a row that is one of several marked ones is about all of them.
func TestMenuOfMarkedContacts(t *testing.T) {
	s := show(t, uitest.Options{}, newBook())
	s.mark(0, 3)
	s.pickMenu(s.part.model.Shown()[3], "contacts.remove")
	if got := s.part.model.Removed(); len(got) != 2 {
		t.Errorf("removed %+v", got)
	}
}

func TestContactsAreDeletedAndBroughtBackByKeyboard(t *testing.T) {
	s := show(t, uitest.Options{}, newBook())
	before := len(s.part.model.Shown())
	s.Window.Canvas().Focus(s.part.table.Focus())
	s.Key(fyne.KeyDelete)
	if got := len(s.part.model.Shown()); got != before-1 {
		t.Fatalf("%d contacts, want %d", got, before-1)
	}
	if !s.Env.Obey(kit.CommandUndo) {
		t.Fatal("nothing to take back")
	}
	if got := len(s.part.model.Shown()); got != before {
		t.Errorf("%d contacts after undo, want %d", got, before)
	}
}
