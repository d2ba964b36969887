package kit_test

import (
	"strings"
	"testing"

	"fyne.io/fyne/v2"

	"quietline/internal/ui/kit"
	"quietline/internal/ui/uitest"
)

// A small table keeps its columns under their heads, however narrow it is.
func TestGrid(t *testing.T) {
	for _, width := range []float32{360, 900} {
		h := uitest.New(t, uitest.Options{Size: fyne.NewSize(width, 500)})
		h.ShowObject(kit.Pad(1, 1, kit.Grid([]string{"码号", "次数", "单位"}, [][]string{
			{"95588", "12", strings.Repeat("中国工商银行 ", 6)}, {"95013"}, {"", "3", "x", "too much"},
		}, []float64{1, 1, 3})))
		h.Check()
		x := map[string]float32{}
		h.Walk(func(s uitest.Seen) {
			if t, ok := s.Object.(*kit.Text); ok {
				x[t.Text()] = s.Pos.X
			}
		})
		if x["码号"] != x["95013"] || x["次数"] != x["12"] || x["次数"] != x["3"] || x["单位"] != x["x"] || x["单位"] <= x["次数"] {
			t.Errorf("%v: %v", width, x)
		}
		if h.Reads("too much") {
			t.Error("a cell without a head")
		}
	}
}
