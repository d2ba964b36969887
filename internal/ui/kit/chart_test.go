package kit_test

import (
	"fmt"
	"strings"
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/driver/desktop"

	"quietline/internal/chart"
	"quietline/internal/l10n"
	"quietline/internal/settings"
	"quietline/internal/ui/kit"
	"quietline/internal/ui/look"
	"quietline/internal/ui/uitest"
)

// sampleDays are days of six kinds of numbers; the words are those of the domain.
func sampleDays(e *kit.Env) chart.Columns {
	c := chart.Columns{}
	for i, family := range []string{"call_centre_95", "mobile", "enterprise_95", "landline", "provincial_96", "hidden"} {
		c.Series = append(c.Series, chart.Series{Name: e.Printer.Term("family", family), Rest: i == chart.MostSeries-1})
	}
	for i := range 14 {
		values := make([]int64, len(c.Series))
		lines := []string{fmt.Sprintf("2024-05-%02d", i+7)}
		for n := range values {
			values[n] = int64((i*5 + n*4) % 9)
			lines = append(lines, c.Series[n].Name+" "+fmt.Sprint(values[n]))
		}
		c.Slots = append(c.Slots, chart.Slot{Short: fmt.Sprintf("05-%02d", i+7), Values: values, Lines: lines})
	}
	return c
}

func sampleHeat() chart.Heat {
	h := chart.Heat{Marks: []chart.ColumnMark{{At: 0, Text: "0"}, {At: 12, Text: "12"}, {At: 24, Text: "24"}}}
	for r := range 7 {
		h.Rows = append(h.Rows, fmt.Sprint("05-", 20+r))
		var values []int64
		var lines [][]string
		for c := range 24 {
			values = append(values, int64((r*c)%13))
			lines = append(lines, []string{fmt.Sprintf("05-%d %d:00", 20+r, c), fmt.Sprint(values[c])})
		}
		h.Values, h.Lines = append(h.Values, values), append(h.Lines, lines)
	}
	return h
}

func sampleBars() chart.Bars {
	return chart.Bars{Rows: []chart.Bar{
		{Label: "95013", Note: "北京某某科技有限公司 · 12", Figure: "41", N: 41, Lines: []string{"95013", "41"}},
		{Label: "95588", Note: strings.Repeat("某某银行股份有限公司", 8), Figure: "7", N: 7, Lines: []string{"95588", "7", strings.Repeat("某某银行股份有限公司", 8)}},
		{Label: "96588", Figure: "1", N: 1, Minor: true, Lines: []string{"96588", "1"}},
	}}
}

func showChart(t *testing.T, o uitest.Options, p func(e *kit.Env) kit.ChartParams) (*uitest.Harness, *kit.Chart) {
	t.Helper()
	if o.Size.IsZero() {
		o.Size = fyne.NewSize(640, 420)
	}
	h := uitest.New(t, o)
	c := kit.NewChart(p(h.Env))
	h.ShowObject(kit.Ground(look.ColorSurface, kit.Pad(2, 2, kit.Stack(0, c))))
	return h, c
}

// TestChartImages compares pictures: shapes, patterns and the place of the
// keyboard are no text. UPDATE_GOLDEN=1 writes them.
func TestChartImages(t *testing.T) {
	for name, p := range map[string]func(e *kit.Env) kit.ChartParams{
		"days": func(e *kit.Env) kit.ChartParams { return kit.ChartParams{Chart: sampleDays(e), Title: "title"} },
		"week": func(*kit.Env) kit.ChartParams { return kit.ChartParams{Chart: sampleHeat(), Title: "title"} },
		"bars": func(*kit.Env) kit.ChartParams { return kit.ChartParams{Chart: sampleBars(), Title: "title"} },
	} {
		for _, th := range settings.Themes()[1:] {
			for _, size := range []settings.TextSize{settings.TextNormal, settings.TextLargest} {
				o := uitest.Options{Theme: th, TextSize: size, Language: l10n.Chinese}
				if size == settings.TextLargest {
					o.Size = fyne.NewSize(900, 680)
				}
				t.Run(name+" "+o.Name()+string(th), func(t *testing.T) {
					h, c := showChart(t, o, p)
					h.Check()
					h.Window.Canvas().Focus(c)
					h.Key(fyne.KeyRight)
					h.Key(fyne.KeyDown)
					h.Draw("chart." + name)
					if size == settings.TextNormal {
						h.GoldenImage("chart." + name)
					}
				})
			}
		}
	}
}

func at(c *kit.Chart, mark int) fyne.Position {
	m := c.Figure().Marks[mark]
	return fyne.NewPos(float32(m.X+m.W/2), float32(m.Y+m.H/2))
}

