package calls

import (
	"testing"
	"time"

	"quietline/internal/domain"
	"quietline/internal/testkit"
	"quietline/internal/ui/kit"
	"quietline/internal/ui/uitest"
)

func TestRouteToTheCallsFromANumber(t *testing.T) {
	s := show(t, uitest.Options{}, uitest.Calls())
	s.Show(s.page, kit.RouteCallsFrom("95013000"))
	if got := s.page.model.Filter(); got != (Filter{Number: "95013000"}) {
		t.Errorf("%+v", got)
	}
	if !s.Reads("95013000") || s.Reads("13800138000") {
		t.Errorf("%q", s.Texts())
	}
}

func TestRouteToTheCallsOfSomeDays(t *testing.T) {
	s := show(t, uitest.Options{}, uitest.Calls())
	night := time.Date(2024, 5, 18, 20, 0, 0, 0, time.UTC) // the 19th in China
	s.Show(s.page, kit.RouteCallsOnDays(domain.SelfID, night, testkit.Epoch()))
	want := Filter{Person: domain.SelfID, Period: PeriodBetween, From: "2024-05-19", To: "2024-05-20"}
	if got := s.page.model.Filter(); got != want {
		t.Errorf("%+v", got)
	}
	s.Show(s.page, kit.Route{Page: kit.PageCalls, Action: kit.ActionDays, ID: "1,2024-05-19"})
	if got := s.page.model.Filter(); got != want {
		t.Errorf("a route that cannot be read changes the filter: %+v", got)
	}
}
