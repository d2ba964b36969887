package kit

import (
	"math"
	"strconv"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/theme"

	"quietline/internal/ui/look"
)

// Bar is one line of Bars.
type Bar struct {
	Label string
	// Note stands in small letters behind the label.
	Note string
	N    int64
	// Figure is what is said of N; N itself where empty.
	Figure string
	// Tapped leads to what is counted; nil for nothing.
	Tapped func()
}

// Bars shows figures below each other: what, how many, and a bar for comparing.
// The bars begin at 0; the longest is the largest of them.
func Bars(bars []Bar) fyne.CanvasObject {
	var most int64
	for _, b := range bars {
		most = max(most, b.N)
	}
	lines := make([]fyne.CanvasObject, len(bars))
	for i, b := range bars {
		figure := b.Figure
		if figure == "" {
			figure = strconv.FormatInt(b.N, 10)
		}
		var label fyne.CanvasObject = Body(b.Label)
		if b.Tapped != nil {
			label = Row(1, -1, NewButton(b.Label, theme.SearchIcon(), b.Tapped))
		}
		words := []fyne.CanvasObject{label}
		if b.Note != "" {
			words = append(words, Pad(0.25, 0, Caption(b.Note)))
		}
		bar := newBar()
		if most > 0 {
			bar.set(float64(b.N) / float64(most))
		}
		lines[i] = Stack(0.5, Row(1, 0, Stack(0, words...), NewText(figure, TextParams{Bold: true})), bar)
	}
	return Stack(1, lines...)
}

// Shares compares parts of a whole with those of another whole: two bars for
// each, one above the other.
func Shares(rows []Share, own, other string) fyne.CanvasObject {
	lines := []fyne.CanvasObject{}
	for _, s := range rows {
		mine, theirs := newBar(), newBar()
		mine.set(s.Own)
		theirs.set(s.Other)
		line := func(who string, share float64, b *bar) fyne.CanvasObject {
			return Stack(0.25, Row(1, 0, Caption(who), NewText(percent(share), TextParams{
				Size: theme.SizeNameCaptionText, Color: look.ColorSecondary,
			})), b)
		}
		lines = append(lines, Stack(0.5, Strong(s.Label), line(own, s.Own, mine), line(other, s.Other, theirs)))
	}
	return Stack(1.5, lines...)
}

// Share is a part of two wholes, each from 0 to 1.
type Share struct {
	Label      string
	Own, Other float64
}

// percent is a share with at most two decimals, as statistics give it.
func percent(share float64) string {
	const hundredths = 1e4
	return strconv.FormatFloat(math.Round(share*hundredths)/100, 'f', -1, 64) + " %"
}
