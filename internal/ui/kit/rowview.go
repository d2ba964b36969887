package kit

import (
	"image/color"
	"slices"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/driver/desktop"
	"fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"

	"quietline/internal/ui/look"
)

type columnSpec struct {
	width, flex float32
	rank        int
	away        bool // the user does not want it
	stacks      bool
	wraps       bool
}

type rowSpec struct {
	columns []columnSpec
	ranked  []int // the columns by their rank
	boxes   bool  // a box to mark the row stands first
	// stacked says for all rows of a table that the columns which stack do so.
	stacked *bool
}

// rowView is one row of a table, or its head.
type rowView struct {
	widget.BaseWidget
	spec    rowSpec
	head    bool
	cells   []Cell
	texts   []*Text
	badges  []*Badge // nil where the column has had none yet
	box     *canvas.Image
	marked  bool
	markRow func()
	reach   func() // marks from the row before to this one; nil without boxes
	tapped  func()
	menu    func(at fyne.Position)
	shift   bool // held as the mouse button went down
	cursor  bool
	open    bool
	laidOut int // which arrangement of the columns it shows
}

var (
	_ fyne.Tappable          = (*rowView)(nil)
	_ fyne.SecondaryTappable = (*rowView)(nil)
	_ desktop.Mouseable      = (*rowView)(nil)
)

func newRowView(spec rowSpec, head bool) *rowView {
	v := &rowView{spec: spec, head: head, cells: make([]Cell, len(spec.columns))}
	p := TextParams{Cut: true}
	if head {
		p = TextParams{Cut: true, Bold: true, Color: look.ColorSecondary, Size: theme.SizeNameCaptionText}
	}
	for _, c := range spec.columns {
		p.Cut, p.Wrap = head || !c.wraps, !head && c.wraps
		v.texts = append(v.texts, NewText("", p))
	}
	v.badges = make([]*Badge, len(spec.columns))
	v.box = canvas.NewImageFromResource(theme.CheckButtonIcon())
	v.box.FillMode = canvas.ImageFillContain
	v.box.Hidden = !spec.boxes || head
	v.ExtendBaseWidget(v)
	return v
}

func (v *rowView) set(i int, c Cell) {
	if v.cells[i] == c {
		return
	}
	v.cells[i] = c
	if c.Tone != "" {
		if v.badges[i] == nil {
			v.badges[i] = NewBadge(c.Tone, c.Text)
		}
		v.badges[i].Set(c.Tone, c.Text)
		v.Refresh() // shows the one of the two
		return
	}
	v.texts[i].Hidden = false
	if v.badges[i] != nil {
		v.badges[i].Hidden = true
	}
	v.texts[i].SetText(c.Text)
	if !v.head {
		col := theme.ColorNameForeground
		if c.Muted {
			col = look.ColorSecondary
		}
		v.texts[i].SetColor(col)
		v.texts[i].SetBold(c.Bold)
	}
}

func (v *rowView) mark(on bool, toggle func()) {
	v.markRow = toggle
	if v.marked == on {
		return
	}
	v.marked = on
	v.box.Resource = theme.CheckButtonIcon()
	if on {
		v.box.Resource = theme.NewPrimaryThemedResource(theme.CheckButtonCheckedIcon())
	}
	v.Refresh()
}

func (v *rowView) state(cursor, open bool) {
	if v.cursor != cursor || v.open != open {
		v.cursor, v.open = cursor, open
		v.Refresh()
	}
}

// Pressable says that a head is only read.
func (v *rowView) Pressable() bool { return !v.head }

// MouseDown is called by the toolkit before Tapped, which does not know the keys
// that are held.
func (v *rowView) MouseDown(e *desktop.MouseEvent) { v.shift = e.Modifier&fyne.KeyModifierShift != 0 }

// MouseUp is called by the toolkit.
func (v *rowView) MouseUp(*desktop.MouseEvent) {}

// TappedSecondary shows what can be done with the row.
func (v *rowView) TappedSecondary(e *fyne.PointEvent) {
	if v.menu != nil {
		v.menu(e.AbsolutePosition)
	}
}

// Tapped opens the row, or marks it where the box was hit.
func (v *rowView) Tapped(e *fyne.PointEvent) {
	if v.shift && v.reach != nil {
		v.reach()
		return
	}
	if v.spec.boxes && v.markRow != nil && e.Position.X < v.boxWidth() {
		v.markRow()
		return
	}
	if v.tapped != nil {
		v.tapped()
	}
}

func (v *rowView) boxWidth() float32 { return look.Gap(1.5) + theme.IconInlineSize() + look.Gap(1) }

// boxes is where the first column begins.
func (v *rowView) boxes() float32 {
	if v.spec.boxes {
		return v.boxWidth()
	}
	return look.Gap(1.5)
}

// room is the width that the columns share.
func (v *rowView) room() float32 { return v.Size().Width - v.boxes() - look.Gap(1.5) }

