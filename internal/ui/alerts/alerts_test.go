package alerts

import (
	"context"
	"errors"
	"slices"
	"strconv"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"quietline/internal/domain"
	"quietline/internal/insight"
	"quietline/internal/l10n"
	"quietline/internal/lookout"
	"quietline/internal/progress"
	"quietline/internal/testkit"
	"quietline/internal/ui/kit"
	"quietline/internal/ui/uitest"
)

// tower stands for the use cases: alerts in pages of the limit.
type tower struct {
	alerts    []lookout.Alert
	refreshed int
	asked     []lookout.AlertFilter
	seen      []lookout.AlertID
	err       error
}

func (w *tower) Refresh(context.Context, *progress.Counter) error {
	w.refreshed++
	return w.err
}

func (w *tower) Alerts(_ context.Context, f lookout.AlertFilter, p domain.Page) (lookout.AlertPage, error) {
	w.asked = append(w.asked, f)
	var list []lookout.Alert
	for _, a := range w.alerts {
		if (f.PersonID == 0 || f.PersonID == a.Person) && (f.Dismissed || a.State != lookout.StateDismissed) {
			list = append(list, a)
		}
	}
	at, _ := strconv.Atoi(p.After)
	end := min(at+p.Limit, len(list))
	page := lookout.AlertPage{Alerts: slices.Clone(list[at:end])}
	if end < len(list) {
		page.Next = strconv.Itoa(end)
	}
	return page, w.err
}

func (w *tower) set(ids []lookout.AlertID, state lookout.State) error {
	for i := range w.alerts {
		if slices.Contains(ids, w.alerts[i].ID) {
			w.alerts[i].State = state
		}
	}
	return w.err
}

func (w *tower) MarkSeen(_ context.Context, ids ...lookout.AlertID) error {
	w.seen = append(w.seen, ids...)
	return w.set(ids, lookout.StateSeen)
}

func (w *tower) Dismiss(_ context.Context, ids ...lookout.AlertID) error {
	return w.set(ids, lookout.StateDismissed)
}

type people struct{}

func (people) Whose(context.Context, domain.PersonID) ([]domain.Person, error) {
	return uitest.People(), nil
}

func sample() []lookout.Alert {
	at := testkit.Epoch()
	mother := uitest.People()[1]
	alert := func(id lookout.AlertID, kind insight.Kind, severity domain.Severity, number, code string, from time.Time, calls int) lookout.Alert {
		a := lookout.Alert{ID: id, State: lookout.StateNew, PersonName: mother.Name}
		a.Kind, a.Severity, a.Person, a.Number, a.Code = kind, severity, mother.ID, number, code
		a.From, a.To, a.Calls = from, from.Add(time.Duration(calls-1)*time.Minute), calls
		for i := range calls {
			a.CallIDs = append(a.CallIDs, domain.CallID(10*int(id)+i))
		}
		return a
	}
	campaign := alert(3, insight.KindCampaign, domain.SeverityCaution, "", "95013", at.AddDate(0, 0, -4), 5)
	campaign.Person, campaign.PersonName, campaign.To = 0, "", at
	return []lookout.Alert{
		alert(1, insight.KindRepeated, domain.SeverityCaution, "95013000", "95013", at.Add(-time.Hour), 3),
		alert(2, insight.KindLongStrangerCall, domain.SeverityDanger, "13800138000", "", at.Add(-9*time.Hour), 1),
		campaign,
	}
}

func show(t *testing.T, o uitest.Options, w *tower) (*uitest.Harness, *Part) {
	t.Helper()
	h := uitest.New(t, o)
	part := New(Params{Env: h.Env, Lookout: w, People: people{}, Text: func(lookout.Alert) string {
		return h.Env.T("err.internal.hint") // any sentence in the language of the moment
	}})
	h.ShowObject(kit.Pad(2, 2, part.Content()))
	part.Enter(t.Context())
	h.Layout()
	return h, part
}

func TestAlerts(t *testing.T) {
	uitest.Matrix(t, func(t *testing.T, o uitest.Options) {
		h, _ := show(t, o, &tower{alerts: sample()})
		h.Check()
		h.Draw("alerts")
		h.Golden("alerts")
	})
	uitest.Matrix(t, func(t *testing.T, o uitest.Options) {
		h, _ := show(t, o, &tower{})
		h.Check()
		h.Draw("alerts.none")
		h.Golden("none")
	})
}

