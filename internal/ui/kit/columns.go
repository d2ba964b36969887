package kit

import (
	"image/color"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"

	"quietline/internal/ui/look"
)

// columnMark is a word below the columns; At is the column at whose left edge
// its middle stands, or the number of columns for the right end.
type columnMark struct {
	At   int
	Text string
}

// columnChart draws one column for every value over a scale of words. The axis
// begins at 0, and what is more than 0 can be seen. It says nothing that does
// not stand beside it in words.
type columnChart struct {
	widget.BaseWidget
	values []int64
	ink    func(i int) fyne.ThemeColorName
	marks  []columnMark
	height float32 // of the columns, in units
}

func newColumnChart(values []int64, height float32, ink func(int) fyne.ThemeColorName, marks []columnMark) *columnChart {
	c := &columnChart{values: values, ink: ink, marks: marks, height: height}
	c.ExtendBaseWidget(c)
	return c
}

// CreateRenderer is called by the toolkit.
func (c *columnChart) CreateRenderer() fyne.WidgetRenderer {
	r := &columnRenderer{c: c, line: canvas.NewRectangle(color.Transparent)}
	r.objects = append(r.objects, r.line)
	for range c.values {
		bar := canvas.NewRectangle(color.Transparent)
		r.bars = append(r.bars, bar)
		r.objects = append(r.objects, bar)
	}
	for _, m := range c.marks {
		text := NewText(m.Text, TextParams{Size: theme.SizeNameCaptionText, Color: look.ColorSecondary})
		r.marks = append(r.marks, text)
		r.objects = append(r.objects, text)
	}
	for _, v := range c.values {
		r.most = max(r.most, v)
	}
	r.Refresh()
	return r
}

type columnRenderer struct {
	c       *columnChart
	line    *canvas.Rectangle
	bars    []*canvas.Rectangle
	marks   []*Text
	most    int64
	objects []fyne.CanvasObject
}

func (r *columnRenderer) marksHeight() float32 {
	if len(r.marks) == 0 {
		return 0
	}
	return r.marks[0].MinSize().Height + look.Gap(0.5)
}

func (r *columnRenderer) Layout(size fyne.Size) {
	ground := size.Height - r.marksHeight()
	step := size.Width / float32(max(len(r.bars), 1))
	gap := min(step/4, look.Gap(0.5))
	for i, bar := range r.bars {
		height := ground * float32(r.c.values[i]) / float32(max(r.most, 1))
		if r.c.values[i] > 0 {
			height = max(height, look.Gap(0.5)) // one of a thousand is still seen
		}
		bar.Hidden = height == 0
		bar.Move(fyne.NewPos(float32(i)*step+gap/2, ground-height))
		bar.Resize(fyne.NewSize(step-gap, height))
	}
	r.line.Move(fyne.NewPos(0, ground))
	r.line.Resize(fyne.NewSize(size.Width, 1))
	end := float32(0)
	for i, m := range r.marks {
		w := m.MinSize().Width
		x := max(0, min(float32(r.c.marks[i].At)*step-w/2, size.Width-w))
		m.Hidden = i > 0 && x < end // no word over another
		if !m.Hidden {
			end = x + w + look.Gap(0.5)
		}
		m.Move(fyne.NewPos(x, ground+look.Gap(0.5)))
		m.Resize(m.MinSize())
	}
}

func (r *columnRenderer) MinSize() fyne.Size {
	return fyne.NewSize(look.Gap(20), look.Gap(r.c.height)+r.marksHeight())
}

func (r *columnRenderer) Refresh() {
	th, v := r.c.Theme(), fyne.CurrentApp().Settings().ThemeVariant()
	for i, bar := range r.bars {
		bar.FillColor = th.Color(r.c.ink(i), v)
		bar.CornerRadius = look.Gap(0.25)
		bar.Refresh()
	}
	r.line.FillColor = th.Color(look.ColorOutline, v)
	r.line.Refresh()
	r.Layout(r.c.Size())
	canvas.Refresh(r.c)
}

func (r *columnRenderer) Objects() []fyne.CanvasObject { return r.objects }

func (r *columnRenderer) Destroy() {}