// CreateRenderer is called by the toolkit.
func (v *rowView) CreateRenderer() fyne.WidgetRenderer {
	r := &rowRenderer{v: v, ring: canvas.NewRectangle(color.Transparent)}
	r.gather()
	r.paint()
	return r
}

type rowRenderer struct {
	v       *rowView
	ring    *canvas.Rectangle
	objects []fyne.CanvasObject
}

func (r *rowRenderer) gather() {
	r.objects = append(r.objects[:0], r.ring, r.v.box)
	for i, t := range r.v.texts {
		r.objects = append(r.objects, t)
		if b := r.v.badges[i]; b != nil {
			r.objects = append(r.objects, b)
		}
	}
}

func (r *rowRenderer) paint() {
	th, variant := r.v.Theme(), fyne.CurrentApp().Settings().ThemeVariant()
	r.ring.CornerRadius = th.Size(theme.SizeNameSelectionRadius)
	r.ring.FillColor, r.ring.StrokeColor, r.ring.StrokeWidth = color.Transparent, color.Transparent, 0
	if r.v.open || r.v.marked {
		r.ring.FillColor = th.Color(theme.ColorNameSelection, variant)
	}
	if r.v.cursor {
		r.ring.StrokeColor, r.ring.StrokeWidth = th.Color(look.ColorRing, variant), th.Size(look.SizeRing)
	}
}

// columnGap is the distance between two columns in units, rowPad the space above and
// below the words of a row.
const columnGap, rowPad = 2, 1.75

func (r *rowRenderer) Layout(size fyne.Size) {
	r.ring.Resize(size)
	icon := theme.IconInlineSize()
	r.v.box.Move(fyne.NewPos(look.Gap(1.5), (size.Height-icon)/2))
	r.v.box.Resize(fyne.NewSquareSize(icon))
	x := r.v.boxes()
	var above *Text // what is to stand below the next column
	for i, w := range r.v.spec.widths(r.v.room()) {
		t, b := r.v.texts[i], r.v.badges[i]
		shown, badge := w > 0, r.v.cells[i].Tone != ""
		appear(t, shown && !badge)
		if b != nil {
			appear(b, shown && badge)
		}
		if !shown {
			if r.v.spec.stacks(i) && !r.v.head {
				above = t
			}
			continue
		}
		h := settle(t, w)
		t.Move(fyne.NewPos(x, (size.Height-h)/2))
		if above != nil {
			lower(t, above)
			above = nil
		}
		if badge {
			m := b.MinSize()
			b.Move(fyne.NewPos(x, (size.Height-m.Height)/2))
			b.Resize(fyne.NewSize(min(m.Width, w), m.Height))
		}
		x += w + look.Gap(columnGap)
	}
}

// appear shows or hides a part of a row. What was hidden missed the refreshing of
// the row, and is refreshed when it is shown.
func appear(o fyne.CanvasObject, shown bool) {
	if shown {
		o.Show()
	} else {
		o.Hide()
	}
}

// byRank puts the columns in the order in which they find room.
func (s rowSpec) byRank() {
	slices.SortStableFunc(s.ranked, func(a, b int) int { return s.columns[a].rank - s.columns[b].rank })
}

// widths shares the width among the columns; a hidden one gets 0.
func (s rowSpec) widths(width float32) []float32 {
	out := make([]float32, len(s.columns))
	left, flex := width+look.Gap(columnGap), float32(0)
	for _, i := range s.ranked {
		c := s.columns[i]
		if c.away || s.stacks(i) {
			continue
		}
		need := look.Gap(c.width + columnGap)
		if c.rank > 0 && (need > left || *s.stacked) {
			break
		}
		out[i] = look.Gap(c.width)
		left -= need
		flex += c.flex
	}
	for i, c := range s.columns {
		switch {
		case out[i] == 0:
		case left > 0 && flex > 0:
			out[i] += left * c.flex / flex
		case left < 0: // too narrow even so: everyone gives a little
			out[i] = max(look.Gap(3), out[i]*(1+left/(width-left)))
		}
	}
	return out
}

func (r *rowRenderer) MinSize() fyne.Size {
	size := r.v.Theme().Size(theme.SizeNameText)
	if r.v.head {
		size = r.v.Theme().Size(theme.SizeNameCaptionText)
	}
	h := fyne.MeasureText("A", size, fyne.TextStyle{}).Height
	if r.v.head {
		return fyne.NewSize(look.Gap(20), h+look.Gap(0.5))
	}
	if *r.v.spec.stacked {
		h *= 2
	}
	return fyne.NewSize(look.Gap(20), h+look.Gap(rowPad))
}

func (r *rowRenderer) Refresh() {
	r.gather()
	r.paint()
	r.Layout(r.v.Size())
	for _, o := range r.objects {
		if o.Visible() { // an icon is decoded anew each time
			o.Refresh()
		}
	}
	canvas.Refresh(r.v)
}

func (r *rowRenderer) Objects() []fyne.CanvasObject { return r.objects }

func (r *rowRenderer) Destroy() {}
