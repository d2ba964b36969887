package calls

import (
	"testing"

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
