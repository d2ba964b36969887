package shell_test

import (
	"testing"

	"github.com/google/go-cmp/cmp"

	"quietline/internal/ui/kit"
	"quietline/internal/ui/uitest"
)

func TestFilesAreHandedToAPage(t *testing.T) {
	w := open(t, uitest.Options{})
	if w.shell.Open(kit.PageHome, []string{"a"}) || w.shell.Open("nowhere", []string{"a"}) {
		t.Fatal("a page that takes no files took some")
	}
	if !w.shell.Open(kit.PageCalls, []string{"/tmp/a"}) || w.shell.Route().Page != kit.PageCalls {
		t.Fatalf("on %v", w.shell.Route())
	}
	if !w.shell.Open(kit.PageCalls, []string{"/tmp/b"}) {
		t.Fatal("a second file was refused")
	}
	kit.Confirm(w.shell.Env(), kit.ConfirmParams{Title: "?", Text: "?", Yes: "yes", OnYes: func() {}})
	if w.shell.Open(kit.PageCalls, []string{"/tmp/c"}) {
		t.Fatal("handed over below a question")
	}
	w.calls.waiting = true
	if !w.shell.Open(kit.PageCalls, []string{"/tmp/d"}) || w.shell.Open(kit.PageSettings, []string{"/tmp/e"}) {
		t.Fatal("a dialog that waits for files lets in others', or not its own")
	}
	if diff := cmp.Diff([]string{"/tmp/a", "/tmp/b", "/tmp/d"}, w.calls.paths); diff != "" {
		t.Error(diff)
	}
	w.shell.Visit(kit.Route{Page: kit.PageHome})
	if w.shell.Route().Page != kit.PageCalls {
		t.Fatal("went away below a dialog")
	}
}

func TestTakes(t *testing.T) {
	w := open(t, uitest.Options{})
	if !w.shell.Takes(kit.PageCalls, []string{"a.csv"}) || w.shell.Takes(kit.PageCalls, []string{"a.vcf"}) || w.shell.Takes(kit.PageHome, nil) {
		t.Fatal("takes what it does not take when it is dropped")
	}
}

// The button for closing hides the window where it can be got back, and ends the
// program otherwise.
func TestCloseButton(t *testing.T) {
	w := open(t, uitest.Options{})
	w.hides = true
	w.shell.CloseButton()
	if w.hid != 1 || w.quits != 0 || w.shell.Going() {
		t.Fatalf("hid %d times, closed %d times", w.hid, w.quits)
	}
	w.hides = false
	w.shell.CloseButton()
	if w.hid != 1 || w.quits != 1 {
		t.Fatalf("hid %d times, closed %d times", w.hid, w.quits)
	}
}

// Ending the program with the window out of sight brings it back for a question.
func TestQuitFromTheTrayAsks(t *testing.T) {
	w := open(t, uitest.Options{})
	w.home.unsaved = true
	w.Window.Hide()
	w.shell.Quit()
	w.Layout()
	if !w.Shows("kit.discard") || w.quits != 0 {
		t.Fatalf("closed %d times, %q", w.quits, w.Texts())
	}
	w.Press("kit.discard.yes")
	if w.quits != 1 {
		t.Fatalf("closed %d times", w.quits)
	}
}
