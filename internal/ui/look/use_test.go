package look_test

import (
	"image"
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/test"
	"fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"

	"quietline/internal/settings"
	"quietline/internal/testkit"
	"quietline/internal/ui/look"
)

// Who changes the size of the text back and forth does not fill the memory with
// fonts of before.
func TestLooksDoNotPileUp(t *testing.T) {
	app := test.NewTempApp(t)
	change := func(times int) (held uint64) {
		for range times {
			for _, size := range []settings.TextSize{settings.TextLarge, settings.TextNormal} {
				look.Use(app, look.Params{Theme: settings.ThemeLight, TextSize: size})
				for _, style := range []fyne.TextStyle{{}, {Bold: true}} {
					fyne.MeasureText("电话 95588", 14, style)
				}
			}
		}
		return testkit.HeapInUse()
	}
	before := change(1)
	after := change(3)
	if grown := int64(after) - int64(before); grown > 20<<20 {
		t.Errorf("the heap holds %d MB after two changes and %d MB after eight", before>>20, after>>20)
	}
}

// An icon that was drawn is drawn anew in the colours of another theme.
func TestIconsTakeTheColoursOfALook(t *testing.T) {
	app := test.NewTempApp(t)
	draw := func(th settings.Theme) image.Image {
		look.Use(app, look.Params{Theme: th, TextSize: settings.TextNormal})
		icon := container.NewGridWrap(fyne.NewSize(40, 40), widget.NewIcon(theme.CancelIcon()))
		return test.NewTempWindow(t, icon).Canvas().Capture()
	}
	same := func(a, b image.Image) bool {
		for y := range a.Bounds().Dy() {
			for x := range a.Bounds().Dx() {
				if a.At(x, y) != b.At(x, y) {
					return false
				}
			}
		}
		return true
	}
	light, dark, again := draw(settings.ThemeLight), draw(settings.ThemeDark), draw(settings.ThemeLight)
	app.Settings().SetTheme(test.Theme())
	if fresh := draw(settings.ThemeDark); !same(dark, fresh) || same(light, dark) || !same(light, again) {
		t.Error("an icon keeps the colours of another theme")
	}
}

// A dialog that is open meanwhile takes the new size.
func TestADialogTakesALook(t *testing.T) {
	app := test.NewTempApp(t)
	look.Use(app, look.Params{Theme: settings.ThemeLight, TextSize: settings.TextNormal})
	w := test.NewTempWindow(t, widget.NewLabel(""))
	text := widget.NewLabel("电话 95588")
	widget.NewModalPopUp(text, w.Canvas()).Show()
	before := text.MinSize()
	look.Use(app, look.Params{Theme: settings.ThemeLight, TextSize: settings.TextLargest})
	if text.MinSize().Height <= before.Height {
		t.Errorf("still %v", text.MinSize())
	}
}
