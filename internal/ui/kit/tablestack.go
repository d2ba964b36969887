package kit

import (
	"fyne.io/fyne/v2"

	"quietline/internal/ui/look"
)

// A table that is too narrow for the columns which say what a row is has rows of
// two lines: nothing of them is cut then, and a line costs less than a word.

// stacks says whether a column stands below the one after it at the moment.
func (s rowSpec) stacks(i int) bool { return *s.stacked && s.columns[i].stacks }

// narrow says whether the columns that are always shown do not fit side by side.
func (s rowSpec) narrow(width float32) bool {
	need, some := look.Gap(-columnGap), false
	for _, c := range s.columns {
		if c.rank == 0 {
			need += look.Gap(c.width + columnGap)
		}
		some = some || c.stacks
	}
	return some && need > width
}

// lower puts a text below another, both around the middle of where that stood.
func lower(first, second *Text) {
	at, size := first.Position(), first.Size()
	first.Move(at.SubtractXY(0, size.Height/2))
	second.Hidden = false
	second.Move(at.AddXY(0, size.Height/2))
	second.Resize(size)
}

// arrange has the rows fit the width that the table has now.
func (t *Table[T]) arrange(width float32) {
	if narrow := t.spec.narrow(width - t.head.boxes() - look.Gap(1.5)); narrow != *t.spec.stacked {
		*t.spec.stacked = narrow
		t.list.height = 0
		t.rearrange()
	}
	t.grow(width)
}

// tableLayout has the rows below the head, and arranged for their width first.
type tableLayout struct {
	under   underLayout
	arrange func(width float32)
}

func (l *tableLayout) Layout(objects []fyne.CanvasObject, size fyne.Size) {
	l.arrange(size.Width)
	l.under.Layout(objects, size)
}

func (l *tableLayout) MinSize(objects []fyne.CanvasObject) fyne.Size { return l.under.MinSize(objects) }
