package chart

// Heat is a field for every row and column, the darker and larger the more it
// counts.
type Heat struct {
	// Rows are the words at the left.
	Rows []string
	// Values and Lines have a row for each of Rows, and a column for each hour or
	// what else is counted.
	Values [][]int64
	Lines  [][][]string
	// Marks are words below the columns: that at whose left edge they stand.
	Marks []ColumnMark
	// Number writes a number; nil for plain digits.
	Number func(n int64) string
}

// ColumnMark is a word below a left edge of a column.
type ColumnMark struct {
	At   int
	Text string
}

// heatSteps is how many shades there are.
const heatSteps = 4

// heatPart is how large a field is, by its step.
func heatPart(step int) float64 {
	return [heatSteps + 1]float64{0, 0.5, 0.68, 0.84, 1}[step]
}

// Draw draws the fields.
func (h Heat) Draw(s Style) Figure {
	f := Figure{W: s.Width}
	line := s.line(s.Small)
	left, columns := 0.0, 0
	var most int64
	for r, name := range h.Rows {
		left = max(left, s.Measure(name, s.Small, false))
		columns = max(columns, len(h.Values[r]))
		for _, n := range h.Values[r] {
			most = max(most, n)
		}
	}
	left += s.Gap
	steps := Steps(most, heatSteps)
	step, high := (s.Width-left)/float64(max(1, columns)), max(line+2, 3*s.Gap)
	for r := range h.Rows {
		y := high * float64(r)
		f.say(s, 0, y+(high-line)/2, h.Rows[r], s.Small, Secondary, false)
		for c, n := range h.Values[r] {
			h.field(&f, s, Rect{X: left + step*float64(c), Y: y, W: step, H: high}, r, c, stepOf(steps, n))
		}
	}
	y := high*float64(len(h.Rows)) + s.Gap*0.25
	end := -s.Gap
	for _, m := range h.Marks {
		w := s.Measure(m.Text, s.Small, false)
		x := min(left+step*float64(m.At)-w/2, s.Width-w)
		if x >= end+s.Gap { // no word over another
			f.say(s, x, y, m.Text, s.Small, Secondary, false)
			end = x + w
		}
	}
	y += line + s.Gap
	f.H = y + f.legend(s, y, h.keys(steps))
	return f
}

func (h Heat) field(f *Figure, s Style, place Rect, row, col, step int) {
	gap := min(s.Gap*0.25, place.W*0.2)
	ground := Rect{X: place.X + gap/2, Y: place.Y + gap/2, W: place.W - gap, H: place.H - gap, Radius: s.Gap * 0.25, Ink: Empty}
	f.rect(ground)
	if step > 0 {
		field := inside(ground, heatPart(step))
		field.Ink = shade(step)
		f.rect(field)
	}
	f.Marks = append(f.Marks, Mark{X: place.X, Y: place.Y, W: place.W, H: place.H, Row: row, Col: col, Lines: h.Lines[row][col]})
}

// keys are the legend: nothing, and the range of every step.
func (h Heat) keys(steps []int64) []key {
	out := []key{{rect: Rect{Ink: Empty}, text: number(h.Number, 0)}}
	first := int64(1)
	for i, last := range steps {
		text := number(h.Number, first)
		if last > first {
			text += "–" + number(h.Number, last)
		}
		step := i + 1 + heatSteps - len(steps)
		out = append(out, key{rect: Rect{Ink: shade(step)}, part: heatPart(step), text: text})
		first = last + 1
	}
	return out
}

func shade(step int) Ink { return Shade1 + Ink(step-1) }

// stepOf is the shade of a number, 0 for none; the largest always has the last.
func stepOf(steps []int64, n int64) int {
	if n <= 0 {
		return 0
	}
	for i, last := range steps {
		if n <= last {
			return i + 1 + heatSteps - len(steps)
		}
	}
	return heatSteps
}
