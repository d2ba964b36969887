package kit

import (
	"cmp"
	"slices"

	"fyne.io/fyne/v2/theme"

	"quietline/internal/ui/look"
)

// grow gives each row the height that its words need where they break into lines.
func (t *Table[T]) grow(width float32) {
	at := slices.IndexFunc(t.p.Columns, func(c Column[T]) bool { return c.Wraps })
	if at < 0 || width == 0 {
		return
	}
	room := t.spec.widths(width - t.head.boxes() - look.Gap(1.5))[at]
	for i := range t.p.Rows.Count() {
		row, ok := t.p.Rows.Row(i)
		if !ok {
			continue
		}
		cell := t.p.Columns[at].Cell(row)
		height := NewText(cell.Text, TextParams{Bold: cell.Bold, Wrap: true}).heightAt(room) + look.Gap(rowPad)
		if height != t.list.heightOf(i) {
			t.list.tall[i] = height
			t.list.SetItemHeight(i, height)
		}
	}
}

// rowHeight is that of a row of one line.
func (l *tableList) rowHeight() float32 {
	if l.height == 0 {
		l.height = l.CreateItem().MinSize().Height
	}
	return l.height
}

func (l *tableList) heightOf(i int) float32 { return cmp.Or(l.tall[i], l.rowHeight()) }

// ScrollTo brings a row into sight. The toolkit takes every row to be of the usual
// height there, and may leave the end of a higher one out of sight.
func (l *tableList) ScrollTo(i int) {
	l.List.ScrollTo(i)
	if len(l.tall) == 0 {
		return
	}
	end := l.heightOf(i) - l.Size().Height
	for n := range i {
		end += l.heightOf(n) + theme.Padding()
	}
	if end > l.GetScrollOffset() {
		l.ScrollToOffset(end)
	}
}
