package uitest

import (
	"fmt"
	"reflect"
	"regexp"
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/driver/desktop"
	"fyne.io/fyne/v2/test"
	"fyne.io/fyne/v2/widget"

	"quietline/internal/ui/kit"
)

// Seen is one object of the window with its place on it.
type Seen struct {
	Object fyne.CanvasObject
	Pos    fyne.Position
	// Clip is the part of the window it can be seen through.
	ClipPos  fyne.Position
	ClipSize fyne.Size
	// In is the chain of widgets around it, outermost first.
	In []fyne.CanvasObject
}

// Walk visits everything that is visible, dialogs included, outermost first.
func (h *Harness) Walk(visit func(Seen)) {
	c := h.Window.Canvas()
	roots := append([]fyne.CanvasObject{c.Content()}, c.Overlays().List()...)
	for _, o := range roots {
		walk(Seen{Object: o, Pos: o.Position(), ClipSize: c.Size()}, visit)
	}
}

func walk(s Seen, visit func(Seen)) {
	if !s.Object.Visible() {
		return
	}
	visit(s)
	var inner []fyne.CanvasObject
	switch o := s.Object.(type) {
	case *fyne.Container:
		inner = o.Objects
	case fyne.Widget:
		inner = test.WidgetRenderer(o).Objects()
		s.In = append(s.In[:len(s.In):len(s.In)], s.Object)
		if _, ok := s.Object.(*container.Scroll); ok {
			s.clip(s.Pos, s.Object.Size())
		}
	}
	for _, i := range inner {
		next := s
		next.Object, next.Pos = i, s.Pos.Add(i.Position())
		walk(next, visit)
	}
}

// clip narrows what can be seen to what a scroll shows, within what those
// around it show.
func (s *Seen) clip(pos fyne.Position, size fyne.Size) {
	end := pos.Add(size)
	outer := s.ClipPos.Add(s.ClipSize)
	s.ClipPos = fyne.NewPos(max(pos.X, s.ClipPos.X), max(pos.Y, s.ClipPos.Y))
	s.ClipSize = fyne.NewSize(
		max(0, min(end.X, outer.X)-s.ClipPos.X),
		max(0, min(end.Y, outer.Y)-s.ClipPos.Y),
	)
}

// All gives every visible object of the type.
func All[T fyne.CanvasObject](h *Harness) []T {
	var out []T
	h.Walk(func(s Seen) {
		if o, ok := s.Object.(T); ok {
			out = append(out, o)
		}
	})
	return out
}

// One gives the only visible object of the type that the test picks.
func One[T fyne.CanvasObject](h *Harness, pick func(T) bool) T {
	h.T.Helper()
	var found []T
	for _, o := range All[T](h) {
		if pick == nil || pick(o) {
			found = append(found, o)
		}
	}
	if len(found) != 1 {
		h.T.Fatalf("%d objects of type %v, want 1; texts: %q", len(found), reflect.TypeFor[T](), h.Texts())
	}
	return found[0]
}

// Button finds a button by its words.
func (h *Harness) Button(text string) *kit.Button {
	h.T.Helper()
	return One(h, func(b *kit.Button) bool { return b.Text == text })
}

// Press presses the button with the words of the message key.
func (h *Harness) Press(key string) {
	h.T.Helper()
	b := h.Button(h.Env.T(key))
	if b.Disabled() {
		h.T.Fatalf("the button %q is disabled", b.Text)
	}
	test.Tap(b)
	h.Layout()
}

// Key types a key into what has the focus.
func (h *Harness) Key(name fyne.KeyName) {
	h.T.Helper()
	if f := h.Window.Canvas().Focused(); f != nil {
		f.TypedKey(&fyne.KeyEvent{Name: name})
	} else if typed := h.Window.Canvas().OnTypedKey(); typed != nil {
		typed(&fyne.KeyEvent{Name: name})
	}
	// A real keyboard sends Space as a character too, to whatever has the
	// focus by then.
	if f := h.Window.Canvas().Focused(); f != nil && name == fyne.KeySpace {
		f.TypedRune(' ')
	}
	h.Layout()
}

// Tab moves the focus on and gives what has it now.
func (h *Harness) Tab() fyne.Focusable {
	h.Window.Canvas().FocusNext()
	return h.Window.Canvas().Focused()
}

// Type replaces the text of a field, as a user who types does.
func (h *Harness) Type(e *kit.Entry, text string) {
	e.SetText("")
	h.Window.Canvas().Focus(e)
	test.Type(e, text)
	h.Layout()
}

// Texts gives every visible line of text from top to bottom as drawn.
func (h *Harness) Texts() []string {
	var out []string
	h.Walk(func(s Seen) {
		if t, ok := s.Object.(*canvas.Text); ok && strings.TrimSpace(t.Text) != "" {
			out = append(out, t.Text)
		}
	})
	return out
}

// Shows says whether the words of the message key can be read in the window,
// wrapped or not.
func (h *Harness) Shows(key string, args ...map[string]any) bool {
	return h.Reads(h.Env.T(key, args...))
}

// Reads says whether these words can be read in the window.
func (h *Harness) Reads(words string) bool {
	squeeze := func(s string) string { return strings.Join(strings.Fields(s), "") }
	return strings.Contains(squeeze(strings.Join(h.Texts(), "")), squeeze(words))
}

