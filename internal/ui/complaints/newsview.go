package complaints

import (
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/theme"

	"quietline/internal/domain"
	"quietline/internal/progress"
	"quietline/internal/ui/kit"
	"quietline/internal/ui/look"
	"quietline/internal/ui/task"
)

// newsView shows how far asking for news is and what came of it.
type newsView struct {
	p *Page
	kit.Stages
}

// newNews is the button that asks what became of the filed complaints.
func (v *listView) newNews() *kit.Button {
	return kit.NewButton(v.env.T("complaints.news"), theme.ViewRefreshIcon(), v.p.model.AskNews)
}

// show shows the stage that the round is in.
func (v *newsView) show() {
	e, n := v.p.env, v.p.model.News()
	v.Close()
	switch {
	case n == nil:
	case n.Stage == task.Running:
		v.Running(e, kit.RunningParams{
			Title: e.T("complaints.news"), Running: e.T("complaints.news.asking"), Counter: n.Counter, Stop: v.p.model.StopNews,
			Counts: func(s progress.Snapshot) string { return e.N("complaints.news.told", int(s.Items)) },
		})
	case v.p.ctx == nil:
		// The end is shown when the page is entered again.
		e.Announce("complaints")
		e.Toast(e.T("complaints.news.finished"))
	default:
		e.Announce("complaints")
		v.report(n)
	}
}

// report says what came of it. It stays until it was read.
func (v *newsView) report(n *News) {
	e, m := v.p.env, v.p.model
	v.Show(e, func(d *kit.Dialog) kit.DialogParams {
		return kit.DialogParams{
			Title: e.T("complaints.news"), Width: 64, Body: kit.Stack(2, v.parts(n)...),
			Buttons: []fyne.CanvasObject{
				kit.NewCopy(e, func() string { return v.text(n) }),
				kit.NewPrimary(e.T("kit.close"), nil, d.Close),
			},
			OnClosed: m.DropNews,
		}
	})
}

func (v *newsView) parts(n *News) []fyne.CanvasObject {
	e := v.p.env
	tone := look.Info
	if n.Sum.Changed > 0 {
		tone = look.Done
	}
	parts := []fyne.CanvasObject{kit.Notice(tone, v.changed(n), "")}
	facts := kit.Stack(0.75)
	for _, f := range v.facts(n) {
		facts.Add(kit.Fact(f[0], f[1]))
	}
	parts = append(parts, facts)
	if n.Sum.Resting > 0 {
		parts = append(parts, kit.Notice(look.Caution, e.N("complaints.news.resting", n.Sum.Resting), ""))
	}
	switch {
	case domain.KindOf(n.Err) == domain.Cancelled:
		parts = append(parts, kit.Notice(look.Info, e.T("complaints.news.stopped"), e.T("complaints.news.stopped.hint")))
	case n.Err != nil:
		parts = append(parts, e.ErrorNotice(n.Err))
	}
	for _, f := range n.Sum.Failed {
		parts = append(parts, kit.Stack(0.75, kit.Strong(v.channel(f.Channel)), e.ErrorNotice(f.Err)))
	}
	return parts
}

// changed is the one line that most people want to know.
func (v *newsView) changed(n *News) string {
	if n.Sum.Changed == 0 {
		return v.p.env.T("complaints.news.none")
	}
	return v.p.env.N("complaints.news.some", n.Sum.Changed)
}

// facts are what was counted, as label and value; besides what the endpoints told,
// only what there is.
func (v *newsView) facts(n *News) [][2]string {
	e := v.p.env
	out := [][2]string{{e.T("complaints.news.cases"), e.Printer.Number(n.Counter.Snapshot().Items)}}
	for _, f := range []struct {
		key string
		n   int
	}{
		{"numbers", n.Sum.Numbers}, {"withdrawn", n.Sum.Withdrawn}, {"missing", n.Sum.Missing}, {"waiting", n.Sum.Waiting},
	} {
		if f.n > 0 {
			out = append(out, [2]string{e.T("complaints.news." + f.key), e.Printer.Number(int64(f.n))})
		}
	}
	return out
}

func (v *newsView) channel(name string) string {
	if c, ok := v.p.model.channelOf(name); ok {
		return channelName(v.p.env, c)
	}
	return name
}

// text is the report as text, to be copied.
func (v *newsView) text(n *News) string {
	e := v.p.env
	lines := []string{v.changed(n)}
	for _, f := range v.facts(n) {
		lines = append(lines, f[0]+"\t"+f[1])
	}
	if n.Sum.Resting > 0 {
		lines = append(lines, e.N("complaints.news.resting", n.Sum.Resting))
	}
	explain := func(name string, err error) {
		x := e.Printer.Explain(err)
		lines = append(lines, name+x.Message+"\t"+x.Hint)
	}
	if n.Err != nil {
		explain("", n.Err)
	}
	for _, f := range n.Sum.Failed {
		explain(v.channel(f.Channel)+"\t", f.Err)
	}
	return strings.Join(lines, "\n")
}
