package calls

import (
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"quietline/internal/domain"
	"quietline/internal/testkit"
)

func day(y int, m time.Month, d int) time.Time { return time.Date(y, m, d, 0, 0, 0, 0, domain.China()) }

func TestQuery(t *testing.T) {
	now := testkit.Epoch() // 2024-05-20 09:00 in China
	for _, c := range []struct {
		name     string
		f        Filter
		want     domain.CallFilter
		problems []string
	}{
		{"nothing", Filter{}, domain.CallFilter{}, nil},
		{
			"all at once",
			Filter{
				Text: " 贷款 ", Person: 2, Direction: domain.DirectionMissed, Family: domain.FamilyCallCentre95,
				Verdict: domain.VerdictUnlisted, Period: PeriodWeek, Number: "95013000",
			},
			domain.CallFilter{
				Text: "贷款", PersonID: 2, Direction: domain.DirectionMissed, Family: domain.FamilyCallCentre95,
				Verdict: domain.VerdictUnlisted, Number: "95013000", From: day(2024, 5, 14),
			},
			nil,
		},
		{"today", Filter{Period: PeriodToday}, domain.CallFilter{From: day(2024, 5, 20)}, nil},
		{"30 days", Filter{Period: PeriodMonth}, domain.CallFilter{From: day(2024, 4, 21)}, nil},
		{"days that do not count", Filter{Period: PeriodToday, From: "nonsense"}, domain.CallFilter{From: day(2024, 5, 20)}, nil},
		{"from a day on", Filter{Period: PeriodBetween, From: "2024-5-1"}, domain.CallFilter{From: day(2024, 5, 1)}, nil},
		{"up to a day, the day included", Filter{Period: PeriodBetween, To: "20240229"}, domain.CallFilter{To: day(2024, 3, 1)}, nil},
		{
			"one day",
			Filter{Period: PeriodBetween, From: "2024/05/01", To: "2024年5月1日"},
			domain.CallFilter{From: day(2024, 5, 1), To: day(2024, 5, 2)},
			nil,
		},
		{
			"full-width digits",
			Filter{Period: PeriodBetween, From: "２０２４．５．１"},
			domain.CallFilter{From: day(2024, 5, 1)},
			nil,
		},
		{"no such day", Filter{Period: PeriodBetween, From: "2023-02-29"}, domain.CallFilter{}, []string{"/from calls.day_unreadable"}},
		{
			"both unreadable",
			Filter{Period: PeriodBetween, From: "soon", To: "5-1"},
			domain.CallFilter{To: time.Time{}},
			[]string{"/from calls.day_unreadable", "/to calls.day_unreadable"},
		},
		{
			"reversed",
			Filter{Period: PeriodBetween, From: "2024-05-02", To: "2024-05-01"},
			domain.CallFilter{From: day(2024, 5, 2), To: day(2024, 5, 2)},
			[]string{"/to calls.range_reversed"},
		},
	} {
		t.Run(c.name, func(t *testing.T) {
			got, problems := c.f.Query(now)
			var keys []string
			for _, p := range problems {
				keys = append(keys, p.Field+" "+p.Key)
			}
			if diff := cmp.Diff(c.problems, keys); diff != "" {
				t.Error(diff)
			}
			if diff := cmp.Diff(c.want, got); diff != "" {
				t.Error(diff)
			}
		})
	}
}

func TestPeriodsBeginInChina(t *testing.T) {
	// 23:30 on the 19th in London is the 20th in China.
	now := time.Date(2024, 5, 19, 23, 30, 0, 0, time.FixedZone("BST", 3600))
	got, _ := Filter{Period: PeriodToday}.Query(now)
	if !got.From.Equal(day(2024, 5, 20)) {
		t.Errorf("%v", got.From)
	}
}

func TestNarrow(t *testing.T) {
	for _, c := range []struct {
		f    Filter
		want bool
	}{
		{Filter{}, false},
		{Filter{Text: "  "}, false},
		{Filter{Period: PeriodBetween}, false},
		{Filter{From: "2024-05-01"}, false},
		{Filter{Period: PeriodBetween, From: "2024-05-01"}, true},
		{Filter{Period: PeriodToday}, true},
		{Filter{Verdict: domain.VerdictHidden}, true},
		{Filter{Text: "a"}, true},
	} {
		if got := c.f.Narrow(); got != c.want {
			t.Errorf("%+v: %v", c.f, got)
		}
	}
}

func TestEveryDayIsReadAsWritten(t *testing.T) {
	layouts := []string{"2006-01-02", "2006-1-2", "2006/1/2", "20060102", "2006.01.02", "2006年1月2日", " 2006 01 02 "}
	rapid.Check(t, func(t *rapid.T) {
		want := day(1980, 1, 1).AddDate(0, 0, rapid.IntRange(0, 40000).Draw(t, "days"))
		text := want.Format(rapid.SampledFrom(layouts).Draw(t, "layout"))
		got, err := readDay(text)
		if err != nil || !got.Equal(want) {
			t.Fatalf("%q: %v %v", text, got, err)
		}
	})
}

func FuzzReadDay(f *testing.F) {
	for _, s := range []string{"", "2024-05-20", "9999-99-99", "二〇二四", "2024-05-20 09:00", "-1--1--1", "00000000"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		got, err := readDay(s)
		if err == nil && !got.IsZero() && (got.Hour() != 0 || got.Year() > 9999) {
			t.Errorf("%q: %v", s, got)
		}
	})
}

func TestTogether(t *testing.T) {
	a := domain.Call{PersonID: 1, Number: "95013000"}
	other := func(change func(*domain.Call)) domain.Call {
		c := a
		change(&c)
		return c
	}
	for _, c := range []struct {
		name  string
		calls []domain.Call
		want  bool
	}{
		{"none", nil, false},
		{"one", []domain.Call{a}, true},
		{"two of one number", []domain.Call{a, a}, true},
		{"another number", []domain.Call{a, other(func(c *domain.Call) { c.Number = "95588" })}, false},
		{"another person", []domain.Call{a, other(func(c *domain.Call) { c.PersonID = 2 })}, false},
		{"another area", []domain.Call{a, other(func(c *domain.Call) { c.AreaCode = "0551" })}, false},
		{"hidden", []domain.Call{other(func(c *domain.Call) { c.Number = "" })}, false},
	} {
		if got := Together(c.calls); got != c.want {
			t.Errorf("%s: %v", c.name, got)
		}
	}
}
