package uitest

import (
	"fmt"
	"image/color"
	"math"
	"reflect"
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"

	"quietline/internal/settings"
	"quietline/internal/ui/kit"
)

// What old eyes and slow hands need is looked for on everything that a test
// shows: words that stand out from what is painted under them, places to press
// that are large, and a name for who cannot see them.

// leastTarget is how wide and high what can be pressed is at the large sizes.
const leastTarget = 40

// eyes gives what is wrong with the window in this respect.
func (h *Harness) eyes() []string {
	var out []string
	least := 4.5
	if h.Options.Theme == settings.ThemeContrast {
		least = 7
	}
	large := h.Options.TextSize != settings.TextNormal
	var grounds []ground
	h.Walk(func(s Seen) {
		switch o := s.Object.(type) {
		case *canvas.Rectangle:
			grounds = append(grounds, groundOf(s, o.FillColor))
		case *canvas.Text:
			if back, ok := h.behind(s, grounds); ok && strings.TrimSpace(o.Text) != "" {
				if got := Contrast(o.Color, back); got < least {
					out = append(out, fmt.Sprintf("%q has a contrast of %.2f, want %.1f", o.Text, got, least))
				}
			}
		}
		if large {
			out = append(out, tooSmall(s)...)
		}
		out = append(out, nameless(s.Object)...)
		out = append(out, h.onlyByPointer(s.Object)...)
	})
	return out
}

// onlyByPointer says so of a way back that Escape does not go. What leads to all of a
// list, or to an earlier week, looks the same and is another thing.
func (h *Harness) onlyByPointer(o fyne.CanvasObject) []string {
	b, ok := o.(*kit.Button)
	if !ok || b.Disabled() || b.Icon != theme.NavigateBackIcon() || b.Carries(kit.CommandBack) ||
		b.Importance == widget.HighImportance || b.Text == h.Env.T("digest.earlier") {
		return nil
	}
	return []string{fmt.Sprintf("%q is not pressed by Escape", b.Text)}
}

// tooSmall says so of what can be pressed and is hard to hit. The parts of one
// control are that control's, and what reaches over the edge of what scrolls is
// scrolled into sight first.
func tooSmall(s Seen) []string {
	// The bar of what scrolls is the toolkit's; the wheel and the keys do the same.
	if _, ok := s.Object.(fyne.Tappable); !ok || fmt.Sprintf("%T", s.Object) == "*widget.scrollBarArea" {
		return nil
	}
	if p, ok := s.Object.(interface{ Pressable() bool }); ok && !p.Pressable() {
		return nil
	}
	for _, o := range s.In {
		if _, in := o.(fyne.Tappable); in {
			return nil
		}
	}
	size := s.Object.Size()
	if size.Width >= leastTarget && size.Height >= leastTarget {
		return nil
	}
	return []string{fmt.Sprintf("%T %q is %.0f by %.0f, hard to hit", s.Object, nameOf(s.Object), size.Width, size.Height)}
}

// nameless says so of a widget of ours that a screen reader has no name for.
// Those that only paint have none: they take neither keyboard nor pointer.
func nameless(o fyne.CanvasObject) []string {
	t := reflect.TypeOf(o)
	if t.Kind() != reflect.Pointer || !strings.HasPrefix(t.Elem().PkgPath(), "quietline/") {
		return nil
	}
	if _, ok := o.(fyne.Focusable); !ok {
		return nil
	}
	if a, ok := o.(fyne.Accessible); !ok || strings.TrimSpace(a.AccessibilityLabel()) == "" || a.AccessibilityRole() == "" {
		return []string{fmt.Sprintf("%T has no name for who cannot see it", o)}
	}
	return nil
}

func nameOf(o fyne.CanvasObject) string {
	if a, ok := o.(fyne.Accessible); ok {
		return a.AccessibilityLabel()
	}
	return ""
}

// ground is a painted rectangle, as far as it can be seen.
type ground struct {
	from, to fyne.Position
	colour   color.Color
}

func groundOf(s Seen, c color.Color) ground {
	end := s.Pos.Add(s.Object.Size())
	clip := s.ClipPos.Add(s.ClipSize)
	return ground{
		from:   fyne.NewPos(max(s.Pos.X, s.ClipPos.X), max(s.Pos.Y, s.ClipPos.Y)),
		to:     fyne.NewPos(min(end.X, clip.X), min(end.Y, clip.Y)),
		colour: c,
	}
}

// behind blends what is painted where the words begin; ok is false where they
// cannot be seen.
func (h *Harness) behind(s Seen, grounds []ground) (color.Color, bool) {
	at := s.Pos.AddXY(min(4, s.Object.Size().Width/2), s.Object.Size().Height/2)
	clip := s.ClipPos.Add(s.ClipSize)
	if at.Y < s.ClipPos.Y || at.Y > clip.Y || at.X < s.ClipPos.X || at.X > clip.X {
		return nil, false
	}
	back := h.App.Settings().Theme().Color(theme.ColorNameBackground, h.App.Settings().ThemeVariant())
	for _, g := range grounds {
		if g.colour != nil && at.X >= g.from.X && at.X <= g.to.X && at.Y >= g.from.Y && at.Y <= g.to.Y {
			back = Blend(back, g.colour)
		}
	}
	return back, true
}

// Blend lays a colour that may be see-through over another one.
func Blend(under, over color.Color) color.Color {
	ur, ug, ub, _ := under.RGBA()
	or, og, ob, oa := over.RGBA()
	mix := func(u, o uint32) uint16 { return uint16(o + u*(0xffff-oa)/0xffff) }
	return color.RGBA64{R: mix(ur, or), G: mix(ug, og), B: mix(ub, ob), A: 0xffff}
}

// Contrast is the contrast of two colours (WCAG 2.2), 1 to 21.
func Contrast(a, b color.Color) float64 {
	x, y := luminance(a), luminance(b)
	return (max(x, y) + 0.05) / (min(x, y) + 0.05)
}

func luminance(c color.Color) float64 {
	r, g, b, _ := c.RGBA()
	part := func(n uint32) float64 {
		s := float64(n) / 0xffff
		if s <= 0.04045 {
			return s / 12.92
		}
		return math.Pow((s+0.055)/1.055, 2.4)
	}
	return 0.2126*part(r) + 0.7152*part(g) + 0.0722*part(b)
}
