package chart_test

import (
	"fmt"
	"image"
	"image/color"
	"math"
	"slices"
	"testing"
	"unicode/utf8"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"quietline/internal/chart"
)

// style has letters that are as wide as they are high, half of that for the
// Latin ones.
func style(width float64) chart.Style {
	return chart.Style{
		Width: width, Body: 15, Small: 13, Gap: 8, Leading: 1.4,
		Measure: func(text string, size float64, _ bool) float64 {
			w := 0.0
			for _, r := range text {
				if r < 0x2000 {
					w += size / 2
				} else {
					w += size
				}
			}
			return w
		},
	}
}

func TestTicks(t *testing.T) {
	for most, want := range map[int64][]int64{
		0: {0, 1, 2}, 1: {0, 1, 2}, 3: {0, 1, 2, 3}, 5: {0, 2, 4, 6}, 28: {0, 10, 20, 30}, 100: {0, 50, 100},
		101: {0, 50, 100, 150}, 999_999: {0, 500_000, 1_000_000},
	} {
		if d := cmp.Diff(want, chart.Ticks(most)); d != "" {
			t.Errorf("%d: %s", most, d)
		}
	}
}

func TestScalesReachWhatIsCounted(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		most := rapid.Int64Range(0, 1<<40).Draw(t, "most")
		ticks := chart.Ticks(most)
		if n := len(ticks); n < 3 || n > 6 || ticks[0] != 0 || ticks[n-1] < most || !slices.IsSorted(ticks) {
			t.Fatalf("%v", ticks)
		}
		steps := chart.Steps(most, 4)
		if n := len(steps); most > 0 && (n == 0 || n > 4 || steps[n-1] != most) || most == 0 && n != 0 {
			t.Fatalf("%v", steps)
		}
	})
}

// A column is as high as its sum, nothing that was counted is invisible, and
// nothing is higher than the chart.
func TestHeights(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		values := rapid.SliceOfN(rapid.Int64Range(0, 1_000_000), 1, chart.MostSeries).Draw(t, "values")
		var sum int64
		for _, v := range values {
			sum += v
		}
		highest := max(sum, rapid.Int64Range(1, 2_000_000).Draw(t, "highest"))
		const high = 190.0
		total := 0.0
		for i, h := range chart.Heights(values, high/float64(highest), high) {
			if h < 0 || (values[i] > 0) != (h >= 2) || values[i] == 0 && h != 0 {
				t.Fatalf("%d is %v high", values[i], h)
			}
			total += h
		}
		if total > high+0.001 {
			t.Fatalf("%v is %v high", values, total)
		}
		if want := high * float64(sum) / float64(highest); want > float64(2*len(values)) && math.Abs(total-want) > 0.001 {
			t.Fatalf("%v is %v high instead of %v", values, total, want)
		}
	})
}

func days(n, series int) chart.Columns {
	c := chart.Columns{}
	for i := range series {
		c.Series = append(c.Series, chart.Series{Name: fmt.Sprint("Kind ", i, " of numbers"), Rest: i == chart.MostSeries-1})
	}
	for i := range n {
		values := make([]int64, series)
		for k := range values {
			values[k] = int64((i*7 + k*3) % 11)
		}
		c.Slots = append(c.Slots, chart.Slot{Short: fmt.Sprintf("05-%02d", i), Values: values, Lines: []string{"day", "count"}})
	}
	return c
}

func heat() chart.Heat {
	h := chart.Heat{Rows: []string{"Monday", "Tuesday"}, Marks: []chart.ColumnMark{{0, "0"}, {1, "1"}, {12, "12"}, {24, "24"}}}
	for r := range h.Rows {
		var values []int64
		var lines [][]string
		for c := range 24 {
			values = append(values, int64(r*c))
			lines = append(lines, []string{"hour", "count"})
		}
		h.Values, h.Lines = append(h.Values, values), append(h.Lines, lines)
	}
	return h
}

func bars() chart.Bars {
	return chart.Bars{Rows: []chart.Bar{
		{Label: "Written", Figure: "26", N: 26, Of: 26, Lines: []string{"Written", "26"}},
		{Label: "Filed", Note: "2 in the outbox, 3 refused for good and many more words", Figure: "20 · 77 %", N: 20, Of: 26, Lines: []string{"Filed"}},
		{Heading: "Answers", Label: "Accepted", Figure: "1", N: 1, Of: 26, Minor: true, Lines: []string{"Accepted"}},
	}}
}

// Whatever the width and the counts, everything lies within the figure, labels
// lie over no others, and every place has something to tell.
func TestFiguresAreWhole(t *testing.T) {
	charts := map[string]chart.Chart{
		"a month": days(30, 6), "a day": days(1, 1), "many": days(62, 3), "none": days(0, 2), "nothing": chart.Heat{}, "no bars": chart.Bars{},
		"week": heat(), "bars": bars(),
		"long names": chart.Bars{Rows: []chart.Bar{{Label: longName, Note: longName, Figure: "1", N: 1, Lines: []string{longName}}}},
	}
	for name, c := range charts {
		for _, width := range []float64{260, 420, 770, 1400} {
			t.Run(fmt.Sprint(name, " ", width), func(t *testing.T) { whole(t, c.Draw(style(width)), width) })
		}
	}
}

