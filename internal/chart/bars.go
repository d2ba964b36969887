package chart

// Bars are figures below each other, each with a bar for comparing.
type Bars struct {
	Rows []Bar
}

// Bar is one of Bars.
type Bar struct {
	// Heading begins a part of the chart above this bar, or is empty.
	Heading string
	Label   string
	// Note stands behind the label as far as there is room.
	Note string
	// Figure is what is said of N.
	Figure string
	N      int64
	// Of is what N is a part of: the length of a full bar; the largest N of all
	// where 0.
	Of int64
	// Minor is a bar that explains another: thinner, in another ink.
	Minor bool
	Lines []string
}

// Draw draws the bars.
func (b Bars) Draw(s Style) Figure {
	f := Figure{W: s.Width}
	var most int64
	for _, row := range b.Rows {
		most = max(most, row.N)
	}
	y := 0.0
	for i, row := range b.Rows {
		if i > 0 {
			y += s.Gap
		}
		if row.Heading != "" {
			if i > 0 {
				y += s.Gap
			}
			f.say(s, 0, y, s.Cut(row.Heading, s.Width, s.Body, true), s.Body, Text, true)
			y += s.line(s.Body) + s.Gap*0.5
		}
		y = row.draw(&f, s, y, i, most)
	}
	f.H = y
	return f
}

// draw writes the words and the bar below them, and gives where they end.
func (b Bar) draw(f *Figure, s Style, top float64, index int, most int64) float64 {
	size, bold, left := s.Body, true, 0.0
	if b.Minor {
		size, bold, left = s.Small, false, 2*s.Gap
	}
	line := s.line(size)
	figure := s.Measure(b.Figure, size, true)
	room := s.Width - left - figure - s.Gap
	label := s.Cut(b.Label, room, size, bold)
	w := f.say(s, left, top, label, size, Text, bold)
	const leastNote = 6 // gaps; what is shorter tells nothing
	read := label == b.Label && b.Note == ""
	if rest := room - w - s.Gap; b.Note != "" && rest > leastNote*s.Gap {
		note := s.Cut(b.Note, rest, s.Small, false)
		f.say(s, left+w+s.Gap, top+(line-s.line(s.Small))*0.7, note, s.Small, Secondary, false)
		read = label == b.Label && note == b.Note
	}
	f.say(s, s.Width-figure, top, b.Figure, size, Text, true)
	y, high := top+line+s.Gap*0.25, s.Gap
	if b.Minor {
		high = s.Gap * 0.75
	}
	of := b.Of
	if of == 0 {
		of = most
	}
	full := s.Width - left
	f.rect(Rect{X: left, Y: y, W: full, H: high, Radius: high / 2, Ink: Empty})
	if b.N > 0 && of > 0 {
		ink := Main
		if b.Minor {
			ink = Shade2
		}
		f.rect(Rect{X: left, Y: y, W: max(high, full*min(1, float64(b.N)/float64(of))), H: high, Radius: high / 2, Ink: ink})
	}
	f.Marks = append(f.Marks, Mark{X: 0, Y: top - s.Gap*0.5, W: s.Width, H: line + high + s.Gap*1.25, Row: index, Lines: b.Lines, Read: read})
	return y + high
}
