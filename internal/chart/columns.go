package chart

// Columns are columns of parts that stand on each other, over a scale of time.
type Columns struct {
	// Series are what the parts count, the lowest first; at most MostSeries.
	Series []Series
	Slots  []Slot
	// Number writes a number; nil for plain digits.
	Number func(n int64) string
}

// Series is one thing that is counted in every column.
type Series struct {
	// Name stands in the legend.
	Name string
	// Rest says that this is all that has no series of its own.
	Rest bool
}

// Slot is one column.
type Slot struct {
	// Short stands below the column where there is room; empty for nothing.
	Short string
	// Values are as many as there are series.
	Values []int64
	// Lines is what the column tells.
	Lines []string
}

// columnsHigh is how high the columns are, in gaps.
const columnsHigh = 24

// leastPart is how high a part is at least, so that one of a thousand is seen.
const leastPart = 2.0

// total is the sum of a column.
func (s Slot) total() (sum int64) {
	for _, v := range s.Values {
		sum += v
	}
	return sum
}

// Draw draws the columns.
func (c Columns) Draw(s Style) Figure {
	f := Figure{W: s.Width}
	var most int64
	for _, slot := range c.Slots {
		most = max(most, slot.total())
	}
	ticks := Ticks(most)
	left := 0.0
	for _, t := range ticks {
		left = max(left, s.Measure(number(c.Number, t), s.Small, false))
	}
	left += s.Gap
	line := s.line(s.Small)
	top, height := line/2, columnsHigh*s.Gap
	highest := float64(ticks[len(ticks)-1])
	for _, t := range ticks {
		y := top + height*(1-float64(t)/highest)
		text := number(c.Number, t)
		f.say(s, left-s.Gap-s.Measure(text, s.Small, false), y-line/2, text, s.Small, Secondary, false)
		f.rect(Rect{X: left, Y: y, W: s.Width - left, H: 1, Ink: Line})
	}
	plot := plot{left: left, top: top, height: height, highest: highest}
	plot.step = (s.Width - left) / float64(max(1, len(c.Slots)))
	for i := range c.Slots {
		c.column(&f, s, plot, i)
	}
	c.below(&f, s, plot, top+height+s.Gap*0.5)
	y := top + height + s.Gap*0.5 + line + s.Gap
	f.H = y + f.legend(s, y, c.keys())
	return f
}

// plot is where columns stand.
type plot struct {
	left, top, height, step float64
	// highest is what the upper end counts.
	highest float64
}

// column draws one column from the ground up.
func (c Columns) column(f *Figure, s Style, p plot, i int) {
	slot := c.Slots[i]
	const widest = 5
	wide := min(p.step-min(p.step*0.3, s.Gap), widest*s.Gap)
	x := p.left + p.step*float64(i)
	y := p.top + p.height
	for n, h := range Heights(slot.Values, p.height/p.highest, p.height) {
		y -= h
		gap := 0.0
		if h > 2*leastPart {
			gap = 1 // parts are told apart by what lies between them
		}
		f.rect(Rect{X: x + (p.step-wide)/2, Y: y + gap, W: wide, H: h - gap, Ink: c.ink(n), Pattern: c.pattern(n)})
	}
	f.Marks = append(f.Marks, Mark{X: x, Y: p.top, W: p.step, H: p.height, Col: i, Lines: slot.Lines})
}

// ink and pattern of a series; those of what is left over are always the last.
func (c Columns) ink(n int) Ink { return Series1 + Ink(c.place(n)) }

func (c Columns) pattern(n int) Pattern { return Pattern(c.place(n)) }

func (c Columns) place(n int) int {
	if c.Series[n].Rest {
		return MostSeries - 1
	}
	return min(n, MostSeries-1)
}

// keys are the legend, in the order of the columns from the ground up.
func (c Columns) keys() []key {
	out := make([]key, len(c.Series))
	for n, series := range c.Series {
		out[n] = key{rect: Rect{Ink: c.ink(n), Pattern: c.pattern(n)}, text: series.Name}
	}
	return out
}

// below writes what the columns are, as many as find room: what would touch the one
// before is left out.
func (c Columns) below(f *Figure, s Style, p plot, y float64) {
	free := -s.Gap
	for i, slot := range c.Slots {
		w := s.Measure(slot.Short, s.Small, false)
		middle := p.left + p.step*(float64(i)+0.5)
		x := max(p.left-s.Gap, min(middle-w/2, s.Width-w))
		if slot.Short == "" || x < free {
			continue
		}
		f.say(s, x, y, slot.Short, s.Small, Secondary, false)
		free = x + w + s.Gap
	}
}

// Heights are how high the parts of a column are, where one counts for so much.
// What is more than nothing can be seen; the largest part gives way for that, so
// that the column is as high as its sum and no higher than most.
func Heights(values []int64, each, most float64) []float64 {
	out := make([]float64, len(values))
	sum, want, largest := 0.0, 0.0, 0
	for i, v := range values {
		if v <= 0 {
			continue
		}
		want += float64(v) * each
		out[i] = max(float64(v)*each, leastPart)
		sum += out[i]
		if v > values[largest] {
			largest = i
		}
	}
	if over := sum - min(want, most); over > 0 && len(values) > 0 && out[largest] > 0 {
		out[largest] = max(leastPart, out[largest]-over)
	}
	return out
}
