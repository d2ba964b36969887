package kit

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
)

// Controls lists what can have the focus, in the order of the Tab key. Widgets
// are not opened: a control inside another widget is that widget's business.
func Controls(o fyne.CanvasObject) []fyne.Focusable {
	if o == nil || !o.Visible() {
		return nil
	}
	switch o := o.(type) {
	case *fyne.Container:
		var out []fyne.Focusable
		for _, inner := range o.Objects {
			out = append(out, Controls(inner)...)
		}
		return out
	case *container.Scroll:
		return Controls(o.Content)
	case fyne.Focusable:
		return []fyne.Focusable{o}
	}
	return nil
}
