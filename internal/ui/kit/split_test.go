package kit_test

import (
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/test"

	"quietline/internal/ui/kit"
	"quietline/internal/ui/uitest"
)

// splitBench is a list of one button, and a side of two.
type splitBench struct {
	*uitest.Harness
	split         *kit.Split
	row, back, do *kit.Button
	pressed       int
}

func newSplit(t *testing.T, width float32) *splitBench {
	t.Helper()
	b := &splitBench{Harness: uitest.New(t, uitest.Options{Size: fyne.NewSize(width, 500)})}
	b.row = kit.NewButton("row", nil, func() { b.split.Show(b.side()) })
	b.split = kit.NewSplit(kit.SplitParams{Env: b.Env, List: container.NewVBox(b.row), Side: 56, Least: 44})
	b.ShowObject(b.split.Object())
	return b
}

func (b *splitBench) side() fyne.CanvasObject {
	b.back = kit.NewButton("back", nil, func() { b.split.Show(nil) })
	b.do = kit.NewButton("do", nil, func() { b.pressed++ })
	return container.NewVBox(b.back, b.do)
}

func (b *splitBench) expect(t *testing.T, want fyne.Focusable, when string) {
	t.Helper()
	if got := b.Window.Canvas().Focused(); got != want {
		name := "nothing"
		if b, ok := got.(*kit.Button); ok {
			name = b.Text
		}
		t.Errorf("%s: the keyboard is with %s, want %s", when, name, want.(*kit.Button).Text)
	}
}

const narrow, wide = 500, 1400

// Without it, arrow keys and Delete go on working on rows that nobody sees.
func TestTheKeyboardGoesToWhatCoversTheList(t *testing.T) {
	b := newSplit(t, narrow)
	b.Window.Canvas().Focus(b.row)
	b.split.Show(b.side())
	b.expect(t, b.back, "opened")
	b.Window.Canvas().Focus(b.do)
	b.split.Show(b.side())
	b.expect(t, b.do, "shown anew")
	b.split.Show(nil)
	b.expect(t, b.row, "closed")
}

func TestTheKeyboardStaysInAListBesideItsSide(t *testing.T) {
	b := newSplit(t, wide)
	b.Window.Canvas().Focus(b.row)
	b.split.Show(b.side())
	b.expect(t, b.row, "opened")
	b.Window.Canvas().Focus(b.do)
	b.split.Show(nil)
	b.expect(t, b.row, "closed from the side")

	b.split.Show(b.side())
	b.Options.Size.Width = narrow
	b.Layout()
	b.expect(t, b.back, "covered by a narrow window")
}

func TestNobodyTakesTheKeyboardFromAnotherPart(t *testing.T) {
	for _, width := range []float32{narrow, wide} {
		b := newSplit(t, width)
		search := kit.NewButton("search", nil, nil)
		b.ShowObject(container.NewBorder(search, nil, nil, nil, b.split.Object()))
		b.Window.Canvas().Focus(search)
		b.split.Show(b.side())
		b.expect(t, search, "opened")
		b.split.Show(nil)
		b.expect(t, search, "closed")
	}
}

func TestNothingHasTheKeyboardWhereTheSideTakesNone(t *testing.T) {
	b := newSplit(t, narrow)
	b.Window.Canvas().Focus(b.row)
	b.split.Show(kit.Body("only to read"))
	if got := b.Window.Canvas().Focused(); got != nil {
		t.Errorf("%T has the keyboard", got)
	}
	b.split.Show(nil)
	b.expect(t, b.row, "closed")
}

// Many people click twice who mean one click.
func TestTheSecondClickPressesNothingThatHasJustAppeared(t *testing.T) {
	b := newSplit(t, narrow)
	click := func(o fyne.CanvasObject) {
		at := fyne.CurrentApp().Driver().AbsolutePositionForObject(o)
		test.TapCanvas(b.Window.Canvas(), at.AddXY(10, 10))
	}
	b.split.Show(b.side())
	b.Layout()
	click(b.do)
	if b.pressed != 0 {
		t.Fatal("the second click pressed what had just appeared")
	}
	b.Fire()
	b.Layout()
	click(b.do)
	if b.pressed != 1 {
		t.Error("what has appeared cannot be pressed")
	}
}
