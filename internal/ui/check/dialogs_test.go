package check

import (
	"testing"

	"quietline/internal/advice"
	"quietline/internal/registrar"
	"quietline/internal/ui/kit"
	"quietline/internal/ui/uitest"
)

// TestListsInDialogs: what is said while a newer list is taken in, of the advice
// that comes with it, and where lists and corrections come from already.
func TestListsInDialogs(t *testing.T) {
	uitest.Matrix(t, func(t *testing.T, o uitest.Options) {
		for name, do := range map[string]func(*stage){
			"installing": func(s *stage) {
				s.book.update = newer()
				s.page.model.Look.LookIn("registry.json")
				s.Hold = true
				s.Press("check.look.install")
			},
			"newer_advice": func(s *stage) {
				s.book.update = newer()
				s.book.update.Advice = advice.Changes{Added: make([]advice.Entry, 2), Changed: make([]advice.Entry, 1), Removed: make([]advice.Entry, 1)}
				s.page.model.Look.LookIn("registry.json")
			},
			"source_set": func(s *stage) {
				s.book.source, s.book.update = source(), &registrar.Update{UpToDate: true, From: uitest.Registry()}
				s.page.model.Look.Open()
				s.page.model.Look.AskSource()
			},
			"undo_own": func(s *stage) {
				x := s.book.entries[4]
				x.Listed = nil
				s.page.askUndo(x)
			},
		} {
			t.Run(name, func(t *testing.T) {
				s := show(t, o, kit.Route{})
				do(s)
				s.Check()
				s.Draw("check." + name)
				s.Golden(name)
			})
		}
	})
}
