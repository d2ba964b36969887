package home

import (
	"context"
	"testing"

	"fyne.io/fyne/v2"
	"github.com/google/go-cmp/cmp"

	"quietline/internal/advice"
	"quietline/internal/ui/kit"
	"quietline/internal/ui/uitest"
)

// showSimple shows the first page of the simple window.
func showSimple(t *testing.T, o uitest.Options) (h *uitest.Harness, p *Page, left *int) {
	t.Helper()
	h, f, left := uitest.New(t, o), busy(), new(int)
	p = New(Params{
		Env: h.Env, Checker: &uitest.Checker{}, Journal: f, Filing: f, Lookout: f, Registry: uitest.Registry,
		Simple: func() bool { return *left == 0 }, ShowAll: func() { *left++ },
		Alerts: &standIn{env: h.Env},
	})
	h.Show(p, kit.Route{Page: kit.PageHome})
	h.Window.Canvas().Focus(p.First())
	return h, p, left
}

func TestSimplePage(t *testing.T) {
	uitest.Matrix(t, func(t *testing.T, o uitest.Options) {
		h, _, _ := showSimple(t, o)
		h.Check()
		h.Draw("home.simple")
		h.Golden("simple")
	})
}

// The whole page by the Tab key and Enter: three things to do, what to do
// when money has gone, and the way out.
func TestSimplePageByKeyboard(t *testing.T) {
	h, p, left := showSimple(t, uitest.Options{})
	for range 4 {
		h.Key(fyne.KeyReturn)
		h.Tab()
	}
	want := []kit.Route{
		kit.RouteCheck(""), kit.RouteLogCall(""), kit.RouteComplain(""), kit.RouteAdvice(advice.Transferred),
	}
	if diff := cmp.Diff(want, h.Routes); diff != "" {
		t.Error(diff)
	}
	h.Tab() // past the alerts
	h.Key(fyne.KeyReturn)
	if r := h.Routes[len(h.Routes)-1]; r != kit.RouteHelp("") {
		t.Errorf("help leads to %+v", r)
	}
	h.Tab()
	h.Key(fyne.KeyReturn)
	if *left != 1 {
		t.Fatal("no way out of the simple window")
	}
	h.Rebuild()
	if h.Shows("home.simple") || p.First() != fyne.Focusable(p.view.Entry) {
		t.Error("the page is still the simple one")
	}
}

// standIn stands in the place of the alerts, with one thing to press.
type standIn struct{ env *kit.Env }

func (s *standIn) Content() fyne.CanvasObject {
	return kit.TitledCard(s.env.T("calls.part.alerts"), "", kit.NewButton(s.env.T("kit.copy"), nil, func() {}))
}
func (s *standIn) Enter(context.Context) {}
func (s *standIn) Leave()                {}
func (s *standIn) Changed(string)        {}
