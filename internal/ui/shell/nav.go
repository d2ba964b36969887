package shell

import (
	"image/color"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/driver/desktop"
	"fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"

	"quietline/internal/ui/kit"
	"quietline/internal/ui/look"
)

// navItem is one entry of the navigation, in words.
type navItem struct {
	page  kit.PageID
	icon  look.Icon
	title string
}

// nav is the list at the left. It is one stop for the Tab key; Up, Down, Home
// and End move in it, Enter and Space go. The toolkit's tabs cannot be reached
// by keyboard at all.
type nav struct {
	widget.BaseWidget
	items   []navItem
	current kit.PageID
	cursor  int
	focused bool
	hovered int
	narrow  bool
	chosen  func(kit.PageID)
}

var (
	_ fyne.Focusable    = (*nav)(nil)
	_ fyne.Tappable     = (*nav)(nil)
	_ desktop.Hoverable = (*nav)(nil)
	_ fyne.Accessible   = (*nav)(nil)
)

func newNav(items []navItem, chosen func(kit.PageID)) *nav {
	n := &nav{items: items, hovered: -1, chosen: chosen}
	n.ExtendBaseWidget(n)
	return n
}

// AccessibilityLabel is the page that is shown; the entries name themselves.
func (n *nav) AccessibilityLabel() string {
	for _, it := range n.items {
		if it.page == n.current {
			return it.title
		}
	}
	return ""
}

// AccessibilityRole is that of a container.
func (n *nav) AccessibilityRole() fyne.AccessibleRole { return fyne.AccessibleRoleContainer }

// show marks the page that is shown.
func (n *nav) show(page kit.PageID) {
	n.current = page
	for i, it := range n.items {
		if it.page == page {
			n.cursor = i
		}
	}
	n.Refresh()
}

// setNarrow leaves only the icons.
func (n *nav) setNarrow(narrow bool) {
	if n.narrow != narrow {
		n.narrow = narrow
		n.Refresh()
	}
}

// FocusGained is called by the toolkit.
func (n *nav) FocusGained() {
	n.focused = true
	n.Refresh()
}

// FocusLost is called by the toolkit.
func (n *nav) FocusLost() {
	n.focused = false
	n.Refresh()
}

// TypedRune is called by the toolkit.
func (n *nav) TypedRune(rune) {}

// TypedKey moves the cursor or goes to the page under it.
func (n *nav) TypedKey(key *fyne.KeyEvent) {
	to := n.cursor
	switch key.Name {
	case fyne.KeyUp:
		to--
	case fyne.KeyDown:
		to++
	case fyne.KeyHome:
		to = 0
	case fyne.KeyEnd:
		to = len(n.items) - 1
	case fyne.KeyReturn, fyne.KeyEnter, fyne.KeySpace:
		n.chosen(n.items[n.cursor].page)
		return
	default:
		kit.PassKey(n, key)
		return
	}
	n.cursor = max(0, min(to, len(n.items)-1))
	n.Refresh()
}

// Tapped goes to the page under the pointer.
func (n *nav) Tapped(e *fyne.PointEvent) {
	if i := n.at(e.Position); i >= 0 {
		n.cursor = i
		n.chosen(n.items[i].page)
	}
}

// MouseIn is called by the toolkit.
func (n *nav) MouseIn(e *desktop.MouseEvent) { n.MouseMoved(e) }

// MouseMoved is called by the toolkit.
func (n *nav) MouseMoved(e *desktop.MouseEvent) {
	if i := n.at(e.Position); i != n.hovered {
		n.hovered = i
		n.Refresh()
	}
}

// MouseOut is called by the toolkit.
func (n *nav) MouseOut() {
	n.hovered = -1
	n.Refresh()
}

// wantedHeight is how high a row is where the window is high enough.
func (n *nav) wantedHeight() float32 { return lineHeight() + look.Gap(2.25) }

// rowHeight is how high a row is: in a low window the rows come closer to each
// other, so that the last one is there too.
func (n *nav) rowHeight() float32 {
	rows := float32(max(1, len(n.items)))
	room := (n.Size().Height - (rows-1)*look.Gap(0.5)) / rows
	return max(lineHeight(), min(n.wantedHeight(), room))
}

