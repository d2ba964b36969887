package kit_test

import (
	"bytes"
	"image"
	"image/png"
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/test"

	"quietline/internal/ui/kit"
	"quietline/internal/ui/uitest"
)

// TestReaderScrollsByKeyboard reads a long text to its end and back.
func TestReaderScrollsByKeyboard(t *testing.T) {
	h := uitest.New(t, uitest.Options{Size: fyne.NewSize(400, 300)})
	var lines []fyne.CanvasObject
	for range 60 {
		lines = append(lines, kit.Body("a"))
	}
	closed := 0
	h.ShowObject(kit.Reader("Privacy", kit.Stack(1, append(lines, kit.NewButton("b", nil, func() { closed++ }).On(kit.CommandBack))...)))
	scroll := uitest.One[*container.Scroll](h, nil)
	r, ok := h.Tab().(fyne.Accessible)
	if !ok || r.AccessibilityLabel() != "Privacy" {
		t.Fatalf("the Tab key comes to %T", h.Window.Canvas().Focused())
	}
	h.Check()
	end := scroll.Content.MinSize().Height - scroll.Size().Height
	var last float32
	for _, step := range []struct {
		key  fyne.KeyName
		down bool
	}{{fyne.KeyDown, true}, {fyne.KeyPageDown, true}, {fyne.KeySpace, true}, {fyne.KeyUp, false}, {fyne.KeyPageUp, false}, {fyne.KeyEnd, true}, {fyne.KeyHome, false}} {
		h.Key(step.key)
		if now := scroll.Offset.Y; (now > last) != step.down || now == last {
			t.Errorf("%s moved from %.0f to %.0f", step.key, last, now)
		}
		last = scroll.Offset.Y
		if step.key == fyne.KeyEnd && last != end {
			t.Errorf("the end is at %.0f, want %.0f", last, end)
		}
	}
	h.Key(fyne.KeyUp)
	if scroll.Offset.Y != 0 {
		t.Errorf("scrolled beyond the beginning: %.0f", scroll.Offset.Y)
	}
	h.Key(fyne.KeyEscape) // is handed on to the window
	if closed != 1 {
		t.Error("Escape does not reach the window")
	}
	if _, ok := h.Tab().(*kit.Button); !ok {
		t.Error("the Tab key does not go on into the text")
	}
}

func pngOf(t *testing.T, width, height int) fyne.Resource {
	t.Helper()
	var buf bytes.Buffer
	if err := png.Encode(&buf, image.NewGray(image.Rect(0, 0, width, height))); err != nil {
		t.Fatal(err)
	}
	return fyne.NewStaticResource("picture.png", buf.Bytes())
}

// A picture keeps its shape at every width, and is not blown up.
func TestPictureKeepsItsShape(t *testing.T) {
	for _, tc := range []struct{ window, width, height float32 }{{400, 400, 200}, {900, 600, 300}} {
		h := uitest.New(t, uitest.Options{Size: fyne.NewSize(tc.window, 700)})
		tapped := 0
		p := kit.NewPicture(kit.PictureParams{Resource: pngOf(t, 600, 300), Name: "A page", Tapped: func() { tapped++ }})
		h.ShowObject(kit.Stack(0, p, kit.Body("below")))
		if m := p.MinSize(); m.Height != tc.height {
			t.Errorf("%.0f: %.0f high, want %.0f", tc.window, m.Height, tc.height)
		}
		test.Tap(p)
		if tapped != 1 || p.AccessibilityLabel() != "A page" {
			t.Errorf("%d, %q", tapped, p.AccessibilityLabel())
		}
		h.Check()
	}
	broken := kit.NewPicture(kit.PictureParams{Resource: fyne.NewStaticResource("x", []byte("no picture")), Name: "x"})
	if m := broken.MinSize(); m.Height != 0 {
		t.Errorf("%v", m)
	}
	test.Tap(broken)
}
