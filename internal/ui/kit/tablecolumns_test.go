package kit_test

import (
	"context"
	"slices"
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/driver/desktop"
	"fyne.io/fyne/v2/widget"
	"github.com/google/go-cmp/cmp"

	"quietline/internal/ui/kit"
	"quietline/internal/ui/uitest"
)

// columnBench is a table with one column that stays and two that may go.
func columnBench(t *testing.T, remembered map[string]string) (h *uitest.Harness, table *kit.Table[int], stored *[]string) {
	t.Helper()
	h, stored = uitest.New(t, uitest.Options{}), new([]string)
	h.Env.Memory = kit.NewMemory(h.Env, remembered, func(_ context.Context, name, value string) error {
		*stored = append(*stored, name+"="+value)
		return nil
	})
	column := func(name string, from float32) kit.Column[int] {
		return kit.Column[int]{Name: name, Title: "<" + name + ">", Width: 16, From: from, Cell: func(int) kit.Cell {
			return kit.Cell{Text: "[" + name + "]"}
		}}
	}
	table = kit.NewTable(kit.TableParams[int]{
		Env: h.Env, Name: "bench", Rows: kit.SliceRows(h.Env.Jobs, []int{1, 2}),
		Columns: []kit.Column[int]{column("stays", 0), column("goes", 40), column("wide", 500)},
	})
	h.ShowObject(kit.Ground("background", table.Object()))
	return h, table, stored
}

// choose picks a column in the menu that is open.
func choose(h *uitest.Harness, title string) {
	h.T.Helper()
	for _, m := range uitest.All[*widget.PopUpMenu](h) {
		for _, i := range m.Items {
			if x, ok := i.(interface{ Tapped(*fyne.PointEvent) }); ok && reads(h, i, title) {
				x.Tapped(&fyne.PointEvent{})
				h.Layout()
				return
			}
		}
	}
	h.T.Fatalf("no %q in a menu: %q", title, h.Texts())
}

func reads(h *uitest.Harness, item fyne.CanvasObject, title string) (found bool) {
	h.Walk(func(s uitest.Seen) {
		if x, ok := s.Object.(*canvas.Text); ok && slices.Contains(s.In, item) {
			found = found || x.Text == title
		}
	})
	return found
}

func TestColumnsAreChosenAndRemembered(t *testing.T) {
	h, _, stored := columnBench(t, nil)
	if !h.Reads("[goes]") || h.Reads("[wide]") {
		t.Fatalf("%q", h.Texts())
	}
	head := uitest.All[line](h)[0]
	head.TappedSecondary(&fyne.PointEvent{AbsolutePosition: fyne.NewPos(50, 50)})
	h.Layout()
	choose(h, "<goes>")
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
