package kit

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/theme"

	"quietline/internal/ui/look"
)

// Toaster shows short sentences at the bottom of the window, one at a time. A
// sentence stays until the user has done with it, because not everybody reads
// as fast as a clock ends: with its button, Escape, or by going to another page.
type Toaster struct {
	env  *Env
	box  *fyne.Container
	text string
}

// NewToaster makes a Toaster; its Object lies over the whole window.
func NewToaster(e *Env) *Toaster {
	return &Toaster{env: e, box: container.New(&toastLayout{})}
}

// Object is what to lay over the window.
func (t *Toaster) Object() fyne.CanvasObject { return t.box }

// Text is the sentence shown now, or empty.
func (t *Toaster) Text() string { return t.text }

// Show shows a sentence in place of the one before.
func (t *Toaster) Show(text string) {
	t.text = text
	t.Build()
}

// Hide takes the sentence away.
func (t *Toaster) Hide() {
	t.text = ""
	t.box.RemoveAll()
}

// Build makes the widgets anew, in the words and sizes of the moment.
func (t *Toaster) Build() {
	if t.text == "" {
		return
	}
	away := NewButton(t.env.T("kit.close"), theme.ContentClearIcon(), func() {
		t.Hide()
		t.env.Window.Canvas().Unfocus()
	})
	t.box.Objects = []fyne.CanvasObject{container.NewStack(
		newSurface(theme.ColorNameForeground, look.ColorOutline, theme.SizeNameCardRadius),
		Pad(1, 2, Row(2, 0, NewText(t.text, TextParams{Color: theme.ColorNameBackground, Wrap: true}), away)),
	)}
	t.box.Refresh()
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
