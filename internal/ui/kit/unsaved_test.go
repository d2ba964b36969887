package kit_test

import (
	"testing"

	"fyne.io/fyne/v2"

	"quietline/internal/ui/kit"
	"quietline/internal/ui/uitest"
)

// dialog opens a dialog that holds something typed, or not.
func dialog(h *uitest.Harness, typed func() bool, closed func()) *kit.Dialog {
	return kit.ShowDialog(h.Env, func(d *kit.Dialog) kit.DialogParams {
		return kit.DialogParams{
			Title: "t", Body: kit.Stack(1), Typed: typed, OnClosed: closed,
			Buttons: []fyne.CanvasObject{kit.NewButton("cancel", nil, d.Close)},
		}
	})
}

func TestTypedIsAboutOpenDialogs(t *testing.T) {
	h := uitest.New(t, uitest.Options{})
	h.ShowObject(kit.Stack(1))
	typed := false
	if h.Env.Typed() {
		t.Error("there is no dialog")
	}
	d := dialog(h, func() bool { return typed }, nil)
	dialog(h, nil, nil)
	if h.Env.Typed() {
		t.Error("nothing is typed")
	}
	typed = true
	if !h.Env.Typed() || !d.Open() {
		t.Error("something is typed in the lower dialog")
	}
	d.Close()
	if h.Env.Typed() || d.Open() || (*kit.Dialog)(nil).Open() {
		t.Error("the dialog has gone")
	}
}

// The toolkit takes a dialog away together with those above it, which then
// have to know it.
func TestDialogTakesThoseAboveAlong(t *testing.T) {
	h := uitest.New(t, uitest.Options{})
	h.ShowObject(kit.Stack(1))
	before, closed := h.Window.Canvas().OnTypedKey(), 0
	below := dialog(h, nil, func() { closed++ })
	above := dialog(h, nil, func() { closed++ })
	below.Close()
	if closed != 2 || above.Open() || kit.Dialogs(h.Window.Canvas()) {
		t.Errorf("%d closed", closed)
	}
	if after := h.Window.Canvas().OnTypedKey(); (after == nil) != (before == nil) {
		t.Error("a dialog that has gone still hears the keyboard")
	}
}

func TestUnsavedFits(t *testing.T) {
	uitest.Matrix(t, func(t *testing.T, o uitest.Options) {
		h := uitest.New(t, o)
		h.ShowObject(kit.Stack(1))
		kit.UnlessUnsaved(h.Env, true, func() {})
		h.Check()
		h.Draw("kit.discard")
		h.Golden("discard")
	})
}

func TestUnlessUnsavedAsksOnlyWhereSomethingWouldBeLost(t *testing.T) {
	h := uitest.New(t, uitest.Options{})
	h.ShowObject(kit.Stack(1))
	gone := 0
	goOn := func() { gone++ }
	if d := kit.UnlessUnsaved(h.Env, false, goOn); d.Open() || gone != 1 {
		t.Fatalf("went on %d times", gone)
	}
	d := kit.UnlessUnsaved(h.Env, true, goOn)
	if !d.Open() || !h.Shows("kit.discard.text") || gone != 1 {
		t.Fatalf("went on %d times, %q", gone, h.Texts())
	}
	h.Press("kit.discard.no")
	if d.Open() || gone != 1 {
		t.Fatalf("went on %d times", gone)
	}
	kit.UnlessUnsaved(h.Env, true, goOn)
	h.Press("kit.discard.yes")
	if gone != 2 {
		t.Fatalf("went on %d times", gone)
	}
}
