package shell_test

import (
	"context"
	"testing"

	"fyne.io/fyne/v2"
	"github.com/google/go-cmp/cmp"

	"quietline/internal/ui/kit"
	"quietline/internal/ui/look"
	"quietline/internal/ui/shell"
	"quietline/internal/ui/uitest"
)

func TestSizeOfTheWindow(t *testing.T) {
	for remembered, want := range map[string]fyne.Size{
		`{"Width":900,"Height":640}`:   fyne.NewSize(900, 640),
		`{"Width":9,"Height":640}`:     fyne.NewSize(1000, 700),
		`{"Width":900,"Height":64000}`: fyne.NewSize(1000, 700),
		`?`:                            fyne.NewSize(1000, 700),
		``:                             fyne.NewSize(1000, 700),
	} {
		h := uitest.New(t, uitest.Options{})
		stored := map[string]string{}
		s := shell.New(shell.Params{
			App: h.App, Window: h.Window, Printer: h.Env.Printer, Jobs: h.Env.Jobs, Dispatch: kit.Inline,
			Clock: h.Clock, Source: h.Env.Source, Log: h.Env.Log,
			Remembered: map[string]string{"size": remembered},
			Remember: func(_ context.Context, name, value string) error {
				stored[name] = value
				return nil
			},
			Pages: func(e *kit.Env) []shell.Entry {
				return []shell.Entry{{ID: kit.PageHome, Icon: look.IconHome, Page: &fakePage{env: e, title: "prefs.about"}}}
			},
		})
		s.Start(kit.Route{Page: kit.PageHome})
		if got := h.Window.Canvas().Size(); got != want {
			t.Errorf("%s: opened as %v, want %v", remembered, got, want)
		}
		h.Window.Resize(fyne.NewSize(1111, 777))
		s.Quit()
		if diff := cmp.Diff(map[string]string{"size": `{"Width":1111,"Height":777}`}, stored); diff != "" {
			t.Errorf("%s: %s", remembered, diff)
		}
	}
}
