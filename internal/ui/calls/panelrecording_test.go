package calls

import (
	"testing"
	"time"

	"quietline/internal/l10n"
	"quietline/internal/ui/uitest"
)

func TestPanelSaysHowLongTheRecordingIsKept(t *testing.T) {
	s := show(t, uitest.Options{Language: l10n.English}, uitest.Calls())
	s.page.model.OpenID(9)
	s.Layout()
	if !s.Reads("until 2024-06-19 at least") {
		t.Errorf("%q", s.Texts())
	}
	s.Clock.Advance(40 * 24 * time.Hour)
	s.SetLanguage(l10n.English)
	if s.Reads("2024-06-19") {
		t.Errorf("it is over: %q", s.Texts())
	}
}
