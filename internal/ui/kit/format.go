package kit

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"

	"quietline/internal/l10n"
	"quietline/internal/ui/look"
)

// FormatSeconds writes a length of time in words, such as "1 min 5 s".
func FormatSeconds(e *Env, n int64) string {
	args := l10n.Args{"H": n / 3600, "M": n % 3600 / 60, "S": n % 60}
	switch {
	case n >= 3600:
		return e.T("length.hours", args)
	case n >= 60:
		return e.T("length.minutes", args)
	}
	return e.T("length.seconds", args)
}

// BadgeWidth is how many units wide a badge is that shows the longest of the
// words, for a column of badges.
func BadgeWidth(words ...string) float32 {
	widest := float32(0)
	for _, w := range words {
		widest = max(widest, NewBadge(look.Info, w).MinSize().Width)
	}
	return widest / look.Gap(1)
}

// BoldWidth is how many units wide a text in bold is, for a column whose
// contents must not be cut.
func BoldWidth(text string) float32 {
	return NewText(text, TextParams{Bold: true}).MinSize().Width / look.Gap(1)
}

// Sheet puts an object that fills its place, such as a table, on a surface with
// an outline.
func Sheet(object fyne.CanvasObject) fyne.CanvasObject {
	return container.NewStack(
		newSurface(look.ColorSurface, look.ColorOutline, theme.SizeNameCardRadius),
		Pad(1, 1, object),
	)
}

// Rule is a thin line across the page.
func Rule() fyne.CanvasObject { return widget.NewSeparator() }
