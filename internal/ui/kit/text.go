package kit

import (
	"image/color"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"

	"quietline/internal/ui/look"
)

// TextParams says how a Text looks.
type TextParams struct {
	// Size is a size name of the theme; empty for normal text.
	Size fyne.ThemeSizeName
	// Color is a colour name of the theme; empty for the text colour.
	Color fyne.ThemeColorName
	Bold  bool
	Align fyne.TextAlign
	// Wrap breaks lines at the width the text is given. Without it the text
	// asks for the width of its longest line.
	Wrap bool
	// Cut shortens the text with an ellipsis to the width it is given, on one
	// line; use it only where the whole text can be seen elsewhere.
	Cut bool
}

// Text shows words without any margin of its own, so that all distances are
// made by the layout.
type Text struct {
	widget.BaseWidget
	p     TextParams
	text  string
	width float32 // that the lines are broken for; 0 before the first layout
}

var _ fyne.Accessible = (*Text)(nil)

// NewText makes a Text.
func NewText(text string, p TextParams) *Text {
	if p.Size == "" {
		p.Size = theme.SizeNameText
	}
	if p.Color == "" {
		p.Color = theme.ColorNameForeground
	}
	t := &Text{p: p, text: text}
	t.ExtendBaseWidget(t)
	return t
}

// Title is the name of a page.
func Title(text string) *Text {
	return NewText(text, TextParams{Size: theme.SizeNameHeadingText, Bold: true, Wrap: true})
}

// Heading is the name of a part of a page.
func Heading(text string) *Text {
	return NewText(text, TextParams{Size: theme.SizeNameSubHeadingText, Bold: true, Wrap: true})
}

// Strong is normal text in bold.
func Strong(text string) *Text { return NewText(text, TextParams{Bold: true, Wrap: true}) }

// Body is running text.
func Body(text string) *Text { return NewText(text, TextParams{Wrap: true}) }

// Muted is running text that explains.
func Muted(text string) *Text {
	return NewText(text, TextParams{Color: look.ColorSecondary, Wrap: true})
}

// Caption is small text that explains.
func Caption(text string) *Text {
	return NewText(text, TextParams{Size: theme.SizeNameCaptionText, Color: look.ColorSecondary, Wrap: true})
}

// Line is normal text on one line that asks for all the width it needs.
func Line(text string) *Text { return NewText(text, TextParams{}) }

// Text gives the words.
func (t *Text) Text() string { return t.text }

// SetText changes the words.
func (t *Text) SetText(text string) {
	if t.text != text {
		t.text = text
		t.Refresh()
	}
}

// SetColor changes the colour, by its name in the theme.
func (t *Text) SetColor(name fyne.ThemeColorName) {
	if t.p.Color != name {
		t.p.Color = name
		t.Refresh()
	}
}

// SetBold changes the weight.
func (t *Text) SetBold(bold bool) {
	if t.p.Bold != bold {
		t.p.Bold = bold
		t.Refresh()
	}
}

// AccessibilityLabel is the words.
func (t *Text) AccessibilityLabel() string { return t.text }

// AccessibilityRole is that of text.
func (t *Text) AccessibilityRole() fyne.AccessibleRole { return fyne.AccessibleRoleText }

// Resize breaks the lines anew where the width changed.
func (t *Text) Resize(s fyne.Size) {
	if (t.p.Wrap || t.p.Cut) && s.Width != t.width {
		t.width = s.Width
		t.Refresh()
	}
	t.BaseWidget.Resize(s)
}

// natural is the width of the longest line where none is broken.
func (t *Text) natural() float32 {
	return t.measured(0).Width
}

// heightAt is the height the text takes at a width.
func (t *Text) heightAt(width float32) float32 { return t.measured(width).Height }

// measured is the size of the text broken at a width, 0 for unbroken.
func (t *Text) measured(width float32) fyne.Size {
	th := t.Theme()
	size, style := th.Size(t.p.Size), fyne.TextStyle{Bold: t.p.Bold}
	measure := func(s string) float32 { return fyne.MeasureText(s, size, style).Width }
	if width == 0 || !t.p.Wrap {
		width = 1e9
	}
	lines := wrap(t.text, width+slack, measure)
	widest := float32(0)
	for _, l := range lines {
		widest = max(widest, measure(l))
	}
	return fyne.NewSize(widest, float32(len(lines))*fyne.MeasureText("A", size, style).Height)
}

// CreateRenderer is called by the toolkit.
func (t *Text) CreateRenderer() fyne.WidgetRenderer {
	r := &textRenderer{t: t}
	r.update()
	return r
}

// slack keeps a text that is given exactly its own width from breaking because
// of rounding.
const slack = 0.5

// wholeLine is how many units wide a wrapping text is before it was laid out.
const wholeLine = 60

type textRenderer struct {
	t     *Text
	lines []*canvas.Text
	least fyne.Size
}

func (r *textRenderer) style() (float32, fyne.TextStyle, color.Color) {
	th := r.t.Theme()
	v := fyne.CurrentApp().Settings().ThemeVariant()
	return th.Size(r.t.p.Size), fyne.TextStyle{Bold: r.t.p.Bold}, th.Color(r.t.p.Color, v)
}

func (r *textRenderer) update() {
	size, style, col := r.style()
	measure := func(s string) float32 { return fyne.MeasureText(s, size, style).Width }
	lines := r.breakLines(measure)
	for len(r.lines) < len(lines) {
		r.lines = append(r.lines, canvas.NewText("", col))
	}
	r.lines = r.lines[:len(lines)]
	widest := float32(0)
	height := fyne.MeasureText("A", size, style).Height
	for i, s := range lines {
		l := r.lines[i]
		l.Text, l.TextSize, l.TextStyle, l.Color, l.Alignment = s, size, style, col, r.t.p.Align
		widest = max(widest, measure(s))
	}
	r.least = fyne.NewSize(widest, height*float32(len(lines)))
	if r.t.p.Wrap || r.t.p.Cut {
		r.least.Width = min(widest, r.longestWord(measure, size))
	}
}

func (r *textRenderer) breakLines(measure func(string) float32) []string {
	width := r.t.width
	if width == 0 {
		width = look.Gap(wholeLine)
	}
	switch {
	case r.t.p.Cut:
		return []string{ellipsis(r.t.text, width, measure)}
	case r.t.p.Wrap:
		return wrap(r.t.text, width+slack, measure)
	}
	return wrap(r.t.text, 1e9, measure)
}

// longestWord is what a wrapping text asks for at least: its longest word, but
// no more than ten characters' width, because longer ones can be broken.
func (r *textRenderer) longestWord(measure func(string) float32, size float32) float32 {
	if r.t.p.Cut {
		return size * 2
	}
	longest := float32(0)
	for _, u := range units(r.t.text) {
		longest = max(longest, measure(u))
	}
	return min(longest, size*10)
}

func (r *textRenderer) Layout(size fyne.Size) {
	if len(r.lines) == 0 {
		return
	}
	h := r.least.Height / float32(len(r.lines))
	for i, l := range r.lines {
		l.Move(fyne.NewPos(0, h*float32(i)))
		l.Resize(fyne.NewSize(size.Width, h))
	}
}

func (r *textRenderer) MinSize() fyne.Size { return r.least }

func (r *textRenderer) Refresh() {
	r.update()
	r.Layout(r.t.Size())
	canvas.Refresh(r.t)
}

func (r *textRenderer) Objects() []fyne.CanvasObject {
	out := make([]fyne.CanvasObject, len(r.lines))
	for i, l := range r.lines {
		out[i] = l
	}
	return out
}

func (r *textRenderer) Destroy() {}