func TestNumbersUnderThePointer(t *testing.T) {
	h, c := showChart(t, uitest.Options{}, func(*kit.Env) kit.ChartParams {
		return kit.ChartParams{Chart: sampleHeat(), Title: "title", Summary: "summary"}
	})
	if got := c.AccessibilityLabel(); got != "title\nsummary" {
		t.Errorf("%q", got)
	}
	c.MouseIn(&desktop.MouseEvent{PointEvent: fyne.PointEvent{Position: at(c, 29)}})
	h.Layout()
	if !h.Reads("05-21 5:00") || c.AccessibilityLabel() != "title\n05-21 5:00\n5" {
		t.Errorf("%q %q", h.Texts(), c.AccessibilityLabel())
	}
	c.MouseMoved(&desktop.MouseEvent{PointEvent: fyne.PointEvent{Position: fyne.NewPos(1, 1)}})
	h.Layout()
	if h.Reads("05-21 5:00") {
		t.Error("the pointer is elsewhere")
	}
	c.MouseMoved(&desktop.MouseEvent{PointEvent: fyne.PointEvent{Position: at(c, 30)}})
	c.MouseOut()
	h.Layout()
	if h.Reads("05-21 6:00") {
		t.Error("the pointer is gone")
	}
}

func TestNumbersByKeyboard(t *testing.T) {
	h, c := showChart(t, uitest.Options{}, func(*kit.Env) kit.ChartParams { return kit.ChartParams{Chart: sampleHeat(), Title: "title"} })
	if h.Tab() != fyne.Focusable(c) {
		t.Fatal("Tab does not come here")
	}
	for _, step := range []struct {
		key  fyne.KeyName
		want string
	}{
		{fyne.KeyLeft, "05-20 0:00"},
		{fyne.KeyRight, "05-20 1:00"},
		{fyne.KeyDown, "05-21 1:00"},
		{fyne.KeyUp, "05-20 1:00"},
		{fyne.KeyEnd, "05-26 23:00"},
		{fyne.KeyDown, "05-26 23:00"},
		{fyne.KeyHome, "05-20 0:00"},
		{fyne.KeyTab, "05-20 0:00"},
	} {
		h.Key(step.key)
		if !h.Reads(step.want) {
			t.Errorf("after %s: %q", step.key, h.Texts())
		}
	}
	h.Window.Canvas().Unfocus()
	h.Layout()
	if h.Reads("05-20 0:00") {
		t.Error("the keyboard is elsewhere")
	}
}

// A click brings the keyboard to the place, from where the arrow keys go on.
func TestClickThenArrows(t *testing.T) {
	h, c := showChart(t, uitest.Options{}, func(*kit.Env) kit.ChartParams { return kit.ChartParams{Chart: sampleHeat(), Title: "title"} })
	c.Tapped(&fyne.PointEvent{Position: at(c, 30)})
	h.Key(fyne.KeyRight)
	if h.Window.Canvas().Focused() != fyne.Focusable(c) || !h.Reads("05-21 7:00") {
		t.Errorf("%q", h.Texts())
	}
}

// A line that says everything already is only framed.
func TestBarsTellWhatWasCut(t *testing.T) {
	var chosen []int
	h, c := showChart(t, uitest.Options{}, func(*kit.Env) kit.ChartParams {
		return kit.ChartParams{Chart: sampleBars(), Tapped: func(i int) { chosen = append(chosen, i) }}
	})
	h.Window.Canvas().Focus(c)
	h.Key(fyne.KeyReturn)
	before := len(h.Texts())
	h.Key(fyne.KeyDown)
	h.Key(fyne.KeySpace)
	if len(h.Texts()) <= before || !h.Reads(strings.Repeat("某某银行股份有限公司", 8)) {
		t.Errorf("%q", h.Texts())
	}
	c.MouseMoved(&desktop.MouseEvent{PointEvent: fyne.PointEvent{Position: at(c, 2)}})
	if c.Cursor() != desktop.PointerCursor {
		t.Error("no hand")
	}
	c.Tapped(&fyne.PointEvent{Position: at(c, 2)})
	c.Tapped(&fyne.PointEvent{Position: fyne.NewPos(-5, -5)})
	if fmt.Sprint(chosen) != "[0 1 2]" {
		t.Errorf("%v", chosen)
	}
}

// A chart of nothing takes the keyboard and tells nothing.
func TestChartOfNothing(t *testing.T) {
	h, c := showChart(t, uitest.Options{}, func(*kit.Env) kit.ChartParams {
		return kit.ChartParams{Chart: chart.Bars{}, Tapped: func(int) { t.Error("chosen") }}
	})
	h.Window.Canvas().Focus(c)
	for _, key := range []fyne.KeyName{fyne.KeyRight, fyne.KeyEnd, fyne.KeyHome, fyne.KeyReturn, fyne.KeySpace} {
		h.Key(key)
	}
	c.MouseMoved(&desktop.MouseEvent{PointEvent: fyne.PointEvent{Position: fyne.NewPos(3, 3)}})
	c.Tapped(&fyne.PointEvent{Position: fyne.NewPos(3, 3)})
	if c.AccessibilityLabel() != "\n" {
		t.Errorf("%q", c.AccessibilityLabel())
	}
}
