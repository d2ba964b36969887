package kit

import (
	"image/color"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"

	"quietline/internal/ui/look"
)

// surface is the ground of cards, badges and banners: a rectangle whose
// colours follow the theme.
type surface struct {
	widget.BaseWidget
	fill, line fyne.ThemeColorName
	radius     fyne.ThemeSizeName
	round      bool // fully round ends
}

func newSurface(fill, line fyne.ThemeColorName, radius fyne.ThemeSizeName) *surface {
	s := &surface{fill: fill, line: line, radius: radius}
	s.ExtendBaseWidget(s)
	return s
}

func (s *surface) set(fill, line fyne.ThemeColorName) {
	if s.fill != fill || s.line != line {
		s.fill, s.line = fill, line
		s.Refresh()
	}
}

// CreateRenderer is called by the toolkit.
func (s *surface) CreateRenderer() fyne.WidgetRenderer {
	r := &surfaceRenderer{s: s, rect: canvas.NewRectangle(color.Transparent)}
	r.Refresh()
	return r
}

type surfaceRenderer struct {
	s    *surface
	rect *canvas.Rectangle
}

func (r *surfaceRenderer) Layout(size fyne.Size) {
	r.rect.Resize(size)
	if r.s.round {
		r.rect.CornerRadius = size.Height / 2
	}
}

func (r *surfaceRenderer) MinSize() fyne.Size { return fyne.NewSize(0, 0) }

func (r *surfaceRenderer) Refresh() {
	th, v := r.s.Theme(), fyne.CurrentApp().Settings().ThemeVariant()
	r.rect.FillColor = th.Color(r.s.fill, v)
	r.rect.CornerRadius = th.Size(r.s.radius)
	if r.s.round {
		r.rect.CornerRadius = r.s.Size().Height / 2
	}
	r.rect.StrokeWidth, r.rect.StrokeColor = 0, color.Transparent
	if r.s.line != "" {
		r.rect.StrokeColor = th.Color(r.s.line, v)
		r.rect.StrokeWidth = th.Size(look.SizeOutline)
	}
	r.rect.Refresh()
}

func (r *surfaceRenderer) Objects() []fyne.CanvasObject { return []fyne.CanvasObject{r.rect} }

func (r *surfaceRenderer) Destroy() {}

// Ground puts an object on a plain coloured ground that fills its place.
func Ground(fill fyne.ThemeColorName, object fyne.CanvasObject) fyne.CanvasObject {
	return container.NewStack(newSurface(fill, "", ""), object)
}

// Card puts content on a surface with an outline.
func Card(content ...fyne.CanvasObject) *fyne.Container {
	return container.NewStack(
		newSurface(look.ColorSurface, look.ColorOutline, theme.SizeNameCardRadius),
		Pad(2.5, 2.5, Stack(1.5, content...)),
	)
}

// TitledCard is a Card with a heading and, if not empty, a line that explains.
func TitledCard(title, explanation string, content ...fyne.CanvasObject) *fyne.Container {
	head := []fyne.CanvasObject{Heading(title)}
	if explanation != "" {
		head = append(head, Muted(explanation))
	}
	all := append([]fyne.CanvasObject{Stack(0.5, head...)}, content...)
	return Card(all...)
}

// ToneCard puts content on a surface in a tone.
func ToneCard(tone look.Tone, content ...fyne.CanvasObject) *fyne.Container {
	return container.NewStack(
		newSurface(tone.Back(), tone.Line(), theme.SizeNameCardRadius),
		Pad(2.5, 2.5, Stack(1.5, content...)),
	)
}

// Icon shows an icon at the size of the text, or larger by the factor.
func Icon(res fyne.Resource, factor float32) fyne.CanvasObject {
	img := canvas.NewImageFromResource(res)
	img.FillMode = canvas.ImageFillContain
	img.SetMinSize(fyne.NewSquareSize(theme.IconInlineSize() * factor))
	return img
}

// Notice is a sentence with the icon of its tone on a surface in the tone; the
// second sentence, if any, says what to do.
func Notice(tone look.Tone, message, hint string, actions ...fyne.CanvasObject) fyne.CanvasObject {
	words := []fyne.CanvasObject{NewText(message, TextParams{Bold: true, Color: tone.Text(), Wrap: true})}
	if hint != "" {
		words = append(words, Body(hint))
	}
	if len(actions) > 0 {
		words = append(words, Pad(0.5, 0, Flow(1, actions...)))
	}
	return container.NewStack(
		newSurface(tone.Back(), tone.Line(), theme.SizeNameCardRadius),
		Pad(1.5, 2, TopRow(1.5, 1, Icon(tone.Icon(), 1.1), Stack(0.5, words...))),
	)
}

