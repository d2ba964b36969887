package prefs

import (
	"fyne.io/fyne/v2"

	"quietline/internal/settings"
	"quietline/internal/ui/kit"
)

// tray has what closing the window does.
func (p *Page) tray() fyne.CanvasObject {
	e := p.env
	var options []kit.Option[settings.Switch]
	for _, s := range settings.Switches() {
		options = append(options, kit.Option[settings.Switch]{Code: s, Text: e.T("prefs.tray." + string(s))})
	}
	return kit.TitledCard(e.T("prefs.tray"), e.T("prefs.tray.text"),
		kit.NewSegments(options, p.m.Now.Tray, func(s settings.Switch) {
			p.pick(func(a *settings.All) { a.Tray = s })
		}).Object())
}
