package kit_test

import (
	"strings"
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/test"

	"quietline/internal/ui/kit"
	"quietline/internal/ui/uitest"
)

// wheel turns the mouse wheel over an object and says how far the content of
// the scroll moved.
func wheel(h *uitest.Harness, s *container.Scroll, over fyne.CanvasObject, dy float32) float32 {
	h.T.Helper()
	before := s.Offset.Y
	at := fyne.CurrentApp().Driver().AbsolutePositionForObject(over)
	test.Scroll(h.Window.Canvas(), at.AddXY(over.Size().Width/2, over.Size().Height/2), 0, dy)
	return s.Offset.Y - before
}

// column is a scroll with an object in the middle of much empty space.
func column(h *uitest.Harness, o fyne.CanvasObject) *container.Scroll {
	s := container.NewVScroll(kit.Stack(1, kit.Pad(10, 0, o), kit.Pad(200, 0, kit.Spring())))
	h.ShowObject(s)
	return s
}

func TestTheWheelGoesOnOverFields(t *testing.T) {
	for name, field := range map[string]func() *kit.Entry{
		"one line": func() *kit.Entry { return kit.NewEntry("") },
		"a long line": func() *kit.Entry {
			e := kit.NewEntry("")
			e.SetText(strings.Repeat("0551-96588 ", 100))
			return e
		},
		"a secret":      func() *kit.Entry { return kit.NewSecret("") },
		"several lines": func() *kit.Entry { return kit.NewTextArea("", 4) },
	} {
		h := uitest.New(t, uitest.Options{})
		e := field()
		s := column(h, kit.Enlarge(1.5, e))
		if got := wheel(h, s, e, -50); got != 50 {
			t.Errorf("%s: moved by %v, want 50", name, got)
		}
	}
}

func TestTheWheelScrollsAFullFieldFirst(t *testing.T) {
	h := uitest.New(t, uitest.Options{})
	e := kit.NewTextArea("", 4)
	e.SetText(strings.Repeat("\n", 9))
	s := column(h, e)
	if got := wheel(h, s, e, -40); got != 0 {
		t.Errorf("the page moved by %v before the field was at its end", got)
	}
	wheel(h, s, e, -4000)
	if got := wheel(h, s, e, -40); got != 40 {
		t.Errorf("at the end of the field the page moved by %v, want 40", got)
	}
}

func TestTheWheelOverAFieldInADialog(t *testing.T) {
	h := uitest.New(t, uitest.Options{})
	e := kit.NewEntry("")
	body := kit.Stack(1, e, kit.Pad(200, 0, kit.Spring()))
	kit.ShowDialog(h.Env, func(d *kit.Dialog) kit.DialogParams {
		return kit.DialogParams{Title: "-", Body: body, Buttons: []fyne.CanvasObject{kit.NewButton("-", nil, d.Close)}}
	})
	h.Layout()
	s := uitest.One(h, func(s *container.Scroll) bool { return s.Content != nil && s.Size().Height > 100 })
	if got := wheel(h, s, e, -50); got != 50 {
		t.Errorf("moved by %v, want 50", got)
	}
}
