package kit_test

import (
	"strings"
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/theme"

	"quietline/internal/l10n"
	"quietline/internal/ui/kit"
	"quietline/internal/ui/uitest"
)

func charts(e *kit.Env) fyne.CanvasObject {
	return kit.Stack(2,
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

// Nothing is said of nothing.
func TestNoHours(t *testing.T) {
	h := uitest.New(t, uitest.Options{Language: l10n.English})
	h.ShowObject(kit.Hours(h.Env, [24]int64{}))
	if text := strings.Join(h.Texts(), ""); text != "" {
		t.Errorf("an empty chart says %q", text)
	}
}
