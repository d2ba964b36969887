package kit

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"

	"quietline/internal/ui/look"
)

// Cell is what one column says of one row. A cell with a Tone is a badge.
type Cell struct {
	Text  string
	Tone  look.Tone
	Muted bool
	Bold  bool
}

// Column is one column of a table.
type Column[T any] struct {
	// Title is words, not a key.
	Title string
	// Width is how many units it needs, Flex its share of what is left over.
	Width, Flex float32
	// From is how many units wide the table has to be for this column to be
	// shown; 0 for always. What is hidden must be found on the row's own view.
	From float32
	// Cell gives the contents.
	Cell func(row T) Cell
}

// TableParams is what NewTable needs.
type TableParams[T any] struct {
	Env     *Env
	Columns []Column[T]
	Rows    *Rows[T]
	// OnOpen is called for the row that is clicked, or that Enter is pressed
	// on.
	OnOpen func(i int, row T)
	// Key tells rows apart. With it a first column of boxes lets the user mark
	// rows (also with Space), which outlasts scrolling and reloading.
	Key func(row T) string
	// OnMarked is called when the set of marked rows changes.
	OnMarked func(marked []T)
}

// Table is a virtual table over Rows: only the rows that are seen exist. Up,
// Down, Page Up, Page Down, Home and End move, Enter opens, Space marks.
type Table[T any] struct {
	p      TableParams[T]
	list   *tableList
	head   *rowView
	box    *fyne.Container
	cursor int
	open   int // the row that was opened last, -1 for none
	marked map[string]T
	order  []string
}

// NewTable makes a table and has Rows.Changed refresh it.
func NewTable[T any](p TableParams[T]) *Table[T] {
	t := &Table[T]{p: p, open: -1, marked: map[string]T{}}
	t.list = newTableList(p.Rows.Count, t.newRow, t.update)
	t.list.key = t.typed
	t.list.focus = func() { t.list.RefreshItem(t.cursor) }
	t.head = newRowView(t.specs(), true)
	for i, c := range p.Columns {
		t.head.set(i, Cell{Text: c.Title})
	}
	p.Rows.SetChanged(t.Refresh)
	t.box = container.New(&underLayout{gap: 0.5}, t.head, t.list)
	return t
}

// Object is what to put on the page; it takes all the height it can get.
func (t *Table[T]) Object() fyne.CanvasObject { return t.box }

// Focus is what to give the keyboard to.
func (t *Table[T]) Focus() fyne.Focusable { return t.list }

// Refresh shows the rows as they are now.
func (t *Table[T]) Refresh() {
	t.cursor = max(0, min(t.cursor, t.p.Rows.Count()-1))
	t.list.Refresh()
}

// ToTop goes to the first row, as one does where other rows were asked for.
func (t *Table[T]) ToTop() {
	t.cursor = 0
	t.list.ScrollToTop()
}

// Open marks a row as the one whose details are shown, -1 for none; it does
// not call OnOpen.
func (t *Table[T]) Open(i int) {
	t.open = i
	t.list.Refresh()
}

// Marked gives the marked rows in the order of marking.
func (t *Table[T]) Marked() []T {
	out := make([]T, 0, len(t.order))
	for _, k := range t.order {
		out = append(out, t.marked[k])
	}
	return out
}

// Unmark clears all marks.
func (t *Table[T]) Unmark() { t.MarkOnly(nil) }

// MarkOnly marks exactly these rows.
func (t *Table[T]) MarkOnly(rows []T) {
	clear(t.marked)
	t.order = nil
	for _, row := range rows {
		key := t.p.Key(row)
		t.marked[key] = row
		t.order = append(t.order, key)
	}
	t.list.Refresh()
	t.tellMarked()
}

// Mark marks a row or takes the mark away.
func (t *Table[T]) Mark(row T, on bool) {
	key := t.p.Key(row)
	_, was := t.marked[key]
	if was == on {
		return
	}
	if on {
		t.marked[key] = row
		t.order = append(t.order, key)
	} else {
		delete(t.marked, key)
		rest := t.order[:0]
		for _, k := range t.order {
			if k != key {
				rest = append(rest, k)
			}
		}
		t.order = rest
	}
	t.list.Refresh()
	t.tellMarked()
}

