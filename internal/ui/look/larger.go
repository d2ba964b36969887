package look

import (
	_ "unsafe" // for go:linkname

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/theme"
)

// Larger has an object, and all that it is made of by now, take its sizes from
// a theme whose text is larger by the factor.
//
// The toolkit's own way (container.ThemeOverride) makes a new scope of themes
// whenever the object is built or refreshed, and reads all fonts anew for each,
// for good, as soon as its text is painted (fyne 2.8, internal/painter/font.go).
// Here everything of one factor shares the scope of one object that is never
// seen and stays.
func Larger(factor float32, o fyne.CanvasObject) {
	t, ours := fyne.CurrentApp().Settings().Theme().(*Theme)
	if !ours {
		container.NewThemeOverride(o, &larger{Theme: fyne.CurrentApp().Settings().Theme(), factor: factor})
		return
	}
	if t.scopes[factor] == nil {
		first := canvas.NewRectangle(nil)
		container.NewThemeOverride(first, &larger{Theme: t, factor: factor})
		t.scopes[factor] = first
	}
	shareScope(o, t.scopes[factor])
	o.Refresh()
}

// shareScope gives an object the theme that another one was given. The toolkit
// does this for the rows of lists, and offers it to nobody else.
//
//go:linkname shareScope fyne.io/fyne/v2/internal/cache.OverrideThemeMatchingScope
func shareScope(o, with fyne.CanvasObject) bool

// larger is a theme with larger text.
type larger struct {
	fyne.Theme
	factor float32
}

// Size gives larger text, icons and room around them.
func (t *larger) Size(name fyne.ThemeSizeName) float32 {
	n := t.Theme.Size(name)
	switch name {
	case theme.SizeNameText, theme.SizeNameCaptionText, theme.SizeNameInnerPadding, theme.SizeNameInlineIcon:
		return n * t.factor
	}
	return n
}
