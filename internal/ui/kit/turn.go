package kit

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/theme"
)

// The Tab key only comes to what can be pressed, so that text below the last button
// would be for the mouse alone. Page Up, Page Down, Home and End turn to it, wherever
// the focus is.

// Turn obeys these keys: it scrolls what is around an object or, where that goes no
// further or nothing is, the largest part of the window that does. The object is nil
// where nothing has the focus.
func Turn(c fyne.Canvas, from fyne.CanvasObject, key fyne.KeyName) {
	switch key {
	case fyne.KeyPageUp, fyne.KeyPageDown, fyne.KeyHome, fyne.KeyEnd:
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
	if s == nil || further(s, key) == s.Offset.Y {
		s = largest(root, key)
	}
	if s != nil {
		s.ScrollToOffset(fyne.NewPos(s.Offset.X, further(s, key)))
	}
}

// further is where the content begins after a key. Of a page up or down two lines stay
// in sight, to go on reading from.
func further(s *container.Scroll, key fyne.KeyName) float32 {
	line := 3 * theme.TextSize()
	page := max(line, s.Size().Height-line)
	end := max(0, s.Content.MinSize().Height-s.Size().Height)
	to := end // for End
	switch key {
	case fyne.KeyHome:
		to = 0
	case fyne.KeyPageUp:
		to = s.Offset.Y - page
	case fyne.KeyPageDown:
		to = s.Offset.Y + page
	default:
	}
	return max(0, min(end, to))
}

// largest finds what of all that scrolls further takes the most room, nil for
// nothing.
func largest(root fyne.CanvasObject, key fyne.KeyName) (found *container.Scroll) {
	if !root.Visible() {
		return nil
	}
	parts := inside(root)
	if s, ok := root.(*container.Scroll); ok {
		parts = []fyne.CanvasObject{s.Content}
		if s.Direction != container.ScrollHorizontalOnly && further(s, key) != s.Offset.Y {
			found = s
		}
	}
	for _, o := range parts {
		if s := largest(o, key); s != nil && (found == nil || area(s) > area(found)) {
			found = s
		}
	}
	return found
}

func area(o fyne.CanvasObject) float32 { return o.Size().Width * o.Size().Height }
