package shell_test

import (
	"context"
	"testing"

	"fyne.io/fyne/v2"
	"github.com/google/go-cmp/cmp"

	"quietline/internal/l10n"
	"quietline/internal/settings"
	"quietline/internal/ui/kit"
	"quietline/internal/ui/look"
	"quietline/internal/ui/shell"
	"quietline/internal/ui/uitest"
)

// remembering is a shell of one page that remembers in stored.
func remembering(h *uitest.Harness, remembered, stored map[string]string) *shell.Shell {
	return shell.New(shell.Params{
		App: h.App, Window: h.Window, Printer: h.Env.Printer, Jobs: h.Env.Jobs, Dispatch: kit.Inline,
		Clock: h.Clock, Source: h.Env.Source, Log: h.Env.Log,
		Remembered: remembered,
		Remember: func(_ context.Context, name, value string) error {
			stored[name] = value
			return nil
		},
		Pages: func(e *kit.Env) []shell.Entry {
			return []shell.Entry{{ID: kit.PageHome, Icon: look.IconHome, Page: &fakePage{env: e, title: "prefs.about"}}}
		},
	})
}

func TestSizeOfTheWindow(t *testing.T) {
	for remembered, want := range map[string]fyne.Size{
		`{"Width":900,"Height":640}`:   fyne.NewSize(900, 640),
		`{"Width":9,"Height":640}`:     fyne.NewSize(1160, 680),
		`{"Width":900,"Height":64000}`: fyne.NewSize(1160, 680),
		`?`:                            fyne.NewSize(1160, 680),
		``:                             fyne.NewSize(1160, 680),
	} {
		h := uitest.New(t, uitest.Options{})
		stored := map[string]string{}
		s := remembering(h, map[string]string{"size": remembered}, stored)
		s.Start(kit.Route{Page: kit.PageHome})
		if got := h.Window.Canvas().Size(); got != want {
			t.Errorf("%s: opened as %v, want %v", remembered, got, want)
		}
		h.Window.Resize(fyne.NewSize(1111, 777))
		s.Quit()
		if diff := cmp.Diff(map[string]string{"size": `{"Width":1111,"Height":777}`}, stored); diff != "" {
			t.Errorf("%s: %s", remembered, diff)
		}
	}
}

func TestStartSize(t *testing.T) {
	none, small, usual, wide := fyne.Size{}, fyne.NewSize(1366, 728), fyne.NewSize(1280, 900), fyne.NewSize(1920, 1040)
	for _, c := range []struct {
		text   settings.TextSize
		screen fyne.Size
		want   fyne.Size
	}{
		{settings.TextNormal, wide, fyne.NewSize(1160, 680)},
		{settings.TextLarge, none, fyne.NewSize(1160, 680)},
		{settings.TextLarge, wide, fyne.NewSize(1280, 780)},
		{settings.TextLargest, small, fyne.NewSize(1334, 680)},
		{settings.TextLargest, usual, fyne.NewSize(1248, 836)},
		{settings.TextLargest, wide, fyne.NewSize(1440, 900)},
	} {
		if got := shell.StartSize(c.text, c.screen); got != c.want {
			t.Errorf("%s on %v: %v, want %v", c.text, c.screen, got, c.want)
		}
	}
}

// centred is a window that counts how often it was put into the middle.
type centred struct {
	fyne.Window
	times int
}

func (w *centred) CenterOnScreen() { w.times++ }

// The window grows with the text as long as nobody gave it another size, and a
// size that nobody gave it is not remembered.
func TestWindowGrowsWithTheText(t *testing.T) {
	for _, touched := range []bool{false, true} {
		h := uitest.New(t, uitest.Options{})
		stored := map[string]string{}
		window := &centred{Window: h.Window}
		s := shell.New(shell.Params{
			App: h.App, Window: window, Printer: h.Env.Printer, Jobs: h.Env.Jobs, Dispatch: kit.Inline,
			Clock: h.Clock, Source: h.Env.Source, Log: h.Env.Log, Settings: settings.All{Language: l10n.English, TextSize: settings.TextNormal},
			Screen: func() fyne.Size { return fyne.NewSize(1920, 1040) },
			Remember: func(_ context.Context, name, value string) error {
				stored[name] = value
				return nil
			},
			Pages: func(e *kit.Env) []shell.Entry {
				return []shell.Entry{{ID: kit.PageHome, Icon: look.IconHome, Page: &fakePage{env: e, title: "prefs.about"}}}
			},
		})
		s.Start(kit.Route{Page: kit.PageHome})
		want, kept := fyne.NewSize(1440, 900), map[string]string{}
		if touched {
			want, kept = fyne.NewSize(1000, 900), map[string]string{"size": `{"Width":1000,"Height":900}`}
			h.Window.Resize(want)
		}
		all := s.Settings()
		all.TextSize = settings.TextLargest
		window.times = 0
		s.Apply(all)
		if centred := window.times > 0; centred == touched {
			t.Errorf("touched %t: centred %t", touched, centred)
		}
		if got := h.Window.Canvas().Size(); got != want {
			t.Errorf("touched %t: %v, want %v", touched, got, want)
		}
		s.Quit()
		if diff := cmp.Diff(kept, stored); diff != "" {
			t.Errorf("touched %t: %s", touched, diff)
		}
	}
}

// A session that ends does not ask the program: the size is remembered when it has
// come to rest.
func TestSizeIsRememberedAtRest(t *testing.T) {
	h := uitest.New(t, uitest.Options{})
	stored := map[string]string{}
	s := remembering(h, nil, stored)
	s.Start(kit.Route{Page: kit.PageHome})
	h.Fire()
	if len(stored) > 0 {
		t.Errorf("nobody chose %v", stored)
	}
	h.Window.Resize(fyne.NewSize(900, 700))
	if len(stored) > 0 {
		t.Errorf("while it is pulled at: %v", stored)
	}
	h.Fire()
	if diff := cmp.Diff(map[string]string{"size": `{"Width":900,"Height":700}`}, stored); diff != "" {
		t.Error(diff)
	}
}
