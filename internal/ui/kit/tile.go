package kit

import (
	"image/color"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/driver/desktop"
	"fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"

	"quietline/internal/ui/look"
)

// TileParams says what a Tile shows. All texts are words, not keys.
type TileParams struct {
	// Icon may be empty.
	Icon look.Icon
	// Figure is a large number, or empty.
	Figure string
	// Title says what pressing it does, or what the figure counts; Text
	// explains and may be empty.
	Title, Text string
	// Tone is that of the figure and the icon; empty for the main colour.
	Tone look.Tone
	// Primary fills the tile with the main colour.
	Primary bool
	Tapped  func()
}

// Tile is a large surface to press: by mouse, Space or Enter.
type Tile struct {
	widget.BaseWidget
	p       TileParams
	ring    ringed
	hovered bool
}

var (
	_ fyne.Focusable     = (*Tile)(nil)
	_ fyne.Tappable      = (*Tile)(nil)
	_ desktop.Hoverable  = (*Tile)(nil)
	_ desktop.Cursorable = (*Tile)(nil)
	_ fyne.Accessible    = (*Tile)(nil)
)

// NewTile makes a Tile.
func NewTile(p TileParams) *Tile {
	t := &Tile{p: p, ring: ringed{button: p.Primary}}
	t.ExtendBaseWidget(t)
	return t
}

// Title is the words of the tile.
func (t *Tile) Title() string { return t.p.Title }

// Figure is the number of the tile, or empty.
func (t *Tile) Figure() string { return t.p.Figure }

// AccessibilityLabel is figure and title.
func (t *Tile) AccessibilityLabel() string {
	if t.p.Figure == "" {
		return t.p.Title
	}
	return t.p.Figure + " " + t.p.Title
}

// AccessibilityRole is that of a button.
func (t *Tile) AccessibilityRole() fyne.AccessibleRole { return fyne.AccessibleRoleButton }

// Tapped presses the tile.
func (t *Tile) Tapped(*fyne.PointEvent) {
	if t.p.Tapped != nil {
		t.p.Tapped()
	}
}

// Cursor is a hand.
func (t *Tile) Cursor() desktop.Cursor { return desktop.PointerCursor }

// MouseIn is called by the toolkit.
func (t *Tile) MouseIn(*desktop.MouseEvent) { t.hover(true) }

// MouseMoved is called by the toolkit.
func (t *Tile) MouseMoved(*desktop.MouseEvent) {}

// MouseOut is called by the toolkit.
func (t *Tile) MouseOut() { t.hover(false) }

func (t *Tile) hover(on bool) {
	t.hovered = on
	t.Refresh()
}

// FocusGained is called by the toolkit.
func (t *Tile) FocusGained() {
	t.focus(true)
	reveal(t)
}

// FocusLost is called by the toolkit.
func (t *Tile) FocusLost() { t.focus(false) }

func (t *Tile) focus(on bool) {
	t.ring.focused = on
	t.Refresh()
}

// TypedRune presses the tile with Space, as with a Button.
func (t *Tile) TypedRune(r rune) {
	if r == ' ' {
		t.Tapped(nil)
	}
}

// TypedKey presses the tile with Enter.
func (t *Tile) TypedKey(key *fyne.KeyEvent) {
	switch key.Name {
	case fyne.KeyReturn, fyne.KeyEnter:
		t.Tapped(nil)
	case fyne.KeySpace: // see TypedRune
	default:
		PassKey(t, key)
	}
}

// TypedShortcut offers the shortcut to the window.
func (t *Tile) TypedShortcut(s fyne.Shortcut) { passShortcut(t, s) }

// CreateRenderer is called by the toolkit.
func (t *Tile) CreateRenderer() fyne.WidgetRenderer {
	r := &tileRenderer{
		t:      t,
		ground: newSurface(look.ColorSurface, look.ColorOutline, theme.SizeNameCardRadius),
		hover:  newSurface(theme.ColorNameHover, "", theme.SizeNameCardRadius),
		ring:   canvas.NewRectangle(color.Transparent),
	}
	words, second := fyne.ThemeColorName(theme.ColorNameForeground), look.ColorSecondary
	sign := fyne.ThemeColorName(theme.ColorNamePrimary)
	if t.p.Tone != "" {
		sign = t.p.Tone.Text()
	}
	if t.p.Primary {
		words, second, sign = theme.ColorNameForegroundOnPrimary, theme.ColorNameForegroundOnPrimary, theme.ColorNameForegroundOnPrimary
		r.ground = newSurface(theme.ColorNamePrimary, "", theme.SizeNameCardRadius)
	}
	lines := []fyne.CanvasObject{}
	if t.p.Figure != "" {
		lines = append(lines, NewText(t.p.Figure, TextParams{Size: look.SizeDisplay, Bold: true, Color: sign}))
	}
	lines = append(lines, NewText(t.p.Title, TextParams{Bold: true, Color: words, Wrap: true}))
	if t.p.Text != "" {
		lines = append(lines, NewText(t.p.Text, TextParams{Size: theme.SizeNameCaptionText, Color: second, Wrap: true}))
	}
	r.content = Pad(2, 2, Stack(0.25, lines...))
	if t.p.Icon != "" {
		r.content = Pad(2, 2, Row(1.5, 1, Icon(t.p.Icon.In(sign), 1.4), Stack(0.25, lines...)))
	}
	r.box = container.NewStack(r.ground, r.hover, r.content)
	r.paint()
	return r
}

type tileRenderer struct {
	t             *Tile
	ground, hover *surface
	ring          *canvas.Rectangle
	content, box  *fyne.Container
}

func (r *tileRenderer) paint() {
	r.hover.Hidden = !r.t.hovered
	paintRing(r.ring, r.t, r.t.ring)
	r.ring.CornerRadius = r.t.Theme().Size(theme.SizeNameCardRadius) + r.t.ring.gap()
}

func (r *tileRenderer) Layout(size fyne.Size) {
	r.box.Resize(size)
	placeRing(r.ring, size, r.t.ring)
}

func (r *tileRenderer) MinSize() fyne.Size { return r.box.MinSize() }

func (r *tileRenderer) Refresh() {
	r.paint()
	r.box.Refresh()
	r.ring.Refresh()
}

func (r *tileRenderer) Objects() []fyne.CanvasObject { return []fyne.CanvasObject{r.box, r.ring} }

func (r *tileRenderer) Destroy() {}
