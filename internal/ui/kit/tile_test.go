package kit_test

import (
	"testing"

	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/theme"

	"quietline/internal/ui/kit"
	"quietline/internal/ui/look"
	"quietline/internal/ui/uitest"
)

// TestTheRingOfAFilledTileStandsClear: ring and ground have the same colour.
func TestTheRingOfAFilledTileStandsClear(t *testing.T) {
	h := uitest.New(t, uitest.Options{})
	tile := kit.NewTile(kit.TileParams{Icon: look.IconCheck, Title: "-", Primary: true})
	h.ShowObject(kit.Pad(3, 3, tile))
	h.Window.Canvas().Focus(tile)
	h.Layout()
	ring := uitest.One(h, func(r *canvas.Rectangle) bool {
		return r.StrokeColor == theme.Color(look.ColorRing) && r.StrokeWidth == theme.Size(look.SizeRing)
	})
	if gap := -ring.Position().X - ring.StrokeWidth; gap < 1 {
		t.Errorf("%v points between ring and ground", gap)
	}
}
