package kit

import (
	"slices"

	"fyne.io/fyne/v2"
)

// Columns that are shown only where there is room can be put away and brought
// back, from the menu of the head and of every row; the others say what a row
// is and stay.

// recall puts away the columns that were put away before.
func (t *Table[T]) recall() {
	var away []string
	if t.p.Name != "" {
		t.p.Env.Memory.Get("columns."+t.p.Name, &away)
	}
	for i, c := range t.p.Columns {
		t.spec.columns[i].away = c.Rank > 0 && slices.Contains(away, c.Name)
	}
}

// choosesColumns says whether there is a choice of columns.
func (t *Table[T]) choosesColumns() bool {
	return t.p.Name != "" && slices.ContainsFunc(t.p.Columns, func(c Column[T]) bool { return c.Rank > 0 })
}

// columnItems are the columns to choose from, those that are wanted ticked.
func (t *Table[T]) columnItems() []*fyne.MenuItem {
	var items []*fyne.MenuItem
	widths := t.spec.widths(t.head.room())
	for i, c := range t.p.Columns {
		if c.Rank == 0 {
			continue
		}
		away := t.spec.columns[i].away
		title := c.Title
		if !away && widths[i] == 0 {
			title = t.p.Env.T("kit.columns.no_room", map[string]any{"Column": title})
		}
		item := fyne.NewMenuItem(title, func() { t.turnColumn(i) })
		item.Checked = !away
		items = append(items, item)
	}
	return items
}

// SetRank gives a column another rank; what it tells may matter more or less than
// it did when the table was made.
func (t *Table[T]) SetRank(name string, rank int) {
	i := slices.IndexFunc(t.p.Columns, func(c Column[T]) bool { return c.Name == name })
	if i < 0 || t.spec.columns[i].rank == rank {
		return
	}
	t.spec.columns[i].rank = rank
	t.spec.byRank() // in place: the rows share it
	t.rearrange()
}

func (t *Table[T]) turnColumn(i int) {
	t.spec.columns[i].away = !t.spec.columns[i].away
	away := []string{}
	for n, c := range t.p.Columns {
		if t.spec.columns[n].away {
			away = append(away, c.Name)
		}
	}
	t.p.Env.Memory.Set("columns."+t.p.Name, away)
	t.rearrange()
}

// rearrange lays out all rows anew.
func (t *Table[T]) rearrange() {
	t.arranged++
	t.head.Refresh()
	t.list.Refresh()
}
