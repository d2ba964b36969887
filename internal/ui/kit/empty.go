package kit

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/theme"

	"quietline/internal/ui/look"
)

// EmptyParams says what stands where there is nothing yet.
type EmptyParams struct {
	Icon look.Icon
	// Title says that there is nothing, Text what would be here and why that
	// is of use. Both are words, not keys.
	Title, Text string
	// Actions are the next steps, the most likely first.
	Actions []fyne.CanvasObject
}

// Empty fills a page or list that has nothing to show with the next step.
func Empty(p EmptyParams) fyne.CanvasObject {
	img := canvas.NewImageFromResource(p.Icon.In(theme.ColorNamePrimary))
	img.FillMode = canvas.ImageFillContain
	img.SetMinSize(fyne.NewSquareSize(theme.IconInlineSize() * 2.4))
	words := []fyne.CanvasObject{
		container.NewCenter(img),
		NewText(p.Title, TextParams{Size: theme.SizeNameSubHeadingText, Bold: true, Wrap: true, Align: fyne.TextAlignCenter}),
		NewText(p.Text, TextParams{Color: look.ColorSecondary, Wrap: true, Align: fyne.TextAlignCenter}),
	}
	if len(p.Actions) > 0 {
		words = append(words, Pad(1, 0, container.New(&centredLayout{width: 60}, Flow(1, p.Actions...))))
	}
	return Pad(4, 2, container.New(&centredLayout{width: 60}, Stack(1.5, words...)))
}

// centredLayout puts one object in the middle, no wider than width units.
type centredLayout struct{ width float32 }

func (l *centredLayout) Layout(objects []fyne.CanvasObject, size fyne.Size) {
	for _, o := range objects {
		w := min(size.Width, look.Gap(l.width))
		if f, ok := o.(*fyne.Container); ok {
			if flow, ok := f.Layout.(*flowLayout); ok {
				w = min(w, flow.natural(f.Objects))
			}
		}
		h := settle(o, w)
		o.Move(fyne.NewPos((size.Width-w)/2, max(0, (size.Height-h)/2)))
	}
}

func (l *centredLayout) MinSize(objects []fyne.CanvasObject) fyne.Size {
	var size fyne.Size
	for _, o := range objects {
		size = size.Max(o.MinSize())
	}
	return size
}
