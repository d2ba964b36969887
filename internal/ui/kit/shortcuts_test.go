package kit_test

import (
	"testing"

	"fyne.io/fyne/v2"

	"quietline/internal/ui/kit"
	"quietline/internal/ui/uitest"
)

// F1 shows the shortcuts above a dialog, once, and leads nowhere from there.
func TestShortcutsAboveADialog(t *testing.T) {
	h := uitest.New(t, uitest.Options{})
	h.Env.Shortcuts = kit.Shortcuts()
	kit.ShowDialog(h.Env, func(d *kit.Dialog) kit.DialogParams {
		return kit.DialogParams{Title: "b", Body: kit.Body("asked"), Buttons: []fyne.CanvasObject{kit.NewPrimary("c", nil, d.Close)}}
	})
	h.Layout()
	h.Key(fyne.KeyF1)
	h.Key(fyne.KeyF1)
	if !h.Shows("keys.title") || h.Shows("help.name") || len(h.Window.Canvas().Overlays().List()) != 2 {
		t.Fatalf("%d dialogs: %q", len(h.Window.Canvas().Overlays().List()), h.Texts())
	}
	h.Key(fyne.KeyEscape)
	if h.Shows("keys.title") || !h.Reads("asked") {
		t.Errorf("%q", h.Texts())
	}
}
