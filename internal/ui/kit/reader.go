package kit

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"
)

// Reader scrolls a long text by the keyboard too: the toolkit scrolls by the wheel
// alone, and the Tab key only comes to what can be pressed. It is a stop of its own
// before what is in it. Name says what is read, for who cannot see it.
func Reader(name string, content fyne.CanvasObject) fyne.CanvasObject {
	r := &reader{name: name, scroll: container.NewVScroll(Pad(0.5, 1.25, content))}
	r.ExtendBaseWidget(r)
	return container.NewStack(r, r.scroll)
}

// reader lies under what scrolls, takes the keys, and shows that it has them.
type reader struct {
	widget.BaseWidget
	name   string
	scroll *container.Scroll
	ring   ringed
}

var (
	_ fyne.Focusable  = (*reader)(nil)
	_ fyne.Accessible = (*reader)(nil)
)

// AccessibilityLabel is what is read.
func (r *reader) AccessibilityLabel() string { return r.name }

// AccessibilityRole is that of a container.
func (r *reader) AccessibilityRole() fyne.AccessibleRole { return fyne.AccessibleRoleContainer }

// FocusGained is called by the toolkit.
func (r *reader) FocusGained() {
	r.ring.focused = true
	r.Refresh()
}

// FocusLost is called by the toolkit.
func (r *reader) FocusLost() {
	r.ring.focused = false
	r.Refresh()
}

// TypedRune is called by the toolkit.
func (r *reader) TypedRune(rune) {}

// TypedKey scrolls.
func (r *reader) TypedKey(key *fyne.KeyEvent) {
	line := 3 * theme.TextSize()
	page := max(line, r.scroll.Size().Height-line)
	end := max(0, r.scroll.Content.MinSize().Height-r.scroll.Size().Height)
	to := r.scroll.Offset.Y
	switch key.Name {
	case fyne.KeyUp:
		to -= line
	case fyne.KeyDown:
		to += line
	case fyne.KeyPageUp:
		to -= page
	case fyne.KeyPageDown, fyne.KeySpace:
		to += page
	case fyne.KeyHome:
		to = 0
	case fyne.KeyEnd:
		to = end
	default:
		PassKey(r, key)
		return
	}
	r.scroll.ScrollToOffset(fyne.NewPos(0, max(0, min(end, to))))
}

// CreateRenderer is called by the toolkit.
func (r *reader) CreateRenderer() fyne.WidgetRenderer {
	inner := widget.NewSimpleRenderer(Spring())
	return newRingRenderer(r, inner, &r.ring)
}
