package main

import (
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/test"

	"quietline/i18n"
	"quietline/internal/guide"
	"quietline/internal/l10n"
	"quietline/internal/settings"
	"quietline/internal/ui/kit"
	"quietline/internal/ui/uitest"
)

// From the navigation to the guide, to a topic, to what a search finds, and to the page
// that it is about, by keyboard.
func TestHelpIsAtTheEndOfTheNavigation(t *testing.T) {
	d := newDesk(t, uitest.Options{Language: l10n.English, Size: fyne.NewSize(1280, 900)}, "")
	d.Window.Canvas().Unfocus()
	d.Tab() // the navigation
	d.Key(fyne.KeyEnd)
	d.Key(fyne.KeyReturn)
	if d.shell.Route().Page != kit.PageHelp || !d.Reads("Check a number") {
		t.Fatalf("%+v: %q", d.shell.Route(), d.Texts())
	}
	d.Shortcut(fyne.KeyF, fyne.KeyModifierShortcutDefault)
	search, ok := d.Window.Canvas().Focused().(*kit.Entry)
	if !ok {
		t.Fatal("Ctrl+F does not lead to the search")
	}
	d.Type(search, "token")
	d.tabToList(t)
	d.Key(fyne.KeyReturn)
	if !d.Reads("If something goes wrong") || !d.Reads("The endpoint refuses the token") {
		t.Fatalf("%q", d.Texts())
	}
	d.Type(search, "")
	d.tabToList(t)
	d.Key(fyne.KeyReturn)
	if !d.Reads("The answer appears below the number") {
		t.Fatalf("%q", d.Texts())
	}
	test.Tap(d.Button(`Open "Check"`))
	d.Layout()
	if d.shell.Route().Page != kit.PageCheck {
		t.Errorf("%+v", d.shell.Route())
	}
	if err := d.end(); err != nil {
		t.Fatal(err)
	}
}

// The sheet of F1 leads to the guide, but not away from a page that stands alone.
func TestHelpFromTheSheetOfShortcuts(t *testing.T) {
	d := newDesk(t, uitest.Options{}, "")
	d.Window.Canvas().Unfocus()
	d.Key(fyne.KeyF1)
	d.Press("help.name")
	if d.shell.Route().Page != kit.PageHelp || kit.Dialogs(d.Window.Canvas()) {
		t.Fatalf("%+v: %q", d.shell.Route(), d.Texts())
	}
	d.shell.Go(kit.RouteWelcome())
	d.Layout()
	d.Window.Canvas().Unfocus()
	d.Key(fyne.KeyF1)
	if !kit.Dialogs(d.Window.Canvas()) || len(d.Buttons("help.name")) > 0 {
		t.Errorf("%q", d.Texts())
	}
	if err := d.end(); err != nil {
		t.Fatal(err)
	}
}

// The simple window has the guide too, and a way back from it.
func TestHelpInTheSimpleWindow(t *testing.T) {
	d := newDesk(t, uitest.Options{}, "")
	now := d.shell.Settings()
	now.Simple = settings.On
	d.shell.Apply(now)
	d.tabTo(t, "help.name")
	d.Key(fyne.KeyReturn)
	if d.shell.Route().Page != kit.PageHelp {
		t.Fatalf("%+v", d.shell.Route())
	}
	d.shell.Go(kit.RouteHelp(guide.Check))
	d.Layout()
	for range 2 { // the topic, then the page
		d.Window.Canvas().Unfocus()
		d.Key(fyne.KeyEscape)
	}
	if d.shell.Route().Page != kit.PageHome {
		t.Errorf("%+v", d.shell.Route())
	}
	if err := d.end(); err != nil {
		t.Fatal(err)
	}
}

// Each page that the guide leads to is there.
func TestGuideLeadsToPagesThatAreThere(t *testing.T) {
	d := newDesk(t, uitest.Options{}, "")
	book, err := guide.Read(i18n.Guide(), d.Env.Printer)
	if err != nil {
		t.Fatal(err)
	}
	for _, topic := range book.Topics() {
		for _, s := range topic.Sections {
			for _, b := range s.Blocks {
				if b.Kind != guide.ToPage {
					continue
				}
				d.shell.Go(kit.Route{Page: kit.PageHelp})
				d.shell.Go(kit.Route{Page: kit.PageID(b.Target)})
				if d.shell.Route().Page != kit.PageID(b.Target) {
					t.Errorf("%s leads to %q", topic.ID, b.Target)
				}
			}
		}
	}
	if err := d.end(); err != nil {
		t.Fatal(err)
	}
}

// The last place of the navigation is there in a low window at the largest text.
func TestHelpIsSeenInALowWindow(t *testing.T) {
	for _, size := range []settings.TextSize{settings.TextNormal, settings.TextLargest} {
		d := newDesk(t, uitest.Options{TextSize: size, Size: fyne.NewSize(1000, 640)}, "")
		d.shell.Apply(settings.All{Language: l10n.Chinese, TextSize: size, Theme: settings.ThemeLight})
		d.Check()
		d.Draw("low")
		seen := false
		d.Walk(func(s uitest.Seen) {
			if txt, ok := s.Object.(*kit.Text); ok && txt.Text() == d.Env.T("help.name") {
				seen = seen || s.Pos.Y+txt.Size().Height <= 640
			}
		})
		if !seen {
			t.Errorf("%s: help lies below the window", size)
		}
		if err := d.end(); err != nil {
			t.Fatal(err)
		}
	}
}
