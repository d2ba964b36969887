package kit

import "fyne.io/fyne/v2/widget"

// Pick is one thing to choose, with what it means. All texts are words, not keys.
type Pick[T comparable] struct {
	Code        T
	Title, Text string
}

// NewPicks makes segments that stand below each other, each with what it means; the
// zero code for none that is chosen.
func NewPicks[T comparable](picks []Pick[T], chosen T, changed func(T)) *Segments[T] {
	options := make([]Option[T], len(picks))
	for i, p := range picks {
		options[i] = Option[T]{Code: p.Code, Text: p.Title}
	}
	g := NewSegments(options, chosen, changed)
	g.box = Stack(1.5)
	for i, b := range g.buttons {
		b.Alignment = widget.ButtonAlignLeading
		g.box.Add(Boxed(Stack(1, b, Pad(0, 1, Body(picks[i].Text)))))
	}
	return g
}
