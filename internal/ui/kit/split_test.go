package kit_test

import (
	"testing"

	"fyne.io/fyne/v2"

	"quietline/internal/ui/kit"
	"quietline/internal/ui/uitest"
)

// A list that is covered has not got the keyboard, which would move through rows that
// nobody sees; it has it again when it is seen again.
func TestCoveredListHasNotGotTheKeyboard(t *testing.T) {
	for _, tc := range []struct {
		width   float32
		covered bool
	}{{500, true}, {1200, false}} {
		b := newTable(t, uitest.Options{Size: fyne.NewSize(tc.width, 500)}, 50, false)
		split := kit.NewSplit(kit.SplitParams{List: b.table.Object(), Side: 50, Least: 40})
		b.ShowObject(split.Object())
		c := b.Window.Canvas()
		c.Focus(b.table.Focus())
		split.Show(kit.Body(b.Env.T("kit.practice")))
		b.Layout()
		if has := c.Focused() == b.table.Focus(); has == tc.covered {
			t.Errorf("%.0f wide: the list has the keyboard: %v", tc.width, has)
		}
		split.Show(kit.Body(b.Env.T("kit.copied"))) // another one
		split.Show(nil)
		if c.Focused() != b.table.Focus() {
			t.Errorf("%.0f wide: afterwards %T has the keyboard", tc.width, c.Focused())
		}
	}
}
