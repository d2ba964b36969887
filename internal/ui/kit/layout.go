package kit

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"

	"quietline/internal/ui/look"
)

// All distances are in units of eight points at normal text size; they grow
// with the text (look.SizeGap).

// Stack puts objects below each other, with gap units between them. An object
// is given the full width before its height is asked, so that text which
// breaks lines comes out right at once.
func Stack(gap float32, objects ...fyne.CanvasObject) *fyne.Container {
	return container.New(&stackLayout{gap: gap}, objects...)
}

// Row puts objects beside each other, with gap units between them, centred on
// one line. The object at index fill (-1 for none) takes what is left.
func Row(gap float32, fill int, objects ...fyne.CanvasObject) *fyne.Container {
	return container.New(&rowLayout{gap: gap, fill: fill}, objects...)
}

// TopRow is Row with the objects at the top of the line.
func TopRow(gap float32, fill int, objects ...fyne.CanvasObject) *fyne.Container {
	return container.New(&rowLayout{gap: gap, fill: fill, top: true}, objects...)
}

// Flow puts objects beside each other and goes on below where the width ends.
func Flow(gap float32, objects ...fyne.CanvasObject) *fyne.Container {
	return container.New(&flowLayout{gap: gap}, objects...)
}

// Columns shares the width evenly among as many columns as find room when
// each is at least width units wide, at most as many as there are objects.
func Columns(gap, width float32, objects ...fyne.CanvasObject) *fyne.Container {
	return container.New(&columnsLayout{gap: gap, width: width}, objects...)
}

// Pad puts units of empty space around an object.
func Pad(vertical, horizontal float32, object fyne.CanvasObject) *fyne.Container {
	return container.New(&padLayout{v: vertical, h: horizontal}, object)
}

// Scrolled scrolls a part of a page. What scrolls is cut at its edges, so those
// stand beside the page's: cards keep in line with the title, and the ring of what
// has the keyboard is seen whole.
func Scrolled(object fyne.CanvasObject) fyne.CanvasObject {
	_, o := Scroller(object)
	return o
}

// Scroller is Scrolled for who has to know how far it is scrolled.
func Scroller(object fyne.CanvasObject) (*container.Scroll, fyne.CanvasObject) {
	const ring = 0.5
	s := container.NewVScroll(Pad(ring, ring, object))
	return s, Pad(-ring, -ring, s)
}

// Readable keeps an object from growing wider than width units.
func Readable(width float32, object fyne.CanvasObject) *fyne.Container {
	return container.New(&readableLayout{width: width}, object)
}

// Spring takes what is left of a Row when its index is the fill.
func Spring() fyne.CanvasObject { return container.NewWithoutLayout() }

func visible(objects []fyne.CanvasObject) []fyne.CanvasObject {
	out := make([]fyne.CanvasObject, 0, len(objects))
	for _, o := range objects {
		if o.Visible() {
			out = append(out, o)
		}
	}
	return out
}

// settle gives an object its width and then the height it needs at that width.
func settle(o fyne.CanvasObject, width float32) float32 {
	o.Resize(fyne.NewSize(width, o.MinSize().Height))
	h := o.MinSize().Height
	if h != o.Size().Height {
		o.Resize(fyne.NewSize(width, h))
	}
	return h
}

type stackLayout struct{ gap float32 }

func (l *stackLayout) Layout(objects []fyne.CanvasObject, size fyne.Size) {
	y, gap := float32(0), look.Gap(l.gap)
	for _, o := range visible(objects) {
		o.Move(fyne.NewPos(0, y))
		y += settle(o, size.Width) + gap
	}
}

func (l *stackLayout) MinSize(objects []fyne.CanvasObject) fyne.Size {
	var size fyne.Size
	shown := visible(objects)
	for _, o := range shown {
		m := o.MinSize()
		size.Width = max(size.Width, m.Width)
		size.Height += m.Height
	}
	size.Height += look.Gap(l.gap) * float32(max(0, len(shown)-1))
	return size
}

type rowLayout struct {
	gap  float32
	fill int
	top  bool
}

func (l *rowLayout) Layout(objects []fyne.CanvasObject, size fyne.Size) {
	gap := look.Gap(l.gap)
	left := size.Width - gap*float32(max(0, len(visible(objects))-1))
	for i, o := range objects {
		if o.Visible() && i != l.fill {
			left -= o.MinSize().Width
		}
	}
	x := float32(0)
	for i, o := range objects {
		if !o.Visible() {
			continue
		}
		w := o.MinSize().Width
		if i == l.fill {
			w = max(0, left)
		}
		h := settle(o, w)
		y := float32(0)
		if !l.top {
			y = max(0, (size.Height-h)/2)
		}
		o.Move(fyne.NewPos(x, y))
		x += w + gap
	}
}

func (l *rowLayout) MinSize(objects []fyne.CanvasObject) fyne.Size {
	var size fyne.Size
	shown := visible(objects)
	for _, o := range shown {
		m := o.MinSize()
		size.Width += m.Width
		size.Height = max(size.Height, m.Height)
	}
	size.Width += look.Gap(l.gap) * float32(max(0, len(shown)-1))
	return size
}

