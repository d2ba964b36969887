package main

import (
	"fyne.io/fyne/v2"
	"github.com/go-gl/glfw/v3.4/glfw"
)

// screen is how large the screen is without the system's bars, in the toolkit's
// points; zero where the system does not tell. The toolkit has no question for it.
// Only on the goroutine that owns the widgets, once the window is there.
func (w *window) screen() (size fyne.Size) {
	// glfw panics where it was not started, as in the driver of the tests.
	defer func() {
		if recover() != nil {
			size = fyne.Size{}
		}
	}()
	monitor := glfw.GetPrimaryMonitor()
	if monitor == nil {
		return fyne.Size{}
	}
	_, _, width, height := monitor.GetWorkarea()
	scale := w.win.Canvas().Scale()
	if scale <= 0 {
		return fyne.Size{}
	}
	return fyne.NewSize(float32(width)/scale, float32(height)/scale)
}
