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

// Week counts by weekday, Monday first, and hour of the day.
type Week [7][24]int64

// HeatMap shows at which weekdays and hours something happened: the darker a
// field, the more often; and says in words when most.
func HeatMap(e *Env, counts Week) fyne.CanvasObject {
	var most int64
	day, hour := 0, 0
	for d := range counts {
		for h, n := range counts[d] {
			if n > most {
				most, day, hour = n, d, h
			}
		}
	}
	if most == 0 {
		return Spring()
	}
	var days [7]string
	for d := range days {
		days[d] = e.T("kit.weekday." + strconv.Itoa(d+1))
	}
	words := e.T("kit.heat.peak", l10n.Args{"Day": days[day], "From": hour, "To": hour + 1, "Calls": most})
	return Stack(0.75, newHeatMap(counts, most, days), Caption(words))
}

type heatMap struct {
	widget.BaseWidget
	counts Week
	most   int64
	days   [7]string
}

func newHeatMap(counts Week, most int64, days [7]string) *heatMap {
	m := &heatMap{counts: counts, most: most, days: days}
	m.ExtendBaseWidget(m)
	return m
}

// CreateRenderer is called by the toolkit.
func (m *heatMap) CreateRenderer() fyne.WidgetRenderer {
	r := &heatRenderer{m: m}
	for d := range r.fields {
		r.days[d] = NewText(m.days[d], TextParams{Size: theme.SizeNameCaptionText, Color: look.ColorSecondary})
		r.objects = append(r.objects, r.days[d])
		for h := range r.fields[d] {
			r.fields[d][h] = canvas.NewRectangle(color.Transparent)
			r.objects = append(r.objects, r.fields[d][h])
		}
	}
	for _, mark := range hourMarks() {
		text := NewText(mark.Text, TextParams{Size: theme.SizeNameCaptionText, Color: look.ColorSecondary})
		r.hours = append(r.hours, text)
		r.objects = append(r.objects, text)
	}
	r.Refresh()
	return r
}

type heatRenderer struct {
	m       *heatMap
	fields  [7][24]*canvas.Rectangle
	days    [7]*Text
	hours   []*Text
	objects []fyne.CanvasObject
}

// labels is how wide the names of the days are.
func (r *heatRenderer) labels() float32 {
	w := float32(0)
	for _, d := range r.days {
		w = max(w, d.MinSize().Width)
	}
	return w + look.Gap(1)
}

func (r *heatRenderer) Layout(size fyne.Size) {
	left, line := r.labels(), r.hours[0].MinSize().Height
	step := fyne.NewSize((size.Width-left)/24, (size.Height-line-look.Gap(0.5))/7)
	gap := look.Gap(0.25)
	for d := range r.fields {
		y := float32(d) * step.Height
		label := r.days[d].MinSize()
		r.days[d].Move(fyne.NewPos(0, y+(step.Height-label.Height)/2))
		r.days[d].Resize(label)
		for h, f := range r.fields[d] {
			f.Move(fyne.NewPos(left+float32(h)*step.Width+gap/2, y+gap/2))
			f.Resize(fyne.NewSize(step.Width-gap, step.Height-gap))
		}
	}
	for i, m := range hourMarks() {
		w := r.hours[i].MinSize().Width
		x := left + float32(m.At)*step.Width - w/2
		r.hours[i].Move(fyne.NewPos(min(x, size.Width-w), size.Height-line))
		r.hours[i].Resize(r.hours[i].MinSize())
	}
}

func (r *heatRenderer) MinSize() fyne.Size {
	line := r.hours[0].MinSize().Height
	return fyne.NewSize(r.labels()+look.Gap(24), 7*(line+look.Gap(0.25))+line+look.Gap(0.5))
}

func (r *heatRenderer) Refresh() {
	th, v := r.m.Theme(), fyne.CurrentApp().Settings().ThemeVariant()
	full := color.NRGBAModel.Convert(th.Color(theme.ColorNamePrimary, v)).(color.NRGBA)
	none := th.Color(look.ColorNavActive, v)
	for d := range r.fields {
		for h, f := range r.fields[d] {
			f.CornerRadius = look.Gap(0.25)
			f.FillColor = none
			if n := r.m.counts[d][h]; n > 0 {
				// From a third of the colour on, so that one call is told from none.
				ink := full
				ink.A = uint8(float32(full.A) * (0.35 + 0.65*float32(n)/float32(r.m.most)))
				f.FillColor = ink
			}
			f.Refresh()
		}
	}
	r.Layout(r.m.Size())
	canvas.Refresh(r.m)
}

func (r *heatRenderer) Objects() []fyne.CanvasObject { return r.objects }

func (r *heatRenderer) Destroy() {}