var keyLike = regexp.MustCompile(`^[a-z_]+(\.[a-z0-9_-]+)+$`)

// Check fails the test where a text is a message key, reaches beyond the
// window or beyond its own place, or lies over another one.
func (h *Harness) Check() {
	h.T.Helper()
	h.Layout()
	for _, problem := range append(h.problems(), h.eyes()...) {
		h.T.Error(problem)
	}
}

type box struct {
	text string
	pos  fyne.Position
	size fyne.Size
	root int
}

func (h *Harness) problems() []string {
	var out []string
	width := h.Window.Canvas().Size().Width
	var boxes []box
	root := -1
	h.Walk(func(s Seen) {
		if len(s.In) == 0 && s.Pos.IsZero() && isRoot(h, s.Object) {
			root++
		}
		t, ok := s.Object.(*canvas.Text)
		if !ok || strings.TrimSpace(t.Text) == "" || inEntry(s) {
			return
		}
		if keyLike.MatchString(t.Text) && !strings.Contains(t.Text, "www.") {
			out = append(out, fmt.Sprintf("untranslated key on screen: %q", t.Text))
		}
		need := fyne.MeasureText(t.Text, t.TextSize, t.TextStyle)
		if need.Width > t.Size().Width+1.5 {
			out = append(out, fmt.Sprintf("%q needs %.0f points and has %.0f", t.Text, need.Width, t.Size().Width))
		}
		x := s.Pos.X + offset(t, need.Width)
		if x < -0.5 || x+need.Width > width+0.5 {
			out = append(out, fmt.Sprintf("%q reaches from %.0f to %.0f in a window %.0f wide", t.Text, x, x+need.Width, width))
		}
		b := box{text: t.Text, pos: fyne.NewPos(x, s.Pos.Y), size: fyne.NewSize(need.Width, t.Size().Height), root: root}
		if clipped(&b, s) {
			boxes = append(boxes, b)
		}
	})
	return append(out, overlaps(boxes)...)
}

func isRoot(h *Harness, o fyne.CanvasObject) bool {
	c := h.Window.Canvas()
	if o == c.Content() {
		return true
	}
	for _, over := range c.Overlays().List() {
		if o == over {
			return true
		}
	}
	return false
}

// inEntry says whether the text scrolls sideways in a field, where it may be
// wider than its place.
func inEntry(s Seen) bool {
	for _, o := range s.In {
		switch o.(type) {
		case *kit.Entry, *widget.Entry:
			return true
		}
	}
	return false
}

func offset(t *canvas.Text, need float32) float32 {
	switch t.Alignment {
	case fyne.TextAlignCenter:
		return (t.Size().Width - need) / 2
	case fyne.TextAlignTrailing:
		return t.Size().Width - need
	default:
		return 0
	}
}

// clipped cuts the box to what can be seen and says whether anything can.
func clipped(b *box, s Seen) bool {
	top := max(b.pos.Y, s.ClipPos.Y)
	bottom := min(b.pos.Y+b.size.Height, s.ClipPos.Y+s.ClipSize.Height)
	b.pos.Y, b.size.Height = top, bottom-top
	return b.size.Height > 0
}

func overlaps(boxes []box) []string {
	var out []string
	for i, a := range boxes {
		for _, b := range boxes[i+1:] {
			x := min(a.pos.X+a.size.Width, b.pos.X+b.size.Width) - max(a.pos.X, b.pos.X)
			y := min(a.pos.Y+a.size.Height, b.pos.Y+b.size.Height) - max(a.pos.Y, b.pos.Y)
			if a.root == b.root && x > 1 && y > 2 {
				out = append(out, fmt.Sprintf("%q and %q overlap", a.text, b.text))
			}
		}
	}
	return out
}

func firstDifference(got, want string) string {
	g, w := strings.Split(got, "\n"), strings.Split(want, "\n")
	for i := range min(len(g), len(w)) {
		if g[i] != w[i] {
			return fmt.Sprintf("%d:\n got %s\nwant %s", i+1, strings.TrimSpace(g[i]), strings.TrimSpace(w[i]))
		}
	}
	return fmt.Sprintf("%d: got %d lines, want %d", min(len(g), len(w)), len(g), len(w))
}

// Shortcut types a shortcut of the window, such as Ctrl+1. The test driver's
// canvas hides what the real one offers, so the control that has the focus is
// passed over; that kit.Entry hands shortcuts on is tested in a real window.
func (h *Harness) Shortcut(key fyne.KeyName, modifier fyne.KeyModifier) {
	h.T.Helper()
	h.TypeShortcut(&desktop.CustomShortcut{KeyName: key, Modifier: modifier})
}

// TypeShortcut is Shortcut for any kind of shortcut.
func (h *Harness) TypeShortcut(s fyne.Shortcut) {
	h.T.Helper()
	inner := reflect.ValueOf(h.Window.Canvas()).Elem().FieldByName("WindowlessCanvas")
	c, ok := inner.Interface().(fyne.Shortcutable)
	if !ok {
		h.T.Fatal("the test driver's canvas takes no shortcuts any more")
	}
	c.TypedShortcut(s)
	h.Layout()
}
