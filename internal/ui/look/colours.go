package look

import (
	"image/color"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/theme"
)

// Colours of our own, on top of the toolkit's.
const (
	// ColorSurface lies under cards; the window behind them has the
	// toolkit's background colour.
	ColorSurface fyne.ThemeColorName = "quietline.surface"
	// ColorOutline is the outline of cards.
	ColorOutline fyne.ThemeColorName = "quietline.outline"
	// ColorNav lies under the navigation.
	ColorNav fyne.ThemeColorName = "quietline.nav"
	// ColorNavActive lies under the entry of the page that is shown.
	ColorNavActive fyne.ThemeColorName = "quietline.navActive"
	// ColorSecondary is for text that explains.
	ColorSecondary fyne.ThemeColorName = "quietline.secondary"
	// ColorRing is the ring around what has the focus.
	ColorRing fyne.ThemeColorName = "quietline.ring"
)

type palette map[fyne.ThemeColorName]color.Color

func rgb(hex uint32) color.NRGBA {
	return color.NRGBA{R: uint8(hex >> 16), G: uint8(hex >> 8), B: uint8(hex), A: 0xff}
}

func alpha(hex uint32, a uint8) color.NRGBA {
	c := rgb(hex)
	c.A = a
	return c
}

func lightPalette() palette {
	return palette{
		theme.ColorNameBackground:                rgb(0xf4f7f7),
		ColorSurface:                             rgb(0xffffff),
		ColorOutline:                             rgb(0xdbe4e4),
		ColorNav:                                 rgb(0xe7eeee),
		ColorNavActive:                           rgb(0xcfe0e1),
		theme.ColorNameForeground:                rgb(0x16262a),
		ColorSecondary:                           rgb(0x4a5b5f),
		theme.ColorNamePlaceHolder:               rgb(0x5c6c70),
		theme.ColorNameDisabled:                  rgb(0x5a696d),
		theme.ColorNameDisabledButton:            rgb(0xe6ecec),
		theme.ColorNameButton:                    rgb(0xe1eaea),
		theme.ColorNamePrimary:                   rgb(0x0f5c66),
		theme.ColorNameForegroundOnPrimary:       rgb(0xffffff),
		theme.ColorNameHyperlink:                 rgb(0x0f5c66),
		theme.ColorNameFocus:                     alpha(0x0f5c66, 0x2c),
		ColorRing:                                rgb(0x0f5c66),
		theme.ColorNameHover:                     alpha(0x16262a, 0x0d),
		theme.ColorNamePressed:                   alpha(0x16262a, 0x20),
		theme.ColorNameSelection:                 alpha(0x0f5c66, 0x28),
		theme.ColorNameInputBackground:           rgb(0xffffff),
		theme.ColorNameInputBorder:               rgb(0x76878b),
		theme.ColorNameSeparator:                 rgb(0xdbe4e4),
		theme.ColorNameHeaderBackground:          rgb(0xedf2f2),
		theme.ColorNameMenuBackground:            rgb(0xffffff),
		theme.ColorNameOverlayBackground:         rgb(0xffffff),
		theme.ColorNameShadow:                    alpha(0x0a1a1d, 0x52),
		theme.ColorNameScrollBar:                 alpha(0x16262a, 0x70),
		theme.ColorNameScrollBarBackground:       alpha(0x16262a, 0x10),
		theme.ColorNameError:                     rgb(0xa8231c),
		theme.ColorNameForegroundOnError:         rgb(0xffffff),
		theme.ColorNameWarning:                   rgb(0x7d4a00),
		theme.ColorNameForegroundOnWarning:       rgb(0xffffff),
		theme.ColorNameSuccess:                   rgb(0x1c673b),
		theme.ColorNameForegroundOnSuccess:       rgb(0xffffff),
		theme.ColorNameInnerWindowBorder:         rgb(0xdbe4e4),
		theme.ColorNameInnerWindowBorderInactive: rgb(0xe7eeee),

		Neutral.Text(): rgb(0x4a5b5f), Neutral.Back(): rgb(0xeaf0f0), Neutral.Line(): rgb(0xc6d2d3),
		Info.Text(): rgb(0x1b528c), Info.Back(): rgb(0xe8f1fa), Info.Line(): rgb(0xb4cfea),
		Caution.Text(): rgb(0x7d4a00), Caution.Back(): rgb(0xfdf2dc), Caution.Line(): rgb(0xe9c98c),
		Danger.Text(): rgb(0xa8231c), Danger.Back(): rgb(0xfcebe9), Danger.Line(): rgb(0xefb6b1),
		Unknown.Text(): rgb(0x4b5a66), Unknown.Back(): rgb(0xecf0f3), Unknown.Line(): rgb(0xc5cfd7),
		Done.Text(): rgb(0x1c673b), Done.Back(): rgb(0xe7f4eb), Done.Line(): rgb(0xafd8bd),
	}
}

