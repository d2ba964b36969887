package home

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/theme"

	"quietline/internal/ui/kit"
	"quietline/internal/ui/look"
)

// simpleFactor is how much larger the three things to do are written in the
// simple window.
const simpleFactor = 1.4

// simple builds the page of the simple window: three things to do, one below the
// other, the alerts, and the way to everything else.
func (p *Page) simple() fyne.CanvasObject {
	e := p.env
	tile := func(icon look.Icon, title, text string, to kit.Route) *kit.Tile {
		return kit.NewTile(kit.TileParams{
			Icon: icon, Title: e.T(title), Text: e.T(text), Primary: true, Tapped: func() { e.Navigate(to) },
		})
	}
	p.first = tile(look.IconCheck, "home.simple.check", "home.simple.check.text", kit.RouteCheck(""))
	deeds := []fyne.CanvasObject{
		p.first,
		tile(look.IconCalls, "home.simple.log", "home.simple.log.text", kit.RouteLogCall("")),
		tile(look.IconComplaints, "home.simple.complain", "home.simple.complain.text", kit.RouteComplain("")),
	}
	for i, d := range deeds {
		deeds[i] = kit.Enlarge(simpleFactor, d)
	}
	help := kit.NewQuiet(e.T("help.name"), theme.HelpIcon(), func() { e.Navigate(kit.RouteHelp("")) })
	all := kit.NewQuiet(e.T("home.simple.all"), theme.ListIcon(), p.p.ShowAll)
	content := kit.Frame(kit.FrameParams{
		Title: e.T("home.simple"),
		Body:  kit.Stack(3, kit.Stack(2, deeds...), p.gone(), p.paused, p.alerts, kit.Flow(1, help, all)),
	})
	p.showPicture()
	return content
}
