package stats

import (
	"context"
	"errors"
	"testing"

	"fyne.io/fyne/v2"
	"github.com/google/go-cmp/cmp"

	"quietline/internal/domain"
	"quietline/internal/insight"
	"quietline/internal/l10n"
	"quietline/internal/lookout"
	"quietline/internal/testkit"
	"quietline/internal/ui/kit"
	"quietline/internal/ui/uitest"
)

type counter struct {
	stats insight.Stats
	asked []lookout.StatsFilter
	err   error
}

func (c *counter) StatsOf(_ context.Context, f lookout.StatsFilter) (insight.Stats, error) {
	c.asked = append(c.asked, f)
	return c.stats, c.err
}

type people struct{}

func (people) People(context.Context) ([]domain.Person, error) { return uitest.People(), nil }

func sample() insight.Stats {
	day := midnight(testkit.Epoch())
	s := insight.Stats{
		Calls: 31, First: day.AddDate(0, 0, -9), Last: day,
		Days:       []insight.DayCount{{Day: day.AddDate(0, 0, -9), Calls: 4}, {Day: day.AddDate(0, 0, -2), Calls: 21}, {Day: day, Calls: 6}},
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
	s.Week[0][9], s.Week[2][22], s.Week[6][14] = 12, 4, 15
	return s
}

func show(t *testing.T, o uitest.Options, c *counter) (*uitest.Harness, *Part) {
	t.Helper()
	h := uitest.New(t, o)
	part := New(Params{Env: h.Env, Lookout: c, People: people{}, Holders: func(code string) []domain.Holder {
		if code == "95588" {
			return []domain.Holder{{NameZH: "中国工商银行", NameEN: "ICBC"}}
		}
		return nil
	}})
	h.ShowObject(kit.Pad(2, 2, part.Content()))
	part.Enter(t.Context())
	h.Layout()
	return h, part
}

func TestPicture(t *testing.T) {
	uitest.Matrix(t, func(t *testing.T, o uitest.Options) {
		o.Size = fyne.NewSize(1000, 2600)
		h, _ := show(t, o, &counter{stats: sample()})
		h.Check()
		h.Draw("stats")
		h.Golden("stats")
	})
	uitest.Matrix(t, func(t *testing.T, o uitest.Options) {
		h, _ := show(t, o, &counter{})
		h.Check()
		h.Draw("stats.none")
	})
}

func TestWhoAndHowFarBack(t *testing.T) {
	c := &counter{stats: sample()}
	h, part := show(t, uitest.Options{Language: l10n.English, Size: fyne.NewSize(1000, 2600)}, c)
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
	h.Button("95013").OnTapped()
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
	h, _ := show(t, uitest.Options{Language: l10n.English, Size: fyne.NewSize(1000, 2600)}, c)
	c.err = nil
	h.Press("kit.retry")
	h.Layout()
	if !h.Shows("stats.days") {
		t.Errorf("%q", h.Texts())
	}
}

// A log from years ago is empty within the last month; all of it is a click away.
func TestOldLogIsCountedAsAWhole(t *testing.T) {
	c := &counter{}
	h, part := show(t, uitest.Options{Language: l10n.English}, c)
	c.stats = sample()
	h.Press("stats.none.all")
	if part.model.Span() != SpanAll || !h.Shows("stats.days") {
		t.Errorf("%q", h.Texts())
	}
	c.stats.Calls = 0
	part.model.Load()
	h.Layout()
	if len(h.Buttons("stats.none.all")) != 0 {
		t.Error("there is nothing more to count")
	}
}
