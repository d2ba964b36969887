package main

import (
	"testing"

	"fyne.io/fyne/v2"

	"quietline/internal/settings"
	"quietline/internal/ui/kit"
	"quietline/internal/ui/uitest"
)

// Into the simple window by Settings, through it, and out of it, by keyboard
// alone; the choice is there at the next start.
func TestSimpleWindowThereAndBack(t *testing.T) {
	d := newDesk(t, uitest.Options{}, "")
	d.Shortcut(fyne.Key8, fyne.KeyModifierShortcutDefault)
	d.tabTo(t, "prefs.simple.on")
	d.Key(fyne.KeyReturn)
	if d.shell.Route().Page != kit.PageHome || !d.Shows("home.simple") || d.Shows("check.name") {
		t.Fatalf("not the simple window: %q", d.Texts())
	}
	for _, page := range []kit.PageID{kit.PageCheck, kit.PageCalls, kit.PageComplaints} {
		title := map[kit.PageID]string{
			kit.PageCheck: "home.simple.check", kit.PageCalls: "home.simple.log", kit.PageComplaints: "home.simple.complain",
		}[page]
		d.tabTo(t, title)
		d.Key(fyne.KeyReturn)
		if d.shell.Route().Page != page {
			t.Fatalf("%s led to %+v", title, d.shell.Route())
		}
		for range 3 { // a dialog or a form, then the page
			if d.shell.Route().Page != kit.PageHome {
				d.Window.Canvas().Unfocus()
				d.Key(fyne.KeyEscape)
			}
		}
		if d.shell.Route().Page != kit.PageHome {
			t.Fatalf("Escape does not lead back from %s: %q", page, d.Texts())
		}
	}
	if now, err := d.space.Settings.Load(t.Context()); err != nil || now.Simple != settings.On {
		t.Fatalf("%+v %v", now, err)
	}
	d.tabTo(t, "home.simple.all")
	d.Key(fyne.KeyReturn)
	if d.Shows("home.simple") || !d.Shows("check.name") {
		t.Fatalf("still the simple window: %q", d.Texts())
	}
	if now, err := d.space.Settings.Load(t.Context()); err != nil || now.Simple != settings.Off {
		t.Fatalf("%+v %v", now, err)
	}
	if err := d.end(); err != nil {
		t.Fatal(err)
	}
}

// tabTo goes with the Tab key to the control with the words of the message key.
func (d *desk) tabTo(t *testing.T, key string) {
	t.Helper()
	d.Window.Canvas().Unfocus()
	for range 60 {
		switch f := d.Tab().(type) {
		case *kit.Button:
			if f.Text == d.Env.T(key) {
				return
			}
		case *kit.Tile:
			if f.Title() == d.Env.T(key) {
				return
			}
		}
	}
	t.Fatalf("the Tab key never comes to %q", d.Env.T(key))
}
