package shell

import (
	"quietline/internal/ui/kit"
)

// Open hands files to a page, as dropping them there does. It says whether that
// was possible: a dialog keeps them out, unless it is the page's own and waits for
// them.
func (s *Shell) Open(page kit.PageID, paths []string) bool {
	e, ok := s.find(page)
	d, takes := e.Page.(kit.Dropper)
	asked := kit.Dialogs(s.p.Window.Canvas())
	if !ok || !takes || s.Going() || asked && (s.shown != e.Page || !s.waiting()) {
		return false
	}
	if s.shown != e.Page {
		s.Go(kit.Route{Page: page})
	}
	d.Drop(paths)
	return true
}

// Takes says whether a page would take the files, were they dropped there.
func (s *Shell) Takes(page kit.PageID, paths []string) bool {
	e, ok := s.find(page)
	if ok {
		_, ok = taker(e.Page, paths)
	}
	return ok
}

// Visit goes to a page, unless a dialog lies over the window.
func (s *Shell) Visit(r kit.Route) { s.shortcut(r) }

// close takes the window's button for closing: the window goes out of sight where
// it can be got back, else the program ends.
func (s *Shell) close() {
	if s.Going() || s.p.Hide == nil || !s.p.Hide() {
		s.Quit()
	}
}

// ask keeps a question about the end of the program. Where the window is out of
// sight it comes back for it.
func (s *Shell) ask(question *kit.Dialog) {
	s.question = question
	if question.Open() {
		s.p.Window.Show()
	}
}
