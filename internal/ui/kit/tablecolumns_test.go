package kit_test

import (
	"context"
	"strings"
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/driver/desktop"
	"github.com/google/go-cmp/cmp"

	"quietline/internal/settings"
	"quietline/internal/ui/kit"
	"quietline/internal/ui/look"
	"quietline/internal/ui/uitest"
)

func benchColumn(name string, width float32, rank int) kit.Column[int] {
	return kit.Column[int]{Name: name, Title: "<" + name + ">", Width: width, Rank: rank, Cell: func(int) kit.Cell {
		return kit.Cell{Text: "[" + name + "]"}
	}}
}

// columnBench is a table with one column that stays and two that may go.
func columnBench(t *testing.T, remembered map[string]string) (h *uitest.Harness, table *kit.Table[int], stored *[]string) {
	t.Helper()
	h, stored = uitest.New(t, uitest.Options{}), new([]string)
	h.Env.Memory = kit.NewMemory(h.Env, remembered, func(_ context.Context, name, value string) error {
		*stored = append(*stored, name+"="+value)
		return nil
	})
	table = kit.NewTable(kit.TableParams[int]{
		Env: h.Env, Name: "bench", Rows: kit.SliceRows(h.Env.Jobs, []int{1, 2}),
		Columns: []kit.Column[int]{benchColumn("stays", 16, 0), benchColumn("goes", 16, 1), benchColumn("wide", 500, 2)},
	})
	h.ShowObject(kit.Ground("background", table.Object()))
	return h, table, stored
}

// shownAt gives the columns that a table of this many units shows, in their order;
// some are put away.
func shownAt(t *testing.T, units float32, size settings.TextSize, away string, columns ...kit.Column[int]) string {
	t.Helper()
	h := uitest.New(t, uitest.Options{TextSize: size})
	h.Options.Size = fyne.NewSize(look.Gap(units+3), 600) // what is left and right of the columns
	h.Env.Memory = kit.NewMemory(h.Env, map[string]string{"columns.bench": away}, func(context.Context, string, string) error { return nil })
	table := kit.NewTable(kit.TableParams[int]{Env: h.Env, Name: "bench", Rows: kit.SliceRows(h.Env.Jobs, []int{1}), Columns: columns})
	h.ShowObject(kit.Ground("background", table.Object()))
	var shown []string
	for _, c := range columns {
		if h.Reads(c.Title) {
			shown = append(shown, c.Name)
		}
	}
	return strings.Join(shown, " ")
}

// A column comes where there is room for it, those before it in rank and the gaps
// between them; what the user put away leaves its room to the next.
func TestColumnsComeByRankAsFarAsTheyFit(t *testing.T) {
	for _, tc := range []struct {
		units      float32
		away, want string
	}{
		{15, "", "stays"},
		{27.5, "", "stays"},
		{28.5, "", "stays first"},
		{59.5, "", "stays first"}, // where the third would fit
		{60.5, "", "stays first second"},
		{71.5, "", "stays first second"},
		{72.5, "", "third stays first second"},
		{47.5, `["first"]`, "stays"},
		{48.5, `["first"]`, "stays second"},
	} {
		for _, size := range settings.TextSizes() {
			got := shownAt(t, tc.units, size, tc.away,
				benchColumn("third", 10, 3), benchColumn("stays", 16, 0), benchColumn("first", 10, 1), benchColumn("second", 30, 2))
			if got != tc.want {
				t.Errorf("%v units at %s, %q away: %s", tc.units, size, tc.away, got)
			}
		}
	}
}

// Rows of two lines are for what says what a row is: a column that came with them
// would go again in a wider table.
func TestNoColumnComesBesideStackedRows(t *testing.T) {
	below := benchColumn("below", 16, 0)
	below.Stacks = true
	for units, want := range map[float32]string{33.5: "stays", 34.5: "below stays", 46.5: "below stays first"} {
		if got := shownAt(t, units, settings.TextNormal, "", below, benchColumn("stays", 16, 0), benchColumn("first", 10, 1)); got != want {
			t.Errorf("%v units: %s", units, got)
		}
	}
}

func TestColumnsAreChosenAndRemembered(t *testing.T) {
	h, _, stored := columnBench(t, nil)
	if !h.Reads("[goes]") || h.Reads("[wide]") {
		t.Fatalf("%q", h.Texts())
	}
	head := uitest.All[line](h)[0]
	head.TappedSecondary(&fyne.PointEvent{AbsolutePosition: fyne.NewPos(50, 50)})
	h.Layout()
	h.Choose("<goes>")
	if h.Reads("[goes]") || h.Reads("<goes>") || !h.Reads("[stays]") {
		t.Errorf("it is still there: %q", h.Texts())
	}
	if diff := cmp.Diff([]string{`columns.bench=["goes"]`}, *stored); diff != "" {
		t.Error(diff)
	}
	again, _, _ := columnBench(t, map[string]string{"columns.bench": `["goes","stays","gone"]`})
	if again.Reads("[goes]") || !again.Reads("[stays]") {
		t.Errorf("at the next start: %q", again.Texts())
	}
}

// The menu tells a column that is wanted and finds no room from one that is seen.
func TestColumnsWithoutRoomSaySo(t *testing.T) {
	h, _, _ := columnBench(t, nil)
	uitest.All[line](h)[0].TappedSecondary(&fyne.PointEvent{AbsolutePosition: fyne.NewPos(50, 50)})
	h.Layout()
	none := func(name string) string {
		return h.Env.T("kit.columns.no_room", map[string]any{"Column": "<" + name + ">"})
	}
	if !h.Reads(none("wide")) || h.Reads(none("goes")) {
		t.Errorf("%q", h.Texts())
	}
	h.Choose(none("wide"))
	uitest.All[line](h)[0].TappedSecondary(&fyne.PointEvent{AbsolutePosition: fyne.NewPos(50, 50)})
	h.Layout()
	if h.Reads(none("wide")) || !h.Reads("<wide>") {
		t.Errorf("%q", h.Texts())
	}
}

// What a column tells may come to matter more than the others.
func TestRankChanges(t *testing.T) {
	h := uitest.New(t, uitest.Options{})
	h.Options.Size = fyne.NewSize(look.Gap(28.5+3), 600)
	table := kit.NewTable(kit.TableParams[int]{
		Env: h.Env, Name: "bench", Rows: kit.SliceRows(h.Env.Jobs, []int{1}),
		Columns: []kit.Column[int]{benchColumn("stays", 16, 0), benchColumn("first", 10, 2), benchColumn("later", 10, 3)},
	})
	h.ShowObject(kit.Ground("background", table.Object()))
	if !h.Reads("[first]") || h.Reads("[later]") {
		t.Fatalf("%q", h.Texts())
	}
	table.SetRank("later", 1)
	h.Layout()
	if h.Reads("[first]") || !h.Reads("[later]") || !h.Reads("<later>") {
		t.Errorf("%q", h.Texts())
	}
}

// The keyboard comes to the choice by the menu of a row.
func TestColumnsByKeyboard(t *testing.T) {
	h, table, _ := columnBench(t, map[string]string{"columns.bench": `["goes"]`})
	h.Window.Canvas().Focus(table.Focus())
	h.Key(desktop.KeyMenu)
	if !h.Shows("kit.columns") {
		t.Fatalf("%q", h.Texts())
	}
	h.Key(fyne.KeyDown)
	h.Key(fyne.KeyRight)
	h.Key(fyne.KeyReturn)
	if !h.Reads("[goes]") {
		t.Errorf("not brought back: %q", h.Texts())
	}
}