const longName = "一家名字很长很长很长很长很长很长很长很长很长很长很长很长很长很长很长很长很长很长很长的公司"

func whole(t *testing.T, f chart.Figure, width float64) {
	t.Helper()
	if f.W != width || f.H < 0 || math.IsNaN(f.H) {
		t.Fatalf("%v by %v", f.W, f.H)
	}
	inside := func(what string, x, y, w, h float64) {
		if x < -0.01 || y < -8 || x+w > f.W+0.01 || y+h > f.H+8 || w < 0 || h < 0 || math.IsNaN(x+y+w+h) {
			t.Errorf("%s at %.1f,%.1f with %.1f by %.1f leaves %.1f by %.1f", what, x, y, w, h, f.W, f.H)
		}
	}
	for _, r := range f.Rects {
		inside("rect", r.X, r.Y, r.W, r.H)
		for _, o := range r.Holes() {
			if o.X < r.X-0.01 || o.Y < r.Y-0.01 || o.X+o.W > r.X+r.W+0.01 || o.Y+o.H > r.Y+r.H+0.01 || o.Ink != chart.Ground {
				t.Errorf("%+v is cut out of %+v", o, r)
			}
		}
	}
	for i, l := range f.Labels {
		inside(l.Text, l.X, l.Y, l.W, l.H)
		if !utf8.ValidString(l.Text) {
			t.Errorf("%q", l.Text)
		}
		for _, o := range f.Labels[:i] {
			if min(l.X+l.W, o.X+o.W)-max(l.X, o.X) > 0.01 && min(l.Y+l.H, o.Y+o.H)-max(l.Y, o.Y) > 2.5 {
				t.Errorf("%q lies over %q", l.Text, o.Text)
			}
		}
	}
	for i, m := range f.Marks {
		inside("mark", m.X, m.Y, m.W, m.H)
		if len(m.Lines) == 0 {
			t.Errorf("mark %d tells nothing", i)
		}
		if got := f.At(m.X+m.W/2, m.Y+m.H/2); got != i {
			t.Errorf("the middle of mark %d is %d", i, got)
		}
	}
}

// The ink of every part of a column is as much as it counts beside the others.
func TestColumnsAreInProportion(t *testing.T) {
	c := chart.Columns{Series: []chart.Series{{Name: "a"}, {Name: "b"}}, Slots: []chart.Slot{
		{Short: "1", Values: []int64{10, 30}, Lines: []string{"x"}}, {Short: "2", Values: []int64{0, 5}, Lines: []string{"y"}},
	}}
	high := map[chart.Ink][]float64{}
	for _, r := range c.Draw(style(800)).Rects {
		if r.Ink >= chart.Series1 && r.H > style(0).Small+0.1 { // no sample of the legend
			high[r.Ink] = append(high[r.Ink], r.H+1) // what lies between them belongs to them
		}
	}
	a, b := high[chart.Series1], high[chart.Series2]
	if len(a) != 1 || len(b) != 2 || math.Abs(b[0]-3*a[0]) > 0.01 || math.Abs(b[0]-6*b[1]) > 0.01 {
		t.Errorf("%v %v", a, b)
	}
}

// Arrow keys reach every field of a heat map, and stop at its edges.
func TestArrows(t *testing.T) {
	f := heat().Draw(style(800))
	at := f.Step(-1, 0, 0)
	for range 30 {
		at = f.Step(at, 0, 1)
	}
	if m := f.Marks[at]; m.Row != 0 || m.Col != 23 {
		t.Errorf("to the right: %+v", m)
	}
	at = f.Step(f.Step(at, 1, 0), 0, -1)
	if m := f.Marks[at]; m.Row != 1 || m.Col != 22 {
		t.Errorf("down and to the left: %+v", m)
	}
	if got := f.Step(at, 1, 0); got != at {
		t.Errorf("below the last row is %d", got)
	}
	if got := (chart.Figure{}).Step(-1, 0, 1); got != -1 {
		t.Errorf("of nothing: %d", got)
	}
}

// Series are told apart without colours: no two have one pattern, and each
// pattern shows on a part of the usual size.
func TestPatternsDiffer(t *testing.T) {
	f := days(1, chart.MostSeries).Draw(style(800))
	patterns := map[chart.Pattern]chart.Ink{}
	for _, r := range f.Rects {
		if r.Ink >= chart.Series1 {
			if ink, there := patterns[r.Pattern]; there && ink != r.Ink {
				t.Errorf("%v and %v have one pattern", ink, r.Ink)
			}
			patterns[r.Pattern] = r.Ink
		}
	}
	if len(patterns) != chart.MostSeries {
		t.Errorf("%v", patterns)
	}
	holes := map[string]bool{}
	for p := chart.Solid; int(p) < chart.MostSeries; p++ {
		holes[fmt.Sprint(chart.Rect{X: 3, Y: 3, W: 16, H: 30, Pattern: p}.Holes())] = true
	}
	if len(holes) != chart.MostSeries {
		t.Errorf("%d of %d patterns differ", len(holes), chart.MostSeries)
	}
}

