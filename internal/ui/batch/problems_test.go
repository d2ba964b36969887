package batch

import (
	"strings"
	"testing"

	"fyne.io/fyne/v2"

	"quietline/internal/filing"
	"quietline/internal/l10n"
	"quietline/internal/ui/uitest"
)

// lastLine goes to the end of the table of problems and says whether the line is there.
func lastLine(s *stage, words string) bool {
	s.T.Helper()
	for _, f := range uitest.All[interface {
		fyne.CanvasObject
		fyne.Focusable
		ScrollToBottom()
	}](s.Harness) {
		f.ScrollToBottom()
	}
	s.Layout()
	for _, t := range s.Texts() {
		if strings.HasPrefix(t, words) {
			return true
		}
	}
	return false
}

// Every problem can be seen at its row, however many there are: those of a sheet that
// was checked, and those of a batch.
func TestAllProblemsAreListed(t *testing.T) {
	o := uitest.Options{Language: l10n.English, Size: fyne.NewSize(1200, 3000)}
	line := func(s *stage, n int) string {
		return strings.TrimSpace(s.Env.T("batch.line.problem", l10n.Args{"Line": n, "Problem": ""}))
	}
	s := show(t, o, newDesk())
	one := report().Rejects[0]
	s.desk.report.Rejected, s.desk.report.Rejects = 1234, nil
	for n := range 1234 {
		one.Line = n + 2
		s.desk.report.Rejects = append(s.desk.report.Rejects, one)
	}
	s.Press("batch.choose.button")
	s.Press("batch.check")
	if !lastLine(s, line(s, 1235)) {
		t.Errorf("of a sheet: %q", s.Texts())
	}

	s = show(t, o, newDesk())
	s.desk.manyRejected = 900
	b := s.page.model.Shown()[0]
	b.Rejected = 900
	s.desk.batches = []filing.Batch{b}
	s.page.model.Reload()
	s.page.model.Open(b.ID)
	s.Layout()
	if !lastLine(s, line(s, 900)) {
		t.Errorf("of a batch: %q", s.Texts())
	}
}
