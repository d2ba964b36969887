package kit

import (
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/driver/desktop"
	"fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"

	"quietline/internal/chart"
	"quietline/internal/ui/look"
)

// ChartParams says what a Chart shows. All texts are words, not keys.
type ChartParams struct {
	Chart chart.Chart
	// Title names the chart, and Summary says what it shows, for those who do not
	// see it.
	Title, Summary string
	// Tapped is called for a place that was clicked, or chosen with Enter; nil
	// where that leads nowhere.
	Tapped func(mark int)
}

// Chart shows a chart. Its places tell their numbers under the pointer, and with
// the arrow keys once it has the keyboard.
type Chart struct {
	widget.BaseWidget
	p       ChartParams
	focused bool
	// at is the place that the keyboard is at, over that under the pointer; -1 for
	// none.
	at, over int
	width    float32 // that it is drawn for; 0 before the first layout
	figure   *chart.Figure
}

var (
	_ fyne.Focusable     = (*Chart)(nil)
	_ fyne.Tappable      = (*Chart)(nil)
	_ desktop.Hoverable  = (*Chart)(nil)
	_ desktop.Cursorable = (*Chart)(nil)
	_ fyne.Accessible    = (*Chart)(nil)
)

// NewChart makes a Chart.
func NewChart(p ChartParams) *Chart {
	c := &Chart{p: p, at: -1, over: -1}
	c.ExtendBaseWidget(c)
	return c
}

// Title names the chart.
func (c *Chart) Title() string { return c.p.Title }

// AccessibilityLabel is the title with what the place tells, or what the chart
// shows as a whole.
func (c *Chart) AccessibilityLabel() string {
	words := c.p.Summary
	if m := c.told(); m >= 0 {
		words = strings.Join(c.Figure().Marks[m].Lines, "\n")
	}
	return c.p.Title + "\n" + words
}

// AccessibilityRole is that of text.
func (c *Chart) AccessibilityRole() fyne.AccessibleRole { return fyne.AccessibleRoleText }

// Figure is what is drawn.
func (c *Chart) Figure() chart.Figure {
	if c.figure == nil {
		width := c.width
		if width == 0 {
			width = look.Gap(wholeLine)
		}
		th := c.Theme()
		f := c.p.Chart.Draw(chart.Style{
			Width: float64(width), Body: float64(th.Size(theme.SizeNameText)), Small: float64(th.Size(theme.SizeNameCaptionText)),
			Gap: float64(look.Gap(1)), Leading: leading(), Measure: measured,
		})
		c.figure = &f
	}
	return *c.figure
}

// leading is the height of a line of text of size 1.
func leading() float64 {
	const size = 100
	return float64(fyne.MeasureText("A", size, fyne.TextStyle{}).Height) / size
}

func measured(text string, size float64, bold bool) float64 {
	return float64(fyne.MeasureText(text, float32(size), fyne.TextStyle{Bold: bold}).Width)
}

// told is the place whose numbers are shown, -1 for none.
func (c *Chart) told() int {
	if c.over >= 0 {
		return c.over
	}
	if c.focused {
		return c.at
	}
	return -1
}

// Resize draws it anew where the width changed.
func (c *Chart) Resize(s fyne.Size) {
	if s.Width != c.width {
		c.width = s.Width
		c.Refresh()
	}
	c.BaseWidget.Resize(s)
}

// Refresh draws it in the sizes and colours of the moment.
func (c *Chart) Refresh() {
	c.figure = nil
	c.BaseWidget.Refresh()
}

// point shows what another place tells; the drawing stays.
func (c *Chart) point(at, over int) {
	if at != c.at || over != c.over {
		c.at, c.over = at, over
		c.BaseWidget.Refresh()
	}
}

// MouseIn is called by the toolkit.
func (c *Chart) MouseIn(e *desktop.MouseEvent) { c.MouseMoved(e) }

// MouseMoved is called by the toolkit.
func (c *Chart) MouseMoved(e *desktop.MouseEvent) { c.point(c.at, c.markAt(e.Position)) }

// MouseOut is called by the toolkit.
func (c *Chart) MouseOut() { c.point(c.at, -1) }

func (c *Chart) markAt(p fyne.Position) int { return c.Figure().At(float64(p.X), float64(p.Y)) }

// Cursor is a hand where a click leads somewhere.
func (c *Chart) Cursor() desktop.Cursor {
	if c.p.Tapped != nil && c.over >= 0 {
		return desktop.PointerCursor
	}
	return desktop.DefaultCursor
}

// Tapped brings the keyboard to a place, and goes where that leads.
func (c *Chart) Tapped(e *fyne.PointEvent) {
	m := c.markAt(e.Position)
	if m < 0 {
		return
	}
	c.point(m, c.over)
	// The toolkit takes the focus from what had it and gives it to nothing.
	if on := fyne.CurrentApp().Driver().CanvasForObject(c); on != nil {
		on.Focus(c)
	}
	c.choose(m)
}

func (c *Chart) choose(mark int) {
	if c.p.Tapped != nil && mark >= 0 {
		c.p.Tapped(mark)
	}
}

// FocusGained is called by the toolkit.
func (c *Chart) FocusGained() {
	c.focused = true
	if c.at < 0 {
		c.at = c.Figure().Step(-1, 0, 0)
	}
	c.BaseWidget.Refresh()
	c.revealMark()
}

// FocusLost is called by the toolkit.
func (c *Chart) FocusLost() {
	c.focused = false
	c.BaseWidget.Refresh()
}

// revealMark scrolls the place of the keyboard into sight, with the whole chart
// where that finds room.
func (c *Chart) revealMark() {
	s := around(c)
	if s == nil || c.at < 0 {
		return
	}
	if c.Size().Height <= s.Size().Height {
		reveal(c)
		return
	}
	driver, m := fyne.CurrentApp().Driver(), c.Figure().Marks[c.at]
	top := driver.AbsolutePositionForObject(c).Y - driver.AbsolutePositionForObject(s).Y
	scrollTo(s, top+float32(m.Y), float32(m.H))
}

// TypedRune chooses the place with Space, as with a Button.
func (c *Chart) TypedRune(r rune) {
	if r == ' ' {
		c.choose(c.at)
	}
}

// TypedKey goes from place to place with the arrow keys, Home and End.
func (c *Chart) TypedKey(key *fyne.KeyEvent) {
	f := c.Figure()
	var to int
	switch key.Name {
	case fyne.KeyLeft:
		to = f.Step(c.at, 0, -1)
	case fyne.KeyRight:
		to = f.Step(c.at, 0, 1)
	case fyne.KeyUp:
		to = f.Step(c.at, -1, 0)
	case fyne.KeyDown:
		to = f.Step(c.at, 1, 0)
	case fyne.KeyHome:
		to = min(0, len(f.Marks)-1)
	case fyne.KeyEnd:
		to = len(f.Marks) - 1
	case fyne.KeyReturn, fyne.KeyEnter:
		c.choose(c.at)
		return
	case fyne.KeySpace: // see TypedRune
		return
	default:
		PassKey(c, key)
		return
	}
	c.point(to, -1) // what the keyboard is at, wherever the pointer rests
	c.revealMark()
}

// TypedShortcut offers the shortcut to the window.
func (c *Chart) TypedShortcut(s fyne.Shortcut) { passShortcut(c, s) }
