package stats

import (
	"context"
	"slices"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"

	"quietline/internal/domain"
	"quietline/internal/insight"
	"quietline/internal/ui/kit"
	"quietline/internal/ui/look"
)

// Params are what New needs.
type Params struct {
	Env     *kit.Env
	Lookout Lookout
	People  People
	// Holders gives the holders of a code, nil for none.
	Holders func(code string) []domain.Holder
}

// Part is the picture. It is used on the goroutine that owns the widgets.
type Part struct {
	p     Params
	env   *kit.Env
	model *Model
	ctx   context.Context //nolint:containedctx // from Enter to Leave, as kit.Part says
	soon  *kit.Throttle

	person  *kit.Choice[domain.PersonID]
	span    *kit.Choice[Span]
	body    *fyne.Container
	filling bool
}

var _ kit.Part = (*Part)(nil)

// changedAfter is how long changes of stored things are collected.
const changedAfter = 500 * time.Millisecond

// New makes the picture.
func New(p Params) *Part {
	v := &Part{p: p, env: p.Env, soon: kit.NewThrottle(p.Env.Jobs, changedAfter)}
	v.model = NewModel(ModelParams{
		Lookout: p.Lookout, People: p.People, Clock: p.Env.Clock,
		Run: kit.Runner(p.Env.Jobs, func() context.Context { return v.ctx }), Changed: v.show,
	})
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
	if v.ctx != nil && slices.Contains([]string{"calls", "people", "registry"}, topic) {
		v.soon.Call(v.ctx, v.model.Load)
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
	return container.NewVScroll(kit.Pad(0, 0.5, kit.Readable(kit.PageWidth, kit.Stack(2,
		kit.Columns(2, 22, v.person, v.span), v.body,
	))))
}

func (v *Part) ask(person domain.PersonID, span Span) {
	if !v.filling {
		v.model.Ask(person, span)
	}
}

func (v *Part) show() {
	if v.body == nil {
		return
	}
	v.filling = true
	options := []kit.Option[domain.PersonID]{{Text: v.env.T("alerts.everybody")}}
	v.person.SetOptions(append(options, kit.PersonOptions(v.env, v.model.People())...))
	v.person.Set(v.model.Person())
	v.span.Set(v.model.Span())
	v.filling = false
	v.body.RemoveAll()
	switch {
	case v.model.Fault() != nil:
		v.body.Add(v.env.ErrorNotice(v.model.Fault(), v.env.Retry(v.model.Load)))
	case !v.model.Loaded():
		v.body.Add(kit.Muted(v.env.T("stats.counting")))
	case v.model.Stats().Calls == 0:
		v.body.Add(v.none())
	default:
		for _, card := range v.cards(v.model.Stats()) {
			v.body.Add(card)
		}
	}
	v.body.Refresh()
}

// none stands where no call is counted, with the way to count all there are.
func (v *Part) none() fyne.CanvasObject {
	p := kit.EmptyParams{Icon: look.IconCalls, Title: v.env.T("stats.none"), Text: v.env.T("stats.none.text")}
	if v.model.Span() != SpanAll {
		p.Actions = []fyne.CanvasObject{kit.NewPrimary(v.env.T("stats.none.all"), nil, func() { v.ask(v.model.Person(), SpanAll) })}
	}
	return kit.Card(kit.Empty(p))
}

// cards are the charts, each with its title.
func (v *Part) cards(s insight.Stats) []fyne.CanvasObject {
	e := v.env
	days := make([]kit.DayCount, len(s.Days))
	for i, d := range s.Days {
		days[i] = kit.DayCount{Day: d.Day, N: d.Calls}
	}
	cards := []fyne.CanvasObject{
		kit.TitledCard(e.T("stats.days"), "", kit.Days(e, days)),
		kit.TitledCard(e.T("stats.week"), "", kit.HeatMap(e, s.Week)),
		kit.TitledCard(e.T("stats.families"), "", kit.Bars(v.families(s))),
	}
	if len(s.Codes) > 0 {
		cards = append(cards, kit.TitledCard(e.T("stats.codes"), e.T("stats.codes.text"), kit.Bars(v.codes(s))))
	}
	if s.Marked > 0 {
		cards = append(cards,
			kit.TitledCard(e.T("stats.categories"), "", kit.Bars(v.categories(s))),
			kit.TitledCard(e.T("stats.shares"), e.T("stats.shares.text"), kit.Shares(v.shares(s), e.T("stats.shares.own"), e.T("stats.shares.national"))))
	} else {
		cards = append(cards, kit.Notice(look.Neutral, e.T("stats.unmarked"), e.T("stats.unmarked.text")))
	}
	return cards
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

// codes are the holder codes behind the most calls; each leads to its calls.
func (v *Part) codes(s insight.Stats) (bars []kit.Bar) {
	for _, c := range s.Codes {
		note := v.env.N("stats.numbers", int(c.Numbers))
		if holders := v.p.Holders(c.Code); len(holders) > 0 {
			note = v.env.Printer.HolderInFull(holders[0]) + v.env.T("verdict_card.separator") + note
		}
		bars = append(bars, kit.Bar{Label: c.Code, Note: note, N: c.Calls, Tapped: func() {
			v.env.Navigate(kit.RouteCallsOfCode(c.Code))
		}})
	}
	return bars
}

func (v *Part) shares(s insight.Stats) (rows []kit.Share) {
	for _, x := range s.Shares {
		rows = append(rows, kit.Share{Label: v.env.T("stats.class." + string(x.Class)), Own: x.Share, Other: x.National})
	}
	return rows
}
