package shell

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/driver/desktop"

	"quietline/internal/ui/kit"
)

// keys registers the digits of the pages and the table of shortcuts, and hands
// both to whoever shows them.
func (s *Shell) keys() {
	c := s.p.Window.Canvas()
	for _, e := range s.entries {
		if e.Key == "" {
			continue
		}
		c.AddShortcut(&desktop.CustomShortcut{KeyName: e.Key, Modifier: fyne.KeyModifierShortcutDefault},
			func(fyne.Shortcut) { s.shortcut(kit.Route{Page: e.ID}) })
		s.env.Shortcuts = append(s.env.Shortcuts, kit.Shortcut{Keys: kit.Ctrl(string(e.Key)), Text: e.Page.Title()})
	}
	keys := map[fyne.KeyName]kit.Command{}
	for _, line := range kit.Shortcuts() {
		for _, x := range line.Takes {
			c.AddShortcut(x, func(fyne.Shortcut) { s.obey(line.Does) })
		}
		if line.Key != "" {
			keys[line.Key] = line.Does
		}
		s.env.Shortcuts = append(s.env.Shortcuts, line)
	}
	// A dialog takes the keys while it is open.
	c.SetOnTypedKey(func(k *fyne.KeyEvent) {
		kit.Turn(c, nil, k.Name)
		s.obey(keys[k.Name])
	})
}

// obey does what a shortcut asks for: the page's own control does it, or,
// where there is none, the shell for what can be done from anywhere.
func (s *Shell) obey(c kit.Command) {
	if c == "" || s.gone || s.env.Obey(c) || kit.Dialogs(s.p.Window.Canvas()) {
		return
	}
	switch c {
	case kit.CommandNew:
		s.Go(kit.RouteLogCall(""))
	case kit.CommandImport:
		s.Go(kit.RouteImport())
	case kit.CommandBack:
		s.toaster.Hide()
	case kit.CommandHelp:
		kit.ShowShortcuts(s.env, s.alone())
	case kit.CommandSearch, kit.CommandPrimary, kit.CommandUndo:
	}
}
