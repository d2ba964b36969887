package kit_test

import (
	"testing"

	"fyne.io/fyne/v2"

	"quietline/internal/ui/kit"
	"quietline/internal/ui/uitest"
)

// What can be done with a row is seen as soon as the row is marked, also where the
// page is lower than the list needs and scrolls.
func TestFootComesIntoSight(t *testing.T) {
	h := uitest.New(t, uitest.Options{Size: fyne.NewSize(600, 400)})
	foot := kit.NewFoot(kit.FootParams{Env: h.Env, Keys: "calls.marks.", Most: 9, Count: func() int { return 5 }, Kept: 1})
	h.ShowObject(kit.Frame(kit.FrameParams{
		Title: h.Env.T("calls.title"), Fixed: true, Body: foot.Below(kit.Tall(45, kit.Body(h.Env.T("calls.empty")))),
	}))
	for _, show := range []func(b *kit.Button){
		func(b *kit.Button) { foot.Marked(1, b) },
		func(b *kit.Button) {
			foot.Marked(0)
			foot.Done(kit.Row(0, -1, b))
		},
	} {
		b := kit.NewButton("b", nil, nil)
		show(b)
		h.Layout()
		at := fyne.CurrentApp().Driver().AbsolutePositionForObject(b).Y
		if at < 0 || at+b.Size().Height > 400 {
			t.Errorf("it stands at %.0f in a window 400 high", at)
		}
	}
}
