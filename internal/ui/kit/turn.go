package kit

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/theme"
)

// The Tab key only comes to what can be pressed, so that text below the last button
// would be for the mouse alone. Page Up and Page Down turn to it, wherever the focus
// is.

// Turn obeys these keys: it scrolls what is around an object or, where that goes no
// further or nothing is, the largest part of the window that does. The object is nil
// where nothing has the focus.
func Turn(c fyne.Canvas, from fyne.CanvasObject, key fyne.KeyName) {
	way := float32(1)
	switch key {
	case fyne.KeyPageUp:
		way = -1
	case fyne.KeyPageDown:
	default:
		return
	}
	root := c.Overlays().Top()
	if root == nil {
		root = c.Content()
	}
	var s *container.Scroll
	if from != nil {
		s, _ = scrollAround(root, from)
	}
	if s == nil || further(s, way) == s.Offset.Y {
		s = largest(root, way)
	}
	if s != nil {
		s.ScrollToOffset(fyne.NewPos(s.Offset.X, further(s, way)))
	}
}

// further is where a page up or down of the content begins. Two lines stay in sight,
// to go on reading from.
func further(s *container.Scroll, way float32) float32 {
	line := 3 * theme.TextSize()
	end := max(0, s.Content.MinSize().Height-s.Size().Height)
	return max(0, min(end, s.Offset.Y+way*max(line, s.Size().Height-line)))
}

// largest finds what of all that scrolls further takes the most room, nil for
// nothing.
func largest(root fyne.CanvasObject, way float32) (found *container.Scroll) {
	if !root.Visible() {
		return nil
	}
	parts := inside(root)
	if s, ok := root.(*container.Scroll); ok {
		parts = []fyne.CanvasObject{s.Content}
		if s.Direction != container.ScrollHorizontalOnly && further(s, way) != s.Offset.Y {
			found = s
		}
	}
	for _, o := range parts {
		if s := largest(o, way); s != nil && (found == nil || area(s) > area(found)) {
			found = s
		}
	}
	return found
}

func area(o fyne.CanvasObject) float32 { return o.Size().Width * o.Size().Height }
