package kit_test

import (
	"strings"
	"testing"

	"fyne.io/fyne/v2"

	"quietline/internal/l10n"
	"quietline/internal/settings"
	"quietline/internal/ui/kit"
	"quietline/internal/ui/uitest"
)

// Rows whose words break are as high as these need, whatever the width, and the
// keyboard brings the whole of them into sight.
func TestRowsThatWrap(t *testing.T) {
	h := uitest.New(t, uitest.Options{Language: l10n.English, TextSize: settings.TextLargest, Size: fyne.NewSize(420, 400)})
	words := make([]string, 30)
	for i := range words {
		words[i] = h.Env.Printer.Number(int64(i)) + strings.Repeat(" public list", i%4*3)
	}
	rows := kit.SliceRows(h.Env.Jobs, words)
	table := kit.NewTable(kit.TableParams[string]{
		Env: h.Env, Rows: rows,
		Columns: []kit.Column[string]{{Title: "t", Width: 20, Flex: 1, Wraps: true, Cell: func(s string) kit.Cell { return kit.Cell{Text: s} }}},
	})
	h.ShowObject(table.Object())
	h.Window.Canvas().Focus(table.Focus())
	for i, w := range words {
		if i > 0 {
			h.Key(fyne.KeyDown)
		}
		if !h.Reads(w) {
			t.Fatalf("row %d: %q", i, h.Texts())
		}
		h.Check()
	}
	h.Key(fyne.KeyHome)
	h.Options.Size = fyne.NewSize(1400, 400)
	h.Layout()
	if !h.Reads(words[3]) || len(h.Texts()) < 5 {
		t.Errorf("wide: %q", h.Texts())
	}
	h.Check()
	rows.SetRows(words[3:4]) // in the place of a row of one line
	h.Options.Size = fyne.NewSize(420, 400)
	h.Layout()
	if !h.Reads(words[3]) {
		t.Errorf("another: %q", h.Texts())
	}
	h.Check()
}
