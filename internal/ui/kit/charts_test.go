package kit_test

import (
	"strings"
	"testing"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/theme"

	"quietline/internal/domain"
	"quietline/internal/l10n"
	"quietline/internal/ui/kit"
	"quietline/internal/ui/uitest"
)

func on(day string, n int64) kit.DayCount {
	t, err := time.ParseInLocation(time.DateOnly, day, domain.China())
	if err != nil {
		panic(err)
	}
	return kit.DayCount{Day: t, N: n}
}

func charts(e *kit.Env) fyne.CanvasObject {
	var week kit.Week
	week[0][9], week[4][23], week[6][2], week[6][12] = 3, 12, 1, 6
	return kit.Stack(2,
		kit.Card(kit.Days(e, []kit.DayCount{on("2024-05-01", 3), on("2024-05-02", 9), on("2024-05-20", 1), on("2024-05-28", 4)})),
		kit.Card(kit.HeatMap(e, week)),
		kit.Card(kit.Bars([]kit.Bar{
			{Label: "95013", Note: "北京某某科技有限公司", N: 41, Tapped: func() {}}, {Label: "95588", N: 1}, {Label: "96588", N: 0},
		})),
		kit.Card(kit.Shares([]kit.Share{{Label: e.Printer.Term("category", "loan"), Own: 0.62, Other: 0.4135}}, "A", "B")),
	)
}

func TestCharts(t *testing.T) {
	uitest.Matrix(t, func(t *testing.T, o uitest.Options) {
		o.Size = fyne.NewSize(700, 1400)
		h := uitest.New(t, o)
		h.ShowObject(kit.Ground(theme.ColorNameBackground, charts(h.Env)))
		h.Check()
		h.Draw("charts")
		h.Golden("charts")
	})
}

// What a chart shows stands beside it in words as well.
func TestChartsSayWhatTheyShow(t *testing.T) {
	h := uitest.New(t, uitest.Options{Language: l10n.English, Size: fyne.NewSize(700, 1400)})
	says := func(o fyne.CanvasObject, want string) {
		t.Helper()
		h.ShowObject(o)
		if !h.Reads(want) {
			t.Errorf("%q does not say %q", h.Texts(), want)
		}
	}
	says(kit.Days(h.Env, []kit.DayCount{on("2024-05-01", 3), on("2024-05-02", 9)}), "12 calls; most on 2024-05-02 (9)")
	says(kit.Days(h.Env, []kit.DayCount{on("2024-01-01", 1), on("2024-01-03", 1), on("2024-06-01", 1)}), "3 calls, by week; most in the week from 2024-01-01 (2)")
	says(kit.Days(h.Env, []kit.DayCount{on("2020-01-31", 1), on("2020-01-01", 1), on("2024-06-01", 1)}), "3 calls, by month; most in 2020-01 (2)")
	says(kit.Days(h.Env, []kit.DayCount{on("2009-01-31", 1), on("2024-06-01", 5)}), "6 calls, by year; most in 2024 (5)")
	var week kit.Week
	week[6][23] = 2
	says(kit.HeatMap(h.Env, week), "Most on Sunday, 23:00 to 24:00 (calls: 2)")
	for _, empty := range []fyne.CanvasObject{kit.Days(h.Env, nil), kit.HeatMap(h.Env, kit.Week{}), kit.Hours(h.Env, [24]int64{})} {
		h.ShowObject(empty)
		if text := strings.Join(h.Texts(), ""); text != "" {
			t.Errorf("an empty chart says %q", text)
		}
	}
}
