package kit_test

import (
	"strings"
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/theme"

	"quietline/internal/ui/kit"
	"quietline/internal/ui/look"
	"quietline/internal/ui/uitest"
)

// block is an object of a fixed size.
func block(w, h float32) fyne.CanvasObject {
	r := canvas.NewRectangle(theme.Color(theme.ColorNamePrimary))
	r.SetMinSize(fyne.NewSize(w, h))
	return r
}

// TestStackKnowsTheHeightOfTextAtOnce: unlike the toolkit's box, which learns
// the height of wrapped text only at the next layout.
func TestStackKnowsTheHeightOfTextAtOnce(t *testing.T) {
	uitest.New(t, uitest.Options{})
	text := kit.Body(strings.Repeat("公开名单 ", 40))
	below := block(10, 10)
	s := kit.Stack(1, kit.Card(text), below)
	s.Resize(fyne.NewSize(200, 1000))
	lines := text.MinSize().Height / kit.Line("公").MinSize().Height
	if lines < 5 {
		t.Fatalf("%v lines", lines)
	}
	if want := text.MinSize().Height + look.Gap(2*2.5+1); below.Position().Y != want {
		t.Errorf("what stands below is at %v, want %v", below.Position().Y, want)
	}
	if s.MinSize().Height != below.Position().Y+10 {
		t.Errorf("the stack asks for %v, ends at %v", s.MinSize().Height, below.Position().Y+10)
	}
}

func TestRowGivesTheRestToOne(t *testing.T) {
	uitest.New(t, uitest.Options{})
	a, b, c := block(30, 10), block(10, 20), block(40, 10)
	r := kit.Row(1, 1, a, b, c)
	r.Resize(fyne.NewSize(200, 40))
	if b.Size().Width != 200-30-40-2*look.Gap(1) {
		t.Errorf("the middle is %v wide", b.Size().Width)
	}
	if c.Position().X+40 != 200 || a.Position().Y != 15 || b.Position().Y != 10 {
		t.Errorf("places %v %v %v", a.Position(), b.Position(), c.Position())
	}
	b.Hide()
	if got := r.MinSize(); got != fyne.NewSize(30+40+look.Gap(1), 10) {
		t.Errorf("without the middle %v", got)
	}
}

func TestFlowGoesOnBelow(t *testing.T) {
	uitest.New(t, uitest.Options{})
	a, b, c := block(60, 10), block(60, 30), block(60, 10)
	f := kit.Flow(1, a, b, c)
	f.Resize(fyne.NewSize(140, 100))
	if b.Position() != fyne.NewPos(68, 0) || a.Position() != fyne.NewPos(0, 10) || c.Position() != fyne.NewPos(0, 38) {
		t.Errorf("places %v %v %v", a.Position(), b.Position(), c.Position())
	}
	if got := f.MinSize(); got != fyne.NewSize(60, 48) {
		t.Errorf("asks for %v", got)
	}
	f.Resize(fyne.NewSize(300, 100))
	if got := f.MinSize(); got != fyne.NewSize(60, 30) {
		t.Errorf("on one line it asks for %v", got)
	}
}

func TestFlowDoesNotBreakAShortName(t *testing.T) {
	uitest.New(t, uitest.Options{})
	name := kit.Heading("王大爷")
	f := kit.Flow(1, name, block(60, 10))
	f.Resize(fyne.NewSize(300, 100))
	if got := name.Size().Height; got != kit.Heading("王").MinSize().Height {
		t.Errorf("the name is %v high", got)
	}
	long := kit.Heading(strings.Repeat("王大爷", 30))
	f = kit.Flow(1, long, block(60, 10))
	f.Resize(fyne.NewSize(300, 100))
	if long.Size().Width > 300 || long.Size().Height < 2*name.Size().Height {
		t.Errorf("a long name is %v", long.Size())
	}
}

func TestColumnsFollowTheWidth(t *testing.T) {
	uitest.New(t, uitest.Options{})
	a, b, c := block(10, 10), block(10, 50), block(10, 10)
	g := kit.Columns(1, 20, a, b, c)
	g.Resize(fyne.NewSize(400, 400))
	if a.Size() != fyne.NewSize(196, 50) || b.Position() != fyne.NewPos(204, 0) || c.Position() != fyne.NewPos(0, 58) {
		t.Errorf("two columns: %v %v %v", a.Size(), b.Position(), c.Position())
	}
	g.Resize(fyne.NewSize(160, 400))
	if c.Position() != fyne.NewPos(0, 10+50+2*8) || g.MinSize().Height != 10+50+10+2*8 {
		t.Errorf("one column: %v, asks for %v", c.Position(), g.MinSize())
	}
}

