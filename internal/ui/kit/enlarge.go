package kit

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/widget"

	"quietline/internal/ui/look"
)

// enlarged shows what is in it larger.
type enlarged struct {
	widget.BaseWidget
	object fyne.CanvasObject
	factor float32
}

// Enlarge shows the controls in an object larger by the factor, such as the one
// field that a page is about.
func Enlarge(factor float32, object fyne.CanvasObject) fyne.CanvasObject {
	e := &enlarged{object: object, factor: factor}
	e.ExtendBaseWidget(e)
	return e
}

// CreateRenderer is called by the toolkit, again where the window was out of
// sight for long: what is in it has lost its theme too then.
func (e *enlarged) CreateRenderer() fyne.WidgetRenderer {
	look.Larger(e.factor, e.object)
	return &enlargedRenderer{WidgetRenderer: widget.NewSimpleRenderer(e.object), object: e.object}
}

// Unwrap gives what is in it.
func (e *enlarged) Unwrap() fyne.CanvasObject { return e.object }

// enlargedRenderer has what is in it refreshed too.
type enlargedRenderer struct {
	fyne.WidgetRenderer
	object fyne.CanvasObject
}

func (r *enlargedRenderer) Refresh() { r.object.Refresh() }
