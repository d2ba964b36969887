package kit

import (
	"strconv"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/theme"

	"quietline/internal/l10n"
	"quietline/internal/ui/look"
)

// The hours at which people rest; the same as for the alert "night".
const (
	nightBegins = 22
	nightEnds   = 6
)

func night(hour int) bool { return hour >= nightBegins || hour < nightEnds }

// hourMarks are the figures below the hours of a day.
func hourMarks() []columnMark {
	const every = 6
	var out []columnMark
	for h := 0; h <= 24; h += every {
		out = append(out, columnMark{At: h, Text: strconv.Itoa(h)})
	}
	return out
}

// Hours shows at which hours of the day something happened: a column for every
// hour, those of the night in another colour, and the same in words.
func Hours(e *Env, counts [24]int64) fyne.CanvasObject {
	var most, atNight int64
	peak := 0
	for h, n := range counts {
		if n > most {
			most, peak = n, h
		}
		if night(h) {
			atNight += n
		}
	}
	if most == 0 {
		return Spring()
	}
	ink := func(h int) fyne.ThemeColorName {
		if night(h) {
			return look.Caution.Text()
		}
		return theme.ColorNamePrimary
	}
	parts := []fyne.CanvasObject{newColumnChart(counts[:], 9, ink, hourMarks())}
	if most > 1 {
		parts = append(parts, Caption(e.T("kit.hours.peak", l10n.Args{"From": peak, "To": peak + 1, "Calls": most})))
	}
	if atNight > 0 {
		parts = append(parts, NewText(e.N("kit.hours.night", int(atNight)), TextParams{
			Size: theme.SizeNameCaptionText, Bold: true, Color: look.Caution.Text(), Wrap: true,
		}))
	}
	return Stack(0.75, parts...)
}
