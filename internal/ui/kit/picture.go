package kit

import (
	"bytes"
	"image"
	_ "image/png" // pictures of the guide are PNG

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/driver/desktop"
	"fyne.io/fyne/v2/widget"

	"quietline/internal/ui/look"
)

// PictureParams says what a Picture shows.
type PictureParams struct {
	Resource fyne.Resource
	// Name says what is on it, for who cannot see it.
	Name string
	// Tapped is called when it is pressed; nil for nothing. There has to be another
	// way to the same for the keyboard.
	Tapped func()
}

// Picture shows a picture as wide as its place, but not wider than it is, and as
// high as it is then.
type Picture struct {
	widget.BaseWidget
	p     PictureParams
	size  fyne.Size // of the picture itself
	width float32   // of its place; 0 before the first layout
}

var (
	_ fyne.Accessible    = (*Picture)(nil)
	_ fyne.Tappable      = (*Picture)(nil)
	_ desktop.Cursorable = (*Picture)(nil)
)

// NewPicture makes a Picture. What is no picture takes no room.
func NewPicture(p PictureParams) *Picture {
	pic := &Picture{p: p}
	if c, _, err := image.DecodeConfig(bytes.NewReader(p.Resource.Content())); err == nil {
		pic.size = fyne.NewSize(float32(c.Width), float32(c.Height))
	}
	pic.ExtendBaseWidget(pic)
	return pic
}

// AccessibilityLabel says what is on it.
func (p *Picture) AccessibilityLabel() string { return p.p.Name }

// AccessibilityRole is that of text: the toolkit has none for pictures.
func (p *Picture) AccessibilityRole() fyne.AccessibleRole { return fyne.AccessibleRoleText }

// Tapped is called by the toolkit.
func (p *Picture) Tapped(*fyne.PointEvent) {
	if p.p.Tapped != nil {
		p.p.Tapped()
	}
}

// Cursor shows where pressing does something.
func (p *Picture) Cursor() desktop.Cursor {
	if p.p.Tapped != nil {
		return desktop.PointerCursor
	}
	return desktop.DefaultCursor
}

// Resize makes the picture as high as it is at the width.
func (p *Picture) Resize(s fyne.Size) {
	if s.Width != p.width {
		p.width = s.Width
		p.Refresh()
	}
	p.BaseWidget.Resize(s)
}

// fitted is the size at which the picture is shown.
func (p *Picture) fitted() fyne.Size {
	width := p.width
	if width == 0 {
		width = look.Gap(wholeLine)
	}
	width = min(width, p.size.Width)
	if p.size.Width == 0 {
		return fyne.Size{}
	}
	return fyne.NewSize(width, width*p.size.Height/p.size.Width)
}

// CreateRenderer is called by the toolkit.
func (p *Picture) CreateRenderer() fyne.WidgetRenderer {
	img := canvas.NewImageFromResource(p.p.Resource)
	img.FillMode = canvas.ImageFillContain
	return &pictureRenderer{p: p, image: img, edge: newSurface(look.ColorSurface, look.ColorOutline, "")}
}

type pictureRenderer struct {
	p     *Picture
	image *canvas.Image
	edge  *surface
}

func (r *pictureRenderer) Layout(fyne.Size) {
	size := r.p.fitted()
	r.edge.Resize(size)
	r.image.Move(fyne.NewPos(1, 1))
	r.image.Resize(size.SubtractWidthHeight(2, 2))
}

func (r *pictureRenderer) MinSize() fyne.Size {
	return fyne.NewSize(0, r.p.fitted().Height)
}

func (r *pictureRenderer) Refresh() {
	r.Layout(r.p.Size())
	r.edge.Refresh()
	canvas.Refresh(r.p)
}

func (r *pictureRenderer) Objects() []fyne.CanvasObject {
	return []fyne.CanvasObject{r.edge, r.image}
}

func (r *pictureRenderer) Destroy() {}
