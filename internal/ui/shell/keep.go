package shell

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
)

// When the screen is built anew, the keyboard and the scroll position are put
// back where they were: by order, because every widget is another one.

// controls lists what can have the focus, in the order of the Tab key. Widgets
// are not opened: a control inside another widget is that widget's business.
func controls(o fyne.CanvasObject) []fyne.Focusable {
	if o == nil || !o.Visible() {
		return nil
	}
	switch o := o.(type) {
	case *fyne.Container:
		var out []fyne.Focusable
		for _, inner := range o.Objects {
			out = append(out, controls(inner)...)
		}
		return out
	case *container.Scroll:
		return controls(o.Content)
	case fyne.Focusable:
		return []fyne.Focusable{o}
	}
	return nil
}

func focusIndex(c fyne.Canvas, root fyne.CanvasObject) int {
	focused := c.Focused()
	for i, f := range controls(root) {
		if f == focused {
			return i
		}
	}
	return -1
}

func setFocus(c fyne.Canvas, root fyne.CanvasObject, index int) {
	all := controls(root)
	if index >= 0 && index < len(all) {
		c.Focus(all[index])
		return
	}
	c.Unfocus()
}

// outerScroll finds the scrolling part of a page.
func outerScroll(o fyne.CanvasObject) *container.Scroll {
	switch o := o.(type) {
	case *container.Scroll:
		return o
	case *fyne.Container:
		for _, inner := range o.Objects {
			if s := outerScroll(inner); s != nil {
				return s
			}
		}
	}
	return nil
}

func scrollOffset(o fyne.CanvasObject) float32 {
	if s := outerScroll(o); s != nil {
		return s.Offset.Y
	}
	return 0
}

func setScroll(o fyne.CanvasObject, y float32) {
	if s := outerScroll(o); s != nil && y > 0 {
		s.ScrollToOffset(fyne.NewPos(0, y))
	}
}
