package calls

import (
	"strings"
	"testing"

	"quietline/internal/ui/kit"
	"quietline/internal/ui/uitest"
)

// A route turns to the part that it is about, and that part alone is entered.
func TestRoutesToParts(t *testing.T) {
	s := show(t, uitest.Options{}, uitest.Calls())
	var heard []string
	s.page.p.Alerts, s.page.p.Stats = note{"alerts", &heard}, note{"charts", &heard}
	s.Rebuild()
	for _, r := range []kit.Route{kit.RouteCharts(), kit.RouteAlerts(), kit.RouteRecentCalls()} {
		s.Show(s.page, r)
	}
	if s.page.part != partList {
		t.Errorf("the calls are shown as %s", s.page.part)
	}
	var entered []string
	for _, h := range heard {
		if len(entered) == 0 || entered[len(entered)-1] != h {
			entered = append(entered, h)
		}
	}
	if got := strings.Join(entered, ", "); got != "charts enter, alerts enter" {
		t.Errorf("heard %s", got)
	}
}
