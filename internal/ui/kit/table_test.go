package kit_test

import (
	"fmt"
	"strconv"
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/test"
	"github.com/google/go-cmp/cmp"

	"quietline/internal/ui/kit"
	"quietline/internal/ui/look"
	"quietline/internal/ui/uitest"
)

type tableBench struct {
	*uitest.Harness
	table  *kit.Table[int]
	store  *store
	rows   *kit.Rows[int]
	opened []int
	marked [][]int
}

func newTable(t *testing.T, o uitest.Options, count int, marks bool) *tableBench {
	t.Helper()
	b := &tableBench{Harness: uitest.New(t, o), store: &store{count: count}}
	b.rows = kit.NewRows(kit.RowsParams[int]{Jobs: b.Env.Jobs, Index: b.store.index, Load: b.store.load})
	p := kit.TableParams[int]{
		Env: b.Env, Rows: b.rows,
		Columns: []kit.Column[int]{
			{Title: b.Env.T("family.numbers"), Width: 16, Flex: 1, Cell: func(i int) kit.Cell {
				return kit.Cell{Text: fmt.Sprintf("9558812%05d", i), Bold: i%2 == 0}
			}},
			{Title: b.Env.T("family.authority"), Width: 18, Cell: func(int) kit.Cell {
				return kit.Cell{Text: b.Env.T("prefs.channel.paused"), Tone: look.Caution}
			}},
			{Title: b.Env.T("family.relation"), Width: 20, Flex: 2, Rank: 1, Cell: func(int) kit.Cell {
				return kit.Cell{Text: b.Env.T("kit.practice"), Muted: true}
			}},
		},
		OnOpen: func(i int, row int) { b.opened = append(b.opened, i, row) },
	}
	if marks {
		p.Key = strconv.Itoa
		p.OnMarked = func(m []int) { b.marked = append(b.marked, m) }
	}
	b.table = kit.NewTable(p)
	b.ShowObject(kit.Ground("background", b.table.Object()))
	b.rows.Reload(t.Context())
	b.Layout()
	return b
}

func TestTableFits(t *testing.T) {
	uitest.Matrix(t, func(t *testing.T, o uitest.Options) {
		b := newTable(t, o, 1000, true)
		b.Window.Canvas().Focus(b.table.Focus())
		b.Key(fyne.KeyDown)
		b.table.Mark(2, true)
		b.Check()
		b.Golden("table")
		b.Draw("table")
	})
}

func TestTableHoldsOnlyWhatIsSeen(t *testing.T) {
	b := newTable(t, uitest.Options{}, 1_000_000, false)
	if len(b.store.loads) != 1 {
		t.Fatalf("loads %q", b.store.loads)
	}
	b.Window.Canvas().Focus(b.table.Focus())
	b.Key(fyne.KeyEnd)
	if !b.Reads("9558812999999") || len(b.store.loads) > 3 {
		t.Fatalf("loads %q, texts %q", b.store.loads, b.Texts())
	}
}

func TestTableByKeyboard(t *testing.T) {
	b := newTable(t, uitest.Options{}, 1000, true)
	b.Window.Canvas().Focus(b.table.Focus())
	for _, k := range []fyne.KeyName{fyne.KeyUp, fyne.KeyDown, fyne.KeyDown, fyne.KeyReturn, fyne.KeySpace, fyne.KeyEnd, fyne.KeyDown, fyne.KeySpace, fyne.KeyHome, fyne.KeySpace, fyne.KeySpace} {
		b.Key(k)
	}
	if diff := cmp.Diff([]int{2, 2}, b.opened); diff != "" {
		t.Error(diff)
	}
	if diff := cmp.Diff([][]int{{2}, {2, 999}, {2, 999, 0}, {2, 999}}, b.marked); diff != "" {
		t.Error(diff)
	}
	b.Key(fyne.KeyPageDown)
	b.Key(fyne.KeyEnter)
	if got := b.opened[len(b.opened)-1]; got < 5 || got > 50 {
		t.Errorf("a page is %d rows", got)
	}
	b.table.Unmark()
	if len(b.table.Marked()) != 0 {
		t.Error("marks stay")
	}
}

func TestTableByMouse(t *testing.T) {
	b := newTable(t, uitest.Options{}, 100, true)
	row := func(n int) fyne.Position { return fyne.NewPos(300, 50+float32(n)*40) }
	test.TapCanvas(b.Window.Canvas(), row(2))
	if len(b.opened) != 2 {
		t.Fatalf("opened %v", b.opened)
	}
	pos := row(3)
	pos.X = 20 // the box
	test.TapCanvas(b.Window.Canvas(), pos)
	if len(b.opened) != 2 || len(b.table.Marked()) != 1 {
		t.Fatalf("opened %v, marked %v", b.opened, b.table.Marked())
	}
	if b.Window.Canvas().Focused() != b.table.Focus() {
		t.Error("a click does not give the table the keyboard")
	}
}

func TestMarksOutlastAReload(t *testing.T) {
	b := newTable(t, uitest.Options{}, 100, true)
	b.table.Mark(7, true)
	b.table.Mark(7, true)
	b.rows.Reload(t.Context())
	b.Layout()
	if diff := cmp.Diff([]int{7}, b.table.Marked()); diff != "" {
		t.Fatal(diff)
	}
	if len(b.marked) != 1 {
		t.Errorf("told %d times", len(b.marked))
	}
}

func TestEmptyTableTakesKeys(t *testing.T) {
	b := newTable(t, uitest.Options{}, 0, true)
	b.Window.Canvas().Focus(b.table.Focus())
	for _, k := range []fyne.KeyName{fyne.KeyDown, fyne.KeyEnd, fyne.KeyReturn, fyne.KeySpace, fyne.KeyEscape} {
		b.Key(k)
	}
	if len(b.opened)+len(b.marked) != 0 {
		t.Fatalf("opened %v, marked %v", b.opened, b.marked)
	}
}

func TestMarkOnlyTheseRows(t *testing.T) {
	b := newTable(t, uitest.Options{}, 1000, true)
	b.table.Mark(3, true)
	b.table.MarkOnly([]int{5, 900})
	b.table.Mark(5, false)
	b.table.Unmark()
	want := [][]int{{3}, {5, 900}, {900}, {}}
	if d := cmp.Diff(want, b.marked); d != "" {
		t.Error(d)
	}
}

func TestTableGoesToTheTop(t *testing.T) {
	b := newTable(t, uitest.Options{}, 1000, false)
	b.Window.Canvas().Focus(b.table.Focus())
	b.Key(fyne.KeyEnd)
	b.table.ToTop()
	b.Layout()
	if !b.Reads("955881200000") {
		t.Errorf("%q", b.Texts())
	}
	b.Key(fyne.KeyReturn)
	if d := cmp.Diff([]int{0, 0}, b.opened); d != "" {
		t.Error(d)
	}
}
