package shell_test

import (
	"context"
	"errors"
	"fmt"
	"testing"

	"fyne.io/fyne/v2"
	"github.com/google/go-cmp/cmp"

	"quietline/internal/ui/kit"
	"quietline/internal/ui/uitest"
)

func TestQuitEndsEverythingOnce(t *testing.T) {
	w := open(t, uitest.Options{})
	w.shell.Quit()
	w.shell.Quit()
	w.shell.Stop()
	w.shell.Go(kit.Route{Page: kit.PageCalls})
	if w.quits != 1 || w.home.ctx.Err() == nil || w.Env.Jobs.Base().Err() == nil {
		t.Fatalf("quits %d", w.quits)
	}
	if got := w.home.events[len(w.home.events)-1]; got != "leave" {
		t.Fatalf("last event %q", got)
	}
	if len(w.calls.events) != 0 {
		t.Fatal("a page was entered after the end")
	}
}

// Who files a complaint and closes the window at once loses nothing.
func TestQuitWaitsForWhatIsBeingStored(t *testing.T) {
	w := open(t, uitest.Options{})
	w.Hold = true
	var got []string
	kit.Do(w.Env.Jobs.Base(), w.Env.Jobs, func(ctx context.Context) error { return ctx.Err() }, func(err error) {
		got = append(got, fmt.Sprintf("stored %v, closed %d", err, w.quits))
	})
	w.shell.Quit()
	w.shell.Quit()
	if w.quits != 0 || w.home.ctx.Err() != nil || !w.shell.Going() {
		t.Fatal("the window did not wait")
	}
	w.Release()
	if diff := cmp.Diff([]string{"stored <nil>, closed 0"}, got); diff != "" || w.quits != 1 {
		t.Fatalf("%s; closed %d times", diff, w.quits)
	}
}

// What could not be stored is on the screen again before the window goes.
func TestQuitAsksWhereStoringFailed(t *testing.T) {
	w := open(t, uitest.Options{})
	w.Hold, w.home.unsaved = true, true
	kit.Do(w.Env.Jobs.Base(), w.Env.Jobs, func(context.Context) error { return nil }, func(error) { w.home.unsaved = false })
	kit.Do(w.Env.Jobs.Base(), w.Env.Jobs, func(context.Context) error { return errors.New("disk") }, func(error) { w.prefs.unsaved = true })
	w.shell.Quit()
	if w.Shows("kit.discard") {
		t.Fatal("asked about what is being stored")
	}
	w.Release()
	if !w.Shows("kit.discard") || w.quits != 0 || w.shell.Route().Page != kit.PageSettings {
		t.Fatalf("closed %d times on %v", w.quits, w.shell.Route())
	}
}

func TestQuitAsksBeforeItLosesSomethingTyped(t *testing.T) {
	for _, where := range []string{"the page", "another page", "a dialog"} {
		w := open(t, uitest.Options{})
		was := kit.PageHome
		switch where {
		case "the page":
			// One of the two is in sight; the user is not sent to the other.
			w.home.unsaved, w.prefs.unsaved = true, true
		case "another page":
			w.calls.unsaved, was = true, kit.PageCalls
		case "a dialog":
			w.prefs.unsaved = true
			kit.ShowDialog(w.shell.Env(), func(d *kit.Dialog) kit.DialogParams {
				return kit.DialogParams{
					Title: "?", Body: kit.Stack(1), Typed: func() bool { return true },
					Buttons: []fyne.CanvasObject{kit.NewButton("!", nil, d.Close)},
				}
			})
		}
		w.shell.Quit()
		w.shell.Quit()
		w.Layout()
		if !w.Shows("kit.discard") || w.shell.Route().Page != was || w.quits != 0 {
			t.Fatalf("%s: on %v, closed %d times, %q", where, w.shell.Route(), w.quits, w.Texts())
		}
		w.Press("kit.discard.no")
		if w.quits != 0 || w.shell.Going() || w.Shows("kit.discard") {
			t.Fatalf("%s: closed %d times, %q", where, w.quits, w.Texts())
		}
		w.shell.Quit()
		w.Layout()
		w.Press("kit.discard.yes")
		if w.quits != 1 {
			t.Fatalf("%s: closed %d times", where, w.quits)
		}
	}
}

// A signal and the end of the session wait for no answer.
func TestStopAsksNothing(t *testing.T) {
	w := open(t, uitest.Options{})
	w.home.unsaved = true
	w.shell.Stop()
	if w.Shows("kit.discard") || w.home.ctx.Err() == nil {
		t.Fatalf("texts %q", w.Texts())
	}
}

// An import that is cut short keeps a part; that is for the user to choose.
func TestQuitAsksBeforeItCutsWorkShort(t *testing.T) {
	w := open(t, uitest.Options{})
	w.home.unsaved = true
	stopped := 0
	w.prefs.halt = func() { stopped++ }
	w.shell.Quit()
	w.shell.Quit()
	w.Layout()
	if w.Shows("kit.discard") || w.shell.Going() || w.quits != 0 {
		t.Fatalf("closed %d times, %q", w.quits, w.Texts())
	}
	w.Press("kit.cancel")
	if stopped != 0 || w.shell.Going() {
		t.Fatal("stopped what was to go on")
	}
	w.shell.Quit()
	w.Layout()
	w.Press("prefs.about")
	w.Layout()
	if stopped != 1 || w.quits != 0 || !w.Shows("kit.discard") {
		t.Fatalf("stopped %d times, closed %d times, %q", stopped, w.quits, w.Texts())
	}
	w.Press("kit.discard.yes")
	if w.quits != 1 {
		t.Fatalf("closed %d times", w.quits)
	}
}
