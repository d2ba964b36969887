package shell_test

import (
	"fmt"
	"slices"
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/test"

	"quietline/internal/l10n"
	"quietline/internal/settings"
	"quietline/internal/ui/uitest"
)

// TestNavigationImages compares pictures of the navigation in the three themes:
// with a page that is shown, the keyboard on another and the pointer on a third,
// and with icons alone. It is all that the shell draws itself.
func TestNavigationImages(t *testing.T) {
	var seen []string
	for _, th := range settings.Themes()[1:] {
		for name, size := range map[string]fyne.Size{"wide": fyne.NewSize(1000, 420), "narrow": fyne.NewSize(700, 420)} {
			t.Run(name+" "+string(th), func(t *testing.T) {
				w := open(t, uitest.Options{Theme: th, Language: l10n.Chinese, Size: size})
				for range 9 {
					if fmt.Sprintf("%T", w.Tab()) == "*shell.nav" {
						break
					}
				}
				w.Key(fyne.KeyDown)
				test.MoveMouse(w.Window.Canvas(), fyne.NewPos(30, 190))
				w.GoldenImage("image.navigation-" + name)
				seen = append(seen, w.Widgets()...)
			})
		}
	}
	for _, own := range uitest.OwnWidgets(t, ".") {
		if !slices.Contains(seen, own) {
			t.Errorf("no picture shows a %s", own)
		}
	}
}
