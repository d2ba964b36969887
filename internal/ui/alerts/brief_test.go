package alerts

import (
	"context"
	"errors"
	"slices"
	"testing"

	"github.com/google/go-cmp/cmp"

	"quietline/internal/domain"
	"quietline/internal/insight"
	"quietline/internal/l10n"
	"quietline/internal/lookout"
	"quietline/internal/ui/kit"
	"quietline/internal/ui/uitest"
)

func (w *tower) Pressing(_ context.Context, most int) ([]lookout.Alert, error) {
	var list []lookout.Alert
	for _, a := range w.alerts {
		if a.State == lookout.StateNew {
			list = append(list, a)
		}
	}
	slices.SortStableFunc(list, func(a, b lookout.Alert) int { return b.Severity.Rank() - a.Severity.Rank() })
	return list[:min(most, len(list))], w.err
}

func (w *tower) NewAlerts(context.Context) (n lookout.Counts, err error) {
	for _, a := range w.alerts {
		if a.State == lookout.StateNew {
			n = n.Plus(lookout.CountOf(a.Severity))
		}
	}
	return n, w.err
}

func (w *tower) MarkNew(_ context.Context, ids ...lookout.AlertID) error {
	return w.set(ids, lookout.StateNew)
}

func (w *tower) state(id lookout.AlertID) lookout.State {
	for _, a := range w.alerts {
		if a.ID == id {
			return a.State
		}
	}
	return ""
}

// many is the sample with a flood, which is about no number, and one more.
func many() []lookout.Alert {
	list := sample()
	flood, last := list[0], list[0]
	flood.ID, flood.Kind, flood.Number, flood.Code, flood.Calls = 4, insight.KindFlood, "", "", 34
	flood.Severity, flood.To = domain.SeverityDanger, flood.From.AddDate(0, 0, 1)
	last.ID = 5
	return append(list, flood, last)
}

func showBrief(t *testing.T, o uitest.Options, w *tower) (*uitest.Harness, *Brief) {
	t.Helper()
	h := uitest.New(t, o)
	part := NewBrief(BriefParams{Env: h.Env, Lookout: w, Text: func(lookout.Alert) string {
		return h.Env.T("err.internal.hint") // any sentence in the language of the moment
	}})
	h.ShowObject(kit.Ground("background", kit.Pad(2, 2, part.Content())))
	part.Enter(t.Context())
	h.Layout()
	return h, part
}

func shown(v *Brief) (ids []lookout.AlertID) {
	for _, a := range v.model.Alerts() {
		ids = append(ids, a.ID)
	}
	return ids
}

func TestBrief(t *testing.T) {
	uitest.Matrix(t, func(t *testing.T, o uitest.Options) {
		h, part := showBrief(t, o, &tower{alerts: many()})
		part.model.Set(4, lookout.StateDismissed)
		h.Check()
		h.Draw("alerts.brief")
		h.Golden("brief")
	})
	uitest.Matrix(t, func(t *testing.T, o uitest.Options) {
		h, _ := showBrief(t, o, &tower{})
		h.Check()
		h.Draw("alerts.brief.none")
		h.Golden("brief.none")
	})
}

func TestBriefShowsTheMostSevereAndHowManyMore(t *testing.T) {
	h, part := showBrief(t, uitest.Options{Language: l10n.English}, &tower{alerts: many()})
	if d := cmp.Diff([]lookout.AlertID{2, 4, 1}, shown(part)); d != "" {
		t.Error(d)
	}
	if !h.Reads("There are 2 more new ones.") {
		t.Errorf("%q", h.Texts())
	}
}

