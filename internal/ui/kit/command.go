package kit

import (
	"slices"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
)

// Command is something that a shortcut asks of whatever page is shown. A page
// obeys by having a control that carries the command (Button.On, Entry.On), so
// that the keyboard does what the pointer can do at that moment, and no more.
type Command string

// The commands.
const (
	// CommandSearch puts the keyboard into the field to search in.
	CommandSearch Command = "search"
	// CommandNew begins something new: a call, a complaint, a person.
	CommandNew Command = "new"
	// CommandImport reads files.
	CommandImport Command = "import"
	// CommandPrimary presses the button that leads on; every NewPrimary
	// carries it.
	CommandPrimary Command = "primary"
	// CommandBack closes what is open.
	CommandBack Command = "back"
	// CommandUndo takes the last change back.
	CommandUndo Command = "undo"
)

// Commanded is a control that can carry commands.
type Commanded interface {
	fyne.CanvasObject
	// Carries says whether the control carries the command and could obey now.
	Carries(c Command) bool
	// Obey does what pressing it does, or gives it the keyboard.
	Obey()
}

// Obey has the control on the screen that carries the command do its part, and
// says whether there was one. Of several it is the first behind the one that
// has the keyboard, because that is where the user is, else the last: what can
// be done with something in particular stands below what can always be done.
// While a dialog is open, its own controls are the only ones that count.
func (e *Env) Obey(c Command) bool {
	canvas := e.Window.Canvas()
	root := canvas.Content()
	if top := canvas.Overlays().Top(); top != nil {
		d := e.topDialog()
		if d == nil || d.over != top {
			return false // a menu, or a dialog of the toolkit's own
		}
		root = d.pop.Content
	}
	chosen := carrier(root, c, canvas.Focused())
	if chosen == nil {
		return false
	}
	chosen.Obey()
	return true
}

// carrier finds the control that is meant; focused is nil where none is.
func carrier(root fyne.CanvasObject, c Command, focused fyne.Focusable) Commanded {
	var chosen Commanded
	passed, behind := false, false // the one that has the keyboard; chosen is behind it
	each(root, func(o fyne.CanvasObject) {
		if f, ok := o.(fyne.Focusable); ok && f == focused {
			passed = true
		}
		if x, ok := o.(Commanded); ok && x.Carries(c) && !behind {
			chosen, behind = x, passed
		}
	})
	return chosen
}

func (e *Env) topDialog() *Dialog {
	if len(e.dialogs) == 0 {
		return nil
	}
	return e.dialogs[len(e.dialogs)-1]
}

// each visits what is visible in the order of the Tab key; widgets are not
// opened.
func each(o fyne.CanvasObject, visit func(fyne.CanvasObject)) {
	if o == nil || !o.Visible() {
		return
	}
	visit(o)
	switch o := o.(type) {
	case *fyne.Container:
		for _, inner := range o.Objects {
			each(inner, visit)
		}
	case *container.Scroll:
		each(o.Content, visit)
	case *enlarged:
		each(o.object, visit)
	}
}

// commands are those that a control carries.
type commands []Command

func (all commands) has(c Command) bool { return slices.Contains(all, c) }

// On has the button carry a command.
func (b *Button) On(c Command) *Button {
	b.commands = append(b.commands, c)
	return b
}

// Carries says whether the button carries the command and can be pressed.
func (b *Button) Carries(c Command) bool { return b.commands.has(c) && !b.Disabled() }

// Obey presses the button.
func (b *Button) Obey() { b.press() }

// On has the field carry a command.
func (e *Entry) On(c Command) *Entry {
	e.commands = append(e.commands, c)
	return e
}

// Carries says whether the field carries the command and can be typed into.
func (e *Entry) Carries(c Command) bool { return e.commands.has(c) && !e.Disabled() }

// Obey gives the field the keyboard.
func (e *Entry) Obey() {
	if c := fyne.CurrentApp().Driver().CanvasForObject(e); c != nil {
		c.Focus(e)
	}
}

// Carries says that a tile of the main colour is what a page is about.
func (t *Tile) Carries(c Command) bool { return c == CommandPrimary && t.p.Primary }

// Obey presses the tile.
func (t *Tile) Obey() { t.Tapped(nil) }
