package stats

import (
	"context"
	"errors"
	"testing"

	"fyne.io/fyne/v2"
	"github.com/google/go-cmp/cmp"

	"quietline/internal/domain"
	"quietline/internal/filing"
	"quietline/internal/insight"
	"quietline/internal/l10n"
	"quietline/internal/lookout"
	"quietline/internal/report"
	"quietline/internal/testkit"
	"quietline/internal/ui/kit"
	"quietline/internal/ui/uitest"
)

type counter struct {
	stats   insight.Stats
	funnel  filing.Funnel
	asked   []lookout.StatsFilter
	courses []filing.FunnelFilter
	saved   []string
	err     error
}

func (c *counter) Funnel(_ context.Context, f filing.FunnelFilter) (filing.Funnel, error) {
	c.courses = append(c.courses, f)
	return c.funnel, c.err
}

func (c *counter) Save(_ context.Context, path string, p report.Picture) error {
	c.saved = append(c.saved, path+" "+p.Title)
	return c.err
}

func (c *counter) StatsOf(_ context.Context, f lookout.StatsFilter) (insight.Stats, error) {
	c.asked = append(c.asked, f)
	return c.stats, c.err
}

type people struct{}

func (people) Whose(context.Context, domain.PersonID) ([]domain.Person, error) {
	return uitest.People(), nil
}

func sample() insight.Stats {
	day := midnight(testkit.Epoch())
	s := insight.Stats{
		First: day.AddDate(0, 0, -9), Last: day,
		Families:   []insight.FamilyCount{{Family: domain.FamilyCallCentre95, Calls: 25}, {Family: domain.FamilyMobile, Calls: 6}},
		Categories: []insight.CategoryCount{{Category: domain.CategoryLoan, Calls: 9}, {Category: domain.CategoryFraud, Calls: 1}},
		Codes:      []insight.CodeCount{{Code: "95013", Calls: 25, Numbers: 12}, {Code: "95588", Calls: 2, Numbers: 1}},
		Marked:     4,
		Shares: []insight.Share{
			{Class: insight.ClassSales, Numbers: 3, Share: 0.75, National: insight.ClassSales.National()},
			{Class: insight.ClassHarassment, National: insight.ClassHarassment.National()},
			{Class: insight.ClassFraud, Numbers: 1, Share: 0.25, National: insight.ClassFraud.National()},
		},
	}
	hour := day.Unix()/3600 + 8
	for _, x := range []struct {
		days, hour, calls int64
		family            domain.Family
	}{
		{-9, 9, 4, domain.FamilyCallCentre95},
		{-2, 14, 15, domain.FamilyCallCentre95},
		{-2, 22, 6, domain.FamilyMobile},
		{0, 9, 6, domain.FamilyCallCentre95},
	} {
		s.AddHour(hour+24*x.days+x.hour, x.family, x.calls)
	}
	return s
}

// course is how far the complaints of the sample have come.
func course() filing.Funnel {
	return filing.FunnelOf([]filing.StateCount{
		{Send: domain.SendDraft, N: 2},
		{Send: domain.SendRetry, N: 1},
		{Send: domain.SendSent, Case: domain.CaseReceived, N: 3},
		{Send: domain.SendSent, Case: domain.CaseActionTaken, N: 2},
	})
}

func show(t *testing.T, o uitest.Options, c *counter) (*uitest.Harness, *Part) {
	t.Helper()
	h := uitest.New(t, o)
	part := New(Params{Env: h.Env, Lookout: c, Filing: c, People: people{}, Files: c, Listed: func(code string) string {
		if code == "95588" {
			return "ICBC"
		}
		return ""
	}})
	h.ShowObject(kit.Pad(2, 2, part.Content()))
	part.Enter(t.Context())
	h.Layout()
	return h, part
}

