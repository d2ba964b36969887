package numberbox

import (
	"context"
	"testing"

	"fyne.io/fyne/v2"
	"github.com/google/go-cmp/cmp"

	"quietline/internal/l10n"
	"quietline/internal/ui/kit"
	"quietline/internal/ui/uitest"
)

// asked notes the numbers it is asked about.
type asked []string

func (a *asked) Content() fyne.CanvasObject { return kit.Body("of a contact") }

func (a *asked) Ask(_ context.Context, number string) { *a = append(*a, number) }

// A contact is asked for of a whole number that can be one, and only while the
// page is shown.
func TestContactOfTheNumber(t *testing.T) {
	h := uitest.New(t, uitest.Options{Language: l10n.English})
	var v *View
	var ctx context.Context
	var a asked
	m := NewModel(&uitest.Checker{}, func() { v.Show(uitest.Registry(), nil) })
	v = NewView(ViewParams{Env: h.Env, Model: m, Context: func() context.Context { return ctx }, Contact: &a})
	h.ShowObject(kit.Stack(1, v.Question(), v.Verdict))
	m.Type("95588")
	if len(a) != 0 {
		t.Fatalf("asked about %q", a)
	}
	ctx = t.Context()
	for _, typed := range []string{"1380013", "13800138000", "9558812", ""} {
		m.Type(typed)
		h.Layout()
		if shown := h.Reads("of a contact"); shown != (typed == "13800138000" || typed == "9558812") {
			t.Errorf("%q: %v", typed, shown)
		}
	}
	if d := cmp.Diff(asked{"", "13800138000", "", ""}, a); d != "" {
		t.Error(d)
	}
}
