package prefs

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/theme"

	"quietline/internal/ui/kit"
)

// lists says which list of numbers and advice counts, and leads to a newer one.
func (p *Page) lists() fyne.CanvasObject {
	e, r := p.env, p.m.About().Registry()
	return kit.TitledCard(e.T("prefs.lists"), e.T("prefs.lists.text"),
		kit.Fact(e.T("prefs.lists.now"), e.T("prefs.lists.now.text", map[string]any{
			"Version": r.Version, "Date": r.Date, "Entries": e.Printer.Number(int64(r.Entries)),
		})),
		kit.Flow(1, kit.NewButton(e.T("prefs.lists.newer"), theme.ViewRefreshIcon(), func() { e.Navigate(kit.RouteNewer()) })))
}
