package kit

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/theme"

	"quietline/internal/ui/look"
)

// Toaster shows short sentences below the page, one at a time; the page makes room,
// so that none of its buttons is covered. A sentence stays until the user has done
// with it, because not everybody reads as fast as a clock ends: with its button,
// Escape, or by going to another page.
type Toaster struct {
	env    *Env
	below  *fyne.Container // the page, and the sentence where there is one
	layout toastLayout
	text   string
}

// NewToaster makes a Toaster that stands nowhere yet.
func NewToaster(e *Env) *Toaster {
	return &Toaster{env: e, below: container.NewWithoutLayout()}
}

// Below puts the sentences below the page.
func (t *Toaster) Below(page fyne.CanvasObject) fyne.CanvasObject {
	t.below = container.New(&t.layout, page)
	t.Build()
	return t.below
}

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
	t.Build()
}

// Build makes the widgets anew, in the words and sizes of the moment.
func (t *Toaster) Build() {
	t.below.Objects = t.below.Objects[:min(1, len(t.below.Objects))]
	if t.text != "" {
		words := NewText(t.text, TextParams{Color: theme.ColorNameBackground, Wrap: true})
		away := NewButton(t.env.T("kit.close"), theme.ContentClearIcon(), func() {
			t.Hide()
			t.env.Window.Canvas().Unfocus()
		})
		t.below.Objects = append(t.below.Objects, container.NewStack(
			newSurface(theme.ColorNameForeground, look.ColorOutline, theme.SizeNameCardRadius),
			Pad(1, 2, Row(2, 0, words, away)),
		))
		t.layout.wide = words.natural() + away.MinSize().Width + look.Gap(6)
	}
	t.below.Refresh()
	if o, ok := t.env.Window.Canvas().Focused().(fyne.CanvasObject); ok {
		reveal(o) // the page may have become lower
	}
}

// toastLayout gives a page what the sentence below it leaves, which is on one line
// where there is room for it.
type toastLayout struct{ wide float32 }

func (l *toastLayout) Layout(objects []fyne.CanvasObject, size fyne.Size) {
	left := size.Height
	for _, o := range objects[1:] {
		w := min(size.Width-look.Gap(4), max(l.wide, look.Gap(44)))
		h := settle(o, w)
		o.Move(fyne.NewPos((size.Width-w)/2, size.Height-h-look.Gap(2)))
		left -= h + look.Gap(3)
	}
	objects[0].Move(fyne.NewPos(0, 0))
	objects[0].Resize(fyne.NewSize(size.Width, max(0, left)))
}

// MinSize is that of the page alone: a sentence makes no window larger.
func (*toastLayout) MinSize(objects []fyne.CanvasObject) fyne.Size { return objects[0].MinSize() }
