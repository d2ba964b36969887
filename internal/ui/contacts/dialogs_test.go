package contacts

import (
	"testing"

	"quietline/internal/ui/uitest"
)

func TestImportUnderWay(t *testing.T) {
	uitest.Matrix(t, func(t *testing.T, o uitest.Options) {
		s := show(t, o, newBook())
		s.Press("contacts.import")
		s.Hold = true
		s.Press("calls.import.start")
		s.Check()
		s.Draw("contacts-importing")
		s.Golden("importing")
	})
}
