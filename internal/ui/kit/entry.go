package kit

import (
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/driver/desktop"
	"fyne.io/fyne/v2/widget"
)

// Entry is a text field. Tab always moves on, also out of a field of several
// lines, the window's shortcuts work in it, and the mouse wheel goes on to what
// the field is in.
//
// Nothing is ever done on a bare Enter or Backspace in a field of several
// lines: the user may be composing Chinese, and the toolkit does not tell.
type Entry struct {
	widget.Entry
	// OnEnter is called for Enter in a field of one line.
	OnEnter func()
	// OnPaste is offered a text that is pasted, before the field takes it; it
	// says whether it took the text instead. nil leaves it to the field.
	OnPaste  func(text string) (taken bool)
	ring     ringed
	commands commands
	label    string
	filled   bool // while the keyboard was elsewhere
}

// NewEntry makes a field of one line.
func NewEntry(placeholder string) *Entry {
	e := &Entry{}
	e.PlaceHolder = placeholder
	e.Scroll = fyne.ScrollHorizontalOnly
	e.ExtendBaseWidget(e)
	return e
}

// NewTextArea makes a field of several lines that wraps.
func NewTextArea(placeholder string, rows int) *Entry {
	e := &Entry{}
	e.PlaceHolder = placeholder
	e.MultiLine = true
	e.Wrapping = fyne.TextWrapWord
	e.Scroll = fyne.ScrollVerticalOnly
	e.SetMinRowsVisible(rows)
	e.ExtendBaseWidget(e)
	return e
}

// NewSecret makes a field that hides what is typed, with a button to show it.
func NewSecret(placeholder string) *Entry {
	e := &Entry{}
	e.PlaceHolder = placeholder
	e.Password = true
	e.ExtendBaseWidget(e)
	return e
}

// CreateRenderer is called by the toolkit.
func (e *Entry) CreateRenderer() fyne.WidgetRenderer {
	return newRingRenderer(e, newWheelRenderer(e, e.Entry.CreateRenderer()), &e.ring)
}

// AcceptsTab says no: Tab leaves the field.
func (e *Entry) AcceptsTab() bool { return false }

// FocusGained is called by the toolkit. The toolkit leaves the caret before a text
// that the program put in; people go on behind it.
func (e *Entry) FocusGained() {
	e.ring.focused = true
	e.Entry.FocusGained()
	if e.filled {
		e.toEnd()
	}
	reveal(e)
}

// MouseDown puts the caret where the field is clicked, of what is seen of it now.
func (e *Entry) MouseDown(m *desktop.MouseEvent) {
	e.filled = false
	e.Entry.MouseDown(m)
}

// SetText replaces the text; the caret goes behind it, or stays where the text is
// there already. The beginning is seen until the field has the keyboard.
func (e *Entry) SetText(text string) {
	if text == e.Text {
		return
	}
	e.Entry.SetText(text)
	e.filled = true
	if e.ring.focused {
		e.toEnd()
	}
}

func (e *Entry) toEnd() {
	e.filled = false
	e.Entry.TypedKey(&fyne.KeyEvent{Name: fyne.KeyPageDown})
}

// FocusLost is called by the toolkit.
func (e *Entry) FocusLost() {
	e.ring.focused = false
	e.Entry.FocusLost()
}

// Put replaces the text, without the empty space around it and in a field of
// one line without line breaks, and puts the caret behind it.
func (e *Entry) Put(text string) {
	text = strings.ReplaceAll(strings.TrimSpace(text), "\r\n", "\n")
	if !e.MultiLine {
		text = strings.Join(strings.Fields(text), " ")
	}
	e.SetText(text)
	e.toEnd()
}

// SetWrong draws the field as wrong or right.
func (e *Entry) SetWrong(wrong bool) {
	if e.ring.wrong != wrong {
		e.ring.wrong = wrong
		e.Refresh()
	}
}

// TypedKey calls OnEnter for Enter in a field of one line.
func (e *Entry) TypedKey(key *fyne.KeyEvent) {
	if !e.MultiLine && e.OnEnter != nil && (key.Name == fyne.KeyReturn || key.Name == fyne.KeyEnter) {
		e.OnEnter()
		return
	}
	e.Entry.TypedKey(key)
	switch key.Name {
	case fyne.KeyHome, fyne.KeyEnd: // they move the caret
	case fyne.KeyPageUp, fyne.KeyPageDown:
		if !e.MultiLine {
			PassKey(e, key)
		}
	default:
		PassKey(e, key)
	}
}

// TypedShortcut also offers the shortcut to the window.
func (e *Entry) TypedShortcut(s fyne.Shortcut) {
	if p, ok := s.(*fyne.ShortcutPaste); ok && e.OnPaste != nil && e.OnPaste(p.Clipboard.Content()) {
		return
	}
	e.Entry.TypedShortcut(s)
	if _, own := s.(*fyne.ShortcutUndo); !own { // the field undoes typing
		passShortcut(e, s)
	}
}
