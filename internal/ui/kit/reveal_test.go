package kit_test

import (
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"

	"quietline/internal/ui/kit"
	"quietline/internal/ui/uitest"
)

// long is a column of fields that is much higher than the window.
func long() (fields []*kit.Entry, column fyne.CanvasObject) {
	var objects []fyne.CanvasObject
	for range 40 {
		e := kit.NewEntry("")
		fields = append(fields, e)
		objects = append(objects, kit.Enlarge(1, e))
	}
	return fields, kit.Stack(1, objects...)
}

func inSight(h *uitest.Harness, o fyne.CanvasObject) bool {
	for _, s := range seen(h) {
		if s.Object == o {
			top := s.Pos.Y - s.ClipPos.Y
			return top >= 0 && top+o.Size().Height <= s.ClipSize.Height
		}
	}
	return false
}

func seen(h *uitest.Harness) (all []uitest.Seen) {
	h.Walk(func(s uitest.Seen) { all = append(all, s) })
	return all
}

func TestFocusIsScrolledIntoSight(t *testing.T) {
	h := uitest.New(t, uitest.Options{})
	fields, column := long()
	h.ShowObject(container.NewVScroll(kit.Pad(2, 2, column)))
	for _, i := range []int{30, 39, 3, 0} {
		h.Window.Canvas().Focus(fields[i])
		if !inSight(h, fields[i]) {
			t.Errorf("field %d has the keyboard and is out of sight", i)
		}
	}
}

func TestFocusInADialogIsScrolledIntoSight(t *testing.T) {
	h := uitest.New(t, uitest.Options{})
	fields, column := long()
	kit.ShowDialog(h.Env, func(d *kit.Dialog) kit.DialogParams {
		return kit.DialogParams{Title: "-", Body: column, Buttons: []fyne.CanvasObject{kit.NewButton("-", nil, d.Close)}}
	})
	h.Layout()
	for _, i := range []int{35, 2} {
		h.Window.Canvas().Focus(fields[i])
		if !inSight(h, fields[i]) {
			t.Errorf("field %d has the keyboard and is out of sight", i)
		}
	}
}

func TestWhatIsInSightStays(t *testing.T) {
	h := uitest.New(t, uitest.Options{})
	fields, column := long()
	s := container.NewVScroll(column)
	h.ShowObject(s)
	h.Window.Canvas().Focus(fields[20])
	before := s.Offset
	h.Window.Canvas().Focus(fields[21])
	h.Window.Canvas().Focus(fields[20])
	if s.Offset != before {
		t.Errorf("from %v to %v: the content moved away from under the pointer", before, s.Offset)
	}
}
