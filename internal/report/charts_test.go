package report_test

import (
	"fmt"
	"maps"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"quietline/internal/chart"
	"quietline/internal/domain"
	"quietline/internal/filing"
	"quietline/internal/insight"
	"quietline/internal/l10n"
	"quietline/internal/report"
	"quietline/internal/testkit"
)

// callsOn counts calls of one family on days.
func callsOn(t testing.TB, calls map[string]int64) insight.Stats {
	t.Helper()
	var s insight.Stats
	var total int64
	for _, text := range slices.Sorted(maps.Keys(calls)) {
		day, err := time.ParseInLocation(time.DateOnly, text, domain.China())
		if err != nil {
			t.Fatal(err)
		}
		s.AddHour(day.Unix()/3600+8+9, domain.FamilyMobile, calls[text])
		total += calls[text]
	}
	s.Families = []insight.FamilyCount{{Family: domain.FamilyMobile, Calls: total}}
	return s
}

// More days than can be told apart are drawn as weeks, months or years, and the
// sentence says so.
func TestDaysAreGathered(t *testing.T) {
	p := testkit.Printer(t, l10n.English)
	for _, tt := range []struct {
		calls   map[string]int64
		columns int
		want    string
	}{
		{map[string]int64{"2024-05-01": 1}, 1, "1 call received, on 2024-05-01"},
		{map[string]int64{"2024-05-01": 3, "2024-05-04": 9}, 4, "12 calls received; most on 2024-05-04 (9)"},
		{map[string]int64{"2024-01-01": 1, "2024-01-03": 1, "2024-06-01": 1}, 22, "3 calls received, by week; most in the week from 2024-01-01 (2)"},
		{map[string]int64{"2020-01-01": 1, "2020-01-31": 1, "2024-06-01": 1}, 54, "3 calls received, by month; most in 2020-01 (2)"},
		{map[string]int64{"2009-01-31": 1, "2024-06-01": 5000}, 16, "5,001 calls received, by year; most in 2024 (5,000)"},
	} {
		x, ok := report.DrawChart(p, report.ChartDays, report.ChartData{Stats: callsOn(t, tt.calls)})
		if !ok || x.Summary != tt.want {
			t.Errorf("%v %q, want %q", ok, x.Summary, tt.want)
		}
		if c := x.Chart.(chart.Columns); len(c.Slots) != tt.columns {
			t.Errorf("%q: %d columns, want %d", tt.want, len(c.Slots), tt.columns)
		}
	}
}

// The columns count every call once, whatever was logged and however long ago.
func TestColumnsCountEveryCall(t *testing.T) {
	p := testkit.Printer(t, l10n.Chinese)
	families := []domain.Family{
		domain.FamilyCallCentre95, domain.FamilyEnterprise95, domain.FamilyHidden, domain.FamilyLandline, domain.FamilyMobile,
		domain.FamilyOperator, domain.FamilyProvincial96, domain.FamilyTollFree,
	}
	rapid.Check(t, func(t *rapid.T) {
		var s insight.Stats
		sums := map[domain.Family]int64{}
		hour := rapid.Int64Range(300_000, 500_000).Draw(t, "first")
		for range rapid.IntRange(1, 40).Draw(t, "hours") {
			f := rapid.SampledFrom(families).Draw(t, "family")
			n := rapid.Int64Range(1, 50).Draw(t, "calls")
			s.AddHour(hour, f, n)
			sums[f] += n
			hour += rapid.Int64Range(0, 3000).Draw(t, "gap")
		}
		for _, f := range families {
			if sums[f] > 0 {
				s.Families = append(s.Families, insight.FamilyCount{Family: f, Calls: sums[f]})
			}
		}
		x, ok := report.DrawChart(p, report.ChartDays, report.ChartData{Stats: s})
		c := x.Chart.(chart.Columns)
		var total int64
		for _, slot := range c.Slots {
			for _, v := range slot.Values {
				if v < 0 {
					t.Fatalf("%+v", slot)
				}
				total += v
			}
		}
		if !ok || total != s.Calls || len(c.Series) > chart.MostSeries || len(c.Slots) > 62 {
			t.Fatalf("%d of %d calls, %d series, %d columns", total, s.Calls, len(c.Series), len(c.Slots))
		}
	})
}

