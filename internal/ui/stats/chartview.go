package stats

import (
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/theme"

	"quietline/internal/l10n"
	"quietline/internal/report"
	"quietline/internal/ui/kit"
	"quietline/internal/ui/look"
)

// chart is a card with a chart, what it shows in words and the ways to save it;
// the explanation may be empty. Tapped gets the place that was chosen, nil where
// that leads nowhere.
func (v *Part) chart(name report.ChartName, explanation string, tapped func(int)) fyne.CanvasObject {
	x, ok := v.draw(name)
	if !ok {
		return kit.Spring()
	}
	object := kit.NewChart(kit.ChartParams{Chart: x.Chart, Title: x.Title, Summary: x.Summary, Tapped: tapped})
	parts := []fyne.CanvasObject{object, kit.Caption(x.Summary), v.saving(name)}
	if saved := v.model.Saved(); saved.Chart == name {
		parts = append(parts, v.saved(saved.Path))
	}
	return kit.TitledCard(x.Title, explanation, parts...)
}

// draw makes a chart in the language of the moment.
func (v *Part) draw(name report.ChartName) (report.Drawing, bool) {
	return report.DrawChart(v.env.Printer, name, v.data())
}

// data are the counts with the words that belong to them.
func (v *Part) data() report.ChartData {
	d := v.model.Data()
	d.Listed = v.p.Listed
	for _, p := range v.model.Whose() {
		if p.ID == v.model.Person() {
			d.Person = kit.PersonName(v.env, p.ID, p.Name)
		}
	}
	return d
}

func (v *Part) saving(name report.ChartName) fyne.CanvasObject {
	button := func(key, ending string) fyne.CanvasObject {
		return kit.NewButton(v.env.T(key), theme.DocumentSaveIcon(), func() { v.save(name, ending) })
	}
	return kit.Flow(1, button("stats.save.png", ".png"), button("stats.save.pdf", ".pdf"))
}

// save asks where a chart is to go. What is written is what was shown when it was
// asked for.
func (v *Part) save(name report.ChartName, ending string) {
	x, ok := v.draw(name)
	if !ok {
		return
	}
	now := v.env.Clock.Now()
	picture := report.ChartPicture(v.env.Printer, x, v.data(), now)
	suggested := v.env.T("chart."+string(name)+".file") + "-" + midnight(now).Format(time.DateOnly) + ending
	chosen := func(path string) { v.model.Save(path, name, picture) }
	if v.p.SaveFile != nil {
		v.p.SaveFile(suggested, chosen)
		return
	}
	kit.SaveFile(v.env, v.env.T("stats.save.choose"), suggested, []string{ending, ".png", ".pdf"}, chosen)
}

// saved says where the file is, until other calls are asked for.
func (v *Part) saved(path string) fyne.CanvasObject {
	open := kit.NewButton(v.env.T("stats.save.open"), theme.FileImageIcon(), func() {
		if v.p.OpenFile != nil {
			v.p.OpenFile(path)
			return
		}
		kit.OpenPath(v.env, path)
	})
	return kit.Notice(look.Done, v.env.T("stats.saved"), path, open)
}

// course is how far complaints have come, or the way to write one.
func (v *Part) course() fyne.CanvasObject {
	if v.model.Data().Funnel.Written > 0 {
		return v.chart(report.ChartComplaints, "", nil)
	}
	e := v.env
	text := e.T("stats.course.none.text")
	if v.model.Span() != SpanAll {
		text = e.T("stats.course.none.span", l10n.Args{"Span": e.T("stats.span." + string(v.model.Span()))})
	}
	return kit.TitledCard(e.T("chart.complaints.title"), "", kit.Muted(text),
		kit.Flow(1, kit.NewButton(e.T("home.complain"), theme.DocumentCreateIcon(), func() { e.Navigate(kit.RouteComplain("")) })))
}
