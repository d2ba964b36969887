package batch

import (
	"context"
	"testing"

	"quietline/internal/progress"
	"quietline/internal/ui/uitest"
)

func TestChecking(t *testing.T) {
	uitest.Matrix(t, func(t *testing.T, o uitest.Options) {
		s := show(t, o, newDesk())
		s.Press("batch.choose.button")
		s.desk.during = func(context.Context, *progress.Counter) error {
			s.Check()
			s.Draw("batch.checking")
			s.Golden("checking")
			return nil
		}
		s.Press("batch.check")
	})
}

// TestAskedBeforeFiling: where the complaints of a sheet go is said before they do.
func TestAskedBeforeFiling(t *testing.T) {
	uitest.Matrix(t, func(t *testing.T, o uitest.Options) {
		s := show(t, o, newDesk())
		s.Press("batch.choose.button")
		s.Press("batch.check")
		s.page.sheet.ask()
		s.Layout()
		s.Check()
		s.Draw("batch.ask")
		s.Golden("ask")
	})
}
