package complaints

import (
	"testing"
	"time"

	"fyne.io/fyne/v2"

	"quietline/internal/domain"
	"quietline/internal/l10n"
	"quietline/internal/ui/kit"
	"quietline/internal/ui/uitest"
)

// What could not be taken apart at the moment can be later.
func TestMergeIsUndoneOnceThereIsRoom(t *testing.T) {
	s := show(t, uitest.Options{Language: l10n.English}, kit.RouteComplaint("00000001"), sameNumber)
	s.Press("complaints.merge")
	s.desk.full = domain.E("test", domain.Unavailable, "store.disk_full", nil, nil)
	s.Press("complaints.merge.undo")
	s.desk.full = nil
	if !s.Shows("err.store.disk_full") {
		t.Fatalf("%q", s.Texts())
	}
	s.Key(fyne.KeyEscape)
	s.Press("complaints.merge.undo")
	if a, b := s.desk.complaints[0], s.desk.complaints[1]; len(a.Body.Calls) != 1 || b.SendState != domain.SendDraft {
		t.Errorf("%d calls, the other is %s", len(a.Body.Calls), b.SendState)
	}
}

// What was changed since is not taken apart, and that is not offered again.
func TestMergeThatWasChangedIsNotUndone(t *testing.T) {
	s := show(t, uitest.Options{Language: l10n.English}, kit.RouteComplaint("00000001"), sameNumber)
	s.Press("complaints.merge")
	s.desk.complaints[0].UpdatedAt = s.desk.complaints[0].UpdatedAt.Add(time.Second)
	s.Press("complaints.merge.undo")
	s.Key(fyne.KeyEscape)
	if len(s.Buttons("complaints.merge.undo")) != 0 {
		t.Errorf("%q", s.Texts())
	}
}
