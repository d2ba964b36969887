package home

import (
	"context"
	"reflect"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/theme"

	"quietline/internal/domain"
	"quietline/internal/insight"
	"quietline/internal/lookout"
	"quietline/internal/report"
	"quietline/internal/ui/kit"
)

// Lookout counts the calls of a period by day and family.
type Lookout interface {
	TimesOf(ctx context.Context, f lookout.StatsFilter) (insight.Stats, error)
}

// firstDay begins the last RecentDays days, today included.
func firstDay(now time.Time) time.Time {
	now = now.In(domain.China())
	return time.Date(now.Year(), now.Month(), now.Day()+1-RecentDays, 0, 0, 0, 0, now.Location())
}

// month is the chart of the last days: how many calls came on each, by kind of
// number.
type month struct {
	page  *Page
	place *fyne.Container
	shown report.ChartData
}

// show brings the chart up to date with the model, nothing where there is no
// picture.
func (m *month) show(there bool) {
	m.place.Hidden = !there
	data := m.page.model.Month()
	if !there || len(m.place.Objects) > 0 && reflect.DeepEqual(data, m.shown) {
		return // the keyboard stays where it is
	}
	m.shown = data
	m.place.Objects = []fyne.CanvasObject{m.card(data)}
	m.place.Refresh()
}

func (m *month) card(data report.ChartData) fyne.CanvasObject {
	e := m.page.env
	more := kit.NewButton(e.T("home.month.more"), theme.NavigateNextIcon(), func() { e.Navigate(kit.RouteCharts()) })
	x, ok := report.DrawChart(e.Printer, report.ChartDays, data)
	if !ok {
		return kit.TitledCard(e.T("home.month"), "", kit.Muted(e.T("home.month.none")), kit.Flow(1,
			kit.NewButton(e.T("home.welcome.import.button"), theme.FolderOpenIcon(), func() { e.Navigate(kit.RouteImport()) }), more))
	}
	return kit.TitledCard(e.T("home.month"), "",
		kit.NewChart(kit.ChartParams{Chart: x.Chart, Title: e.T("home.month"), Summary: x.Summary}),
		kit.Caption(x.Summary), kit.Flow(1, more))
}
