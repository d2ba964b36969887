package shell_test

import (
	"testing"

	"quietline/internal/ui/kit"
	"quietline/internal/ui/uitest"
)

// The way back leads to the page before as it was left: what it was asked for then
// is not asked for again.
func TestBackToThePageBefore(t *testing.T) {
	w := open(t, uitest.Options{})
	if w.shell.Env().Back() {
		t.Error("there is nothing before the first page")
	}
	w.shell.Go(kit.Route{Page: kit.PageCalls, Action: "open", ID: "7"})
	w.shell.Go(kit.Route{Page: kit.PageSettings})
	w.shell.Go(kit.Route{Page: kit.PageSettings, Action: "again"})
	if !w.shell.Env().Back() || w.shell.Route() != (kit.Route{Page: kit.PageCalls}) {
		t.Errorf("at %+v", w.shell.Route())
	}
}
