package kit_test

import (
	"testing"

	"fyne.io/fyne/v2"

	"quietline/internal/ui/kit"
	"quietline/internal/ui/uitest"
)

func TestFileDialogsCloseWithEscape(t *testing.T) {
	for name, open := range map[string]func(*kit.Env, func(string)){
		"open":   func(e *kit.Env, f func(string)) { kit.OpenFile(e, "title", []string{".csv"}, f) },
		"folder": func(e *kit.Env, f func(string)) { kit.OpenFolder(e, "title", f) },
	} {
		t.Run(name, func(t *testing.T) {
			h := uitest.New(t, uitest.Options{})
			before := 0
			h.Window.Canvas().SetOnTypedKey(func(*fyne.KeyEvent) { before++ })
			open(h.Env, func(path string) { t.Errorf("%q was chosen", path) })
			h.Layout()
			if !h.Reads("title") {
				t.Errorf("%q", h.Texts())
			}
			h.Window.Canvas().OnTypedKey()(&fyne.KeyEvent{Name: fyne.KeyEscape})
			if kit.Dialogs(h.Window.Canvas()) {
				t.Error("it is still there")
			}
			h.Window.Canvas().OnTypedKey()(&fyne.KeyEvent{Name: fyne.KeyEscape})
			if before != 1 {
				t.Errorf("its keys are still there: %d", before)
			}
		})
	}
}
