package kit

import (
	"image"
	"image/color"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/theme"

	"quietline/internal/chart"
	"quietline/internal/ui/look"
)

// CreateRenderer is called by the toolkit.
func (c *Chart) CreateRenderer() fyne.WidgetRenderer {
	r := &chartRenderer{
		c: c, place: canvas.NewRectangle(color.Transparent), tip: newTip(),
	}
	r.shapes = canvas.NewRaster(r.paint)
	r.Refresh()
	return r
}

// chartRenderer paints the shapes of a figure into a picture, as a saved picture
// is painted, and its words as text; place is a ring around the one that tells its
// numbers, which shows where the keyboard is too.
type chartRenderer struct {
	c       *Chart
	drawn   *chart.Figure // that which shapes and words show
	palette chart.Palette
	shapes  *canvas.Raster
	place   *canvas.Rectangle
	tip     *tip
	objects []fyne.CanvasObject
}

// paint is asked for a picture of so many pixels.
func (r *chartRenderer) paint(w, h int) image.Image {
	img := image.NewRGBA(image.Rect(0, 0, w, h))
	if width := r.shapes.Size().Width; width > 0 && r.drawn != nil {
		r.drawn.Paint(img, float64(w)/float64(width), r.palette)
	}
	return img
}

// Layout places what tells the numbers; the rest stands where the figure says.
func (r *chartRenderer) Layout(fyne.Size) {
	m := r.c.told()
	r.place.Hidden = m < 0
	r.tip.object.Hidden = m < 0
	if m >= 0 {
		r.tell(r.c.Figure(), m)
	}
}

func (r *chartRenderer) MinSize() fyne.Size {
	// As wide as it is given, as high as that makes it.
	return fyne.NewSize(look.Gap(20), float32(r.c.Figure().H))
}

func (r *chartRenderer) Refresh() {
	th, v := r.c.Theme(), fyne.CurrentApp().Settings().ThemeVariant()
	if f := r.c.Figure(); r.c.figure != r.drawn {
		r.drawn, r.palette = r.c.figure, look.ChartPalette(th, v)
		r.write(f)
		r.shapes.Resize(fyne.NewSize(float32(f.W), float32(f.H)))
		r.shapes.Refresh()
	}
	r.place.StrokeColor = th.Color(look.ColorRing, v)
	r.place.StrokeWidth = th.Size(look.SizeRing)
	r.place.CornerRadius = look.Gap(0.5)
	r.Layout(r.c.Size())
	r.place.Refresh()
	canvas.Refresh(r.c)
}

// write makes the words of the figure.
func (r *chartRenderer) write(f chart.Figure) {
	r.objects = []fyne.CanvasObject{r.shapes}
	for _, l := range f.Labels {
		t := canvas.NewText(l.Text, r.palette[l.Ink])
		t.TextSize, t.TextStyle = float32(l.Size), fyne.TextStyle{Bold: l.Bold}
		t.Move(fyne.NewPos(float32(l.X), float32(l.Y)))
		t.Resize(fyne.NewSize(float32(l.W), float32(l.H)))
		r.objects = append(r.objects, t)
	}
	r.objects = append(r.objects, r.place, r.tip.object)
}

// tell puts a ring around a place, and what it tells beside it.
func (r *chartRenderer) tell(f chart.Figure, m int) {
	mark := f.Marks[m]
	whole := fyne.NewSize(float32(f.W), float32(f.H))
	at, size := fyne.NewPos(float32(mark.X), float32(mark.Y)), fyne.NewSize(float32(mark.W), float32(mark.H))
	line := size.Width > whole.Width/2 // the place is a whole line
	out := r.place.StrokeWidth / 2
	if line {
		out = look.Gap(0.75) // clear of the words at both ends
	}
	r.place.Move(at.SubtractXY(out, 0))
	r.place.Resize(size.AddWidthHeight(2*out, 0))
	if mark.Read {
		r.tip.object.Hidden = true
		return
	}
	const most = 0.9 // of the chart
	wants, gap := r.tip.say(mark.Lines, r.c.Size().Width*most), look.Gap(0.75)
	to := fyne.NewPos(at.X+size.Width+gap, at.Y+gap)
	switch {
	case line: // below it, or above
		to = fyne.NewPos(at.X+2*gap, at.Y+size.Height+gap)
		if to.Y+wants.Height > whole.Height {
			to.Y = at.Y - wants.Height - gap
		}
	case to.X+wants.Width > whole.Width:
		to.X = at.X - wants.Width - gap
	}
	r.tip.object.Move(fyne.NewPos(max(0, min(to.X, whole.Width-wants.Width)), max(0, min(to.Y, whole.Height-wants.Height))))
	r.tip.object.Resize(wants)
}

func (r *chartRenderer) Objects() []fyne.CanvasObject { return r.objects }

func (r *chartRenderer) Destroy() {}

// tip is a small surface with lines of text, the first of them in bold.
type tip struct {
	object *fyne.Container
	lines  *fyne.Container
}

// The space in a tip around its lines, and between them.
const (
	tipAbove, tipBeside = 0.75, 1.25
	tipBetween          = 0.25
)

func newTip() *tip {
	t := &tip{lines: Stack(tipBetween)}
	t.object = container.NewStack(
		newSurface(theme.ColorNameOverlayBackground, theme.ColorNameForeground, theme.SizeNameInputRadius),
		Pad(tipAbove, tipBeside, t.lines),
	)
	return t
}

// say shows lines, broken where they are wider than that, and gives the size that
// they need.
func (t *tip) say(lines []string, most float32) fyne.Size {
	t.lines.RemoveAll()
	texts := make([]*Text, len(lines))
	width := float32(0)
	for i, line := range lines {
		texts[i] = NewText(line, TextParams{Bold: i == 0, Wrap: true})
		width = max(width, texts[i].natural()+1)
		t.lines.Add(texts[i])
	}
	width = min(width, most-2*look.Gap(tipBeside))
	height := 2*look.Gap(tipAbove) + look.Gap(tipBetween)*float32(len(lines)-1)
	for _, text := range texts {
		height += text.heightAt(width)
	}
	return fyne.NewSize(width+2*look.Gap(tipBeside), height)
}
