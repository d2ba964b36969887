package kit

import (
	"fmt"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"

	"quietline/internal/progress"
	"quietline/internal/ui/look"
)

// ProgressParams says what is in progress.
type ProgressParams struct {
	// Title is words, not a key.
	Title string
	// Counts puts the numbers into words; nil for "N done" and "N failed".
	Counts func(progress.Snapshot) string
	// OnCancel is called once; nil for work that cannot be stopped.
	OnCancel func()
}

// Progress shows how far work has come. Where the total is unknown it shows
// counts and an empty bar: a bar that runs back and forth costs a whole core
// under software OpenGL.
type Progress struct {
	env    *Env
	p      ProgressParams
	bar    *bar
	share  *Text
	counts *Text
	cancel *Button
	box    *fyne.Container
}

// NewProgress makes a Progress.
func NewProgress(e *Env, p ProgressParams) *Progress {
	g := &Progress{env: e, p: p, bar: newBar(), share: Line(""), counts: Caption("")}
	g.cancel = NewButton(e.T("kit.cancel"), theme.CancelIcon(), func() {
		g.cancel.SetText(e.T("kit.cancelling"))
		g.cancel.Disable()
		p.OnCancel()
	})
	g.cancel.Hidden = p.OnCancel == nil
	g.box = Stack(1, Row(1, 0, Strong(p.Title), g.share), g.bar, Row(1, 0, g.counts, g.cancel))
	g.Set(progress.Snapshot{})
	return g
}

// Object is what to put on the page.
func (g *Progress) Object() fyne.CanvasObject { return g.box }

// Set shows a snapshot.
func (g *Progress) Set(s progress.Snapshot) {
	g.bar.set(s.Fraction())
	g.share.SetText("")
	if s.Total > 0 {
		g.share.SetText(fmt.Sprintf("%d%%", int(s.Fraction()*100)))
	}
	if g.p.Counts != nil {
		g.counts.SetText(g.p.Counts(s))
	} else {
		text := g.env.N("kit.progress.done", int(s.Items))
		if s.Failed > 0 {
			text += " · " + g.env.N("kit.progress.failed", int(s.Failed))
		}
		g.counts.SetText(text)
	}
	g.box.Refresh()
}

// bar is a plain bar.
type bar struct {
	widget.BaseWidget
	fraction float64
}

func newBar() *bar {
	b := &bar{}
	b.ExtendBaseWidget(b)
	return b
}

func (b *bar) set(fraction float64) {
	if b.fraction != fraction {
		b.fraction = fraction
		b.Refresh()
	}
}

// CreateRenderer is called by the toolkit.
func (b *bar) CreateRenderer() fyne.WidgetRenderer {
	r := &barRenderer{
		b:    b,
		back: newSurface(look.ColorNavActive, "", ""),
		fill: newSurface(theme.ColorNamePrimary, "", ""),
	}
	r.back.round, r.fill.round = true, true
	return r
}

type barRenderer struct {
	b          *bar
	back, fill *surface
}

func (r *barRenderer) Layout(size fyne.Size) {
	r.back.Resize(size)
	r.fill.Resize(fyne.NewSize(size.Width*float32(r.b.fraction), size.Height))
	r.fill.Hidden = r.b.fraction == 0
}

func (r *barRenderer) MinSize() fyne.Size {
	return fyne.NewSize(look.Gap(10), look.Gap(1))
}

func (r *barRenderer) Refresh() {
	r.Layout(r.b.Size())
	canvas.Refresh(r.b)
}

func (r *barRenderer) Objects() []fyne.CanvasObject { return []fyne.CanvasObject{r.back, r.fill} }

func (r *barRenderer) Destroy() {}