func TestBriefLeadsToTheCalls(t *testing.T) {
	w := &tower{alerts: many()}
	h, part := showBrief(t, uitest.Options{Language: l10n.English}, w)
	press(t, h, "alerts.show", 0)
	flood := part.model.Alerts()[1]
	press(t, h, "alerts.show", 0) // the first row is seen and has no such button any more
	h.Press("alerts.brief.all")
	want := []kit.Route{kit.RouteCallsFrom("13800138000"), kit.RouteCallsOnDays(2, flood.From, flood.To), kit.RouteAlerts()}
	if d := cmp.Diff(want, h.Routes); d != "" {
		t.Error(d)
	}
	if w.state(2) != lookout.StateSeen || w.state(4) != lookout.StateSeen || w.state(1) != lookout.StateNew {
		t.Errorf("%+v", w.alerts)
	}
}

// What is done with an alert can be taken back where it was done, by the key
// that did it, and after a review too.
func TestBriefTakesBack(t *testing.T) {
	w := &tower{alerts: many()}
	h, part := showBrief(t, uitest.Options{Language: l10n.English}, w)
	press(t, h, "alerts.dismiss", 1)
	h.Layout()
	if w.state(4) != lookout.StateDismissed || !h.Reads("Dismissed: Flood of calls") {
		t.Fatalf("%q", h.Texts())
	}
	if b, ok := h.Window.Canvas().Focused().(*kit.Button); !ok || b.Text != h.Env.T("alerts.restore") {
		t.Errorf("the keyboard is at %v", h.Window.Canvas().Focused())
	}
	part.Changed("alerts")
	h.Fire()
	if d := cmp.Diff([]lookout.AlertID{2, 4, 1, 3}, shown(part)); d != "" {
		t.Errorf("a review moves what can be taken back: %s", d)
	}
	h.Press("alerts.restore")
	if w.state(4) != lookout.StateNew || len(h.Buttons("alerts.dismiss")) != 4 {
		t.Errorf("%q", h.Texts())
	}
	press(t, h, "alerts.brief.see", 0)
	if w.state(2) != lookout.StateSeen {
		t.Errorf("%s", w.state(2))
	}
	part.Leave()
	part.Enter(t.Context())
	if d := cmp.Diff([]lookout.AlertID{4, 1, 3}, shown(part)); d != "" {
		t.Errorf("who comes back finds %s", d)
	}
}

func TestBriefLeavesTheKeyboardWhereItIs(t *testing.T) {
	w := &tower{alerts: many()}
	h, part := showBrief(t, uitest.Options{Language: l10n.English}, w)
	first := h.Buttons("alerts.show")[0]
	h.Window.Canvas().Focus(first)
	part.Changed("alerts")
	h.Fire()
	if h.Window.Canvas().Focused() != first {
		t.Error("nothing is new, but the card was made anew")
	}
	part.Changed("calls") // a review follows and is announced
	h.Fire()
	w.alerts = append([]lookout.Alert{w.alerts[1]}, w.alerts...)
	w.alerts[0].ID = 9
	part.Changed("alerts")
	h.Fire()
	if d := cmp.Diff([]lookout.AlertID{9, 2, 4}, shown(part)); d != "" {
		t.Error(d)
	}
}

func TestFaultOfTheBrief(t *testing.T) {
	w := &tower{alerts: many(), err: errors.New("disk")}
	h, part := showBrief(t, uitest.Options{Language: l10n.English}, w)
	if !h.Shows("err.internal") {
		t.Fatalf("%q", h.Texts())
	}
	w.err = nil
	h.Press("kit.retry")
	if len(shown(part)) != 3 {
		t.Fatalf("%q", h.Texts())
	}
	w.err = errors.New("disk")
	press(t, h, "alerts.dismiss", 0)
	if part.model.State(2) != lookout.StateNew || !kit.Dialogs(h.Window.Canvas()) {
		t.Error("it looks dismissed and is not")
	}
}

func TestBriefIsReachedByKeyboard(t *testing.T) {
	h, _ := showBrief(t, uitest.Options{}, &tower{alerts: many()})
	if list := h.Unreached(20); len(list) != 0 {
		t.Errorf("%q", list)
	}
}
