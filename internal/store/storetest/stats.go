package storetest

import (
	"fmt"
	"testing"
	"time"

	"quietline/internal/domain"
	"quietline/internal/insight"
	"quietline/internal/lookout"
)

func statTests() []test {
	return []test{{"stats/counts", countCalls}, {"stats/filtered", countSome}, {"stats/top codes", countCodes}, {"stats/empty", countNothing}}
}

func countCalls(t *testing.T, s Full) {
	late := time.Date(2024, 5, 26, 23, 59, 59, 0, domain.China()) // a Sunday
	marked := func(number string, at time.Time, c domain.Category) domain.Call {
		call := newCall(number, at)
		call.Category = c
		return call
	}
	made := newCall("13800000001", after(-time.Hour))
	made.Direction = domain.DirectionOutgoing
	coded := newCall("95013001", late)
	coded.Code, coded.Family = "95013", domain.FamilyEnterprise95
	add(t, s, made, coded, marked("1", start(), domain.CategoryLoan), marked("1", after(time.Minute), domain.CategoryLoan),
		marked("2", after(time.Hour), domain.CategoryFraud), marked("3", late, domain.CategoryOther), marked("", late, domain.CategorySilent))
	got, err := s.Stats(t.Context(), lookout.StatsFilter{})
	ok(t, err)
	sunday := time.Date(2024, 5, 26, 0, 0, 0, 0, domain.China())
	want := insight.Stats{
		Calls: 6, Outgoing: 1, First: start(), Last: late,
		Days: []insight.DayCount{
			{Day: sunday.AddDate(0, 0, -6), Calls: 3, Families: []insight.FamilyCount{{Family: domain.FamilyCallCentre95, Calls: 3}}},
			{Day: sunday, Calls: 3, Families: []insight.FamilyCount{
				{Family: domain.FamilyCallCentre95, Calls: 2}, {Family: domain.FamilyEnterprise95, Calls: 1},
			}},
		},
		Families: []insight.FamilyCount{{Family: domain.FamilyCallCentre95, Calls: 5}, {Family: domain.FamilyEnterprise95, Calls: 1}},
		Categories: []insight.CategoryCount{
			{Category: domain.CategoryLoan, Calls: 2},
			{Category: domain.CategoryFraud, Calls: 1},
			{Category: domain.CategoryOther, Calls: 1},
			{Category: domain.CategorySilent, Calls: 1},
		},
		Codes: []insight.CodeCount{{Code: "95013", Calls: 1, Numbers: 1}}, Marked: 3,
		Shares: []insight.Share{
			{Class: insight.ClassSales, Numbers: 1, Share: 1.0 / 3, National: 0.4135},
			{Class: insight.ClassHarassment, National: 0.1564},
			{Class: insight.ClassFraud, Numbers: 1, Share: 1.0 / 3, National: 0.0712},
		},
	}
	want.Week[0][9], want.Week[0][10], want.Week[6][23] = 2, 1, 3
	same(t, got, want)
	got.Days[0].Families[0].Calls, got.Days[1].Calls, got.Codes[0].Numbers = -1, -1, -1 // they are the caller's
	got.Families[0].Calls, got.Categories[0].Calls, got.Shares[0].Numbers = -1, -1, -1
	got, err = s.Stats(t.Context(), lookout.StatsFilter{})
	ok(t, err)
	same(t, got, want)
	times, err := s.Times(t.Context(), lookout.StatsFilter{})
	ok(t, err)
	same(t, times, insight.Stats{Calls: want.Calls, Outgoing: want.Outgoing, Days: want.Days, Week: want.Week, Families: want.Families})
}

func countSome(t *testing.T, s Full) {
	aunt := person(t, s, "Aunt")
	hers := newCall("1", after(time.Hour))
	hers.PersonID = aunt.ID
	add(t, s, hers, newCall("1", start()), newCall("2", after(48*time.Hour)))
	for _, tt := range []struct {
		f    lookout.StatsFilter
		want int64
	}{
		{lookout.StatsFilter{}, 3},
		{lookout.StatsFilter{PersonID: aunt.ID}, 1},
		{lookout.StatsFilter{From: after(time.Minute)}, 2},
		{lookout.StatsFilter{From: start(), To: after(time.Hour)}, 1},
		{lookout.StatsFilter{PersonID: aunt.ID, From: start(), To: after(time.Hour)}, 0},
	} {
		got, err := s.Stats(t.Context(), tt.f)
		ok(t, err)
		same(t, got.Calls, tt.want)
		times, err := s.Times(t.Context(), tt.f)
		ok(t, err)
		same(t, times.Calls, tt.want)
	}
}

func countCodes(t *testing.T, s Full) {
	for i := range insight.TopCodes + 5 {
		for n := range i + 1 {
			c := newCall(fmt.Sprintf("%d%02d", 95000+i, n%10), after(time.Duration(n)*time.Minute))
			c.Code = fmt.Sprint(95000 + i)
			add(t, s, c)
		}
	}
	got, err := s.Stats(t.Context(), lookout.StatsFilter{})
	ok(t, err)
	if len(got.Codes) != insight.TopCodes || got.Codes[0] != (insight.CodeCount{Code: "95024", Calls: 25, Numbers: 10}) ||
		got.Codes[19] != (insight.CodeCount{Code: "95005", Calls: 6, Numbers: 6}) {
		t.Errorf("%+v", got.Codes)
	}
}

func countNothing(t *testing.T, s Full) {
	got, err := s.Stats(t.Context(), lookout.StatsFilter{})
	ok(t, err)
	if got.Calls != 0 || got.Days != nil || len(got.Shares) != 3 || got.Shares[0].Share != 0 {
		t.Errorf("%+v", got)
	}
}
