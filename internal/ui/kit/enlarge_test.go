package kit_test

import (
	"testing"

	"fyne.io/fyne/v2"

	"quietline/internal/testkit"
	"quietline/internal/ui/kit"
	"quietline/internal/ui/uitest"
)

// A large field is larger than another, and one that is built anew whenever its
// page is entered does not fill the memory with fonts.
func TestEnlargedFieldsDoNotPileUp(t *testing.T) {
	h := uitest.New(t, uitest.Options{Size: fyne.NewSize(400, 120)})
	visit := func(times int) (held uint64) {
		for range times {
			e := kit.NewEntry("电话")
			e.SetText("95588 电话")
			large := kit.Enlarge(1.5, e)
			h.ShowObject(kit.Stack(1, large))
			h.Image()
			if plain := kit.NewEntry("电话"); large.MinSize().Height <= plain.MinSize().Height*1.2 {
				t.Fatalf("%v is not larger than %v", large.MinSize(), plain.MinSize())
			}
		}
		return testkit.HeapInUse()
	}
	before := visit(2)
	after := visit(6)
	if grown := int64(after) - int64(before); grown > 20<<20 {
		t.Errorf("the heap holds %d MB after two visits and %d MB after eight", before>>20, after>>20)
	}
}
