package main

import (
	"path/filepath"
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/test"

	"quietline/internal/journal"
	"quietline/internal/settings"
	"quietline/internal/ui/calls"
	"quietline/internal/ui/kit"
	"quietline/internal/ui/uitest"
)

// pageIDs are the pages of the navigation that are there.
func (d *desk) pageIDs() []kit.PageID {
	return []kit.PageID{
		kit.PageHome, kit.PageCalls, kit.PageCheck, kit.PageComplaints, kit.PageBatch, kit.PageFamily, kit.PageSettings, kit.PageHelp,
	}
}

// TestEveryPageInEveryTheme looks at the contrast of what is painted, and at
// what is hard to hit, on every page in each of the themes; the list of pairs in
// internal/ui/look says what may be painted, this what is.
func TestEveryPageInEveryTheme(t *testing.T) {
	for _, theme := range []settings.Theme{settings.ThemeLight, settings.ThemeDark, settings.ThemeContrast} {
		o := uitest.Options{Theme: theme, TextSize: settings.TextLarge}
		d := newDesk(t, o, "")
		for _, all := range []settings.Switch{settings.Off, settings.On} {
			d.shell.Apply(settings.All{
				Language: d.Options.Language, TextSize: d.Options.TextSize, Theme: theme, Simple: all,
			})
			for _, page := range d.pageIDs() {
				d.shell.Go(kit.Route{Page: page})
				d.Check()
				if all == settings.Off {
					d.Draw("theme-" + string(page))
				}
			}
		}
		if err := d.end(); err != nil {
			t.Fatal(err)
		}
	}
}

// TestEverythingIsReachedByTab goes through every page with the Tab key: each
// control gets the keyboard, and each has a name and shows that it has it.
func TestEverythingIsReachedByTab(t *testing.T) {
	d := newDesk(t, uitest.Options{}, "")
	for _, page := range d.pageIDs() {
		d.shell.Go(kit.Route{Page: page})
		d.Layout()
		if left := d.Unreached(80); len(left) > 0 {
			t.Errorf("%s: Tab never comes to %q", page, left)
		}
		d.focusIsSeen(t, page)
	}
	if err := d.end(); err != nil {
		t.Fatal(err)
	}
}

// focusIsSeen wants every stop of the Tab key to look different from when it is
// none.
func (d *desk) focusIsSeen(t *testing.T, page kit.PageID) {
	t.Helper()
	c := d.Window.Canvas()
	c.Unfocus()
	first := d.Tab()
	for f := first; ; {
		with := test.RenderToMarkup(c)
		c.Unfocus()
		if test.RenderToMarkup(c) == with {
			t.Errorf("%s: nothing shows that %T has the keyboard", page, f)
		}
		c.Focus(f)
		if f = d.Tab(); f == first || f == nil {
			return
		}
	}
}

// TestShortcutsOnEveryPage presses every shortcut on every page: nothing
// panics, what opens closes again, and each page obeys those that it should.
func TestShortcutsOnEveryPage(t *testing.T) {
	d := newDesk(t, uitest.Options{}, "")
	for _, page := range d.pageIDs() {
		for _, line := range kit.Shortcuts() {
			if line.Does == "" || line.Does == kit.CommandImport { // file dialogs are the desktop's
				continue
			}
			d.shell.Go(kit.Route{Page: page})
			d.Layout()
			for _, x := range line.Takes {
				d.TypeShortcut(x)
			}
			if line.Key != "" {
				d.Window.Canvas().Unfocus()
				d.Key(line.Key)
			}
			for range 4 {
				if kit.Dialogs(d.Window.Canvas()) {
					d.Window.Canvas().Unfocus()
					d.Key(fyne.KeyEscape)
				}
			}
			if kit.Dialogs(d.Window.Canvas()) {
				t.Fatalf("%s: what %s opens does not close: %q", page, line.Keys, d.Texts())
			}
		}
	}
	for _, page := range []kit.PageID{kit.PageHome, kit.PageCalls, kit.PageCheck, kit.PageComplaints} {
		d.shell.Go(kit.Route{Page: page})
		d.Layout()
		d.Window.Canvas().Unfocus()
		d.Shortcut(fyne.KeyF, fyne.KeyModifierShortcutDefault)
		if _, ok := d.Window.Canvas().Focused().(*kit.Entry); !ok {
			t.Errorf("%s: Ctrl+F does not lead to a field", page)
		}
	}
	if err := d.end(); err != nil {
		t.Fatal(err)
	}
}

// A contact is deleted and brought back without the mouse.
func TestDeleteAndUndoByKeyboard(t *testing.T) {
	d := newDesk(t, uitest.Options{}, "")
	if _, err := d.space.Journal.AddContact(t.Context(), journal.ContactInput{Number: "13800000001", Name: "邻居"}); err != nil {
		t.Fatal(err)
	}
	contacts := func() int {
		list, err := d.space.Journal.Contacts(t.Context(), "")
		if err != nil {
			t.Fatal(err)
		}
		return len(list)
	}
	before := contacts()
	d.Shortcut(fyne.Key6, fyne.KeyModifierShortcutDefault)
	d.tabTo(t, "family.part.contacts")
	d.Key(fyne.KeyReturn)
	d.tabToList(t)
	d.Key(fyne.KeyDelete)
	if got := contacts(); got != before-1 {
		t.Fatalf("%d contacts, want %d", got, before-1)
	}
	d.TypeShortcut(&fyne.ShortcutUndo{})
	if got := contacts(); got != before {
		t.Errorf("%d contacts after undo, want %d", got, before)
	}
	if err := d.end(); err != nil {
		t.Fatal(err)
	}
}

// tabToList goes with the Tab key to the list of the page.
func (d *desk) tabToList(t *testing.T) {
	t.Helper()
	d.Window.Canvas().Unfocus()
	d.Tab() // the navigation
	for range 60 {
		if a, ok := d.Tab().(fyne.Accessible); ok && a.AccessibilityRole() == fyne.AccessibleRoleContainer {
			return
		}
	}
	t.Fatal("the Tab key never comes to the list")
}

// What was chosen is there at the next start: filter, columns, size.
func TestTheWindowRemembers(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "data")
	d := newDesk(t, uitest.Options{}, dir)
	d.shell.Env().Memory.Set("columns.calls", []string{"holder"})
	d.shell.Env().Memory.Set("calls.filter", map[string]string{"period": string(calls.PeriodToday)})
	d.Window.Resize(fyne.NewSize(1111, 777))
	d.shell.Quit()
	if err := d.close(); err != nil {
		t.Fatal(err)
	}
	again := newDesk(t, uitest.Options{Size: fyne.NewSize(1400, 800)}, dir)
	again.shell.Go(kit.Route{Page: kit.PageCalls})
	again.Layout()
	if again.Shows("calls.column.holder") || !again.Shows("calls.period.today") {
		t.Errorf("%q", again.Texts())
	}
	if err := again.end(); err != nil {
		t.Fatal(err)
	}
}