type flowLayout struct {
	gap   float32
	width float32 // of the last layout
}

func (l *flowLayout) Layout(objects []fyne.CanvasObject, size fyne.Size) {
	l.width = size.Width
	l.walk(objects, size.Width, func(o fyne.CanvasObject, pos fyne.Position, s fyne.Size) {
		o.Move(pos)
		o.Resize(s)
	})
}

func (l *flowLayout) MinSize(objects []fyne.CanvasObject) fyne.Size {
	widest := float32(0)
	for _, o := range visible(objects) {
		widest = max(widest, o.MinSize().Width)
	}
	width := l.width
	if width == 0 {
		width = l.natural(objects)
	}
	return fyne.NewSize(widest, l.walk(objects, max(width, widest), func(fyne.CanvasObject, fyne.Position, fyne.Size) {}))
}

// natural is the width of all objects on one line.
func (l *flowLayout) natural(objects []fyne.CanvasObject) float32 {
	w := -look.Gap(l.gap)
	for _, o := range visible(objects) {
		w += wanted(o) + look.Gap(l.gap)
	}
	return max(0, w) + 1
}

// wanted is the width an object would like: a text that can break its lines
// would rather not.
func wanted(o fyne.CanvasObject) float32 {
	if t, ok := o.(*Text); ok {
		return t.natural()
	}
	return o.MinSize().Width
}

// walk gives every object its place, centred on its line, and returns the
// height of all lines.
func (l *flowLayout) walk(objects []fyne.CanvasObject, width float32, place func(fyne.CanvasObject, fyne.Position, fyne.Size)) float32 {
	gap := look.Gap(l.gap)
	shown := visible(objects)
	y := float32(0)
	for len(shown) > 0 {
		var line []fyne.Size
		x, height := float32(0), float32(0)
		for _, o := range shown {
			s := fyne.NewSize(min(wanted(o), width), o.MinSize().Height)
			if len(line) > 0 && x+s.Width > width {
				break
			}
			if t, ok := o.(*Text); ok {
				s.Height = t.heightAt(s.Width)
			}
			line = append(line, s)
			x += s.Width + gap
			height = max(height, s.Height)
		}
		x = 0
		for i, s := range line {
			place(shown[i], fyne.NewPos(x, y+(height-s.Height)/2), s)
			x += s.Width + gap
		}
		shown = shown[len(line):]
		y += height + gap
	}
	return max(0, y-gap)
}

type columnsLayout struct {
	gap, width float32
	last       int // columns of the last layout
}

func (l *columnsLayout) Layout(objects []fyne.CanvasObject, size fyne.Size) {
	shown := visible(objects)
	if len(shown) == 0 {
		return
	}
	gap := look.Gap(l.gap)
	l.last = max(1, min(len(shown), int((size.Width+gap)/(look.Gap(l.width)+gap))))
	w := (size.Width - gap*float32(l.last-1)) / float32(l.last)
	y := float32(0)
	for i := 0; i < len(shown); i += l.last {
		row := shown[i:min(i+l.last, len(shown))]
		height := float32(0)
		for _, o := range row {
			height = max(height, settle(o, w))
		}
		for c, o := range row {
			o.Move(fyne.NewPos(float32(c)*(w+gap), y))
			o.Resize(fyne.NewSize(w, height))
		}
		y += height + gap
	}
}

func (l *columnsLayout) MinSize(objects []fyne.CanvasObject) fyne.Size {
	shown := visible(objects)
	columns := max(1, min(l.last, len(shown)))
	var size fyne.Size
	for i := 0; i < len(shown); i += columns {
		height := float32(0)
		for _, o := range shown[i:min(i+columns, len(shown))] {
			m := o.MinSize()
			size.Width = max(size.Width, m.Width)
			height = max(height, m.Height)
		}
		if i > 0 {
			height += look.Gap(l.gap)
		}
		size.Height += height
	}
	return size
}

type padLayout struct{ v, h float32 }

func (l *padLayout) Layout(objects []fyne.CanvasObject, size fyne.Size) {
	v, h := look.Gap(l.v), look.Gap(l.h)
	for _, o := range objects {
		o.Move(fyne.NewPos(h, v))
		o.Resize(fyne.NewSize(max(0, size.Width-2*h), max(0, size.Height-2*v)))
	}
}

func (l *padLayout) MinSize(objects []fyne.CanvasObject) fyne.Size {
	var size fyne.Size
	for _, o := range visible(objects) {
		size = size.Max(o.MinSize())
	}
	return size.AddWidthHeight(2*look.Gap(l.h), 2*look.Gap(l.v))
}

type readableLayout struct{ width float32 }

func (l *readableLayout) Layout(objects []fyne.CanvasObject, size fyne.Size) {
	w := min(size.Width, look.Gap(l.width))
	for _, o := range objects {
		o.Move(fyne.NewPos(0, 0))
		o.Resize(fyne.NewSize(w, size.Height))
	}
}

func (l *readableLayout) MinSize(objects []fyne.CanvasObject) fyne.Size {
	var size fyne.Size
	for _, o := range visible(objects) {
		size = size.Max(o.MinSize())
	}
	return size
}
