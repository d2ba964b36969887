package kit_test

import (
	"os"
	"path/filepath"
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/test"
	"fyne.io/fyne/v2/widget"

	"quietline/internal/ui/kit"
	"quietline/internal/ui/uitest"
)

func TestFileDialogsCloseWithEscape(t *testing.T) {
	for name, open := range map[string]func(*kit.Env, func(string)){
		"open": func(e *kit.Env, f func(string)) { kit.OpenFile(e, "title", []string{".csv"}, f) },
		"save": func(e *kit.Env, f func(string)) { kit.SaveFile(e, "title", "numbers.csv", nil, f) },
	} {
		t.Run(name, func(t *testing.T) {
			h := uitest.New(t, uitest.Options{})
			open(h.Env, func(path string) { t.Errorf("%q was chosen", path) })
			h.Layout()
			if !h.Reads("title") {
				t.Errorf("%q", h.Texts())
			}
			h.Window.Canvas().OnTypedKey()(&fyne.KeyEvent{Name: fyne.KeyEscape})
			if kit.Dialogs(h.Window.Canvas()) || h.Window.Canvas().OnTypedKey() != nil {
				t.Error("it is still there, or its keys are")
			}
		})
	}
}

func TestSaveFileGivesThePath(t *testing.T) {
	dir := t.TempDir()
	t.Setenv("HOME", dir)
	t.Chdir(dir)
	h := uitest.New(t, uitest.Options{})
	got := ""
	kit.SaveFile(h.Env, "title", "numbers.csv", []string{".csv", ".xlsx"}, func(path string) { got = path })
	h.Layout()
	name := uitest.One(h, func(e *widget.Entry) bool { return e.Text == "numbers.csv" })
	if name.Disabled() {
		t.Fatal("the name can be changed")
	}
	save := uitest.One(h, func(b *widget.Button) bool { return b.Importance == widget.HighImportance })
	test.Tap(save)
	if got == "" || filepath.Base(got) != "numbers.csv" {
		t.Fatalf("%q", got)
	}
	if _, err := os.Stat(got); err != nil {
		t.Error(err)
	}
	if filepath.Dir(got) != dir {
		_ = os.Remove(got)
		t.Errorf("written to %q, not %q", got, dir)
	}
}
