package shell

import "quietline/internal/ui/kit"

// back goes to the page that was shown before this one, as it was left, and says
// whether there was one. There is no way back to what stands alone.
func (s *Shell) back() bool {
	e, ok := s.find(s.before)
	if !ok || e.Alone {
		return false
	}
	s.Go(kit.Route{Page: e.ID})
	return true
}
