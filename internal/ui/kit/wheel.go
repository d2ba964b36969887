package kit

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/widget"
)

// The toolkit gives the mouse wheel to the innermost thing that scrolls, which
// over a field is a scroll within the field, even where there is nothing to
// scroll. It does not offer it to what lies around.

// wheelRenderer puts a wheel over the parts of a field.
type wheelRenderer struct {
	fyne.WidgetRenderer
	wheel *wheel
}

func newWheelRenderer(of *Entry, inner fyne.WidgetRenderer) *wheelRenderer {
	w := &wheel{of: of, parts: inner.Objects}
	w.ExtendBaseWidget(w)
	return &wheelRenderer{WidgetRenderer: inner, wheel: w}
}

// Layout places the parts of the field, and the wheel over all of it.
func (r *wheelRenderer) Layout(size fyne.Size) {
	r.WidgetRenderer.Layout(size)
	r.wheel.Resize(size)
}

// Objects gives the parts of the field, and the wheel over them.
func (r *wheelRenderer) Objects() []fyne.CanvasObject {
	inner := r.WidgetRenderer.Objects()
	out := make([]fyne.CanvasObject, 0, len(inner)+1)
	return append(append(out, inner...), r.wheel)
}

// wheel lies over a field, cannot be seen, and takes the mouse wheel alone.
type wheel struct {
	widget.BaseWidget
	of    *Entry
	parts func() []fyne.CanvasObject
}

// CreateRenderer is called by the toolkit.
func (w *wheel) CreateRenderer() fyne.WidgetRenderer {
	return widget.NewSimpleRenderer(Spring())
}

// Scrolled scrolls the field as far as it goes, and then what the field is in.
// A field of one line is not scrolled sideways by turning the wheel up or down.
func (w *wheel) Scrolled(e *fyne.ScrollEvent) {
	if w.of.MultiLine || e.Scrolled.DX != 0 {
		for _, o := range w.parts() {
			if s, ok := o.(*container.Scroll); ok && scrolled(s, e) {
				return
			}
		}
	}
	if s := around(w.of); s != nil {
		s.Scrolled(e)
	}
}

// scrolled says whether the wheel moved something.
func scrolled(s *container.Scroll, e *fyne.ScrollEvent) bool {
	before := s.Offset
	s.Scrolled(e)
	return s.Offset != before
}