func darkPalette() palette {
	return palette{
		theme.ColorNameBackground:                rgb(0x101718),
		ColorSurface:                             rgb(0x192325),
		ColorOutline:                             rgb(0x2c3a3d),
		ColorNav:                                 rgb(0x0b1112),
		ColorNavActive:                           rgb(0x20373a),
		theme.ColorNameForeground:                rgb(0xe7eeee),
		ColorSecondary:                           rgb(0xadbbbe),
		theme.ColorNamePlaceHolder:               rgb(0x9aa9ac),
		theme.ColorNameDisabled:                  rgb(0x97a5a8),
		theme.ColorNameDisabledButton:            rgb(0x222d2f),
		theme.ColorNameButton:                    rgb(0x283639),
		theme.ColorNamePrimary:                   rgb(0x86d3c8),
		theme.ColorNameForegroundOnPrimary:       rgb(0x06282b),
		theme.ColorNameHyperlink:                 rgb(0x86d3c8),
		theme.ColorNameFocus:                     alpha(0x86d3c8, 0x2c),
		ColorRing:                                rgb(0x86d3c8),
		theme.ColorNameHover:                     alpha(0xffffff, 0x0f),
		theme.ColorNamePressed:                   alpha(0xffffff, 0x24),
		theme.ColorNameSelection:                 alpha(0x86d3c8, 0x30),
		theme.ColorNameInputBackground:           rgb(0x121a1c),
		theme.ColorNameInputBorder:               rgb(0x70858a),
		theme.ColorNameSeparator:                 rgb(0x2c3a3d),
		theme.ColorNameHeaderBackground:          rgb(0x1f2b2d),
		theme.ColorNameMenuBackground:            rgb(0x1f2b2d),
		theme.ColorNameOverlayBackground:         rgb(0x1c2729),
		theme.ColorNameShadow:                    alpha(0x000000, 0x8c),
		theme.ColorNameScrollBar:                 alpha(0xffffff, 0x70),
		theme.ColorNameScrollBarBackground:       alpha(0xffffff, 0x10),
		theme.ColorNameError:                     rgb(0xf8a39b),
		theme.ColorNameForegroundOnError:         rgb(0x3b0704),
		theme.ColorNameWarning:                   rgb(0xf0c26e),
		theme.ColorNameForegroundOnWarning:       rgb(0x2e1c00),
		theme.ColorNameSuccess:                   rgb(0x8ed4a5),
		theme.ColorNameForegroundOnSuccess:       rgb(0x062412),
		theme.ColorNameInnerWindowBorder:         rgb(0x2c3a3d),
		theme.ColorNameInnerWindowBorderInactive: rgb(0x1f2b2d),

		Neutral.Text(): rgb(0xadbbbe), Neutral.Back(): rgb(0x222e30), Neutral.Line(): rgb(0x3a4b4e),
		Info.Text(): rgb(0x9cc7f4), Info.Back(): rgb(0x16283a), Info.Line(): rgb(0x2d4c6b),
		Caution.Text(): rgb(0xf0c26e), Caution.Back(): rgb(0x332713), Caution.Line(): rgb(0x5f4a22),
		Danger.Text(): rgb(0xf8a39b), Danger.Back(): rgb(0x3a1c1a), Danger.Line(): rgb(0x6d3632),
		Unknown.Text(): rgb(0xb4c0c9), Unknown.Back(): rgb(0x232c33), Unknown.Line(): rgb(0x3c4a55),
		Done.Text(): rgb(0x8ed4a5), Done.Back(): rgb(0x142b1d), Done.Line(): rgb(0x2b5039),
	}
}

