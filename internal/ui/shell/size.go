package shell

import (
	"time"

	"fyne.io/fyne/v2"

	"quietline/internal/settings"
)

// sizeName is the name under which the size of the window is remembered.
const sizeName = "size"

// windowSize is a size of the window, in the toolkit's points.
type windowSize struct {
	Width, Height float32
}

// What is believed of a remembered size.
const (
	leastWidth, leastHeight = 480, 400
	mostWidth, mostHeight   = 7680, 4320
)

// frameWidth and frameHeight are kept free of the screen for the frame and the
// title that the system draws around the window.
const frameWidth, frameHeight = 32, 64

// StartSize is how large the window is until somebody makes it another size.
// That of normal text suits the smallest screens in use, 1366 by 768; larger text
// gets more room where the screen has it. A screen of which nothing is known is
// taken for a small one.
func StartSize(text settings.TextSize, screen fyne.Size) fyne.Size {
	small := fyne.NewSize(1160, 680)
	wanted := small
	switch text {
	case settings.TextNormal:
	case settings.TextLarge:
		wanted = fyne.NewSize(1280, 780)
	case settings.TextLargest:
		wanted = fyne.NewSize(1440, 900)
	}
	return small.Max(wanted.Min(screen.SubtractWidthHeight(frameWidth, frameHeight)))
}

// startSize is that of the text size of the moment.
func (s *Shell) startSize() fyne.Size {
	var screen fyne.Size
	if s.p.Screen != nil {
		screen = s.p.Screen()
	}
	return StartSize(s.now.TextSize, screen)
}

// rememberSize keeps the size that somebody gave the window.
func (s *Shell) rememberSize() {
	if size := s.p.Window.Canvas().Size(); !s.untouched(size) {
		s.env.Memory.Set(sizeName, windowSize{size.Width, size.Height})
	}
}

// sizeRests is how long the size stays the same before it is remembered: a
// session that ends does not ask the program.
const sizeRests = time.Second

// resized hears that the window has another size.
func (s *Shell) resized() { s.rested.Call(s.p.Jobs.Base(), s.rememberSize) }

// windowLayout fills the window and tells of its size.
type windowLayout struct {
	size fyne.Size
	told func()
}

func (l *windowLayout) Layout(objects []fyne.CanvasObject, size fyne.Size) {
	for _, o := range objects {
		o.Resize(size)
	}
	if l.size != size {
		l.size = size
		l.told()
	}
}

func (l *windowLayout) MinSize(objects []fyne.CanvasObject) (least fyne.Size) {
	for _, o := range objects {
		if o.Visible() {
			least = least.Max(o.MinSize())
		}
	}
	return least
}

// recallSize gives the window the size that it had last, or the first one.
func (s *Shell) recallSize() {
	var was windowSize
	s.env.Memory.Get(sizeName, &was)
	if was.Width >= leastWidth && was.Width <= mostWidth && was.Height >= leastHeight && was.Height <= mostHeight {
		s.p.Window.Resize(fyne.NewSize(was.Width, was.Height))
		return
	}
	s.sized = s.startSize()
	s.p.Window.Resize(s.sized)
	s.p.Window.CenterOnScreen()
}

// growSize follows the text size with a window that nobody gave a size.
func (s *Shell) growSize() {
	if s.untouched(s.p.Window.Canvas().Size()) {
		s.sized = s.startSize()
		s.p.Window.Resize(s.sized)
		s.p.Window.CenterOnScreen() // else it may hang over the edge
	}
}

// untouched says whether the size is the one that the program chose; whole pixels
// make it a little different.
func (s *Shell) untouched(size fyne.Size) bool {
	const off = 2
	d := size.Subtract(s.sized)
	return !s.sized.IsZero() && max(d.Width, -d.Width, d.Height, -d.Height) < off
}