// Badge is a short word with the icon of its tone on a round ground. It says
// the same in words, sign and colour.
type Badge struct {
	widget.BaseWidget
	tone look.Tone
	text string
	bare bool
}

// NewBadge makes a badge.
func NewBadge(tone look.Tone, text string) *Badge {
	b := &Badge{tone: tone, text: text}
	b.ExtendBaseWidget(b)
	return b
}

// NewTag makes a badge without an icon, for a fact that is no state.
func NewTag(text string) *Badge {
	b := &Badge{tone: look.Neutral, text: text, bare: true}
	b.ExtendBaseWidget(b)
	return b
}

// Set changes the badge.
func (b *Badge) Set(tone look.Tone, text string) {
	if b.tone != tone || b.text != text {
		b.tone, b.text = tone, text
		b.Refresh()
	}
}

// AccessibilityLabel is the words.
func (b *Badge) AccessibilityLabel() string { return b.text }

// AccessibilityRole is that of text.
func (b *Badge) AccessibilityRole() fyne.AccessibleRole { return fyne.AccessibleRoleText }

// CreateRenderer is called by the toolkit.
func (b *Badge) CreateRenderer() fyne.WidgetRenderer {
	r := &badgeRenderer{
		b:      b,
		ground: newSurface(b.tone.Back(), b.tone.Line(), ""),
		icon:   &canvas.Image{FillMode: canvas.ImageFillContain},
		text:   NewText("", TextParams{Size: theme.SizeNameCaptionText, Bold: true, Cut: true}),
	}
	r.ground.round = true
	r.Refresh()
	return r
}

type badgeRenderer struct {
	b      *Badge
	ground *surface
	icon   *canvas.Image
	text   *Text
}

func (r *badgeRenderer) sizes() (pad, gap, icon float32) {
	th := r.b.Theme()
	unit := th.Size(theme.SizeNamePadding)
	icon = th.Size(theme.SizeNameCaptionText) * 1.15
	if r.b.bare {
		return 2.5 * unit, 0, 0
	}
	return 2 * unit, unit, icon
}

func (r *badgeRenderer) Layout(size fyne.Size) {
	pad, gap, icon := r.sizes()
	least, words := r.MinSize(), r.text.natural()
	if size.Width > 0 && size.Width < least.Width { // a column may have less room; then the words end in an ellipsis
		words = max(0, words-least.Width+size.Width)
		least.Width = size.Width
	}
	r.ground.Move(fyne.NewPos(0, (size.Height-least.Height)/2))
	r.ground.Resize(least)
	r.icon.Move(fyne.NewPos(pad, (size.Height-icon)/2))
	r.icon.Resize(fyne.NewSquareSize(icon))
	m := r.text.MinSize()
	m.Width = words
	r.text.Move(fyne.NewPos(pad+icon+gap, (size.Height-m.Height)/2))
	r.text.Resize(m)
}

func (r *badgeRenderer) MinSize() fyne.Size {
	pad, gap, icon := r.sizes()
	m := fyne.NewSize(r.text.natural(), r.text.MinSize().Height)
	return fyne.NewSize(m.Width+icon+gap+2*pad, m.Height+r.b.Theme().Size(theme.SizeNamePadding))
}

func (r *badgeRenderer) Refresh() {
	r.ground.set(r.b.tone.Back(), r.b.tone.Line())
	r.text.SetText(r.b.text)
	r.text.SetColor(r.b.tone.Text())
	r.icon.Resource = r.b.tone.Icon()
	r.icon.Hidden = r.b.bare
	r.Layout(r.b.Size())
	r.icon.Refresh()
	canvas.Refresh(r.b)
}

func (r *badgeRenderer) Objects() []fyne.CanvasObject {
	return []fyne.CanvasObject{r.ground, r.icon, r.text}
}

func (r *badgeRenderer) Destroy() {}

// Boxed draws an outline around one thing of several within a card.
func Boxed(content fyne.CanvasObject) fyne.CanvasObject {
	return container.NewStack(
		newSurface(look.ColorSurface, look.ColorOutline, theme.SizeNameInputRadius),
		Pad(2, 2, content),
	)
}
