package look_test

import (
	"image/color"
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/test"
	"fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"

	"quietline/internal/settings"
	"quietline/internal/ui/look"
	"quietline/internal/ui/uitest"
)

// TestAnEmptyBoxIsSeen looks at the pixels: a line that is thinner than one is
// drawn paler than its colour (WCAG 2.2, 1.4.11).
func TestAnEmptyBoxIsSeen(t *testing.T) {
	app := test.NewTempApp(t)
	for _, which := range []settings.Theme{settings.ThemeLight, settings.ThemeDark, settings.ThemeContrast} {
		for _, size := range []settings.TextSize{settings.TextNormal, settings.TextLarge, settings.TextLargest} {
			th := look.New(look.Params{Theme: which, TextSize: size})
			app.Settings().SetTheme(th)
			ground := th.Color(look.ColorSurface, theme.VariantLight)
			box := widget.NewCheck("", nil)
			w := test.NewTempWindow(t, container.NewStack(canvas.NewRectangle(ground), box))
			w.SetPadded(false)
			w.Resize(box.MinSize())
			if got := edge(w.Canvas(), box, ground); got < 3 {
				t.Errorf("%s %s: the outline has %.2f, want 3", which, size, got)
			}
		}
	}
}

// edge is the best contrast with the ground from the left end of the object to
// its middle.
func edge(c fyne.Canvas, o fyne.CanvasObject, ground color.Color) float64 {
	best := 0.0
	drawn := c.Capture()
	for x := range int(o.Size().Width / 2) {
		best = max(best, uitest.Contrast(drawn.At(x, int(o.Size().Height/2)), ground))
	}
	return best
}
