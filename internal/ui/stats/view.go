package stats

import (
	"context"
	"reflect"
	"slices"
	"time"

	"fyne.io/fyne/v2"

	"quietline/internal/chart"
	"quietline/internal/domain"
	"quietline/internal/insight"
	"quietline/internal/l10n"
	"quietline/internal/report"
	"quietline/internal/ui/kit"
	"quietline/internal/ui/look"
)

// Params are what New needs.
type Params struct {
	Env     *kit.Env
	Lookout Lookout
	Filing  Filing
	People  People
	Files   Files
	// Listed says what is known of a holder code (report.ListedAs).
	Listed func(code string) string
	// SaveFile lets the user choose a file and OpenFile opens one; nil for the
	// kit's own ways.
	SaveFile func(suggested string, chosen func(path string))
	OpenFile func(path string)
}

// Part is the picture. It is used on the goroutine that owns the widgets.
type Part struct {
	p     Params
	env   *kit.Env
	model *Model
	ctx   context.Context //nolint:containedctx // from Enter to Leave, as kit.Part says
	// soon counts everything anew, later the complaints alone.
	soon, later *kit.Throttle

	person  *kit.Choice[domain.PersonID]
	span    *kit.Choice[Span]
	body    *fyne.Container
	filling bool
	shown   shown
}

// shown is what the body shows.
type shown struct {
	language l10n.Language
	loaded   bool
	fault    error
	data     report.ChartData
	person   domain.PersonID
	span     Span
	saved    Saved
}

var _ kit.Part = (*Part)(nil)

// changedAfter is how long changes of stored things are collected.
const changedAfter = 500 * time.Millisecond

// New makes the picture.
func New(p Params) *Part {
	v := &Part{p: p, env: p.Env, soon: kit.NewThrottle(p.Env.Jobs, changedAfter), later: kit.NewThrottle(p.Env.Jobs, changedAfter)}
	v.model = NewModel(ModelParams{
		Lookout: p.Lookout, Filing: p.Filing, People: p.People, Files: p.Files, Clock: p.Env.Clock,
		Run:   kit.Runner(p.Env.Jobs, func() context.Context { return v.ctx }),
		Write: kit.Runner(p.Env.Jobs, p.Env.Jobs.Base), Changed: v.show, Failed: p.Env.ShowError,
	})
	v.recall()
	return v
}

// Enter counts the calls as they are now.
func (v *Part) Enter(ctx context.Context) {
	v.ctx = ctx
	v.model.Load()
}

// Leave is called when something else is shown.
func (v *Part) Leave() { v.ctx = nil }

// Changed hears that stored things changed.
func (v *Part) Changed(topic string) {
	switch {
	case v.ctx == nil:
	case slices.Contains([]string{"calls", "people", "registry"}, topic):
		v.soon.Call(v.ctx, v.model.Load)
	case topic == "complaints":
		v.later.Call(v.ctx, v.model.LoadCourse)
	}
}

// Content builds the picture.
func (v *Part) Content() fyne.CanvasObject {
	v.person = kit.NewChoice("", nil, func(id domain.PersonID) { v.ask(id, v.model.Span()) })
	var spans []kit.Option[Span]
	for _, s := range Spans() {
		spans = append(spans, kit.Option[Span]{Code: s, Text: v.env.T("stats.span." + string(s))})
	}
	v.span = kit.NewChoice("", spans, func(s Span) { v.ask(v.model.Person(), s) })
	v.body = kit.Stack(2)
	v.show()
	return kit.Scrolled(kit.Readable(kit.PageWidth, kit.Stack(2,
		kit.Columns(2, 22, v.person, v.span), v.body,
	)))
}

func (v *Part) ask(person domain.PersonID, span Span) {
	if !v.filling {
		v.model.Ask(person, span)
		v.env.Memory.Set(memory, kept{person, span})
	}
}

func (v *Part) show() {
	if v.body == nil {
		return
	}
	v.filling = true
	options := []kit.Option[domain.PersonID]{{Text: v.env.T("alerts.everybody")}}
	v.person.SetOptions(append(options, kit.PersonOptions(v.env, v.model.Whose())...))
	v.person.Set(v.model.Person())
	v.span.Set(v.model.Span())
	v.filling = false
	now := shown{
		v.env.Printer.Language(), v.model.Loaded(), v.model.Fault(), v.model.Data(), v.model.Person(), v.model.Span(), v.model.Saved(),
	}
	if len(v.body.Objects) > 0 && reflect.DeepEqual(now, v.shown) {
		return // the keyboard stays where it is
	}
	v.shown = now
	v.body.RemoveAll()
	switch {
	case v.model.Fault() != nil:
		v.body.Add(v.env.ErrorNotice(v.model.Fault(), v.env.Retry(v.model.Load)))
	case !v.model.Loaded():
		v.body.Add(kit.Muted(v.env.T("stats.counting")))
	default:
		for _, card := range v.cards() {
			v.body.Add(card)
		}
	}
	v.body.Refresh()
}

// none stands where no call is counted, with the way to count all there are.
func (v *Part) none() fyne.CanvasObject {
	var actions []fyne.CanvasObject
	if v.model.Span() != SpanAll {
		actions = append(actions, kit.NewPrimary(v.env.T("stats.none.all"), nil, func() { v.ask(v.model.Person(), SpanAll) }))
	}
	return kit.Empty(v.env, look.IconCalls, "stats.none", actions...)
}

// cards are the charts, each with its title.
func (v *Part) cards() []fyne.CanvasObject {
	e, s := v.env, v.model.Stats()
	if s.Calls == 0 {
		return []fyne.CanvasObject{v.none(), v.course()}
	}
	cards := []fyne.CanvasObject{
		v.chart(report.ChartDays, "", nil),
		v.chart(report.ChartWeek, "", nil),
	}
	if len(s.Families) > chart.MostSeries { // else the legend of the days tells all
		cards = append(cards, kit.TitledCard(e.T("stats.families"), "", kit.Bars(v.families(s))))
	}
	if len(s.Codes) > 0 {
		cards = append(cards, v.chart(report.ChartCodes, e.T("stats.codes.text"), func(i int) {
			e.Navigate(kit.RouteCallsOfCode(s.Codes[i].Code))
		}))
	}
	cards = append(cards, v.course())
	if s.Marked > 0 {
		return append(cards,
			kit.TitledCard(e.T("stats.categories"), "", kit.Bars(v.categories(s))),
			kit.TitledCard(e.T("stats.shares"), e.T("stats.shares.text"), kit.Shares(v.shares(s), e.T("stats.shares.own"), e.T("stats.shares.national"))))
	}
	return append(cards, kit.Notice(look.Neutral, e.T("stats.unmarked"), e.T("stats.unmarked.text")))
}

func (v *Part) families(s insight.Stats) (bars []kit.Bar) {
	for _, f := range s.Families {
		bars = append(bars, kit.Bar{Label: v.env.Printer.Term("family", string(f.Family)), N: f.Calls})
	}
	return bars
}

func (v *Part) categories(s insight.Stats) (bars []kit.Bar) {
	for _, c := range s.Categories {
		bars = append(bars, kit.Bar{Label: v.env.Printer.Term("category", string(c.Category)), N: c.Calls})
	}
	return bars
}

func (v *Part) shares(s insight.Stats) (rows []kit.Share) {
	for _, x := range s.Shares {
		rows = append(rows, kit.Share{Label: v.env.T("stats.class." + string(x.Class)), Own: x.Share, Other: x.National})
	}
	return rows
}
