package look

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/widget"
)

// Use puts a look in force. What is on the screen has to be built anew after it.
//
// Only the first time the toolkit is given a theme; from then on that one changes.
// With every other theme the toolkit reads all fonts anew, which for the bundled
// ones takes 60 MB and more, and it never gives those of before back: its shaper
// remembers by font how it laid text out (go-text 0.3, harfbuzz/shape.go,
// planCache).
func Use(app fyne.App, p Params) {
	t, ours := app.Settings().Theme().(*Theme)
	if !ours {
		app.Settings().SetTheme(New(p))
		return
	}
	scopes := t.scopes
	*t = *New(p)
	t.scopes = scopes
	// A dialog stays, and only the toolkit itself can build it anew. Nobody gets at
	// the looks from one, but what is stored may take its time.
	for _, w := range app.Driver().AllWindows() {
		if w.Canvas().Overlays().Top() != nil {
			app.Settings().SetTheme(t)
			return
		}
	}
	// The toolkit keeps pictures of icons by their names, which stay the same in
	// other colours. It forgets them where a widget is given a theme of its own;
	// one without text, because that would have fonts read for it.
	container.NewThemeOverride(widget.NewSeparator(), t)
}
