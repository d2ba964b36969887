package kit

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"

	"quietline/internal/ui/look"
)

// Beside puts objects at the right of a wide one, such as buttons beside a
// field. Where that would leave it less than least units they stand below.
func Beside(least float32, wide fyne.CanvasObject, rest ...fyne.CanvasObject) *fyne.Container {
	return container.New(&besideLayout{least: least}, wide, Flow(1, rest...))
}

type besideLayout struct {
	least float32
	below bool // as of the last layout
}

const besideGap = 1.5

func (l *besideLayout) Layout(objects []fyne.CanvasObject, size fyne.Size) {
	wide, rest := objects[0], objects[1].(*fyne.Container)
	gap := look.Gap(besideGap)
	natural := rest.Layout.(*flowLayout).natural(rest.Objects)
	l.below = size.Width-natural-gap < look.Gap(l.least)
	wide.Move(fyne.NewPos(0, 0))
	if l.below {
		h := settle(wide, size.Width)
		rest.Move(fyne.NewPos(0, h+gap))
		settle(rest, size.Width)
		return
	}
	h := settle(wide, size.Width-natural-gap)
	rh := settle(rest, natural)
	rest.Move(fyne.NewPos(size.Width-natural, (max(h, rh)-rh)/2))
	wide.Move(fyne.NewPos(0, (max(h, rh)-h)/2))
}

func (l *besideLayout) MinSize(objects []fyne.CanvasObject) fyne.Size {
	a, b := objects[0].MinSize(), objects[1].MinSize()
	if l.below {
		return fyne.NewSize(max(a.Width, b.Width), a.Height+look.Gap(besideGap)+b.Height)
	}
	return fyne.NewSize(max(a.Width, b.Width), max(a.Height, b.Height))
}
