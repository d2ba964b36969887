package calls

import (
	"testing"

	"quietline/internal/ui/uitest"
)

// TestWorkInDialogs: what is said while a file is read or written, and of each kind
// of file.
func TestWorkInDialogs(t *testing.T) {
	uitest.Matrix(t, func(t *testing.T, o uitest.Options) {
		for name, do := range map[string]func(*stage){
			"importing": func(s *stage) {
				s.page.Drop([]string{"/home/me/通话记录.csv", "/home/me/账单.csv"})
				s.Hold = true
				s.Press("calls.import.start")
			},
			"exporting": func(s *stage) {
				s.page.export()
				s.Hold = true
				s.Press("calls.export.where")
			},
			"export_csv":  func(s *stage) { s.Press("calls.export"); s.Press("calls.export.kind.csv") },
			"export_json": func(s *stage) { s.Press("calls.export"); s.Press("calls.export.kind.json") },
		} {
			t.Run(name, func(t *testing.T) {
				s := show(t, o, uitest.Calls())
				do(s)
				s.Check()
				s.Draw("calls." + name)
				s.Golden(name)
			})
		}
	})
}
