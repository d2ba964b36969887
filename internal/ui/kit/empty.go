package kit

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/theme"

	"quietline/internal/ui/look"
)

// Empty is the card of a page or list that has nothing to show. The key says so,
// KEY.text what would be here and why that is of use. The actions are the next
// steps, the most likely first.
func Empty(e *Env, icon look.Icon, key string, actions ...fyne.CanvasObject) fyne.CanvasObject {
	img := canvas.NewImageFromResource(icon.In(theme.ColorNamePrimary))
	img.FillMode = canvas.ImageFillContain
	img.SetMinSize(fyne.NewSquareSize(theme.IconInlineSize() * 2.4))
	words := []fyne.CanvasObject{
		container.NewCenter(img),
		NewText(e.T(key), TextParams{Size: theme.SizeNameSubHeadingText, Bold: true, Wrap: true, Align: fyne.TextAlignCenter}),
		NewText(e.T(key+".text"), TextParams{Color: look.ColorSecondary, Wrap: true, Align: fyne.TextAlignCenter}),
	}
	if len(actions) > 0 {
		words = append(words, Pad(1, 0, container.New(&centredLayout{width: 60}, Flow(1, actions...))))
	}
	return Card(Pad(4, 2, container.New(&centredLayout{width: 60}, Stack(1.5, words...))))
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
