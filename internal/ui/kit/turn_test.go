package kit_test

import (
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"

	"quietline/internal/ui/kit"
	"quietline/internal/ui/uitest"
)

func sixty() fyne.CanvasObject {
	var lines []fyne.CanvasObject
	for range 60 {
		lines = append(lines, kit.Body("a"))
	}
	return kit.Stack(1, lines...)
}

// turns presses Page Down until the end of what scrolls is in sight, and Page Up once.
func turns(t *testing.T, h *uitest.Harness, s *container.Scroll) {
	t.Helper()
	end := s.Content.MinSize().Height - s.Size().Height
	for n := 0; s.Offset.Y < end; n++ {
		before := s.Offset.Y
		h.Key(fyne.KeyPageDown)
		if s.Offset.Y <= before || s.Offset.Y > end || s.Offset.Y-before >= s.Size().Height {
			t.Fatalf("Page Down moved from %.0f to %.0f of %.0f", before, s.Offset.Y, end)
		}
	}
	if h.Key(fyne.KeyPageDown); s.Offset.Y != end {
		t.Errorf("beyond the end: %.0f", s.Offset.Y)
	}
	if h.Key(fyne.KeyPageUp); s.Offset.Y >= end {
		t.Error("Page Up does nothing")
	}
	if _, typing := h.Window.Canvas().Focused().(*kit.Entry); typing {
		return // there Home and End are for the caret
	}
	if h.Key(fyne.KeyEnd); s.Offset.Y != end {
		t.Errorf("End goes to %.0f of %.0f", s.Offset.Y, end)
	}
	if h.Key(fyne.KeyHome); s.Offset.Y != 0 {
		t.Errorf("Home goes to %.0f", s.Offset.Y)
	}
}

// TestDialogIsReadByKeyboard reads text below which there is nothing to press.
func TestDialogIsReadByKeyboard(t *testing.T) {
	h := uitest.New(t, uitest.Options{Size: fyne.NewSize(600, 400)})
	h.ShowObject(container.NewVScroll(sixty()))
	kit.ShowDialog(h.Env, func(d *kit.Dialog) kit.DialogParams {
		return kit.DialogParams{Title: "b", Body: sixty(), Buttons: []fyne.CanvasObject{kit.NewPrimary("c", nil, d.Close)}}
	})
	h.Layout()
	under := uitest.All[*container.Scroll](h)
	turns(t, h, under[len(under)-1])
	h.Window.Canvas().Unfocus()
	turns(t, h, under[len(under)-1])
	if under[0].Offset.Y != 0 {
		t.Error("what lies under the dialog has moved")
	}
}

// TestPageIsReadByKeyboard reads what stands below a control, and beside one.
func TestPageIsReadByKeyboard(t *testing.T) {
	for name, control := range map[string]fyne.CanvasObject{
		"button": kit.NewButton("d", nil, func() {}), "entry": kit.NewEntry("e"),
		"choice": kit.NewChoice("", []kit.Option[int]{{Code: 1, Text: "f"}}, nil), "check": kit.NewCheck("g", nil),
	} {
		for where, o := range map[string]func(fyne.CanvasObject) fyne.CanvasObject{
			"within": func(o fyne.CanvasObject) fyne.CanvasObject { return container.NewVScroll(kit.Stack(1, o, sixty())) },
			"above": func(o fyne.CanvasObject) fyne.CanvasObject {
				return container.NewBorder(o, nil, nil, nil, container.NewVScroll(sixty()))
			},
		} {
			t.Run(name+" "+where, func(t *testing.T) {
				h := uitest.New(t, uitest.Options{Size: fyne.NewSize(600, 400)})
				h.ShowObject(kit.Ground("background", o(control)))
				h.Window.Canvas().Focus(control.(fyne.Focusable))
				scrolls := uitest.All[*container.Scroll](h)
				largest := scrolls[0]
				for _, s := range scrolls {
					if s.Size().Height > largest.Size().Height {
						largest = s
					}
				}
				turns(t, h, largest)
			})
		}
	}
}
