package kit

import "fyne.io/fyne/v2"

// MostRemarks is how many remarks are shown as a column: one of thousands of texts
// takes seconds to lay out. More are a table.
const MostRemarks = 50

// Remark is what is to be said of a line of a file.
type Remark struct {
	// Words say it; Text is the line.
	Words, Text string
}

// Remarks lists the first MostRemarks; more says in words how many there are
// beyond the shown ones, or nothing.
func Remarks(list []Remark, more func(shown int) string) fyne.CanvasObject {
	shown := min(len(list), MostRemarks)
	lines := make([]fyne.CanvasObject, 0, shown+1)
	for _, r := range list[:shown] {
		lines = append(lines, Stack(0.25, Body(r.Words), Caption(r.Text)))
	}
	if rest := more(shown); rest != "" {
		lines = append(lines, Muted(rest))
	}
	return Card(Stack(1.25, lines...))
}

// remarksHigh is the height of a table of remarks, in units: it scrolls by itself.
const remarksHigh = 36

// RemarkTable lists remarks, however many there are. What does not fit into a row is
// read in full below the table, once the row is opened.
func RemarkTable[T any](e *Env, rows *Rows[T], remark func(T) Remark) fyne.CanvasObject {
	full := Stack(0)
	whole := func(row T) string { r := remark(row); return r.Words + "\n" + r.Text }
	table := NewTable(TableParams[T]{
		Env: e, Rows: rows,
		Columns: []Column[T]{
			{Name: "words", Title: e.T("kit.remarks.words"), Width: 36, Flex: 2, Cell: func(row T) Cell {
				return Cell{Text: remark(row).Words}
			}},
			{Name: "text", Title: e.T("kit.remarks.text"), Width: 24, Flex: 1, Rank: 1, Cell: func(row T) Cell {
				return Cell{Text: remark(row).Text, Muted: true}
			}},
		},
		OnOpen: func(_ int, row T) {
			full.Objects = []fyne.CanvasObject{Boxed(Body(whole(row)))}
			full.Refresh()
		},
		Menu: func(row T) []*fyne.MenuItem { return MenuOf(NewCopy(e, func() string { return whole(row) })) },
	})
	return Stack(1, Tall(remarksHigh, Sheet(table.Object())), full)
}
