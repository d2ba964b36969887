package shell_test

import (
	"slices"
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"

	"quietline/internal/l10n"
	"quietline/internal/settings"
	"quietline/internal/ui/kit"
	"quietline/internal/ui/uitest"
)

// A sentence at the bottom goes when the user is done with it, and not before.
func TestToastStaysUntilTheUserGoesOn(t *testing.T) {
	for name, goOn := range map[string]func(w *window){
		"Escape":   func(w *window) { w.Key(fyne.KeyEscape) },
		"button":   func(w *window) { w.Press("kit.close") },
		"shortcut": func(w *window) { w.shortcut(fyne.Key2) },
	} {
		w := open(t, uitest.Options{Language: l10n.English})
		w.shell.Env().Toast(w.Env.T("kit.copied"))
		w.Fire()
		if !w.Shows("kit.copied") {
			t.Fatalf("%s: the toast went by itself", name)
		}
		w.shell.Apply(settings.All{Language: l10n.English, TextSize: settings.TextLargest, Theme: settings.ThemeDark})
		w.Layout()
		if !w.Reads("Copied.") {
			t.Fatalf("%s: the toast is not there in the other size", name)
		}
		goOn(w)
		if w.Reads("Copied.") {
			t.Errorf("%s: the toast stays", name)
		}
	}
}

// A sentence at the bottom covers nothing that can be pressed.
func TestToastMakesRoom(t *testing.T) {
	for _, simple := range []settings.Switch{settings.Off, settings.On} {
		w := open(t, uitest.Options{Language: l10n.English})
		button := kit.NewButton("low", nil, nil)
		w.home.low = button
		w.shell.Apply(settings.All{Language: l10n.English, TextSize: settings.TextLargest, Simple: simple})
		bottom := func() float32 {
			w.Layout()
			return fyne.CurrentApp().Driver().AbsolutePositionForObject(button).Y + button.Size().Height
		}
		before := bottom()
		w.shell.Env().Toast(w.Env.T("kit.copied"))
		end := bottom()
		w.Walk(func(s uitest.Seen) {
			if text, ok := s.Object.(*canvas.Text); ok && text.Text == w.Env.T("kit.copied") && s.Pos.Y < end {
				t.Errorf("simple %s: the sentence stands at %.0f, the button ends at %.0f", simple, s.Pos.Y, end)
			}
		})
		w.Check()
		w.Press("kit.close")
		if now := bottom(); now != before || end == before {
			t.Errorf("simple %s: the button ended at %.0f, then %.0f, and now %.0f", simple, before, end, now)
		}
	}
}

// What a page says before it leads to another one can be read there.
func TestToastOutlivesTheWayOfAPage(t *testing.T) {
	w := open(t, uitest.Options{})
	w.shell.Env().Toast(w.Env.T("kit.copied"))
	w.shell.Env().Navigate(kit.Route{Page: kit.PageCalls})
	if !w.Shows("kit.copied") {
		t.Error("the toast went with the page")
	}
}

// A sentence that has room stands on one line, and leaves the page more.
func TestToastIsAsWideAsItsWords(t *testing.T) {
	w := open(t, uitest.Options{Language: l10n.English, TextSize: settings.TextLargest})
	w.shell.Env().Toast(w.Env.T("withdrawal.state.done"))
	w.Layout()
	if !slices.Contains(w.Texts(), w.Env.T("withdrawal.state.done")) {
		t.Errorf("%q", w.Texts())
	}
	w.Check()
}
