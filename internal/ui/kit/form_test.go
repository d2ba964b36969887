package kit_test

import (
	"testing"

	"fyne.io/fyne/v2/container"

	"quietline/internal/domain"
	"quietline/internal/ui/kit"
	"quietline/internal/ui/uitest"
)

func TestFieldsPlacedByHandStay(t *testing.T) {
	h := uitest.New(t, uitest.Options{})
	a := kit.NewField(h.Env, kit.FieldParams{Label: "a", Pointer: "/a", Input: kit.NewEntry("")})
	b := kit.NewField(h.Env, kit.FieldParams{Label: "b", Pointer: "/b", Input: kit.NewEntry("")})
	form := kit.NewForm(h.Env, a, b)
	h.ShowObject(kit.Stack(2, b.Object(), kit.Columns(2, 20, a.Object(), kit.Spring()), form.Problems()))
	before := b.Object().Position()
	// No layout in between: the window does not lay out for every error.
	form.Show(domain.E("t", domain.Invalid, "internal", nil, nil).At("/a"))
	if got := b.Object().Position(); got != before {
		t.Errorf("the field went from %v to %v", before, got)
	}
	if a.Error() == "" {
		t.Error("no error at the field")
	}
}

func TestProblemsOfNoFieldAreScrolledIntoSight(t *testing.T) {
	h := uitest.New(t, uitest.Options{})
	fields, column := long()
	form := kit.NewForm(h.Env, kit.NewField(h.Env, kit.FieldParams{Label: "a", Pointer: "/a", Input: kit.NewEntry("")}))
	h.ShowObject(container.NewVScroll(kit.Stack(2, column, form.Problems())))
	h.Window.Canvas().Focus(fields[0])
	form.Show(domain.E("t", domain.Invalid, "internal", nil, nil))
	h.Layout()
	if form.Problems().Size().Height < 1 || !inSight(h, form.Problems()) {
		t.Error("what is wrong is out of sight")
	}
}
