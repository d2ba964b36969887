package kit

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"

	"quietline/internal/ui/look"
)

// Grid is a small table in running text: a few rows whose words break where a
// column is too narrow. The weights share out the width, one a column; equal
// where there are none.
func Grid(head []string, rows [][]string, weights []float64) fyne.CanvasObject {
	lines := []fyne.CanvasObject{gridRow(head, weights, Strong), Rule()}
	for _, row := range rows {
		cells := make([]string, len(head))
		copy(cells, row)
		lines = append(lines, gridRow(cells, weights, Body))
	}
	return Stack(0.75, lines...)
}

func gridRow(cells []string, weights []float64, text func(string) *Text) fyne.CanvasObject {
	objects := make([]fyne.CanvasObject, len(cells))
	for i, cell := range cells {
		objects[i] = text(cell)
	}
	return container.New(&gridLayout{weights: weights}, objects...)
}

const gridGap = 1.5

// gridLayout gives the cells of a row their shares of the width.
type gridLayout struct{ weights []float64 }

func (l *gridLayout) weight(i int) float32 {
	if i < len(l.weights) {
		return float32(l.weights[i])
	}
	return 1
}

func (l *gridLayout) Layout(objects []fyne.CanvasObject, size fyne.Size) {
	sum := float32(0)
	for i := range objects {
		sum += l.weight(i)
	}
	room := size.Width - look.Gap(gridGap)*float32(len(objects)-1)
	x := float32(0)
	for i, o := range objects {
		w := max(0, room*l.weight(i)/sum)
		settle(o, w)
		o.Move(fyne.NewPos(x, 0))
		x += w + look.Gap(gridGap)
	}
}

func (l *gridLayout) MinSize(objects []fyne.CanvasObject) fyne.Size {
	var size fyne.Size
	for _, o := range objects {
		m := o.MinSize()
		size.Width += m.Width
		size.Height = max(size.Height, m.Height)
	}
	size.Width += look.Gap(gridGap) * float32(max(0, len(objects)-1))
	return size
}
