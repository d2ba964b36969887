package kit

import (
	"runtime"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/driver/desktop"
	"fyne.io/fyne/v2/theme"
)

// Shortcut is one line of the table of shortcuts: what is pressed, and what
// comes of it. The shell registers what is in the table and nothing else, and
// the sheet of shortcuts shows it, so that neither knows one that the other
// does not.
type Shortcut struct {
	// Keys are the key caps, the same in every language.
	Keys string
	// Text is the message key of what it does.
	Text string
	// Does is what it asks of the page; empty for what the control that has
	// the keyboard does by itself.
	Does Command
	// Takes are the shortcuts of the window that mean this; a key without
	// Ctrl is none for the toolkit and stands in Key.
	Takes []fyne.Shortcut
	Key   fyne.KeyName
}

// CommandHelp shows the sheet of shortcuts. The shell obeys it, no page.
const CommandHelp Command = "help"

// Shortcuts is the table, but for the digits of the pages, which the shell
// knows.
func Shortcuts() []Shortcut {
	return []Shortcut{
		{Keys: Ctrl("F"), Text: "keys.search", Does: CommandSearch, Takes: ctrl(fyne.KeyF)},
		{Keys: Ctrl("N"), Text: "keys.new", Does: CommandNew, Takes: ctrl(fyne.KeyN)},
		{Keys: Ctrl("I"), Text: "keys.import", Does: CommandImport, Takes: ctrl(fyne.KeyI)},
		{Keys: Ctrl("Enter"), Text: "keys.primary", Does: CommandPrimary, Takes: ctrl(fyne.KeyReturn, fyne.KeyEnter)},
		{Keys: Ctrl("Z"), Text: "keys.undo", Does: CommandUndo, Takes: []fyne.Shortcut{&fyne.ShortcutUndo{}}},
		{Keys: "Esc", Text: "keys.back", Does: CommandBack, Key: fyne.KeyEscape},
		{Keys: "F1", Text: "keys.help", Does: CommandHelp, Key: fyne.KeyF1},
		{Keys: "Tab", Text: "prefs.keys.tab"},
		{Keys: "Shift + Tab", Text: "keys.untab"},
		{Keys: "↑ ↓", Text: "prefs.keys.arrows"},
		{Keys: "← ↑ → ↓", Text: "keys.chart"},
		{Keys: "PgUp PgDn", Text: "keys.turn"},
		{Keys: "Home End", Text: "keys.ends"},
		{Keys: "Enter", Text: "prefs.keys.enter"},
		{Keys: "Space", Text: "keys.mark"},
		{Keys: "Shift", Text: "keys.reach"},
		{Keys: "Delete", Text: "keys.remove"},
		{Keys: "Menu", Text: "keys.menu"},
		{Keys: Ctrl("A"), Text: "keys.all"},
	}
}

// Ctrl is the caps of a shortcut with the key that this system has for them.
func Ctrl(key string) string {
	if runtime.GOOS == "darwin" {
		return "Cmd + " + key
	}
	return "Ctrl + " + key
}

func ctrl(keys ...fyne.KeyName) []fyne.Shortcut {
	var out []fyne.Shortcut
	for _, k := range keys {
		out = append(out, &desktop.CustomShortcut{KeyName: k, Modifier: fyne.KeyModifierShortcutDefault})
	}
	return out
}

// sheetColumn is how many units wide a column of the sheet is at least.
const sheetColumn = 38

// shortcutList shows the table in two columns, or one where that is too narrow.
func shortcutList(e *Env) fyne.CanvasObject {
	half := (len(e.Shortcuts) + 1) / 2
	columns := [2]*fyne.Container{Stack(0.75), Stack(0.75)}
	for i, s := range e.Shortcuts {
		columns[i/half].Add(Fact(s.Keys, e.T(s.Text)))
	}
	return Columns(3, sheetColumn, columns[0], columns[1])
}

// ShowShortcuts opens the sheet of shortcuts. It leads on to the guide, unless it
// lies over a page from which only its own buttons lead away.
func ShowShortcuts(e *Env, alone bool) {
	ShowDialog(e, func(d *Dialog) DialogParams {
		buttons := []fyne.CanvasObject{NewPrimary(e.T("kit.close"), nil, d.Close)}
		if !alone {
			guide := NewButton(e.T("help.name"), theme.HelpIcon(), func() {
				d.Close()
				e.Navigate(RouteHelp(""))
			})
			buttons = append([]fyne.CanvasObject{guide}, buttons...)
		}
		return DialogParams{
			Title: e.T("keys.title"), Width: 2*sheetColumn + 14, Body: shortcutList(e), Buttons: buttons, shortcuts: true,
		}
	})
}
