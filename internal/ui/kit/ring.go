package kit

import (
	"image/color"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/driver/desktop"
	"fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"

	"quietline/internal/ui/look"
)

// The toolkit tints what has the focus, which is hard to see and says nothing
// on a coloured button. Every control of the kit draws a ring around itself
// instead, and a red one where its value is wrong.

// ringed is the state of a control that its ring shows.
type ringed struct {
	focused, wrong bool
	// button says that the control has a ground of its own. In the
	// high-contrast theme it gets an outline too, because there its ground can
	// hardly be told from that of the page.
	button bool
	// outlined draws a thin outline where the control has none of its own.
	outlined bool
}

// ringRenderer adds the ring to the renderer of a control of the toolkit.
type ringRenderer struct {
	fyne.WidgetRenderer
	of    fyne.Widget
	ring  *canvas.Rectangle
	state *ringed
}

func newRingRenderer(of fyne.Widget, inner fyne.WidgetRenderer, state *ringed) *ringRenderer {
	r := &ringRenderer{WidgetRenderer: inner, of: of, ring: canvas.NewRectangle(color.Transparent), state: state}
	r.paint()
	return r
}

func (r *ringRenderer) paint() {
	paintRing(r.ring, r.of, *r.state)
}

func paintRing(ring *canvas.Rectangle, of fyne.Widget, state ringed) {
	v := fyne.CurrentApp().Settings().ThemeVariant()
	th := theme.CurrentForWidget(of)
	ring.CornerRadius = th.Size(theme.SizeNameInputRadius) + state.gap()
	ring.StrokeWidth = th.Size(look.SizeRing)
	switch {
	case state.focused:
		ring.StrokeColor = th.Color(look.ColorRing, v)
	case state.wrong:
		ring.StrokeColor = th.Color(theme.ColorNameError, v)
	case state.outlined:
		ring.StrokeWidth = th.Size(theme.SizeNameInputBorder)
		ring.StrokeColor = th.Color(theme.ColorNameInputBorder, v)
	default:
		ring.StrokeWidth = th.Size(look.SizeButtonOutline)
		ring.StrokeColor = color.Transparent
		if ring.StrokeWidth > 0 && state.button {
			ring.StrokeColor = th.Color(look.ColorOutline, v)
		}
	}
}

// gap is how far outside the control its ring lies: on the border of a field,
// but clear of a button, whose ground may have the colour of the ring.
func (s ringed) gap() float32 {
	switch {
	case s.button && (s.focused || s.wrong):
		return 4
	case s.focused || s.wrong:
		return 1
	}
	return 0
}

func placeRing(ring *canvas.Rectangle, size fyne.Size, state ringed) {
	d := state.gap()
	ring.Move(fyne.NewPos(-d, -d))
	ring.Resize(size.AddWidthHeight(2*d, 2*d))
}

// Layout places the control and the ring around it.
func (r *ringRenderer) Layout(size fyne.Size) {
	r.WidgetRenderer.Layout(size)
	placeRing(r.ring, size, *r.state)
}

// Objects gives the parts of the control and the ring.
func (r *ringRenderer) Objects() []fyne.CanvasObject {
	inner := r.WidgetRenderer.Objects()
	out := make([]fyne.CanvasObject, 0, len(inner)+1)
	return append(append(out, inner...), r.ring)
}

// Refresh redraws the control and the ring.
func (r *ringRenderer) Refresh() {
	r.WidgetRenderer.Refresh()
	r.paint()
	placeRing(r.ring, r.of.Size(), *r.state)
	r.ring.Refresh()
}

// PassKey hands a key that a focused control has no use for to the window, so
// that Escape closes a dialog, F1 helps, and Page Down turns, wherever the focus is.
func PassKey(from fyne.CanvasObject, key *fyne.KeyEvent) {
	c := fyne.CurrentApp().Driver().CanvasForObject(from)
	if c == nil {
		return
	}
	Turn(c, from, key.Name)
	if key.Name != fyne.KeyEscape && key.Name != fyne.KeyF1 {
		return
	}
	if f := c.OnTypedKey(); f != nil {
		f(key)
	}
}

