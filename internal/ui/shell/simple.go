package shell

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/theme"

	"quietline/internal/ui/kit"
	"quietline/internal/ui/look"
)

// buildSimple makes the frame of the simple window: no navigation, but on every
// page except the first a way back to it, always in the same place. Escape goes
// there too, when the page has nothing more to close.
func (s *Shell) buildSimple(page fyne.CanvasObject) {
	back := kit.NewButton(s.env.T("app.simple.back"), theme.NavigateBackIcon(), func() {
		s.shortcut(kit.Route{Page: s.entries[0].ID})
	}).On(kit.CommandBack)
	s.home = container.NewStack(
		kit.Ground(look.ColorNav, kit.Spring()),
		kit.Pad(1.5, 3, kit.Row(1, -1, back)),
	)
	s.home.Hidden = !s.wayBack()
	s.surround(kit.Under(0, kit.Stack(0, s.home, s.banner), page))
}

// first says whether the first page is shown.
func (s *Shell) first() bool { return s.route.Page == "" || s.route.Page == s.entries[0].ID }

// wayBack says whether there is somewhere to go back from: a page that stands
// alone has its own way out.
func (s *Shell) wayBack() bool { return !s.first() && !s.alone() }

// showHome shows the way back where there is one.
func (s *Shell) showHome() {
	if s.home != nil && s.home.Hidden == s.wayBack() {
		s.home.Hidden = !s.wayBack()
		s.root.Refresh()
	}
}
