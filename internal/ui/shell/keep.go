package shell

import (
	"slices"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"

	"quietline/internal/ui/kit"
)

// When the screen is built anew, the keyboard and the scroll position are put
// back where they were: by order, because every widget is another one.

func focusIndex(c fyne.Canvas, root fyne.CanvasObject) int {
	return slices.Index(kit.Controls(root), c.Focused())
}

func setFocus(c fyne.Canvas, root fyne.CanvasObject, index int) {
	all := kit.Controls(root)
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