// A period begins and ends where it was asked for, with calls there or without.
func TestPeriodIsShownWhole(t *testing.T) {
	d := report.ChartData{Stats: callsOn(t, map[string]int64{"2024-05-03": 2}), From: chartDay(0), To: chartDay(29)}
	x, _ := report.DrawChart(testkit.Printer(t, l10n.English), report.ChartDays, d)
	c := x.Chart.(chart.Columns)
	if len(c.Slots) != 30 || c.Slots[0].Short != "04-21" || c.Slots[29].Short != "05-20" || c.Slots[12].Values[0] != 2 {
		t.Errorf("%+v", c.Slots)
	}
	if d := cmp.Diff([]string{"2024-05-03, Friday", "2 calls", "Mobile phone: 2"}, c.Slots[12].Lines); d != "" {
		t.Error(d)
	}
	if d := cmp.Diff([]string{"2024-05-04, Saturday", "0 calls"}, c.Slots[13].Lines); d != "" {
		t.Error(d)
	}
}

func TestChartsInWords(t *testing.T) {
	testkit.EachLanguage(t, func(t *testing.T, p *l10n.Printer) {
		d := chartSample()
		for _, name := range report.ChartNames() {
			x, ok := report.DrawChart(p, name, d)
			text := x.Title + x.Summary + fmt.Sprintf("%+v", x.Chart)
			for _, bad := range []string{"…", "chart.", "term.", "stats.", "<no value>"} {
				if !ok || strings.Contains(strings.ReplaceAll(text, "chart.Co", ""), bad) {
					t.Errorf("%s: %q in %s", name, bad, text)
				}
			}
		}
	})
}

func TestCourseTellsWhereComplaintsAre(t *testing.T) {
	d := report.ChartData{Funnel: filing.FunnelOf([]filing.StateCount{
		{Send: domain.SendDraft, N: 2},
		{Send: domain.SendQueued, N: 1},
		{Send: domain.SendFailed, N: 1},
		{Send: domain.SendCancelled, N: 1},
		{Send: domain.SendSent, N: 3},
		{Send: domain.SendSent, Case: domain.CaseClosed, N: 2},
	})}
	x, ok := report.DrawChart(testkit.Printer(t, l10n.English), report.ChartComplaints, d)
	var got []string
	for _, b := range x.Chart.(chart.Bars).Rows {
		got = append(got, fmt.Sprint(b.Heading, "|", b.Label, "|", b.Figure, "|", b.Note))
	}
	want := []string{
		"|Written|10|", "|Queued for sending|8 · 80 %|2 still drafts",
		"|Filed|5 · 50 %|1 in the outbox, 1 refused for good, 1 taken back or left out",
		"|Answered|2 · 20 %|3 without an answer so far", "What was answered|Closed|2|",
	}
	if diff := cmp.Diff(want, got); diff != "" || !ok {
		t.Error(diff)
	}
	if want := "10 complaints written, 5 filed, 2 answered"; x.Summary != want {
		t.Errorf("%q", x.Summary)
	}
}

// The words around a chart say whose calls they are and of which days.
func TestPictureSaysOfWhom(t *testing.T) {
	p := testkit.Printer(t, l10n.English)
	d := chartSample()
	lines := func(name report.ChartName) string {
		x, _ := report.DrawChart(p, name, d)
		return report.ChartPicture(p, x, d, testkit.Epoch()).Lines[0]
	}
	if got, want := lines(report.ChartDays), "Everybody whose calls are logged here · 2024-04-21 to 2024-05-20"; got != want {
		t.Errorf("%q", got)
	}
	d.From, d.Person = time.Time{}, "外婆"
	d.Stats.First = time.Date(2023, 1, 2, 3, 4, 5, 0, domain.China())
	if got, want := lines(report.ChartWeek), "For 外婆 · 2023-01-02 to 2024-05-20"; got != want {
		t.Errorf("%q", got)
	}
	if got, want := lines(report.ChartComplaints), "For 外婆 · until 2024-05-20"; got != want {
		t.Errorf("%q", got)
	}
}

// Weeks over the end of a year bear their month, each month once.
func TestMonthsOfWeeksStandOnce(t *testing.T) {
	d := report.ChartData{Stats: callsOn(t, map[string]int64{"2023-11-30": 1, "2024-05-01": 3})}
	x, _ := report.DrawChart(testkit.Printer(t, l10n.English), report.ChartDays, d)
	var got []string
	for _, s := range x.Chart.(chart.Columns).Slots {
		if s.Short != "" {
			got = append(got, s.Short)
		}
	}
	if diff := cmp.Diff([]string{"2023-11", "2023-12", "2024-01", "2024-02", "2024-03", "2024-04"}, got); diff != "" {
		t.Error(diff)
	}
}