func TestFrameMovesActionsBelowWhereItIsNarrow(t *testing.T) {
	for _, tc := range []struct {
		width float32
		below bool
	}{{900, false}, {420, true}} {
		h := uitest.New(t, uitest.Options{Size: fyne.NewSize(tc.width, 600)})
		b := kit.NewPrimary(h.Env.T("family.add"), nil, nil)
		title := h.Env.T("family.title")
		h.ShowObject(kit.Frame(kit.FrameParams{
			Title: title, Explanation: h.Env.T("family.text"), Body: kit.Spring(),
			Actions: []fyne.CanvasObject{kit.NewButton(h.Env.T("kit.retry"), nil, nil), b},
		}))
		h.Check()
		y := fyne.CurrentApp().Driver().AbsolutePositionForObject(b).Y
		if below := y > 60; below != tc.below {
			t.Errorf("%v wide: the action is at %v", tc.width, y)
		}
	}
}

func TestCutTextEndsWithAnEllipsis(t *testing.T) {
	h := uitest.New(t, uitest.Options{Size: fyne.NewSize(120, 100)})
	h.ShowObject(kit.NewText(strings.Repeat("公开名单", 20), kit.TextParams{Cut: true}))
	texts := h.Texts()
	if len(texts) != 1 || !strings.HasSuffix(texts[0], "…") {
		t.Fatalf("texts %q", texts)
	}
	h.Check()
}

func TestFactPutsTheLabelAboveWhereItIsNarrow(t *testing.T) {
	uitest.New(t, uitest.Options{})
	f := kit.Fact("省份", "安徽")
	f.Resize(fyne.NewSize(600, 100))
	if f.MinSize().Height != kit.Line("省").MinSize().Height {
		t.Errorf("wide: %v", f.MinSize())
	}
	f.Resize(fyne.NewSize(200, 100))
	if f.MinSize().Height != 2*kit.Line("省").MinSize().Height {
		t.Errorf("narrow: %v", f.MinSize())
	}
}

// TestTabScrollsIntoView: the focus never leaves what can be seen, neither on a
// page nor in a dialog.
func TestTabScrollsIntoView(t *testing.T) {
	fields := func() []fyne.CanvasObject {
		var out []fyne.CanvasObject
		for range 12 {
			out = append(out, kit.NewEntry(""), kit.NewChoice("?", []kit.Option[int]{{Code: 1, Text: "1"}}, nil),
				kit.NewButton("a", nil, nil), kit.NewCheck("b", nil), kit.NewTextArea("", 3))
		}
		return out
	}
	for _, where := range []string{"page", "dialog"} {
		h := uitest.New(t, uitest.Options{})
		h.ShowObject(kit.Frame(kit.FrameParams{Title: "t", Body: kit.Card(fields()...)}))
		if where == "dialog" {
			kit.ShowDialog(h.Env, func(*kit.Dialog) kit.DialogParams {
				return kit.DialogParams{Title: "t", Body: kit.Stack(1, fields()...), Buttons: []fyne.CanvasObject{kit.NewButton("c", nil, nil)}}
			})
		}
		h.Layout()
		h.Window.Canvas().Unfocus()
		for i := range 120 { // once around and more, backwards at last
			if i < 100 {
				h.Tab()
			} else {
				h.Window.Canvas().FocusPrevious()
			}
			o := h.Window.Canvas().Focused().(fyne.CanvasObject)
			top := fyne.CurrentApp().Driver().AbsolutePositionForObject(o).Y
			if top < 0 || top+o.Size().Height > h.Options.Size.Height {
				t.Fatalf("%s: stop %d, a %T, lies from %v to %v in a window %v high", where, i, o, top, top+o.Size().Height, h.Options.Size.Height)
			}
		}
	}
}

// The ring of what stands first or last in a part of a page is seen whole, and the
// part still begins where the page has it.
func TestScrolledCutsNoRing(t *testing.T) {
	h := uitest.New(t, uitest.Options{})
	o := kit.NewChoice("", []kit.Option[int]{{Code: 1, Text: "f"}}, nil)
	h.ShowObject(kit.Pad(3, 3, kit.Scrolled(kit.Stack(1, o))))
	at := fyne.CurrentApp().Driver().AbsolutePositionForObject
	s, unit := uitest.One[*container.Scroll](h, nil), look.Gap(1)
	if in := at(o).Subtract(at(s)); in.X < 3 || in.Y < 3 {
		t.Errorf("it stands %v within what is cut", in)
	}
	if want := fyne.NewPos(3*unit, 3*unit); at(o) != want {
		t.Errorf("it is at %v, want %v", at(o), want)
	}
}
