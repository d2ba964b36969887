package kit

import (
	"image/color"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/widget"
)

// MenuOf makes a menu of buttons; those that are disabled are left out.
func MenuOf(buttons ...fyne.CanvasObject) []*fyne.MenuItem {
	var items []*fyne.MenuItem
	for _, o := range buttons {
		if b, ok := o.(*Button); ok && !b.Disabled() {
			items = append(items, fyne.NewMenuItem(b.Text, b.OnTapped))
		}
	}
	return items
}

// WithMenu shows a menu at the right button of the mouse wherever nothing in front
// of it takes that. Whatever it offers has to be there for the keyboard too.
func WithMenu(o fyne.CanvasObject, items func() []*fyne.MenuItem) fyne.CanvasObject {
	g := &menuGround{items: items}
	g.ExtendBaseWidget(g)
	return container.NewStack(g, o)
}

// menuGround lies unseen behind what has the menu.
type menuGround struct {
	widget.BaseWidget
	items func() []*fyne.MenuItem
}

var _ fyne.SecondaryTappable = (*menuGround)(nil)

// TappedSecondary is called by the toolkit.
func (g *menuGround) TappedSecondary(e *fyne.PointEvent) {
	c := fyne.CurrentApp().Driver().CanvasForObject(g)
	if items := g.items(); c != nil && len(items) > 0 {
		widget.ShowPopUpMenuAtPosition(fyne.NewMenu("", items...), c, e.AbsolutePosition)
	}
}

// CreateRenderer is called by the toolkit.
func (g *menuGround) CreateRenderer() fyne.WidgetRenderer {
	return widget.NewSimpleRenderer(canvas.NewRectangle(color.Transparent))
}
