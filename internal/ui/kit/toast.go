package kit

import (
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/theme"

	"quietline/internal/ui/look"
)

// toastTime is how long a toast stays: long enough to read two lines slowly.
const toastTime = 6 * time.Second

// Toaster shows short sentences at the bottom of the window, one at a time. It
// takes no clicks away from what lies under it.
type Toaster struct {
	jobs *Jobs
	box  *fyne.Container
	text string
	stop func()
}

// NewToaster makes a Toaster; its Object lies over the whole window.
func NewToaster(j *Jobs) *Toaster {
	return &Toaster{jobs: j, box: container.New(&toastLayout{})}
}

// Object is what to lay over the window.
func (t *Toaster) Object() fyne.CanvasObject { return t.box }

// Text is the sentence shown now, or empty.
func (t *Toaster) Text() string { return t.text }

// Show shows a sentence for a few seconds, in place of the one before.
func (t *Toaster) Show(text string) {
	if t.stop != nil {
		t.stop()
	}
	t.text = text
	t.box.Objects = []fyne.CanvasObject{container.NewStack(
		newSurface(theme.ColorNameForeground, look.ColorOutline, theme.SizeNameCardRadius),
		Pad(1.25, 2, NewText(text, TextParams{Color: theme.ColorNameBackground, Wrap: true})),
	)}
	t.box.Refresh()
	t.stop = t.jobs.After(t.jobs.Base(), toastTime, func() {
		t.text = ""
		t.box.RemoveAll()
	})
}

type toastLayout struct{}

func (toastLayout) Layout(objects []fyne.CanvasObject, size fyne.Size) {
	for _, o := range objects {
		w := min(size.Width-look.Gap(4), max(o.MinSize().Width, look.Gap(44)))
		h := settle(o, w)
		o.Move(fyne.NewPos((size.Width-w)/2, size.Height-h-look.Gap(3)))
	}
}

func (toastLayout) MinSize([]fyne.CanvasObject) fyne.Size { return fyne.Size{} }
