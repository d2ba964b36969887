package kit

import (
	"image/color"
	"strconv"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"

	"quietline/internal/l10n"
	"quietline/internal/ui/look"
)

// The hours at which people rest; the same as for the alert "night".
const (
	nightBegins = 22
	nightEnds   = 6
)

func night(hour int) bool { return hour >= nightBegins || hour < nightEnds }

// Hours shows at which hours of the day something happened: a bar for every
// hour, those of the night in another colour, and the same in words.
func Hours(e *Env, counts [24]int64) fyne.CanvasObject {
	var total, most, atNight int64
	peak := 0
	for h, n := range counts {
		total += n
		if n > most {
			most, peak = n, h
		}
		if night(h) {
			atNight += n
		}
	}
	if total == 0 {
		return Spring()
	}
	var lines []fyne.CanvasObject
	if most > 1 {
		lines = append(lines, Caption(e.T("kit.hours.peak", l10n.Args{"From": peak, "To": peak + 1, "Calls": most})))
	}
	if atNight > 0 {
		lines = append(lines, NewText(e.N("kit.hours.night", int(atNight)), TextParams{
			Size: theme.SizeNameCaptionText, Bold: true, Color: look.Caution.Text(), Wrap: true,
		}))
	}
	return Stack(0.75, append([]fyne.CanvasObject{newHourBars(counts, most)}, lines...)...)
}

// hourBars are the bars over a scale of hours.
type hourBars struct {
	widget.BaseWidget
	counts [24]int64
	most   int64
}

func newHourBars(counts [24]int64, most int64) *hourBars {
	b := &hourBars{counts: counts, most: most}
	b.ExtendBaseWidget(b)
	return b
}

// CreateRenderer is called by the toolkit.
func (b *hourBars) CreateRenderer() fyne.WidgetRenderer {
	r := &hourRenderer{b: b, line: canvas.NewRectangle(color.Transparent)}
	r.objects = append(r.objects, r.line)
	for h := range r.bars {
		r.bars[h] = canvas.NewRectangle(color.Transparent)
		r.objects = append(r.objects, r.bars[h])
	}
	for i := range r.marks {
		r.marks[i] = NewText(strconv.Itoa(i*hoursPerMark), TextParams{Size: theme.SizeNameCaptionText, Color: look.ColorSecondary})
		r.objects = append(r.objects, r.marks[i])
	}
	r.Refresh()
	return r
}

// hoursPerMark is the distance of the figures below the bars.
const hoursPerMark = 6

type hourRenderer struct {
	b       *hourBars
	line    *canvas.Rectangle
	bars    [24]*canvas.Rectangle
	marks   [24/hoursPerMark + 1]*Text
	objects []fyne.CanvasObject
}

func (r *hourRenderer) Layout(size fyne.Size) {
	marks := r.marks[0].MinSize().Height
	ground := size.Height - marks - look.Gap(0.5)
	step := size.Width / float32(len(r.bars))
	gap := min(step/4, look.Gap(0.5))
	for h, bar := range r.bars {
		height := ground * float32(r.b.counts[h]) / float32(max(r.b.most, 1))
		if r.b.counts[h] > 0 {
			height = max(height, look.Gap(0.5)) // one of a thousand is still seen
		}
		bar.Hidden = height == 0
		bar.Move(fyne.NewPos(float32(h)*step+gap/2, ground-height))
		bar.Resize(fyne.NewSize(step-gap, height))
	}
	r.line.Move(fyne.NewPos(0, ground))
	r.line.Resize(fyne.NewSize(size.Width, 1))
	for i, m := range r.marks {
		w := m.MinSize().Width
		x := float32(i*hoursPerMark)*step - w/2
		m.Move(fyne.NewPos(max(0, min(x, size.Width-w)), ground+look.Gap(0.5)))
		m.Resize(m.MinSize())
	}
}

func (r *hourRenderer) MinSize() fyne.Size {
	return fyne.NewSize(look.Gap(30), look.Gap(9)+r.marks[0].MinSize().Height)
}

func (r *hourRenderer) Refresh() {
	th, v := r.b.Theme(), fyne.CurrentApp().Settings().ThemeVariant()
	for h, bar := range r.bars {
		ink := theme.ColorNamePrimary
		if night(h) {
			ink = look.Caution.Text()
		}
		bar.FillColor = th.Color(ink, v)
		bar.CornerRadius = look.Gap(0.25)
		bar.Refresh()
	}
	r.line.FillColor = th.Color(look.ColorOutline, v)
	r.line.Refresh()
	r.Layout(r.b.Size())
	canvas.Refresh(r.b)
}

func (r *hourRenderer) Objects() []fyne.CanvasObject { return r.objects }

func (r *hourRenderer) Destroy() {}
