package kit

import (
	"slices"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/driver/desktop"
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
	// Title is words, not a key; Name is the same in every language.
	Title, Name string
	// Width is how many units it needs, Flex its share of what is left over.
	Width, Flex float32
	// Rank is 0 for a column that is always shown. The others come as far as there
	// is room for all that they need, 1 first. What is hidden must be found on the
	// row's own view.
	Rank int
	// Stacks says that it stands below the column after it where the table is too
	// narrow for all that are always shown.
	Stacks bool
	// Wraps says that its words break into as many lines as they need, and that rows
	// become as high. All rows are asked for that, so it is for those that are held.
	Wraps bool
	// Cell gives the contents.
	Cell func(row T) Cell
}

// TableParams is what NewTable needs.
type TableParams[T any] struct {
	Env *Env
	// Name is what the table is remembered by; with it the user chooses the
	// columns that are shown only where there is room.
	Name    string
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
	// OnAll is called for Ctrl+A; nil where there is nothing to it.
	OnAll func()
	// OnRemove is called for Delete with the rows that are marked, or else the
	// one that the keyboard is at; nil for nothing. What it does can be taken
	// back, or it asks.
	OnRemove func(rows []T)
	// Menu gives what can be done with a row, for a menu at the right button of
	// the mouse or the menu key; nil for none.
	Menu func(row T) []*fyne.MenuItem
}

// Table is a virtual table over Rows: only the rows that are seen exist. Up,
// Down, Page Up, Page Down, Home and End move, Enter opens, Space marks; a click
// with Shift marks from the row before to this one.
type Table[T any] struct {
	p      TableParams[T]
	list   *tableList
	head   *rowView
	box    *fyne.Container
	cursor int
	open   int // the row that was opened last, -1 for none
	// openKey is the key of that row: it may be elsewhere by now.
	openKey string
	marked  map[string]T
	order   []string
	spec    rowSpec
	// arranged counts the changes of which columns are shown.
	arranged int
}

// NewTable makes a table and has Rows.Changed refresh it.
func NewTable[T any](p TableParams[T]) *Table[T] {
	t := &Table[T]{p: p, open: -1, marked: map[string]T{}}
	t.list = newTableList(p.Rows.Count, t.newRow, t.update)
	t.list.key = t.typed
	t.list.focus = func() { t.list.RefreshItem(t.cursor) }
	t.list.all = p.OnAll
	t.spec = t.specs()
	t.recall()
	t.head = newRowView(t.spec, true)
	t.head.menu = t.headMenu
	for i, c := range p.Columns {
		t.head.set(i, Cell{Text: c.Title})
	}
	t.list.label = t.head.AccessibilityLabel()
	p.Rows.SetChanged(t.Refresh)
	t.box = container.New(&tableLayout{under: underLayout{gap: 0.5}, arrange: t.arrange}, t.head, t.list)
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
	t.grow(t.list.Size().Width)
}

// ToTop goes to the first row, as one does where other rows were asked for.
func (t *Table[T]) ToTop() {
	t.cursor = 0
	t.list.MinSize() // a list that was never drawn cannot scroll: the toolkit panics
	t.list.ScrollToTop()
}

// Open marks a row as the one whose details are shown, -1 for none; it does
// not call OnOpen.
func (t *Table[T]) Open(i int) {
	t.open = i
	if row, ok := t.p.Rows.Row(i); ok && t.p.Key != nil {
		t.openKey = t.p.Key(row)
	}
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
	if t.put(row, on) {
		t.list.Refresh()
		t.tellMarked()
	}
}

// MarkAll marks all of these rows.
func (t *Table[T]) MarkAll(rows []T) {
	changed := false
	for _, row := range rows {
		changed = t.put(row, true) || changed
	}
	if changed {
		t.list.Refresh()
		t.tellMarked()
	}
}

// Remark takes over rows that changed, as far as they are marked.
func (t *Table[T]) Remark(rows []T) {
	for _, row := range rows {
		if key := t.p.Key(row); t.is(key) {
			t.marked[key] = row
		}
	}
}

func (t *Table[T]) is(key string) bool {
	_, on := t.marked[key]
	return on
}

// put marks a row without telling; it says whether that was news.
func (t *Table[T]) put(row T, on bool) bool {
	key := t.p.Key(row)
	switch {
	case t.is(key) == on:
		return false
	case on:
		t.marked[key] = row
		t.order = append(t.order, key)
	default:
		delete(t.marked, key)
		t.order = slices.DeleteFunc(t.order, func(k string) bool { return k == key })
	}
	return true
}

// reach marks the rows from the cursor to this one; where some of them are not
// there yet, only this one.
func (t *Table[T]) reach(i int) {
	var rows []T
	for n := min(t.cursor, i); n <= max(t.cursor, i); n++ {
		row, ok := t.p.Rows.Row(n)
		if !ok {
			rows = nil
			break
		}
		rows = append(rows, row)
	}
	t.moveTo(i)
	if len(rows) == 0 {
		t.toggle(i)
		return
	}
	t.MarkAll(rows)
}

func (t *Table[T]) tellMarked() {
	if t.p.OnMarked != nil {
		t.p.OnMarked(t.Marked())
	}
}

func (t *Table[T]) specs() rowSpec {
	s := rowSpec{boxes: t.p.Key != nil, stacked: new(bool)}
	for i, c := range t.p.Columns {
		s.columns = append(s.columns, columnSpec{width: c.Width, flex: c.Flex, rank: c.Rank, stacks: c.Stacks, wraps: c.Wraps})
		s.ranked = append(s.ranked, i)
	}
	s.byRank()
	return s
}

func (t *Table[T]) newRow() fyne.CanvasObject { return newRowView(t.spec, false) }

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
	if v.laidOut != t.arranged {
		v.laidOut = t.arranged
		v.Refresh()
	}
	v.tapped = func() { t.moveTo(i); t.enter(i) }
	v.menu = func(at fyne.Position) { t.menu(i, at) }
	if t.p.Key != nil {
		v.mark(ok && t.is(t.p.Key(row)), func() { t.moveTo(i); t.toggle(i) })
		v.reach = func() { t.reach(i) }
	}
	open := i == t.open
	if t.p.Key != nil {
		open = ok && t.open >= 0 && t.p.Key(row) == t.openKey
	}
	v.state(i == t.cursor && t.list.focused, open)
}

func (t *Table[T]) toggle(i int) {
	if row, ok := t.p.Rows.Row(i); ok && t.p.Key != nil {
		t.Mark(row, !t.is(t.p.Key(row)))
	}
}

func (t *Table[T]) enter(i int) {
	row, ok := t.p.Rows.Row(i)
	if !ok || t.p.OnOpen == nil {
		return
	}
	t.Open(i)
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
	case fyne.KeyDelete:
		return t.remove()
	case desktop.KeyMenu:
		t.menuKey()
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
	all     func() // nil for nothing
	focused bool
	height  float32
	tall    map[int]float32 // the heights of rows that have another one
	label   string          // the titles of the columns
}

func newTableList(length func() int, create func() fyne.CanvasObject, update func(int, fyne.CanvasObject)) *tableList {
	l := &tableList{tall: map[int]float32{}}
	l.Length, l.CreateItem, l.UpdateItem = length, create, update
	l.ExtendBaseWidget(l)
	return l
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
		PassKey(l, key)
	}
}

// TypedShortcut is called by the toolkit.
func (l *tableList) TypedShortcut(s fyne.Shortcut) {
	if _, ok := s.(*fyne.ShortcutSelectAll); ok && l.all != nil {
		l.all()
		return
	}
	passShortcut(l, s)
}
