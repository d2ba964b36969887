package kit

import "slices"

// Relabel gives the options other words, such as new counts, and says whether
// that was possible: only where the codes are the same. The keyboard stays
// where it is.
func (g *Segments[T]) Relabel(options []Option[T]) bool {
	if !slices.EqualFunc(g.options, options, func(a, b Option[T]) bool { return a.Code == b.Code }) {
		return false
	}
	g.options = options
	for i, o := range options {
		if g.buttons[i].Text != o.Text {
			g.buttons[i].SetText(o.Text)
		}
	}
	return true
}