// passShortcut hands a shortcut to the window. The toolkit gives shortcuts to
// the focused control alone, so that Ctrl+1 would do nothing in a text field.
func passShortcut(from fyne.CanvasObject, s fyne.Shortcut) {
	switch s.(type) {
	case *desktop.CustomShortcut, *fyne.ShortcutUndo:
	default:
		return
	}
	if c, ok := fyne.CurrentApp().Driver().CanvasForObject(from).(fyne.Shortcutable); ok {
		c.TypedShortcut(s)
	}
}

// Button is a push button. Space and Enter press it; it keeps the focus.
type Button struct {
	widget.Button
	ring     ringed
	commands commands
	chosen   bool // the one of several that counts
}

// NewButton makes a button of middle weight.
func NewButton(text string, icon fyne.Resource, tapped func()) *Button {
	return newButton(text, icon, widget.MediumImportance, tapped)
}

// NewPrimary makes the one button of a page or dialog that leads on.
func NewPrimary(text string, icon fyne.Resource, tapped func()) *Button {
	return newButton(text, icon, widget.HighImportance, tapped).On(CommandPrimary)
}

// NewQuiet makes a button without a ground, for what is rarely needed.
func NewQuiet(text string, icon fyne.Resource, tapped func()) *Button {
	return newButton(text, icon, widget.LowImportance, tapped)
}

// NewDanger makes a button for what cannot be taken back.
func NewDanger(text string, icon fyne.Resource, tapped func()) *Button {
	return newButton(text, icon, widget.DangerImportance, tapped)
}

func newButton(text string, icon fyne.Resource, importance widget.Importance, tapped func()) *Button {
	b := &Button{ring: ringed{button: true}}
	b.Text, b.Icon, b.Importance, b.OnTapped = text, icon, importance, tapped
	b.ExtendBaseWidget(b)
	return b
}

// CreateRenderer is called by the toolkit.
func (b *Button) CreateRenderer() fyne.WidgetRenderer {
	return newRingRenderer(b, b.Button.CreateRenderer(), &b.ring)
}

// MinSize gives the words more room at the sides than the toolkit does.
func (b *Button) MinSize() fyne.Size {
	m := b.Button.MinSize()
	if b.Text != "" {
		m.Width += look.Gap(1)
	}
	return m
}

// FocusGained is called by the toolkit.
func (b *Button) FocusGained() {
	b.ring.focused = true
	b.Button.FocusGained()
	reveal(b)
}

// FocusLost is called by the toolkit.
func (b *Button) FocusLost() {
	b.ring.focused = false
	b.Button.FocusLost()
}

// TypedKey presses the button with Enter. The toolkit's own button drops the
// focus when pressed, which sends the keyboard back to the first control of the
// window.
func (b *Button) TypedKey(key *fyne.KeyEvent) {
	switch key.Name {
	case fyne.KeyReturn, fyne.KeyEnter:
		b.press()
	case fyne.KeySpace: // see TypedRune
	default:
		PassKey(b, key)
	}
}

// TypedRune presses the button with Space. Space comes as a key and then as a
// character: acting on the key would let the character fall into a field that
// the press has opened.
func (b *Button) TypedRune(r rune) {
	if r == ' ' {
		b.press()
	}
}

func (b *Button) press() {
	if !b.Disabled() && b.OnTapped != nil {
		b.OnTapped()
	}
}

// Check is a box to tick.
type Check struct {
	widget.Check
	ring ringed
}

// NewCheck makes a box to tick.
func NewCheck(text string, changed func(bool)) *Check {
	c := &Check{}
	c.Text, c.OnChanged = text, changed
	c.ExtendBaseWidget(c)
	return c
}

// CreateRenderer is called by the toolkit.
func (c *Check) CreateRenderer() fyne.WidgetRenderer {
	return newRingRenderer(c, c.Check.CreateRenderer(), &c.ring)
}

// FocusGained is called by the toolkit.
func (c *Check) FocusGained() {
	c.ring.focused = true
	c.Check.FocusGained()
	reveal(c)
}

// FocusLost is called by the toolkit.
func (c *Check) FocusLost() {
	c.ring.focused = false
	c.Check.FocusLost()
}

// TypedKey hands Escape on; Space arrives as a rune.
func (c *Check) TypedKey(key *fyne.KeyEvent) {
	c.Check.TypedKey(key)
	PassKey(c, key)
}
