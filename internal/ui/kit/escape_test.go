package kit_test

import (
	"testing"

	"fyne.io/fyne/v2"

	"quietline/internal/ui/kit"
	"quietline/internal/ui/uitest"
)

// Escape closes a dialog, but never one in which something was typed: then it
// only goes to the way out.
func TestEscapeLosesNothing(t *testing.T) {
	h := uitest.New(t, uitest.Options{})
	h.ShowObject(kit.Stack(1))
	typed, closed := true, 0
	field := kit.NewEntry("")
	cancel := kit.NewButton("cancel", nil, nil)
	kit.ShowDialog(h.Env, func(d *kit.Dialog) kit.DialogParams {
		cancel.OnTapped = d.Close
		return kit.DialogParams{
			Title: "t", Body: field, Focus: field, Buttons: []fyne.CanvasObject{cancel},
			Typed: func() bool { return typed }, OnClosed: func() { closed++ },
		}
	})
	h.Key(fyne.KeyEscape)
	if closed != 0 || h.Window.Canvas().Focused() != cancel {
		t.Fatalf("closed %d times, focus on %T", closed, h.Window.Canvas().Focused())
	}
	typed = false
	h.Key(fyne.KeyEscape)
	if closed != 1 {
		t.Fatalf("closed %d times", closed)
	}
}

// The space that presses a button does not fall into the field it opens.
func TestSpaceStaysWithTheButton(t *testing.T) {
	h := uitest.New(t, uitest.Options{})
	field := kit.NewEntry("")
	open := kit.NewButton("open", nil, func() { h.Window.Canvas().Focus(field) })
	h.ShowObject(kit.Stack(1, open, field))
	h.Window.Canvas().Focus(open)
	h.Key(fyne.KeySpace)
	if h.Window.Canvas().Focused() != field || field.Text != "" {
		t.Fatalf("focus on %T, text %q", h.Window.Canvas().Focused(), field.Text)
	}
}
