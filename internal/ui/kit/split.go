package kit

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"

	"quietline/internal/ui/look"
)

// SplitParams says what a Split shows.
type SplitParams struct {
	// List takes what the side leaves.
	List fyne.CanvasObject
	// Side is how many units wide the side is where both find room.
	Side float32
	// Least is how many units the list needs beside it; where there is less,
	// the side covers the list.
	Least float32
}

// Split shows a list and, when there is something to show, the particulars of
// one row beside it, or in its place where the window is narrow.
type Split struct {
	p    SplitParams
	side *fyne.Container
	box  *fyne.Container
	had  fyne.Focusable // had the keyboard in the list before that was covered
}

// NewSplit makes a Split without a side.
func NewSplit(p SplitParams) *Split {
	s := &Split{p: p, side: container.NewStack()}
	s.side.Hide()
	s.box = container.New(&splitLayout{p: p}, p.List, s.side)
	return s
}

// Object is what to put on the page; it takes all the height it can get.
func (s *Split) Object() fyne.CanvasObject { return s.box }

// Show puts an object at the side; nil leaves the list alone.
func (s *Split) Show(side fyne.CanvasObject) {
	s.side.RemoveAll()
	if side != nil {
		s.side.Add(side)
	}
	s.side.Hidden = side == nil
	s.box.Refresh()
	s.passKeyboard()
}

// passKeyboard takes the keyboard from a list that is covered: it would move through
// rows that nobody sees. The list gets it back.
func (s *Split) passKeyboard() {
	c := fyne.CurrentApp().Driver().CanvasForObject(s.box)
	if c == nil {
		return
	}
	focused, has := c.Focused().(fyne.CanvasObject)
	switch {
	case s.p.List.Visible():
		if !has && s.had != nil {
			c.Focus(s.had)
		}
		s.had = nil
	case has:
		if _, in := scrollAround(s.p.List, focused); in {
			s.had = c.Focused()
			c.Unfocus()
		}
	}
}

type splitLayout struct{ p SplitParams }

func (l *splitLayout) Layout(objects []fyne.CanvasObject, size fyne.Size) {
	list, side := objects[0], objects[1]
	gap, width := look.Gap(3), look.Gap(l.p.Side)
	beside := size.Width-width-gap >= look.Gap(l.p.Least)
	if covered := side.Visible() && !beside; covered == list.Visible() {
		if covered {
			list.Hide()
		} else {
			list.Show()
		}
	}
	list.Move(fyne.NewPos(0, 0))
	side.Move(fyne.NewPos(0, 0))
	switch {
	case !side.Visible():
		list.Resize(size)
	case beside:
		list.Resize(fyne.NewSize(size.Width-width-gap, size.Height))
		side.Move(fyne.NewPos(size.Width-width, 0))
		side.Resize(fyne.NewSize(width, size.Height))
	default:
		side.Resize(size)
	}
}

// MinSize asks for little: list and side scroll by themselves.
func (l *splitLayout) MinSize(objects []fyne.CanvasObject) fyne.Size {
	return fyne.NewSize(look.Gap(30), max(look.Gap(20), objects[0].MinSize().Height))
}
