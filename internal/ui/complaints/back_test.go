package complaints

import (
	"testing"

	"quietline/internal/ui/kit"
	"quietline/internal/ui/uitest"
)

// Who came from a call or from Home wants back there, and nobody else.
func TestFormLeadsBackWhereItWasAskedFor(t *testing.T) {
	elsewhere := kit.RouteComplain("95588")
	for _, tc := range []struct {
		name  string
		come  func(s *stage)
		backs int
	}{
		{"from another page", func(s *stage) { s.page.Leave(); s.Show(s.page, elsewhere) }, 1},
		{"from the list", func(s *stage) { s.Press("complaints.new") }, 0},
		{"by the navigation, later", func(s *stage) {
			s.page.Leave()
			s.Show(s.page, elsewhere)
			s.page.Leave()
			s.Show(s.page, kit.Route{Page: kit.PageComplaints})
		}, 0},
		{"from the list, later", func(s *stage) {
			s.page.Leave()
			s.Show(s.page, elsewhere)
			s.Press("complaints.form.back")
			s.Backs = 0
			s.Press("complaints.new")
		}, 0},
	} {
		s := show(t, uitest.Options{}, kit.Route{Page: kit.PageComplaints}, history)
		tc.come(s)
		s.Press("complaints.form.back")
		if s.Backs != tc.backs || s.page.model.Form() != nil {
			t.Errorf("%s: %d ways back", tc.name, s.Backs)
		}
	}
}
