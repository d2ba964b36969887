// Package look is the appearance of the desktop program: colours with a known
// contrast, bundled fonts, three text sizes on an eight-point rhythm, icons.
// It is a fyne.Theme; Use puts one in force.
package look

import (
	"image/color"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/theme"

	"quietline/internal/settings"
)

// Params is what New needs.
type Params struct {
	Theme    settings.Theme
	TextSize settings.TextSize
	// SystemSilent says that the system does not tell whether it is light or
	// dark. The toolkit then claims dark; the system theme is light instead.
	SystemSilent bool
}

// Theme is the program's fyne.Theme. Only Use changes one that is in force.
type Theme struct {
	params Params
	scale  float32
	base   fyne.Theme
	fonts  faces
	sizes  sizes
	box    fyne.Resource
	// scopes are those of Larger, by factor.
	scopes map[float32]fyne.CanvasObject

	light, dark, contrast palette
}

var _ fyne.Theme = (*Theme)(nil)

// New makes the theme for the settings.
func New(p Params) *Theme {
	return &Theme{
		params: p,
		scale:  Scale(p.TextSize),
		base:   theme.DefaultTheme(),
		fonts:  bundled(),
		sizes:  sizesFor(Scale(p.TextSize), p.Theme == settings.ThemeContrast),
		box:    IconBox.Resource(),
		scopes: map[float32]fyne.CanvasObject{},

		light:    lightPalette().with(lightChart()),
		dark:     darkPalette().with(darkChart()),
		contrast: contrastPalette().with(contrastChart()),
	}
}

// Color gives the colour of the name. With the system theme the variant
// decides between light and dark, otherwise the user's choice does.
func (t *Theme) Color(name fyne.ThemeColorName, variant fyne.ThemeVariant) color.Color {
	if c, ok := t.palette(variant)[name]; ok {
		return c
	}
	return t.base.Color(name, variant)
}

// Contrast says whether this is the high-contrast theme, in which surfaces are
// told apart by their outlines.
func (t *Theme) Contrast() bool { return t.params.Theme == settings.ThemeContrast }

// Params are the settings that the theme was made for.
func (t *Theme) Params() Params { return t.params }

// Scale is the factor by which this theme enlarges the normal size.
func (t *Theme) Scale() float32 { return t.scale }

func (t *Theme) palette(variant fyne.ThemeVariant) palette {
	switch t.params.Theme {
	case settings.ThemeContrast:
		return t.contrast
	case settings.ThemeDark:
		return t.dark
	case settings.ThemeLight:
		return t.light
	case settings.ThemeSystem:
	}
	if variant == theme.VariantDark && !t.params.SystemSilent {
		return t.dark
	}
	return t.light
}

// Icon gives the toolkit's own icon of the name, but for a box to tick.
func (t *Theme) Icon(name fyne.ThemeIconName) fyne.Resource {
	if name == theme.IconNameCheckButton {
		return t.box
	}
	return t.base.Icon(name)
}
