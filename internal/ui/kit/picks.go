package kit

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"
)

// Pick is one thing to choose, with what it means. All texts are words, not keys.
type Pick[T comparable] struct {
	Code        T
	Title, Text string
}

// Picks shows options below each other, each with what it means; at most one of
// them is chosen.
type Picks[T comparable] struct {
	box     *fyne.Container
	buttons []*Button
	codes   []T
	chosen  T
}

// NewPicks makes a list of options with the chosen one marked; the zero code for
// none. changed hears what the user chooses.
func NewPicks[T comparable](options []Pick[T], chosen T, changed func(T)) *Picks[T] {
	g := &Picks[T]{}
	var objects []fyne.CanvasObject
	for _, o := range options {
		b := NewButton(o.Title, nil, func() {
			g.Set(o.Code)
			changed(o.Code)
		})
		b.Alignment = widget.ButtonAlignLeading
		g.buttons, g.codes = append(g.buttons, b), append(g.codes, o.Code)
		words := Pad(0, 1, Body(o.Text))
		objects = append(objects, Boxed(Stack(1, b, words)))
	}
	g.box = Stack(1.5, objects...)
	g.Set(chosen)
	return g
}

// Object is what to put on the page.
func (g *Picks[T]) Object() fyne.CanvasObject { return g.box }

// Get is the chosen code.
func (g *Picks[T]) Get() T { return g.chosen }

// Set chooses a code without telling changed.
func (g *Picks[T]) Set(code T) {
	g.chosen = code
	for i, b := range g.buttons {
		b.Importance, b.Icon = widget.MediumImportance, theme.RadioButtonIcon()
		if g.codes[i] == code {
			b.Importance, b.Icon = widget.HighImportance, theme.RadioButtonCheckedIcon()
		}
		b.Refresh()
	}
}