func lineHeight() float32 {
	return fyne.MeasureText("A", theme.TextSize(), fyne.TextStyle{}).Height
}

func (n *nav) at(pos fyne.Position) int {
	step := n.rowHeight() + look.Gap(0.5)
	i := int(pos.Y / step)
	if pos.Y < 0 || i >= len(n.items) || pos.Y-float32(i)*step > n.rowHeight() {
		return -1
	}
	return i
}

// CreateRenderer is called by the toolkit.
func (n *nav) CreateRenderer() fyne.WidgetRenderer {
	r := &navRenderer{n: n}
	for _, it := range n.items {
		row := navRow{
			ground: canvas.NewRectangle(color.Transparent),
			icon:   &canvas.Image{FillMode: canvas.ImageFillContain, Resource: it.icon.Resource()},
			label:  kit.NewText(it.title, kit.TextParams{}),
		}
		r.rows = append(r.rows, row)
		r.objects = append(r.objects, row.ground, row.icon, row.label)
	}
	r.paint()
	return r
}

type navRow struct {
	ground *canvas.Rectangle
	icon   *canvas.Image
	label  *kit.Text
}

type navRenderer struct {
	n       *nav
	rows    []navRow
	objects []fyne.CanvasObject
}

func (r *navRenderer) paint() {
	th, v := r.n.Theme(), fyne.CurrentApp().Settings().ThemeVariant()
	for i, row := range r.rows {
		it := r.n.items[i]
		g := row.ground
		g.CornerRadius = th.Size(theme.SizeNameSelectionRadius)
		g.FillColor, g.StrokeColor, g.StrokeWidth = color.Transparent, color.Transparent, 0
		active := it.page == r.n.current
		ink := look.ColorSecondary
		switch {
		case active:
			g.FillColor = th.Color(look.ColorNavActive, v)
			ink = theme.ColorNamePrimary
		case i == r.n.hovered:
			g.FillColor = th.Color(theme.ColorNameHover, v)
			ink = theme.ColorNameForeground
		}
		if r.n.focused && i == r.n.cursor {
			g.StrokeColor, g.StrokeWidth = th.Color(look.ColorRing, v), th.Size(look.SizeRing)
		}
		row.icon.Resource = it.icon.In(ink)
		row.label.SetColor(ink)
		row.label.SetBold(active)
		row.label.Hidden = r.n.narrow
		row.icon.Refresh()
		g.Refresh()
	}
}

func (r *navRenderer) Layout(size fyne.Size) {
	h, icon := r.n.rowHeight(), theme.IconInlineSize()*1.1
	y := float32(0)
	for _, row := range r.rows {
		row.ground.Move(fyne.NewPos(0, y))
		row.ground.Resize(fyne.NewSize(size.Width, h))
		x := look.Gap(1.5)
		if r.n.narrow {
			x = (size.Width - icon) / 2
		}
		row.icon.Move(fyne.NewPos(x, y+(h-icon)/2))
		row.icon.Resize(fyne.NewSquareSize(icon))
		m := row.label.MinSize()
		row.label.Move(fyne.NewPos(x+icon+look.Gap(1.25), y+(h-m.Height)/2))
		row.label.Resize(m)
		y += h + look.Gap(0.5)
	}
}

func (r *navRenderer) MinSize() fyne.Size {
	icon := theme.IconInlineSize() * 1.1
	width := float32(0)
	if !r.n.narrow {
		for _, it := range r.n.items {
			// Measured in bold, so that the list does not grow with the choice.
			width = max(width, fyne.MeasureText(it.title, theme.TextSize(), fyne.TextStyle{Bold: true}).Width)
		}
		width += look.Gap(1.25)
	}
	rows := float32(len(r.rows))
	return fyne.NewSize(width+icon+look.Gap(3), rows*r.n.wantedHeight()+max(0, rows-1)*look.Gap(0.5))
}

func (r *navRenderer) Refresh() {
	r.paint()
	r.Layout(r.n.Size())
	canvas.Refresh(r.n)
}

func (r *navRenderer) Objects() []fyne.CanvasObject { return r.objects }

func (r *navRenderer) Destroy() {}
