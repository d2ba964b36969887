package kit

import "fyne.io/fyne/v2"

// leastRows is how many rows a table shows at least; half of one says that there
// are more.
const leastRows = 4.5

// MinSize is called by the toolkit.
func (l *tableList) MinSize() fyne.Size {
	return l.List.MinSize().Max(fyne.NewSize(0, l.rowHeight()*leastRows))
}
