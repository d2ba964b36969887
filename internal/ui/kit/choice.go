package kit

import (
	"cmp"
	"slices"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"

	"quietline/internal/l10n"
)

// Option is one thing to choose: its code and its words.
type Option[T comparable] struct {
	Code T
	Text string
}

// Terms makes options of the codes of a domain enumeration, in the words of
// the language ("term.KIND.CODE").
func Terms[T ~string](p *l10n.Printer, kind string, codes []T) []Option[T] {
	out := make([]Option[T], len(codes))
	for i, c := range codes {
		out[i] = Option[T]{Code: c, Text: p.Term(kind, string(c))}
	}
	return out
}

// Choice is a drop-down list of options.
type Choice[T comparable] struct {
	widget.Select
	options []Option[T]
	changed func(T)
	quiet   bool
	ring    ringed
	label   string
}

// NewChoice makes a drop-down list. The prompt is shown as long as nothing is
// chosen; changed (or nil) hears what the user chooses, not what Set sets.
func NewChoice[T comparable](prompt string, options []Option[T], changed func(T)) *Choice[T] {
	c := &Choice[T]{options: options, changed: changed, ring: ringed{outlined: true}}
	c.PlaceHolder = cmp.Or(prompt, " ") // for none the toolkit has one, in English
	c.Options = texts(options)
	c.OnChanged = func(string) {
		if i := c.SelectedIndex(); !c.quiet && c.changed != nil && i >= 0 {
			c.changed(c.options[i].Code)
		}
	}
	c.ExtendBaseWidget(c)
	return c
}

func texts[T comparable](options []Option[T]) []string {
	out := make([]string, len(options))
	for i, o := range options {
		out[i] = o.Text
	}
	return out
}

// Get is the chosen code; ok is false where nothing is chosen.
func (c *Choice[T]) Get() (code T, ok bool) {
	if i := c.SelectedIndex(); i >= 0 {
		return c.options[i].Code, true
	}
	return code, false
}

// Set chooses a code without telling changed; one that is not there clears
// the choice.
func (c *Choice[T]) Set(code T) {
	c.quiet = true
	defer func() { c.quiet = false }()
	i := slices.IndexFunc(c.options, func(o Option[T]) bool { return o.Code == code })
	if i < 0 {
		c.ClearSelected()
		return
	}
	c.SetSelectedIndex(i)
}

// SetOptions replaces the options; the choice stays where its code does.
func (c *Choice[T]) SetOptions(options []Option[T]) {
	code, ok := c.Get()
	c.options = options
	c.Options = texts(options)
	if ok {
		c.Set(code)
	}
	c.Refresh()
}

// CreateRenderer is called by the toolkit.
func (c *Choice[T]) CreateRenderer() fyne.WidgetRenderer {
	return newRingRenderer(c, c.Select.CreateRenderer(), &c.ring)
}

// MinSize leaves room for the longest option, within reason, so that the list
// does not cut its words.
func (c *Choice[T]) MinSize() fyne.Size {
	m := c.Select.MinSize()
	size, pad := theme.TextSize(), theme.InnerPadding()
	for _, o := range c.options {
		w := fyne.MeasureText(o.Text, size, fyne.TextStyle{}).Width + theme.IconInlineSize() + 4*pad
		m.Width = max(m.Width, min(w, size*16))
	}
	return m
}

// SetWrong draws the list as wrong or right.
func (c *Choice[T]) SetWrong(wrong bool) {
	if c.ring.wrong != wrong {
		c.ring.wrong = wrong
		c.Refresh()
	}
}

// FocusGained is called by the toolkit.
func (c *Choice[T]) FocusGained() {
	c.ring.focused = true
	c.Select.FocusGained()
	reveal(c)
}

// FocusLost is called by the toolkit.
func (c *Choice[T]) FocusLost() {
	c.ring.focused = false
	c.Select.FocusLost()
}

// TypedKey opens the list with Enter too.
func (c *Choice[T]) TypedKey(key *fyne.KeyEvent) {
	if key.Name == fyne.KeyReturn || key.Name == fyne.KeyEnter {
		key = &fyne.KeyEvent{Name: fyne.KeySpace}
	}
	c.Select.TypedKey(key)
	PassKey(c, key)
}

// Checks is a group of boxes to tick, side by side as far as they find room.
type Checks[T comparable] struct {
	box     *fyne.Container
	boxes   []*Check
	options []Option[T]
	quiet   bool
}

// NewChecks makes a group of boxes; changed (or nil) hears every change that
// the user makes.
func NewChecks[T comparable](options []Option[T], changed func([]T)) *Checks[T] {
	g := &Checks[T]{options: options}
	var objects []fyne.CanvasObject
	for _, o := range options {
		box := NewCheck(o.Text, func(bool) {
			if !g.quiet && changed != nil {
				changed(g.Get())
			}
		})
		g.boxes = append(g.boxes, box)
		objects = append(objects, box)
	}
	g.box = Flow(0.5, objects...)
	return g
}

// Object is what to put on the page.
func (g *Checks[T]) Object() fyne.CanvasObject { return g.box }

// Get gives the ticked codes in the order of the options.
func (g *Checks[T]) Get() []T {
	var out []T
	for i, b := range g.boxes {
		if b.Checked {
			out = append(out, g.options[i].Code)
		}
	}
	return out
}

// Set ticks exactly these codes, without telling changed.
func (g *Checks[T]) Set(codes []T) {
	g.quiet = true
	defer func() { g.quiet = false }()
	for i, b := range g.boxes {
		b.SetChecked(slices.Contains(codes, g.options[i].Code))
	}
}

// First is the first box, to put the focus on.
func (g *Checks[T]) First() fyne.Focusable {
	if len(g.boxes) == 0 {
		return nil
	}
	return g.boxes[0]
}

// Segments shows all options side by side; one of them is chosen.
type Segments[T comparable] struct {
	box     *fyne.Container
	buttons []*Button
	options []Option[T]
	chosen  T
}

// NewSegments makes a row of options with the chosen one marked.
func NewSegments[T comparable](options []Option[T], chosen T, changed func(T)) *Segments[T] {
	g := &Segments[T]{options: options}
	var objects []fyne.CanvasObject
	for _, o := range options {
		b := NewButton(o.Text, nil, func() {
			if g.chosen != o.Code {
				g.Set(o.Code)
				changed(o.Code)
			}
		})
		g.buttons = append(g.buttons, b)
		objects = append(objects, b)
	}
	g.box = Flow(1, objects...)
	g.Set(chosen)
	return g
}

// Object is what to put on the page.
func (g *Segments[T]) Object() fyne.CanvasObject { return g.box }

// First is where the keyboard begins.
func (g *Segments[T]) First() fyne.Focusable { return g.buttons[0] }

// Get is the chosen code.
func (g *Segments[T]) Get() T { return g.chosen }

// Set chooses a code without telling changed.
func (g *Segments[T]) Set(code T) {
	g.chosen = code
	for i, o := range g.options {
		b := g.buttons[i]
		b.chosen = o.Code == code
		b.Importance, b.Icon = widget.MediumImportance, theme.RadioButtonIcon()
		if b.chosen {
			b.Importance, b.Icon = widget.HighImportance, theme.RadioButtonCheckedIcon()
		}
		b.Refresh()
	}
}
