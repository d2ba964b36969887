package kit

import "fyne.io/fyne/v2"

// MostRemarks is how many remarks are shown at a time: a column of thousands of
// texts takes seconds to lay out.
const MostRemarks = 50

// Remark is what is to be said of a line of a file.
type Remark struct {
	// Words say it; Text is the line.
	Words, Text string
}

// Remarks lists the first MostRemarks; more says in words how many there are
// beyond the shown ones, or nothing.
func Remarks(list []Remark, more func(shown int) string) fyne.CanvasObject {
	shown := min(len(list), MostRemarks)
	lines := make([]fyne.CanvasObject, 0, shown+1)
	for _, r := range list[:shown] {
		lines = append(lines, Stack(0.25, Body(r.Words), Caption(r.Text)))
	}
	if rest := more(shown); rest != "" {
		lines = append(lines, Muted(rest))
	}
	return Card(Stack(1.25, lines...))
}