func TestPicture(t *testing.T) {
	uitest.Matrix(t, func(t *testing.T, o uitest.Options) {
		o.Size = fyne.NewSize(1000, 3600)
		h, _ := show(t, o, &counter{stats: sample(), funnel: course()})
		h.Check()
		h.Draw("stats")
		h.Golden("stats")
	})
	uitest.Matrix(t, func(t *testing.T, o uitest.Options) {
		o.Size = fyne.NewSize(1000, 3900)
		many := sample()
		many.Families = nil
		for i, f := range domain.Families() {
			many.Families = append(many.Families, insight.FamilyCount{Family: f, Calls: int64(50 - 2*i)})
		}
		h, _ := show(t, o, &counter{stats: many, funnel: course()})
		h.Check()
		h.Draw("stats.families")
		h.Golden("families")
	})
	uitest.Matrix(t, func(t *testing.T, o uitest.Options) {
		h, _ := show(t, o, &counter{})
		h.Check()
		h.Draw("stats.none")
		h.Golden("stats.none")
	})
}

func find(h *uitest.Harness, title string) *kit.Chart {
	h.T.Helper()
	return uitest.One(h, func(c *kit.Chart) bool { return c.Title() == h.Env.T(title) })
}

func TestWhoAndHowFarBack(t *testing.T) {
	c := &counter{stats: sample()}
	h, part := show(t, uitest.Options{Language: l10n.English, Size: fyne.NewSize(1000, 3600)}, c)
	mother := uitest.People()[1].ID
	part.ask(mother, SpanMonth)
	part.ask(mother, SpanAll)
	part.ask(mother, SpanAll)
	today := midnight(testkit.Epoch())
	want := []lookout.StatsFilter{
		{From: today.AddDate(0, 0, -29)}, {PersonID: mother, From: today.AddDate(0, 0, -29)}, {PersonID: mother},
	}
	if d := cmp.Diff(want, c.asked); d != "" {
		t.Error(d)
	}
	if !h.Reads("41.35 %") || !h.Reads("ICBC") || !h.Reads("12 numbers") {
		t.Errorf("%q", h.Texts())
	}
	codes := find(h, "chart.codes.title")
	h.Window.Canvas().Focus(codes)
	h.Key(fyne.KeyReturn)
	if d := cmp.Diff([]kit.Route{kit.RouteCallsOfCode("95013")}, h.Routes); d != "" {
		t.Error(d)
	}
	c.stats.Marked = 0
	part.Changed("calls")
	h.Fire()
	h.Layout()
	if !h.Shows("stats.unmarked") || h.Reads("41.35 %") {
		t.Error("shares of nothing")
	}
}

func TestFaultOfThePicture(t *testing.T) {
	c := &counter{stats: sample(), err: errors.New("disk")}
	h, _ := show(t, uitest.Options{Language: l10n.English, Size: fyne.NewSize(1000, 3600)}, c)
	c.err = nil
	h.Press("kit.retry")
	h.Layout()
	if !h.Shows("chart.days.title") {
		t.Errorf("%q", h.Texts())
	}
}

// A log from years ago is empty within the last month; all of it is a click away.
func TestOldLogIsCountedAsAWhole(t *testing.T) {
	c := &counter{}
	h, part := show(t, uitest.Options{Language: l10n.English}, c)
	c.stats = sample()
	h.Press("stats.none.all")
	if part.model.Span() != SpanAll || !h.Shows("chart.days.title") {
		t.Errorf("%q", h.Texts())
	}
	c.stats.Calls = 0
	part.model.Load()
	h.Layout()
	if len(h.Buttons("stats.none.all")) != 0 {
		t.Error("there is nothing more to count")
	}
}

// The next start counts what was counted before; what another version wrote does no
// harm.
func TestChoiceIsRemembered(t *testing.T) {
	start := func(values map[string]string) *Part {
		h := uitest.New(t, uitest.Options{})
		h.Env.Memory = kit.NewMemory(h.Env, values, func(context.Context, string, string) error { return nil })
		c := &counter{}
		part := New(Params{Env: h.Env, Lookout: c, Filing: c, People: people{}, Files: c})
		h.ShowObject(part.Content())
		part.Enter(t.Context())
		return part
	}
	values := map[string]string{}
	first := start(values)
	first.span.SetSelectedIndex(2)
	first.person.SetSelectedIndex(1)
	if m := start(values).model; m.Span() != SpanYear || m.Person() != first.model.Person() || m.Person() == 0 {
		t.Errorf("%s of %d", m.Span(), m.Person())
	}
	if m := start(map[string]string{memory: `{"person":99,"span":"aeon"}`}).model; m.Span() != SpanMonth || m.Person() != 0 {
		t.Errorf("%s of %d", m.Span(), m.Person())
	}
}
