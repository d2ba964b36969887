package prefs

import (
	"context"

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
	now, next := p.m.Now, p.m.Now
	next.Simple = s
	p.env.Try(p.env.Jobs.Base(), func(ctx context.Context) error { return p.m.Choose(ctx, now, next) }, func() {
		p.m.Chosen(next)
		if s == settings.On {
			p.env.Navigate(kit.Route{Page: kit.PageHome})
		}
	})
}