// The heat map tells more from less by size, not by shade alone.
func TestHeatGrows(t *testing.T) {
	var areas []float64
	for ink := chart.Shade1; ink <= chart.Shade4; ink++ {
		for _, r := range heat().Draw(style(800)).Rects {
			if r.Ink == ink {
				areas = append(areas, r.W*r.H)
				break
			}
		}
	}
	if len(areas) != 4 || !slices.IsSorted(areas) || areas[3] < 1.5*areas[1] {
		t.Errorf("%v", areas)
	}
}

// Everything in a chart can be seen on paper (WCAG 2.2, 1.4.11 and 1.4.3).
func TestPaperHasContrast(t *testing.T) {
	p := chart.Paper()
	for _, ink := range chart.Inks() {
		least := 3.0
		switch ink {
		case chart.Ground, chart.Line, chart.Empty:
			continue // stand beside words
		case chart.Text, chart.Secondary:
			least = 4.5
		default:
		}
		if got := contrast(p[ink], p[chart.Ground]); got < least {
			t.Errorf("ink %d on the ground: %.2f, want %.1f", ink, got, least)
		}
	}
}

func contrast(a, b color.NRGBA) float64 {
	luminance := func(c color.NRGBA) float64 {
		part := func(n uint8) float64 {
			if s := float64(n) / 255; s > 0.04045 {
				return math.Pow((s+0.055)/1.055, 2.4)
			}
			return float64(n) / 255 / 12.92
		}
		return 0.2126*part(c.R) + 0.7152*part(c.G) + 0.0722*part(c.B)
	}
	x, y := luminance(a), luminance(b)
	return (max(x, y) + 0.05) / (min(x, y) + 0.05)
}

// What is painted lies where the figure says, in its ink, and patterns are cut
// out to the ground.
func TestPaint(t *testing.T) {
	f := chart.Figure{W: 40, H: 20, Rects: []chart.Rect{
		{X: 2, Y: 2, W: 10, H: 10, Ink: chart.Main},
		{X: 20, Y: 2, W: 12, H: 12, Ink: chart.Series3, Pattern: chart.Hollow},
		{X: 2, Y: 16, W: 20, H: 0.1, Ink: chart.Line},
		{X: 34, Y: 14, W: 6, H: 6, Radius: 3, Ink: chart.Text},
	}}
	img := image.NewRGBA(image.Rect(0, 0, 80, 40))
	p := chart.Paper()
	f.Paint(img, 2, p)
	for at, want := range map[image.Point]chart.Ink{
		{4, 4}: chart.Main, {23, 23}: chart.Main, {41, 5}: chart.Series3, {52, 16}: chart.Ground, {10, 32}: chart.Line, {74, 34}: chart.Text,
	} {
		if got := color.NRGBAModel.Convert(img.At(at.X, at.Y)); got != p[want] {
			t.Errorf("%v is %v, want %v", at, got, p[want])
		}
	}
	for _, at := range []image.Point{{3, 3}, {24, 24}, {68, 28}} { // beside, and where a corner is round
		if _, _, _, a := img.At(at.X, at.Y).RGBA(); a > 0x8000 {
			t.Errorf("something is painted at %v", at)
		}
	}
}

func TestCut(t *testing.T) {
	s := style(100)
	if got := s.Cut("短", 100, 10, false); got != "短" {
		t.Errorf("%q", got)
	}
	if got := s.Cut("很长的名字", 30, 10, false); got != "很长…" {
		t.Errorf("%q", got)
	}
	if got := s.Cut("很长的名字", 1, 10, false); got != "…" {
		t.Errorf("%q", got)
	}
}

// What stands below the columns never runs together, however wide the chart is and
// wherever the last column is: it is moved so that it stays within.
func TestWordsBelowColumnsKeepApart(t *testing.T) {
	for n := 2; n < 60; n += 3 {
		c := days(n, 1)
		for i := range c.Slots {
			c.Slots[i].Short = fmt.Sprintf("2026-%02d", i)
		}
		for width := 300.0; width < 1200; width += 37 {
			s, end, words := style(width), 0.0, 0
			for _, l := range c.Draw(s).Labels {
				if len(l.Text) != 7 || l.Text[:5] != "2026-" {
					continue
				}
				if words > 0 && l.X < end+s.Gap-0.01 {
					t.Fatalf("%d columns, %v wide: %q begins at %v, the one before ends at %v", n, width, l.Text, l.X, end)
				}
				end, words = l.X+l.W, words+1
			}
			if words < 2 {
				t.Errorf("%d columns, %v wide: %d words", n, width, words)
			}
		}
	}
}