// contrastPalette is white and yellow on black; every pair of text and ground
// has at least 7:1 (WCAG 2.2, 1.4.6).
func contrastPalette() palette {
	return palette{
		theme.ColorNameBackground:                rgb(0x000000),
		ColorSurface:                             rgb(0x000000),
		ColorOutline:                             rgb(0xffffff),
		ColorNav:                                 rgb(0x000000),
		ColorNavActive:                           rgb(0x2e2a00),
		theme.ColorNameForeground:                rgb(0xffffff),
		ColorSecondary:                           rgb(0xf0f0f0),
		theme.ColorNamePlaceHolder:               rgb(0xc8c8c8),
		theme.ColorNameDisabled:                  rgb(0xb8b8b8),
		theme.ColorNameDisabledButton:            rgb(0x161616),
		theme.ColorNameButton:                    rgb(0x2a2a2a),
		theme.ColorNamePrimary:                   rgb(0xffe14d),
		theme.ColorNameForegroundOnPrimary:       rgb(0x000000),
		theme.ColorNameHyperlink:                 rgb(0xffe14d),
		theme.ColorNameFocus:                     alpha(0xffe14d, 0x30),
		ColorRing:                                rgb(0x5ad1ff),
		theme.ColorNameHover:                     alpha(0xffffff, 0x22),
		theme.ColorNamePressed:                   alpha(0xffffff, 0x30),
		theme.ColorNameSelection:                 alpha(0xffe14d, 0x40),
		theme.ColorNameInputBackground:           rgb(0x000000),
		theme.ColorNameInputBorder:               rgb(0xffffff),
		theme.ColorNameSeparator:                 rgb(0x8c8c8c),
		theme.ColorNameHeaderBackground:          rgb(0x1c1c1c),
		theme.ColorNameMenuBackground:            rgb(0x1f1f1f),
		theme.ColorNameOverlayBackground:         rgb(0x141414),
		theme.ColorNameShadow:                    alpha(0x000000, 0xc0),
		theme.ColorNameScrollBar:                 rgb(0xffffff),
		theme.ColorNameScrollBarBackground:       rgb(0x3a3a3a),
		theme.ColorNameError:                     rgb(0xffa69e),
		theme.ColorNameForegroundOnError:         rgb(0x000000),
		theme.ColorNameWarning:                   rgb(0xffcf66),
		theme.ColorNameForegroundOnWarning:       rgb(0x000000),
		theme.ColorNameSuccess:                   rgb(0x9ff0b4),
		theme.ColorNameForegroundOnSuccess:       rgb(0x000000),
		theme.ColorNameInnerWindowBorder:         rgb(0xffffff),
		theme.ColorNameInnerWindowBorderInactive: rgb(0x8c8c8c),

		Neutral.Text(): rgb(0xf0f0f0), Neutral.Back(): rgb(0x161616), Neutral.Line(): rgb(0xc0c0c0),
		Info.Text(): rgb(0xa6d3ff), Info.Back(): rgb(0x00131f), Info.Line(): rgb(0xa6d3ff),
		Caution.Text(): rgb(0xffcf66), Caution.Back(): rgb(0x1c1400), Caution.Line(): rgb(0xffcf66),
		Danger.Text(): rgb(0xffa69e), Danger.Back(): rgb(0x240604), Danger.Line(): rgb(0xffa69e),
		Unknown.Text(): rgb(0xe2e6ea), Unknown.Back(): rgb(0x15181b), Unknown.Line(): rgb(0xe2e6ea),
		Done.Text(): rgb(0x9ff0b4), Done.Back(): rgb(0x04190b), Done.Line(): rgb(0x9ff0b4),
	}
}
