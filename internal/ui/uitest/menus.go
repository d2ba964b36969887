package uitest

import (
	"slices"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/driver/desktop"
	"fyne.io/fyne/v2/widget"
)

// RowMenu shows the menu of the row that the keyboard is at in a table.
func (h *Harness) RowMenu(table fyne.Focusable) {
	h.T.Helper()
	h.Window.Canvas().Focus(table)
	h.Key(desktop.KeyMenu)
	h.Layout()
}

// Choose takes what has this text in the menu that is open.
func (h *Harness) Choose(text string) {
	h.T.Helper()
	for _, m := range All[*widget.PopUpMenu](h) {
		for _, i := range m.Items {
			if x, ok := i.(fyne.Tappable); ok && h.says(i, text) {
				x.Tapped(&fyne.PointEvent{})
				h.Layout()
				return
			}
		}
	}
	h.T.Fatalf("no %q in a menu: %q", text, h.Texts())
}

func (h *Harness) says(item fyne.CanvasObject, text string) (found bool) {
	h.Walk(func(s Seen) {
		if x, ok := s.Object.(*canvas.Text); ok && slices.Contains(s.In, item) {
			found = found || x.Text == text
		}
	})
	return found
}
