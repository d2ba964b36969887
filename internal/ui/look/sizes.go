package look

import (
	"maps"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/theme"

	"quietline/internal/settings"
)

// Sizes of our own, on top of the toolkit's.
const (
	// SizeGap is the unit of all distances: 8 at normal text size.
	SizeGap fyne.ThemeSizeName = "quietline.gap"
	// SizeDisplay is the text size of the one thing a screen is about, such
	// as a number or a verdict.
	SizeDisplay fyne.ThemeSizeName = "quietline.display"
	// SizeRing is the thickness of the ring around what has the focus.
	SizeRing fyne.ThemeSizeName = "quietline.ring"
	// SizeOutline is the thickness of the outline of a card.
	SizeOutline fyne.ThemeSizeName = "quietline.outline"
	// SizeButtonOutline is the thickness of the outline of a button; 0 where
	// its ground is enough.
	SizeButtonOutline fyne.ThemeSizeName = "quietline.buttonOutline"
)

// Scale is the factor of a text size: 1, 1.25 or 1.6.
func Scale(t settings.TextSize) float32 {
	switch t {
	case settings.TextLarge:
		return 1.25
	case settings.TextLargest:
		return 1.6
	case settings.TextNormal:
	}
	return 1
}

// sizes are the sizes of one theme.
type sizes map[fyne.ThemeSizeName]float32

// scaled are the sizes that grow with the text; the others (lines, radii,
// scroll bars) stay.
func scaled() sizes {
	return sizes{
		theme.SizeNameText:           15,
		theme.SizeNameCaptionText:    13,
		theme.SizeNameSubHeadingText: 18,
		theme.SizeNameHeadingText:    26,
		SizeDisplay:                  34,
		theme.SizeNamePadding:        4,
		theme.SizeNameInnerPadding:   8,
		theme.SizeNameLineSpacing:    4,
		theme.SizeNameInlineIcon:     20,
		SizeGap:                      8,
	}
}

func fixed() sizes {
	return sizes{
		theme.SizeNameInputRadius:        8,
		theme.SizeNameButtonRadius:       8,
		theme.SizeNameSelectionRadius:    8,
		theme.SizeNameCardRadius:         12,
		theme.SizeNamePopupRadius:        12,
		theme.SizeNameMenuRadius:         8,
		theme.SizeNameDialogRadius:       16,
		theme.SizeNameScrollBarRadius:    4,
		theme.SizeNameScrollBarSmall:     4,
		theme.SizeNameModalBlurRadius:    0, // costly under software OpenGL
		theme.SizeNameInputBorder:        1.5,
		theme.SizeNameSeparatorThickness: 1,
		SizeRing:                         2.5,
		SizeOutline:                      1,
		SizeButtonOutline:                0,
	}
}

func contrastFixed() sizes {
	return sizes{
		theme.SizeNameInputBorder:        2,
		theme.SizeNameSeparatorThickness: 2,
		SizeRing:                         4,
		SizeOutline:                      2,
		SizeButtonOutline:                1.5,
	}
}

// Size gives the size of the name in the text size of the theme.
func (t *Theme) Size(name fyne.ThemeSizeName) float32 {
	if n, ok := t.sizes[name]; ok {
		return n
	}
	return t.base.Size(name)
}

// sizesFor puts the sizes of a theme together.
func sizesFor(scale float32, contrast bool) sizes {
	all := fixed()
	if contrast {
		maps.Copy(all, contrastFixed())
	}
	for name, n := range scaled() {
		all[name] = n * scale
	}
	return all
}

// Gap is n units of distance in the theme of the moment, 8 each at normal
// text size.
func Gap(n float32) float32 {
	unit := theme.Size(SizeGap)
	if unit == 0 { // a theme that is not ours
		unit = 2 * theme.Padding()
	}
	return n * unit
}