func TestWhatCanBeDoneAboutAnAlert(t *testing.T) {
	w := &tower{alerts: sample()}
	h, part := show(t, uitest.Options{Language: l10n.English}, w)
	if w.refreshed != 1 || len(w.seen) != 3 {
		t.Errorf("refreshed %d times, seen %v", w.refreshed, w.seen)
	}
	for _, b := range []string{"alerts.show", "alerts.check", "alerts.complain"} {
		press(t, h, b, 0)
	}
	press(t, h, "alerts.show", 2)
	want := []kit.Route{
		kit.RouteCallsFrom("95013000"), kit.RouteCheck("95013000"), kit.RouteComplainAbout(10, 11, 12), kit.RouteCallsOfCode("95013"),
	}
	if d := cmp.Diff(want, h.Routes); d != "" {
		t.Error(d)
	}
	if n := len(h.Buttons("alerts.complain")); n != 2 {
		t.Errorf("%d complaints; a campaign is of several numbers", n)
	}
	press(t, h, "alerts.dismiss", 1)
	h.Layout()
	if h.Reads("13800138000") || len(h.Toasts) != 1 {
		t.Errorf("still there: %q", h.Texts())
	}
	part.dismissed.SetChecked(true)
	part.ask(func(f *lookout.AlertFilter) { f.Dismissed = true })
	h.Layout()
	h.Press("alerts.restore")
	if w.alerts[1].State != lookout.StateSeen {
		t.Errorf("%s", w.alerts[1].State)
	}
}

func TestNewAlertsStayMarkedWhileTheyAreLookedAt(t *testing.T) {
	w := &tower{alerts: sample()[:1]}
	h, part := show(t, uitest.Options{Language: l10n.English}, w)
	part.Changed("calls")
	h.Fire()
	h.Layout()
	if !h.Shows("alerts.new") || w.refreshed != 2 {
		t.Errorf("%q", h.Texts())
	}
	part.Leave()
	part.Enter(t.Context())
	h.Layout()
	if h.Shows("alerts.new") {
		t.Error("new for ever")
	}
}

func TestManyAlertsComeInPages(t *testing.T) {
	w := &tower{}
	for i := range 2*PageSize + 1 {
		a := sample()[0]
		a.ID = lookout.AlertID(i + 1)
		w.alerts = append(w.alerts, a)
	}
	h, part := show(t, uitest.Options{Language: l10n.English}, w)
	if len(h.Buttons("alerts.later")) != 0 || len(part.model.Alerts()) != PageSize {
		t.Errorf("%d alerts", len(part.model.Alerts()))
	}
	h.Press("alerts.earlier")
	h.Press("alerts.earlier")
	h.Layout()
	if len(part.model.Alerts()) != 1 || part.model.Earlier() {
		t.Errorf("%d alerts", len(part.model.Alerts()))
	}
	h.Press("alerts.later")
	if part.model.Alerts()[0].ID != PageSize+1 {
		t.Errorf("begins with %d", part.model.Alerts()[0].ID)
	}
	part.ask(func(f *lookout.AlertFilter) { f.PersonID = uitest.People()[1].ID })
	if part.model.Later() {
		t.Error("another list begins with its latest")
	}
}

func TestFaultOfTheAlerts(t *testing.T) {
	w := &tower{alerts: sample(), err: errors.New("disk")}
	h, part := show(t, uitest.Options{Language: l10n.English}, w)
	if !h.Shows("kit.error.title") && len(h.Buttons("kit.retry")) == 0 {
		t.Errorf("%q", h.Texts())
	}
	w.err = nil
	h.Press("kit.retry")
	h.Layout()
	if len(part.model.Alerts()) != 3 {
		t.Errorf("%q", h.Texts())
	}
}

// press presses the n-th of several buttons with the same words.
func press(t *testing.T, h *uitest.Harness, key string, n int) {
	t.Helper()
	all := h.Buttons(key)
	if n >= len(all) {
		t.Fatalf("%d buttons %s", len(all), key)
	}
	all[n].OnTapped()
}

// The next start shows those that were asked for.
func TestFilterIsRemembered(t *testing.T) {
	values := map[string]string{}
	start := func() *Part {
		h := uitest.New(t, uitest.Options{})
		h.Env.Memory = kit.NewMemory(h.Env, values, func(context.Context, string, string) error { return nil })
		part := New(Params{Env: h.Env, Lookout: &tower{}, People: people{}, Text: func(lookout.Alert) string { return "" }})
		h.ShowObject(part.Content())
		part.Enter(t.Context())
		return part
	}
	first := start()
	first.person.SetSelectedIndex(1)
	first.dismissed.SetChecked(true)
	if f := start().model.Filter(); f != first.model.Filter() || f.PersonID == 0 || !f.Dismissed {
		t.Errorf("%+v", f)
	}
}
