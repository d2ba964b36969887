package complaints

import (
	"testing"

	"quietline/internal/domain"
	"quietline/internal/ui/kit"
	"quietline/internal/ui/uitest"
)

// Nobody can have answered what is not with them yet.
func TestCaseOfWhatIsNotThereYet(t *testing.T) {
	s := show(t, uitest.Options{}, kit.RouteComplaints("outbox"), plenty)
	seen := map[bool]int{}
	for _, c := range s.desk.complaints {
		there := c.SendState == domain.SendSent || c.SendState == domain.SendFailed || c.SendState == domain.SendUnknown
		if !there && c.SendState != domain.SendDraft && c.SendState != domain.SendQueued {
			continue
		}
		s.page.model.Open(c.ID)
		s.Layout()
		seen[there]++
		if got := s.Shows("receipt.state.theirs"); got != there {
			t.Errorf("%s, %s: %v", c.ID, c.SendState, got)
		}
	}
	if seen[true] == 0 || seen[false] == 0 {
		t.Errorf("%v", seen)
	}
}
