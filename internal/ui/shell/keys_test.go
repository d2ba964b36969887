package shell_test

import (
	"slices"
	"strings"
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"

	"quietline/internal/ui/kit"
	"quietline/internal/ui/uitest"
)

// TestEveryShortcutIsObeyed goes through the table: each line that asks
// something of the page presses the page's own control that carries it.
func TestEveryShortcutIsObeyed(t *testing.T) {
	for _, line := range kit.Shortcuts() {
		if line.Does == "" || line.Does == kit.CommandHelp {
			continue
		}
		w := open(t, uitest.Options{})
		pressed := 0
		w.home.more = kit.NewButton("?", nil, func() { pressed++ }).On(line.Does)
		w.shell.Go(kit.Route{Page: kit.PageCalls})
		w.shell.Go(kit.Route{Page: kit.PageHome})
		w.Layout()
		want := len(line.Takes)
		for _, x := range line.Takes {
			w.TypeShortcut(x)
		}
		if line.Key != "" {
			want++
			w.Window.Canvas().Unfocus()
			w.Key(line.Key)
			w.Window.Canvas().Focus(w.home.entry) // fields hand it on
			w.Key(line.Key)
			want++
		}
		if pressed != want {
			t.Errorf("%s: obeyed %d times, want %d", line.Keys, pressed, want)
		}
		w.home.more.Disable()
		for _, x := range line.Takes {
			w.TypeShortcut(x)
		}
		if pressed != want {
			t.Errorf("%s: pressed a button that is disabled", line.Keys)
		}
	}
}

func TestWhatCanBeDoneFromAnywhere(t *testing.T) {
	w := open(t, uitest.Options{})
	w.shortcut(fyne.KeyN)
	if got := w.shell.Route(); got != kit.RouteLogCall("") {
		t.Errorf("Ctrl+N led to %+v", got)
	}
	w.shell.Go(kit.Route{Page: kit.PageHome})
	w.shortcut(fyne.KeyI)
	if got := w.shell.Route(); got != kit.RouteImport() {
		t.Errorf("Ctrl+I led to %+v", got)
	}
	w.shell.Go(kit.Route{Page: kit.PageHome})
	kit.Confirm(w.shell.Env(), kit.ConfirmParams{Title: "?", Text: "?", Yes: "!", OnYes: func() {}})
	w.shortcut(fyne.KeyI)
	w.shortcut(fyne.KeyN)
	if got := w.shell.Route(); got.Page != kit.PageHome {
		t.Errorf("from under a dialog to %+v", got)
	}
}

// In a dialog Ctrl+Enter does what the dialog is for, and no other shortcut
// reaches through it.
func TestShortcutsInADialog(t *testing.T) {
	w := open(t, uitest.Options{})
	under, yes := 0, 0
	w.home.more = kit.NewPrimary("?", nil, func() { under++ }).On(kit.CommandSearch)
	w.shell.Go(kit.Route{Page: kit.PageCalls})
	w.shell.Go(kit.Route{Page: kit.PageHome})
	kit.Confirm(w.shell.Env(), kit.ConfirmParams{Title: "?", Text: "?", Yes: "!", OnYes: func() { yes++ }})
	w.shortcut(fyne.KeyF)
	w.shortcut(fyne.KeyReturn)
	if under != 0 || yes != 1 || kit.Dialogs(w.Window.Canvas()) {
		t.Fatalf("under %d, yes %d", under, yes)
	}
	kit.Confirm(w.shell.Env(), kit.ConfirmParams{Title: "?", Text: "?", Yes: "!", Danger: true, OnYes: func() { yes++ }})
	w.shortcut(fyne.KeyReturn)
	if yes != 1 {
		t.Error("Ctrl+Enter did what cannot be taken back")
	}
}

// Of several controls that carry a command the one behind the keyboard counts.
func TestTheNearestControlObeys(t *testing.T) {
	w := open(t, uitest.Options{})
	var got []string
	button := func(name string) *kit.Button {
		return kit.NewPrimary(name, nil, func() { got = append(got, name) })
	}
	first, field, second, third := button("1"), kit.NewEntry(""), button("2"), button("3")
	w.ShowObject(kit.Stack(1, first, field, second, third))
	w.shortcut(fyne.KeyReturn) // nothing has the keyboard
	w.Window.Canvas().Focus(field)
	w.shortcut(fyne.KeyReturn)
	w.Window.Canvas().Focus(third)
	w.shortcut(fyne.KeyReturn)
	second.Hide()
	third.Hide()
	w.Window.Canvas().Focus(field)
	w.shortcut(fyne.KeyReturn)
	if s := strings.Join(got, " "); s != "3 2 3 1" {
		t.Errorf("pressed %s", s)
	}
}

// The navigation is the first stop of the Tab key: it must not keep the keys of the
// window for itself.
func TestNavigationHandsKeysOn(t *testing.T) {
	w := open(t, uitest.Options{Size: fyne.NewSize(1000, 400)})
	var lines []fyne.CanvasObject
	for range 60 {
		lines = append(lines, kit.Body("?"))
	}
	for _, focus := range []func(){func() { w.Tab() }, func() { w.Window.Canvas().Unfocus() }} {
		w.home.text = kit.Stack(1, lines...)
		w.shell.Go(kit.Route{Page: kit.PageCalls})
		w.shell.Go(kit.Route{Page: kit.PageHome})
		w.Layout()
		w.Window.Canvas().Unfocus()
		focus()
		w.Key(fyne.KeyPageDown)
		if !slices.ContainsFunc(uitest.All[*container.Scroll](w.Harness), func(s *container.Scroll) bool { return s.Offset.Y > 0 }) {
			t.Errorf("Page Down does nothing; the focus is on %T", w.Window.Canvas().Focused())
		}
		w.Key(fyne.KeyF1)
		if !w.Shows("keys.title") {
			t.Errorf("F1 does nothing; the focus is on %T", w.Window.Canvas().Focused())
		}
		w.Press("kit.close")
	}
}

func TestSheetOfShortcuts(t *testing.T) {
	uitest.Matrix(t, func(t *testing.T, o uitest.Options) {
		o.Size = fyne.NewSize(1000, 900)
		w := open(t, o)
		w.Key(fyne.KeyF1)
		w.Check()
		for _, line := range kit.Shortcuts() {
			if !w.Shows(line.Text) || !w.Reads(line.Keys) {
				t.Errorf("the sheet lacks %s", line.Keys)
			}
		}
		for _, title := range []string{"prefs.about", "family.calls", "prefs.title"} {
			if !w.Shows(title) {
				t.Errorf("the sheet lacks the page %s", title)
			}
		}
		w.Golden("shortcuts")
		w.Draw("shortcuts")
		w.Key(fyne.KeyEscape)
		if kit.Dialogs(w.Window.Canvas()) {
			t.Error("Escape does not close the sheet")
		}
	})
}