func (t *Table[T]) tellMarked() {
	if t.p.OnMarked != nil {
		t.p.OnMarked(t.Marked())
	}
}

func (t *Table[T]) specs() rowSpec {
	s := rowSpec{boxes: t.p.Key != nil}
	for _, c := range t.p.Columns {
		s.columns = append(s.columns, columnSpec{width: c.Width, flex: c.Flex, from: c.From})
	}
	return s
}

func (t *Table[T]) newRow() fyne.CanvasObject { return newRowView(t.specs(), false) }

func (t *Table[T]) update(i widget.ListItemID, o fyne.CanvasObject) {
	v := o.(*rowView)
	row, ok := t.p.Rows.Row(i)
	for c, col := range t.p.Columns {
		cell := Cell{}
		if ok {
			cell = col.Cell(row)
		} else if c == 0 {
			cell = Cell{Text: "…", Muted: true}
		}
		v.set(c, cell)
	}
	v.tapped = func() { t.moveTo(i); t.enter(i) }
	if t.p.Key != nil {
		on := false
		if ok {
			_, on = t.marked[t.p.Key(row)]
		}
		v.mark(on, func() { t.moveTo(i); t.toggle(i) })
	}
	v.state(i == t.cursor && t.list.focused, i == t.open)
}

func (t *Table[T]) toggle(i int) {
	if row, ok := t.p.Rows.Row(i); ok && t.p.Key != nil {
		_, on := t.marked[t.p.Key(row)]
		t.Mark(row, !on)
	}
}

func (t *Table[T]) enter(i int) {
	row, ok := t.p.Rows.Row(i)
	if !ok || t.p.OnOpen == nil {
		return
	}
	t.open = i
	t.list.Refresh()
	t.p.OnOpen(i, row)
}

func (t *Table[T]) moveTo(i int) {
	if c := fyne.CurrentApp().Driver().CanvasForObject(t.list); c != nil {
		c.Focus(t.list)
	}
	old := t.cursor
	t.cursor = i
	t.list.RefreshItem(old)
	t.list.RefreshItem(i)
}

// typed moves the cursor; it says whether the key meant something.
func (t *Table[T]) typed(key fyne.KeyName) bool {
	count := t.p.Rows.Count()
	if count == 0 {
		return false
	}
	page := max(1, int(t.list.Size().Height/(t.list.rowHeight()+theme.Padding()))-1)
	to := t.cursor
	switch key {
	case fyne.KeyUp:
		to--
	case fyne.KeyDown:
		to++
	case fyne.KeyPageUp:
		to -= page
	case fyne.KeyPageDown:
		to += page
	case fyne.KeyHome:
		to = 0
	case fyne.KeyEnd:
		to = count - 1
	case fyne.KeyReturn, fyne.KeyEnter:
		t.enter(t.cursor)
		return true
	case fyne.KeySpace:
		if t.p.Key == nil {
			t.enter(t.cursor)
		} else {
			t.toggle(t.cursor)
		}
		return true
	default:
		return false
	}
	to = max(0, min(to, count-1))
	t.list.ScrollTo(to)
	t.moveTo(to)
	return true
}

// tableList is the toolkit's list with our keys and our marks.
type tableList struct {
	widget.List
	key     func(fyne.KeyName) bool
	focus   func()
	focused bool
	height  float32
}

func newTableList(length func() int, create func() fyne.CanvasObject, update func(int, fyne.CanvasObject)) *tableList {
	l := &tableList{}
	l.Length, l.CreateItem, l.UpdateItem = length, create, update
	l.ExtendBaseWidget(l)
	return l
}

func (l *tableList) rowHeight() float32 {
	if l.height == 0 {
		l.height = l.CreateItem().MinSize().Height
	}
	return l.height
}

// FocusGained is called by the toolkit.
func (l *tableList) FocusGained() {
	l.focused = true
	l.focus()
}

// FocusLost is called by the toolkit.
func (l *tableList) FocusLost() {
	l.focused = false
	l.focus()
}

// TypedKey is called by the toolkit.
func (l *tableList) TypedKey(key *fyne.KeyEvent) {
	if !l.key(key.Name) {
		passKey(l, key)
	}
}
