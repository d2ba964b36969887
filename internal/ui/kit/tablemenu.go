package kit

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"

	"quietline/internal/ui/look"
)

// menu shows what can be done with a row.
func (t *Table[T]) menu(i int, at fyne.Position) {
	row, ok := t.p.Rows.Row(i)
	c := fyne.CurrentApp().Driver().CanvasForObject(t.list)
	if !ok || c == nil {
		return
	}
	var items []*fyne.MenuItem
	if t.p.Menu != nil {
		items = t.p.Menu(row)
	}
	if t.choosesColumns() {
		choice := fyne.NewMenuItem(t.p.Env.T("kit.columns"), nil)
		choice.ChildMenu = fyne.NewMenu("", t.columnItems()...)
		items = append(items, choice)
	}
	if len(items) == 0 {
		return
	}
	t.moveTo(i)
	widget.ShowPopUpMenuAtPosition(fyne.NewMenu("", items...), c, at)
}

// headMenu lets the user choose the columns.
func (t *Table[T]) headMenu(at fyne.Position) {
	if c := fyne.CurrentApp().Driver().CanvasForObject(t.list); c != nil && t.choosesColumns() {
		widget.ShowPopUpMenuAtPosition(fyne.NewMenu("", t.columnItems()...), c, at)
	}
}

// menuKey shows the menu below the row that the keyboard is at.
func (t *Table[T]) menuKey() {
	at := fyne.CurrentApp().Driver().AbsolutePositionForObject(t.list)
	step := t.list.rowHeight() + theme.Padding()
	down := min(t.list.Size().Height, max(0, float32(t.cursor+1)*step-t.list.GetScrollOffset()))
	t.menu(t.cursor, at.AddXY(look.Gap(4), down))
}

// remove is for the Delete key; it says whether the key meant something.
func (t *Table[T]) remove() bool {
	if t.p.OnRemove == nil {
		return false
	}
	rows := t.Marked()
	if row, ok := t.p.Rows.Row(t.cursor); ok && len(rows) == 0 {
		rows = append(rows, row)
	}
	if len(rows) > 0 {
		t.p.OnRemove(rows)
	}
	return true
}
