package chart

// key is an entry of a legend.
type key struct {
	rect Rect // its ink and pattern; place and size are the legend's
	// part is how large the sample is within its place, 0 for all of it.
	part float64
	text string
}

// legend writes entries beside each other, and goes on below where the width
// ends; it gives the height that it takes.
func (f *Figure) legend(s Style, top float64, keys []key) float64 {
	line, swatch, gap := s.line(s.Small), s.Small, s.Gap*0.75
	x, y := 0.0, top
	for _, k := range keys {
		room := max(s.Gap, s.Width-swatch-gap)
		text := s.Cut(k.text, room, s.Small, false)
		w := swatch + gap + s.Measure(text, s.Small, false)
		if x > 0 && x+w > s.Width {
			x, y = 0, y+line+s.Gap*0.5
		}
		r := k.rect
		r.X, r.Y, r.W, r.H = x, y+(line-swatch)/2, swatch, swatch
		if k.part > 0 {
			f.rect(Rect{X: r.X, Y: r.Y, W: swatch, H: swatch, Radius: s.Gap * 0.25, Ink: Empty})
			r = inside(r, k.part)
		}
		r.Radius = s.Gap * 0.25
		f.rect(r)
		f.say(s, x+swatch+gap, y, text, s.Small, Text, false)
		x += w + 2*s.Gap
	}
	return y + line - top
}

// inside is a rectangle in the middle of another, that part of its sides.
func inside(r Rect, part float64) Rect {
	w, h := r.W*part, r.H*part
	r.X, r.Y, r.W, r.H = r.X+(r.W-w)/2, r.Y+(r.H-h)/2, w, h
	return r
}
