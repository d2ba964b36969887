package kit

import (
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/widget"
)

// doubleClick is the time within which people click twice who mean one click.
const doubleClick = 400 * time.Millisecond

// Shielded keeps clicks from what has just appeared where a row was clicked:
// many people click twice, and the second click would press what lies there by
// chance.
func Shielded(e *Env, o fyne.CanvasObject) fyne.CanvasObject {
	s := &shield{}
	s.ExtendBaseWidget(s)
	e.Jobs.After(e.Jobs.Base(), doubleClick, s.Hide)
	return container.NewStack(o, s)
}

// shield takes clicks and does nothing.
type shield struct{ widget.BaseWidget }

// Tapped is called by the toolkit.
func (s *shield) Tapped(*fyne.PointEvent) {}

// CreateRenderer is called by the toolkit.
func (s *shield) CreateRenderer() fyne.WidgetRenderer {
	return widget.NewSimpleRenderer(container.NewWithoutLayout())
}
