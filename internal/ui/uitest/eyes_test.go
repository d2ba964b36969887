package uitest

import (
	"image/color"
	"strings"
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/theme"

	"quietline/internal/settings"
	"quietline/internal/ui/kit"
)

// painted is a rectangle of a colour that fills the place.
func painted(c color.Color) fyne.CanvasObject { return canvas.NewRectangle(c) }

// TestEyesSeeWhatIsWrong shows pages with one fault each.
func TestEyesSeeWhatIsWrong(t *testing.T) {
	grey := color.NRGBA{R: 0x80, G: 0x80, B: 0x80, A: 0xff}
	veil := color.NRGBA{A: 0xa0}
	words := func() fyne.CanvasObject { return text("a", 0, 0, 50) }
	for name, tc := range map[string]struct {
		size   settings.TextSize
		theme  settings.Theme
		object func() fyne.CanvasObject
		want   string
	}{
		"dark on light":   {"", "", words, ""},
		"dark on grey":    {"", "", func() fyne.CanvasObject { return container.NewStack(painted(grey), words()) }, "contrast of"},
		"below a veil":    {"", "", func() fyne.CanvasObject { return container.NewStack(painted(veil), words()) }, "contrast of"},
		"grey, then pale": {"", "", func() fyne.CanvasObject { return container.NewStack(painted(grey), painted(color.White), words()) }, ""},
		"a veil above":    {"", "", func() fyne.CanvasObject { return container.NewStack(words(), painted(veil)) }, ""},
		"its own colour": {"", "", func() fyne.CanvasObject {
			return container.NewStack(painted(theme.Color(theme.ColorNameForeground)), text("a", 0, 0, 9))
		}, "contrast of 1.00"},
		"a small button": {settings.TextLarge, "", func() fyne.CanvasObject {
			b := kit.NewButton("a", nil, nil)
			b.Resize(fyne.NewSize(100, 39))
			return container.NewWithoutLayout(b)
		}, "hard to hit"},
		"the same at normal size": {settings.TextNormal, "", func() fyne.CanvasObject {
			b := kit.NewButton("a", nil, nil)
			b.Resize(fyne.NewSize(100, 39))
			return container.NewWithoutLayout(b)
		}, ""},
		"a field without a name": {"", "", func() fyne.CanvasObject { return kit.Stack(0, kit.NewEntry("")) }, "no name"},
		"a field with one": {"", "", func() fyne.CanvasObject {
			e := kit.NewEntry("")
			e.SetLabel("Number")
			return kit.Stack(0, e)
		}, ""},
	} {
		t.Run(name, func(t *testing.T) {
			h := New(t, Options{TextSize: tc.size, Theme: tc.theme})
			h.Window.SetContent(tc.object())
			got := strings.Join(h.eyes(), "\n")
			if (tc.want == "") != (got == "") || !strings.Contains(got, tc.want) {
				t.Fatalf("problems %q, want %q", got, tc.want)
			}
		})
	}
}
