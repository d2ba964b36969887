// Package chart draws charts as plain geometry: rectangles, labels and the
// places that have something to tell. The window, pictures and PDFs paint the
// same drawing, so that they never show different things. It knows no words, no
// toolkit and no file format.
//
// Nothing is told by colour alone: parts of a column have patterns and stand in
// the order of the legend, fields of a heat map grow with what they count, and
// every place says its numbers in words.
package chart

import "math"

// Ink is what a colour is for; a Palette says which it is.
type Ink int

// The inks.
const (
	// Ground is what everything lies on; gaps and patterns are cut out to it.
	Ground Ink = iota
	// Text is for words, Secondary for words that explain.
	Text
	Secondary
	// Line is for the lines of a scale.
	Line
	// Main is for the only thing that a chart counts.
	Main
	// Empty is the place of what could be and is not.
	Empty
	// Shade1 to Shade4 are Main, from weak to full.
	Shade1
	Shade2
	Shade3
	Shade4
	// Series1 to Series6 are for things that are counted beside each other.
	Series1
	Series2
	Series3
	Series4
	Series5
	Series6
	inks
)

// MostSeries is how many things can be told apart in one chart.
const MostSeries = int(inks - Series1)

// Inks lists every ink.
func Inks() []Ink {
	out := make([]Ink, inks)
	for i := range out {
		out[i] = Ink(i)
	}
	return out
}

// Pattern is cut out of a rectangle, so that it is told from others without its
// colour.
type Pattern int

// The patterns, one for each of the series.
const (
	Solid Pattern = iota
	Stripes
	Hollow
	Dots
	Posts
	Weave
)

// Rect is a filled rectangle; Radius is that of its corners.
type Rect struct {
	X, Y, W, H float64
	Radius     float64
	Ink        Ink
	Pattern    Pattern
}

// Label is a line of words; X and Y are its upper left corner, W is how wide it
// was measured and H how high a line is.
type Label struct {
	X, Y, W, H float64
	Text       string
	Size       float64
	Ink        Ink
	Bold       bool
}

// Mark is a place that tells something. Arrow keys go from one to the next by
// Row and Col.
type Mark struct {
	X, Y, W, H float64
	Row, Col   int
	// Lines is what it tells: the first says what it is, the others count.
	Lines []string
	// Read says that all of it stands beside the place already.
	Read bool
}

// Figure is a drawing: what comes later lies above what comes before, and labels
// above rectangles.
type Figure struct {
	W, H   float64
	Rects  []Rect
	Labels []Label
	Marks  []Mark
}

// Measure gives the width of words in a size.
type Measure func(text string, size float64, bold bool) float64

// Style is what a drawing has to fit.
type Style struct {
	// Width is the room that there is. A drawing may come out wider where words
	// need it.
	Width float64
	// Body and Small are sizes of text.
	Body, Small float64
	// Gap is the unit of distances.
	Gap float64
	// Leading is the height of a line of size 1.
	Leading float64
	Measure Measure
}

// Chart is something that can be drawn.
type Chart interface {
	Draw(s Style) Figure
}

// line is the height of a line of text.
func (s Style) line(size float64) float64 { return size * s.Leading }

func (f *Figure) rect(r Rect) {
	if r.W > 0 && r.H > 0 {
		f.Rects = append(f.Rects, r)
	}
}

// say writes words at a place and gives how wide they are.
func (f *Figure) say(s Style, x, y float64, text string, size float64, ink Ink, bold bool) float64 {
	w := s.Measure(text, size, bold)
	if text != "" {
		f.Labels = append(f.Labels, Label{X: x, Y: y, W: w, H: s.line(size), Text: text, Size: size, Ink: ink, Bold: bold})
	}
	return w
}

// At is the mark at a place, or -1.
func (f Figure) At(x, y float64) int {
	for i, m := range f.Marks {
		if x >= m.X && x < m.X+m.W && y >= m.Y && y < m.Y+m.H {
			return i
		}
	}
	return -1
}

// Step is the mark that lies so many rows and columns from another, or that one
// where there is none. Rows may have gaps.
func (f Figure) Step(from, rows, cols int) int {
	if from < 0 || from >= len(f.Marks) {
		return min(0, len(f.Marks)-1)
	}
	best, least := from, math.MaxInt
	m := f.Marks[from]
	for i, o := range f.Marks {
		along, across := (o.Row-m.Row)*sign(rows), o.Col-m.Col
		if cols != 0 {
			along, across = (o.Col-m.Col)*sign(cols), o.Row-m.Row
		}
		if along > 0 && across == 0 && along < least {
			best, least = i, along
		}
	}
	return best
}

func sign(n int) int {
	switch {
	case n < 0:
		return -1
	case n > 0:
		return 1
	}
	return 0
}

// Cut shortens a text to a width with an ellipsis.
func (s Style) Cut(text string, width, size float64, bold bool) string {
	if s.Measure(text, size, bold) <= width {
		return text
	}
	const ellipsis = "…"
	runes := []rune(text)
	for n := len(runes) - 1; n > 0; n-- {
		if short := string(runes[:n]) + ellipsis; s.Measure(short, size, bold) <= width {
			return short
		}
	}
	return ellipsis
}

// Add puts another figure into this one, its upper left corner at a place.
func (f *Figure) Add(o Figure, x, y float64) {
	for _, r := range o.Rects {
		r.X, r.Y = r.X+x, r.Y+y
		f.Rects = append(f.Rects, r)
	}
	for _, l := range o.Labels {
		l.X, l.Y = l.X+x, l.Y+y
		f.Labels = append(f.Labels, l)
	}
	for _, m := range o.Marks {
		m.X, m.Y = m.X+x, m.Y+y
		f.Marks = append(f.Marks, m)
	}
}
