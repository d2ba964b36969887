package shell

import "fyne.io/fyne/v2"

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

func (s *Shell) rememberSize() {
	size := s.p.Window.Canvas().Size()
	s.env.Memory.Set(sizeName, windowSize{size.Width, size.Height})
}

// recallSize gives the window the size that it had last.
func (s *Shell) recallSize() {
	var was windowSize
	s.env.Memory.Get(sizeName, &was)
	if was.Width >= leastWidth && was.Width <= mostWidth && was.Height >= leastHeight && was.Height <= mostHeight {
		s.p.Window.Resize(fyne.NewSize(was.Width, was.Height))
	}
}
