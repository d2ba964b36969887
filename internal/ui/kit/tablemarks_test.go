package kit_test

import (
	"strconv"
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/driver/desktop"
	"fyne.io/fyne/v2/test"
	"github.com/google/go-cmp/cmp"

	"quietline/internal/ui/kit"
	"quietline/internal/ui/uitest"
)

// line is a row of a table as the mouse meets it.
type line interface {
	fyne.CanvasObject
	fyne.Tappable
	fyne.SecondaryTappable
	desktop.Mouseable
}

// menuBench is a table of which every row has a menu.
func menuBench(t *testing.T) (b *tableBench, said *[]string) {
	t.Helper()
	b, said = &tableBench{Harness: uitest.New(t, uitest.Options{}), store: &store{count: 1000}}, new([]string)
	b.rows = kit.NewRows(kit.RowsParams[int]{Jobs: b.Env.Jobs, Index: b.store.index, Load: b.store.load})
	b.table = kit.NewTable(kit.TableParams[int]{
		Env: b.Env, Rows: b.rows, Key: strconv.Itoa,
		Columns: []kit.Column[int]{{Title: "-", Width: 16, Cell: func(i int) kit.Cell { return kit.Cell{Text: strconv.Itoa(i)} }}},
		OnAll:   func() { *said = append(*said, "all") },
		Menu: func(row int) []*fyne.MenuItem {
			return []*fyne.MenuItem{fyne.NewMenuItem("do", func() { *said = append(*said, strconv.Itoa(row)) })}
		},
	})
	b.ShowObject(kit.Ground("background", b.table.Object()))
	b.rows.Reload(t.Context())
	b.Layout()
	return b, said
}

func (b *tableBench) click(n int, with fyne.KeyModifier) {
	b.T.Helper()
	row := uitest.All[line](b.Harness)[n+1] // below the head
	row.MouseDown(&desktop.MouseEvent{Modifier: with})
	at := fyne.NewPos(300, 10)
	row.Tapped(&fyne.PointEvent{Position: at})
	row.MouseUp(&desktop.MouseEvent{Modifier: with})
	b.Layout()
}

func TestShiftMarksARange(t *testing.T) {
	b, _ := menuBench(t)
	b.click(2, 0)
	b.click(5, fyne.KeyModifierShift)
	if diff := cmp.Diff([]int{2, 3, 4, 5}, b.table.Marked()); diff != "" {
		t.Error(diff)
	}
	b.click(4, fyne.KeyModifierShift)
	if n := len(b.table.Marked()); n != 4 {
		t.Errorf("%d marked; a range never takes marks away", n)
	}
	b.click(1, 0)
	if n := len(b.table.Marked()); n != 4 {
		t.Errorf("%d marked after a click without Shift", n)
	}
}

// Over rows that are not there yet no range is marked: nobody would know which.
func TestShiftOverRowsThatAreNotThere(t *testing.T) {
	b, _ := menuBench(t)
	b.click(0, 0)
	b.Window.Canvas().Focus(b.table.Focus())
	b.rows.Reload(t.Context())
	b.Hold = true
	b.Key(fyne.KeyEnd)
	b.table.Mark(0, true)
	b.click(3, fyne.KeyModifierShift)
	if n := len(b.table.Marked()); n != 1 {
		t.Errorf("%d marked", n)
	}
}

func TestMarkAllTellsOnce(t *testing.T) {
	b := newTable(t, uitest.Options{}, 1000, true)
	b.table.Mark(2, true)
	b.table.MarkAll([]int{1, 2, 3})
	b.table.MarkAll([]int{3})
	if diff := cmp.Diff([][]int{{2}, {2, 1, 3}}, b.marked); diff != "" {
		t.Error(diff)
	}
}

func TestMenuOfARow(t *testing.T) {
	b, said := menuBench(t)
	uitest.All[line](b.Harness)[4].TappedSecondary(&fyne.PointEvent{AbsolutePosition: fyne.NewPos(200, 200)})
	b.Layout()
	if !b.Reads("do") {
		t.Fatalf("no menu: %q", b.Texts())
	}
	b.Window.Canvas().Overlays().Top().Hide()
	b.Window.Canvas().Overlays().Remove(b.Window.Canvas().Overlays().Top())
	b.Window.Canvas().Focus(b.table.Focus())
	b.Key(fyne.KeyDown)
	b.Key(desktop.KeyMenu)
	if !b.Reads("do") {
		t.Fatalf("no menu by keyboard: %q", b.Texts())
	}
	b.Key(fyne.KeyDown)
	b.Key(fyne.KeyReturn)
	if diff := cmp.Diff([]string{"4"}, *said); diff != "" {
		t.Error(diff)
	}
}

func TestAllByShortcut(t *testing.T) {
	b, said := menuBench(t)
	b.table.Focus().(fyne.Shortcutable).TypedShortcut(&fyne.ShortcutSelectAll{})
	if diff := cmp.Diff([]string{"all"}, *said); diff != "" {
		t.Error(diff)
	}
}

// The row that is open stays the one that was clicked when others come before it
// or other rows are asked for.
func TestOpenRowMovesWithItsRow(t *testing.T) {
	b, first := &tableBench{Harness: uitest.New(t, uitest.Options{})}, 0
	b.rows = kit.SliceRows(b.Env.Jobs, []int{5, 6, 7, 8})
	b.table = kit.NewTable(kit.TableParams[int]{
		Env: b.Env, Rows: b.rows, Key: strconv.Itoa, OnOpen: func(_, row int) { first = row },
		Columns: []kit.Column[int]{{Title: "-", Width: 16, Cell: func(i int) kit.Cell { return kit.Cell{Text: strconv.Itoa(i)} }}},
	})
	b.ShowObject(kit.Ground("background", b.table.Object()))
	open := func() (at []int) { // the rows below the head that are coloured
		ground := func(n int) any {
			return test.WidgetRenderer(uitest.All[line](b.Harness)[n+1].(fyne.Widget)).Objects()[0].(*canvas.Rectangle).FillColor
		}
		for n := range b.rows.Count() {
			if ground(n) != ground(b.rows.Count()-1) {
				at = append(at, n)
			}
		}
		return at
	}
	b.click(1, 0)
	b.Window.Canvas().Unfocus()
	b.Layout()
	if diff := cmp.Diff([]int{1}, open()); diff != "" || first != 6 {
		t.Fatal(first, diff)
	}
	b.rows.SetRows([]int{4, 5, 6, 7, 8})
	b.Layout()
	if diff := cmp.Diff([]int{2}, open()); diff != "" {
		t.Error(diff)
	}
	b.rows.SetRows([]int{1, 2, 3, 8})
	b.Layout()
	if got := open(); got != nil {
		t.Errorf("rows %v are open", got)
	}
}
