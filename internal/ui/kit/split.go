package kit

import (
	"slices"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"

	"quietline/internal/ui/look"
)

// SplitParams says what a Split shows.
type SplitParams struct {
	Env *Env
	// List takes what the side leaves.
	List fyne.CanvasObject
	// Side is how many units wide the side is where both find room.
	Side float32
	// Least is how many units the list needs beside it; where there is less,
	// the side covers the list.
	Least float32
}

// Split shows a list and, when there is something to show, the particulars of
// one row beside it, or in its place where the window is narrow. The keyboard is
// always with what can be seen: it goes to the side where that covers the list, and
// back to where it was when the side goes.
type Split struct {
	p    SplitParams
	side *fyne.Container
	box  *fyne.Container
	left fyne.Focusable // what had the keyboard in the list; may be nil
}

// NewSplit makes a Split without a side.
func NewSplit(p SplitParams) *Split {
	s := &Split{p: p, side: container.NewStack()}
	s.side.Hide()
	s.box = container.New(&splitLayout{p: p, cover: s.cover}, p.List, s.side)
	return s
}

// Object is what to put on the page; it takes all the height it can get.
func (s *Split) Object() fyne.CanvasObject { return s.box }

// Show puts an object at the side; nil leaves the list alone. What takes the place
// of another object keeps the keyboard that was in that, by order.
func (s *Split) Show(side fyne.CanvasObject) {
	at := slices.Index(Controls(s.side), s.focused())
	switch {
	case side != nil && s.side.Hidden:
		s.keep()
		side = Shielded(s.p.Env, side)
	case side == nil && (at >= 0 || s.focused() == nil):
		defer s.focus(s.left)
	}
	s.side.RemoveAll()
	if side != nil {
		s.side.Add(side)
	}
	s.side.Hidden = side == nil
	s.box.Refresh()
	if next := Controls(s.side); at >= 0 && len(next) > 0 {
		s.focus(next[min(at, len(next)-1)])
	}
}

// cover hides the list behind the side.
func (s *Split) cover() {
	inList := s.keep()
	s.p.List.Hide()
	switch next := Controls(s.side); {
	case !inList:
	case len(next) == 0:
		s.canvas().Unfocus()
	default:
		s.focus(next[0])
	}
}

// keep notes what has the keyboard in the list, and says whether something has.
func (s *Split) keep() bool {
	focused := s.focused()
	in := focused != nil && slices.Contains(Controls(s.p.List), focused)
	if in {
		s.left = focused
	}
	return in
}

func (s *Split) canvas() fyne.Canvas { return fyne.CurrentApp().Driver().CanvasForObject(s.box) }

func (s *Split) focused() fyne.Focusable {
	if c := s.canvas(); c != nil {
		return c.Focused()
	}
	return nil
}

func (s *Split) focus(f fyne.Focusable) {
	if c := s.canvas(); c != nil && f != nil {
		c.Focus(f)
	}
}

type splitLayout struct {
	p     SplitParams
	cover func()
}

func (l *splitLayout) Layout(objects []fyne.CanvasObject, size fyne.Size) {
	list, side := objects[0], objects[1]
	gap, width := look.Gap(3), look.Gap(l.p.Side)
	beside := size.Width-width-gap >= look.Gap(l.p.Least)
	if covered := side.Visible() && !beside; covered == list.Visible() {
		if covered {
			l.cover()
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
