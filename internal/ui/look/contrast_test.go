package look_test

import (
	"image/color"
	"math"
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/theme"

	"quietline/internal/chart"
	"quietline/internal/settings"
	"quietline/internal/ui/look"
	"quietline/internal/ui/uitest"
)

// pair is words on a ground, both by name; over lies on the ground and is see
// through, such as the tint of a row under the pointer.
type pair struct {
	text, ground, over fyne.ThemeColorName
}

// textPairs lists every way in which words stand on a ground.
func textPairs() []pair {
	grounds := []fyne.ThemeColorName{
		theme.ColorNameBackground, look.ColorSurface, theme.ColorNameOverlayBackground, theme.ColorNameMenuBackground,
	}
	var out []pair
	for _, g := range grounds {
		for _, t := range []fyne.ThemeColorName{
			theme.ColorNameForeground, look.ColorSecondary, theme.ColorNamePlaceHolder, theme.ColorNameDisabled,
			theme.ColorNamePrimary, theme.ColorNameHyperlink, theme.ColorNameError, theme.ColorNameWarning, theme.ColorNameSuccess,
		} {
			out = append(out, pair{text: t, ground: g})
		}
		for _, over := range []fyne.ThemeColorName{
			theme.ColorNameHover, theme.ColorNameSelection, theme.ColorNameFocus, theme.ColorNamePressed,
		} {
			out = append(out, pair{theme.ColorNameForeground, g, over}, pair{look.ColorSecondary, g, over})
		}
	}
	for _, t := range []fyne.ThemeColorName{theme.ColorNameForeground, theme.ColorNamePlaceHolder, theme.ColorNameDisabled} {
		out = append(out, pair{text: t, ground: theme.ColorNameInputBackground})
	}
	for _, t := range look.Tones() {
		out = append(out, pair{text: t.Text(), ground: t.Back()}, pair{text: theme.ColorNameForeground, ground: t.Back()},
			pair{text: look.ColorSecondary, ground: t.Back()}, pair{text: t.Text(), ground: look.ColorSurface},
			pair{text: t.Text(), ground: theme.ColorNameBackground})
	}
	return append(out,
		pair{text: theme.ColorNameForeground, ground: theme.ColorNameButton},
		pair{theme.ColorNameForeground, theme.ColorNameButton, theme.ColorNameHover},
		pair{theme.ColorNameForeground, theme.ColorNameButton, theme.ColorNameFocus},
		pair{text: theme.ColorNameDisabled, ground: theme.ColorNameDisabledButton},
		pair{text: theme.ColorNameForegroundOnPrimary, ground: theme.ColorNamePrimary},
		pair{theme.ColorNameForegroundOnPrimary, theme.ColorNamePrimary, theme.ColorNameHover},
		pair{theme.ColorNameForegroundOnPrimary, theme.ColorNamePrimary, theme.ColorNameFocus},
		pair{text: theme.ColorNameForegroundOnError, ground: theme.ColorNameError},
		pair{theme.ColorNameForegroundOnError, theme.ColorNameError, theme.ColorNameFocus},
		pair{theme.ColorNameForegroundOnError, theme.ColorNameError, theme.ColorNameHover},
		pair{text: theme.ColorNameForegroundOnWarning, ground: theme.ColorNameWarning},
		pair{text: theme.ColorNameForegroundOnSuccess, ground: theme.ColorNameSuccess},
		pair{text: theme.ColorNameForeground, ground: theme.ColorNameHeaderBackground},
		pair{text: look.ColorSecondary, ground: theme.ColorNameHeaderBackground},
		pair{text: look.ColorSecondary, ground: look.ColorNav},
		pair{theme.ColorNameForeground, look.ColorNav, theme.ColorNameHover},
		pair{text: theme.ColorNamePrimary, ground: look.ColorNavActive},
		pair{text: theme.ColorNamePrimary, ground: look.ColorNav},
		pair{text: theme.ColorNameBackground, ground: theme.ColorNameForeground}, // a toast
	)
}

// signPairs lists what is no text but has to be seen: rings and the outlines
// of fields.
func signPairs() []pair {
	var out []pair
	for _, g := range []fyne.ThemeColorName{
		theme.ColorNameBackground, look.ColorSurface, theme.ColorNameOverlayBackground, look.ColorNav, look.ColorNavActive,
	} {
		out = append(out, pair{text: look.ColorRing, ground: g})
	}
	for _, g := range []fyne.ThemeColorName{theme.ColorNameBackground, look.ColorSurface, theme.ColorNameOverlayBackground} {
		out = append(out, pair{text: theme.ColorNameInputBorder, ground: g}, pair{text: theme.ColorNameError, ground: g})
	}
	for n := range chart.MostSeries {
		out = append(out, pair{text: look.ColorSeries(n), ground: look.ColorSurface})
	}
	return out
}

type variant struct {
	name    string
	theme   *look.Theme
	variant fyne.ThemeVariant
	text    float64 // the least contrast of text
}

func variants() []variant {
	of := func(t settings.Theme) *look.Theme { return look.New(look.Params{Theme: t}) }
	return []variant{
		{"light", of(settings.ThemeLight), theme.VariantDark, 4.5},
		{"dark", of(settings.ThemeDark), theme.VariantLight, 4.5},
		{"contrast", of(settings.ThemeContrast), theme.VariantLight, 7},
		{"system by day", of(settings.ThemeSystem), theme.VariantLight, 4.5},
		{"system by night", of(settings.ThemeSystem), theme.VariantDark, 4.5},
		{"silent system", look.New(look.Params{Theme: settings.ThemeSystem, SystemSilent: true}), theme.VariantDark, 4.5},
	}
}

// TestContrast computes every pair of words and ground (WCAG 2.2, 1.4.3 and
// 1.4.6; 1.4.11 for what is no text).
func TestContrast(t *testing.T) {
	for _, v := range variants() {
		t.Run(v.name, func(t *testing.T) {
			check := func(p pair, least float64) {
				ground := v.theme.Color(p.ground, v.variant)
				if p.over != "" {
					ground = uitest.Blend(ground, v.theme.Color(p.over, v.variant))
				}
				if got := uitest.Contrast(v.theme.Color(p.text, v.variant), ground); got < least {
					t.Errorf("%s on %s %s: %.2f, want %.1f", p.text, p.ground, p.over, got, least)
				}
			}
			for _, p := range textPairs() {
				check(p, v.text)
			}
			for _, p := range signPairs() {
				check(p, 3)
			}
		})
	}
}

func TestContrastIsComputedRight(t *testing.T) {
	if got := uitest.Contrast(color.Black, color.White); math.Abs(got-21) > 0.01 {
		t.Errorf("black on white %.2f, want 21", got)
	}
	grey := color.NRGBA{R: 0x76, G: 0x76, B: 0x76, A: 0xff} // the classic limit
	if got := uitest.Contrast(grey, color.White); math.Abs(got-4.54) > 0.01 {
		t.Errorf("#767676 on white %.2f, want 4.54", got)
	}
}

func TestEveryColourOfOursIsInEveryTheme(t *testing.T) {
	for _, v := range variants() {
		for _, p := range append(textPairs(), signPairs()...) {
			for _, name := range []fyne.ThemeColorName{p.text, p.ground} {
				if _, _, _, a := v.theme.Color(name, v.variant).RGBA(); a != 0xffff {
					t.Errorf("%s: %s is missing or see-through", v.name, name)
				}
			}
		}
	}
}
