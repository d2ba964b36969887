package kit

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/theme"

	"quietline/internal/ui/look"
)

// Strip is a sentence with the icon of its tone, the way to be rid of it, and
// what can be done about it: a Notice for where rows should be left to be seen.
// What is under way has neither: then away is nil.
func Strip(tone look.Tone, message string, away fyne.CanvasObject, actions ...fyne.CanvasObject) fyne.CanvasObject {
	text := NewText(message, TextParams{Bold: true, Color: tone.Text(), Wrap: true})
	var content fyne.CanvasObject
	switch {
	case away == nil:
		content = TopRow(1.5, 1, Icon(tone.Icon(), 1.1), text)
	case len(actions) > 1:
		content = Stack(0.5, Row(1.5, 1, Icon(tone.Icon(), 1.1), text, away), Flow(1, actions...))
	default:
		content = Beside(stripWords, TopRow(1.5, 1, Icon(tone.Icon(), 1.1), text), append(actions, away)...)
	}
	return container.NewStack(
		newSurface(tone.Back(), tone.Line(), theme.SizeNameCardRadius),
		Pad(1, 2, content),
	)
}

// stripWords is how many units the sentence of a strip needs beside its actions.
const stripWords = 22
