package kit

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/theme"

	"quietline/internal/ui/look"
)

// Strip is a sentence with the icon of its tone and what can be done about it,
// on one line where there is room: a Notice for where rows should be left to be
// seen.
func Strip(tone look.Tone, message string, actions ...fyne.CanvasObject) fyne.CanvasObject {
	words := TopRow(1.5, 1, Icon(tone.Icon(), 1.1), NewText(message, TextParams{Bold: true, Color: tone.Text(), Wrap: true}))
	return container.NewStack(
		newSurface(tone.Back(), tone.Line(), theme.SizeNameCardRadius),
		Pad(1, 2, Beside(stripWords, words, actions...)),
	)
}

// stripWords is how many units the sentence of a strip needs beside its actions.
const stripWords = 22
