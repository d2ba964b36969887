package shell_test

import (
	"testing"

	"fyne.io/fyne/v2"

	"quietline/internal/settings"
	"quietline/internal/ui/kit"
	"quietline/internal/ui/uitest"
)

func simple(o uitest.Options) settings.All {
	return settings.All{Language: o.Language, TextSize: o.TextSize, Theme: o.Theme, Simple: settings.On}
}

func TestSimpleWindow(t *testing.T) {
	uitest.Matrix(t, func(t *testing.T, o uitest.Options) {
		w := open(t, o)
		w.shell.Apply(simple(o))
		w.Layout()
		if w.Shows("family.calls") || w.Shows("app.simple.back") {
			t.Errorf("the first page has more than itself: %q", w.Texts())
		}
		w.calls.practice = true
		w.shell.Go(kit.Route{Page: kit.PageCalls})
		w.Check()
		if !w.Shows("kit.practice") {
			t.Error("the banner is missing")
		}
		w.Golden("simple")
		w.Draw("shell.simple")
	})
}

func TestWayBackInTheSimpleWindow(t *testing.T) {
	for name, back := range map[string]func(w *window){
		"button": func(w *window) { w.Press("app.simple.back") },
		"Escape": func(w *window) { w.Key(fyne.KeyEscape) },
	} {
		w := open(t, uitest.Options{})
		w.shell.Apply(simple(w.Options))
		w.shell.Go(kit.Route{Page: kit.PageCalls})
		w.Layout()
		back(w)
		if w.shell.Route().Page != kit.PageHome || w.Shows("app.simple.back") {
			t.Errorf("%s: %+v", name, w.shell.Route())
		}
	}
}

// Escape closes what the page has open before it leaves the page.
func TestEscapeClosesBeforeItLeaves(t *testing.T) {
	w := open(t, uitest.Options{})
	w.shell.Apply(simple(w.Options))
	closed := 0
	w.calls.more = kit.NewButton("?", nil, func() { closed++ }).On(kit.CommandBack)
	w.shell.Go(kit.Route{Page: kit.PageCalls})
	w.Layout()
	w.Window.Canvas().Unfocus()
	w.Key(fyne.KeyEscape)
	if closed != 1 || w.shell.Route().Page != kit.PageCalls {
		t.Errorf("closed %d, at %+v", closed, w.shell.Route())
	}
}

func TestSimpleWindowIsLeftAgain(t *testing.T) {
	w := open(t, uitest.Options{})
	w.shell.Apply(simple(w.Options))
	all := simple(w.Options)
	all.Simple = settings.Off
	w.shell.Apply(all)
	w.Layout()
	if !w.Shows("family.calls") || w.Shows("app.simple.back") {
		t.Errorf("the navigation is not back: %q", w.Texts())
	}
}
