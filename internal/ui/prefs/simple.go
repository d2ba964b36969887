package prefs

import (
	"fyne.io/fyne/v2"

	"quietline/internal/settings"
	"quietline/internal/ui/kit"
)

// simple has whether the window shows everything.
func (p *Page) simple() fyne.CanvasObject {
	e := p.env
	options := []kit.Option[settings.Switch]{
		{Code: settings.Off, Text: e.T("prefs.simple.off")}, {Code: settings.On, Text: e.T("prefs.simple.on")},
	}
	return kit.TitledCard(e.T("prefs.simple"), e.T("prefs.simple.text"),
		kit.NewSegments(options, p.m.Now.Simple, p.SetSimple).Object())
}

// SetSimple stores and applies whether the window is the simple one, whose
// first page it shows then. That page uses it too, as the way out.
func (p *Page) SetSimple(s settings.Switch) {
	p.chooser.Choose(func(a *settings.All) { a.Simple = s }, func() {
		if s == settings.On {
			p.env.Navigate(kit.Route{Page: kit.PageHome})
		}
	})
}
