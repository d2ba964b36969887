package alerts

import (
	"context"
	"slices"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/theme"

	"quietline/internal/domain"
	"quietline/internal/l10n"
	"quietline/internal/lookout"
	"quietline/internal/ui/kit"
	"quietline/internal/ui/look"
)

// Params are what New needs.
type Params struct {
	Env     *kit.Env
	Lookout Lookout
	People  People
	// Text gives the sentence that says why there is an alert.
	Text func(lookout.Alert) string
}

// Part is the list of alerts. It is used on the goroutine that owns the
// widgets.
type Part struct {
	p     Params
	env   *kit.Env
	model *Model
	ctx   context.Context //nolint:containedctx // from Enter to Leave, as kit.Part says
	soon  *kit.Throttle

	person    *kit.Choice[domain.PersonID]
	dismissed *kit.Check
	list      *fyne.Container
	filling   bool
}

var _ kit.Part = (*Part)(nil)

// changedAfter is how long changes of stored things are collected.
const changedAfter = 500 * time.Millisecond

// New makes the list.
func New(p Params) *Part {
	v := &Part{p: p, env: p.Env, soon: kit.NewThrottle(p.Env.Jobs, changedAfter)}
	v.model = NewModel(ModelParams{
		Lookout: p.Lookout, People: p.People,
		Run:     kit.Runner(p.Env.Jobs, func() context.Context { return v.ctx }),
		Write:   kit.Runner(p.Env.Jobs, p.Env.Jobs.Base),
		Changed: v.show, Failed: p.Env.ShowError,
	})
	var k kept
	v.env.Memory.Get(memory, &k)
	v.model.Begin(lookout.AlertFilter{PersonID: k.Person, Dismissed: k.Dismissed})
	return v
}

// memory is the name under which the filter is remembered, kept what of it.
const memory = "alerts.filter"

type kept struct {
	Person    domain.PersonID `json:"person,omitempty"`
	Dismissed bool            `json:"dismissed,omitempty"`
}

// Enter brings the alerts up to date.
func (v *Part) Enter(ctx context.Context) {
	v.ctx = ctx
	v.model.Enter()
}

// Leave is called when something else is shown.
func (v *Part) Leave() { v.ctx = nil }

// Changed hears that stored things changed.
func (v *Part) Changed(topic string) {
	if v.ctx != nil && slices.Contains([]string{"calls", "people", "contacts", "registry"}, topic) {
		v.soon.Call(v.ctx, v.model.Reload)
	}
}

// Content builds the list.
func (v *Part) Content() fyne.CanvasObject {
	v.person = kit.NewChoice("", nil, func(id domain.PersonID) {
		v.ask(func(f *lookout.AlertFilter) { f.PersonID = id })
	})
	v.dismissed = kit.NewCheck(v.env.T("alerts.dismissed"), func(on bool) {
		v.ask(func(f *lookout.AlertFilter) { f.Dismissed = on })
	})
	v.list = kit.Stack(2)
	v.show()
	return kit.Scrolled(kit.Readable(kit.PageWidth, kit.Stack(2,
		kit.Columns(2, 30, v.person, v.dismissed), v.list,
	)))
}

func (v *Part) ask(change func(*lookout.AlertFilter)) {
	if v.filling {
		return
	}
	f := v.model.Filter()
	change(&f)
	v.model.SetFilter(f)
	v.env.Memory.Set(memory, kept{f.PersonID, f.Dismissed})
}

func (v *Part) show() {
	if v.list == nil {
		return
	}
	v.filling = true
	options := []kit.Option[domain.PersonID]{{Text: v.env.T("alerts.everybody")}}
	v.person.SetOptions(append(options, kit.PersonOptions(v.env, v.model.Whose())...))
	v.person.Set(v.model.Filter().PersonID)
	v.dismissed.SetChecked(v.model.Filter().Dismissed)
	v.filling = false
	v.list.RemoveAll()
	switch list := v.model.Alerts(); {
	case v.model.Fault() != nil:
		v.list.Add(v.env.ErrorNotice(v.model.Fault(), v.env.Retry(v.model.Reload)))
	case !v.model.Loaded():
		v.list.Add(kit.Muted(v.env.T("alerts.looking")))
	case len(list) == 0:
		v.list.Add(kit.Empty(v.env, look.IconCheck, "alerts.none"))
	default:
		for _, a := range list {
			v.list.Add(v.card(a))
		}
		v.list.Add(v.pages())
	}
	v.list.Refresh()
}

// card is one alert with its reason and what can be done.
func (v *Part) card(a lookout.Alert) fyne.CanvasObject {
	e := v.env
	badges := []fyne.CanvasObject{
		kit.NewBadge(look.ToneOfSeverity(a.Severity), e.Printer.Term("severity", string(a.Severity))),
	}
	if v.model.Fresh(a) {
		badges = append(badges, kit.NewTag(e.T("alerts.new")))
	}
	if a.State == lookout.StateDismissed {
		badges = append(badges, kit.NewTag(e.T("alerts.is_dismissed")))
	}
	facts := kit.Stack(0.5,
		kit.Fact(e.T("alerts.when"), when(e, a.From, a.To)),
		kit.Fact(e.T("alerts.calls"), e.Printer.Number(int64(a.Calls))),
	)
	if a.Person != 0 {
		facts.Add(kit.Fact(e.T("alerts.person"), kit.PersonName(e, a.Person, a.PersonName)))
	}
	if subject := subject(a); subject != "" {
		facts.Add(kit.Fact(e.T("alerts.number"), subject))
	}
	return kit.Card(kit.Stack(1.25,
		kit.Flow(1, badges...),
		kit.Heading(e.Printer.Term("alert", string(a.Kind))), kit.Body(v.p.Text(a)), facts,
		kit.Flow(1, v.deeds(a)...),
	))
}

// subject is the number or the holder code that an alert is about.
func subject(a lookout.Alert) string {
	if a.Number != "" {
		return a.Number
	}
	return a.Code
}

// route leads to the calls behind an alert: those of its number or holder code
// or, where it is about none, all of its days.
func route(a lookout.Alert) kit.Route {
	switch {
	case a.Number != "":
		return kit.RouteCallsFrom(a.Number)
	case a.Code != "":
		return kit.RouteCallsOfCode(a.Code)
	}
	return kit.RouteCallsOnDays(a.Person, a.From, a.To)
}

func (v *Part) deeds(a lookout.Alert) []fyne.CanvasObject {
	e := v.env
	out := []fyne.CanvasObject{
		kit.NewButton(e.T("alerts.show"), look.IconCalls.Resource(), func() { e.Navigate(route(a)) }),
	}
	if n := subject(a); n != "" {
		out = append(out, kit.NewButton(e.T("alerts.check"), look.IconCheck.Resource(), func() { e.Navigate(kit.RouteCheck(n)) }))
	}
	// One complaint is about the calls of one number to one person.
	if a.Number != "" && a.Person != 0 && len(a.CallIDs) > 0 {
		ids := a.CallIDs[:min(len(a.CallIDs), mostCalls)]
		out = append(out, kit.NewButton(e.T("alerts.complain"), look.IconComplaints.Resource(), func() {
			e.Navigate(kit.RouteComplainAbout(ids...))
		}))
	}
	if a.State == lookout.StateDismissed {
		return append(out, kit.NewQuiet(e.T("alerts.restore"), theme.ContentUndoIcon(), func() { v.model.Restore(a.ID) }))
	}
	return append(out, kit.NewQuiet(e.T("alerts.dismiss"), theme.ContentClearIcon(), func() {
		v.model.Dismiss(a.ID, func() { e.Toast(e.T("alerts.done")) })
	}))
}

// mostCalls is how many calls of an alert go into one complaint at most.
const mostCalls = 20

// when is the time of an alert: a moment, a span within a day, or from day to
// day.
func when(e *kit.Env, from, to time.Time) string {
	a, b := from.In(domain.China()), to.In(domain.China())
	day := a.Format(time.DateOnly)
	switch {
	case a.Equal(b):
		return a.Format(kit.ShortTimeLayout)
	case day == b.Format(time.DateOnly):
		return e.T("alerts.span", l10n.Args{"From": a.Format(kit.ShortTimeLayout), "To": b.Format("15:04")})
	default:
		return e.T("alerts.span", l10n.Args{"From": day, "To": b.Format(time.DateOnly)})
	}
}

func (v *Part) pages() fyne.CanvasObject {
	var out []fyne.CanvasObject
	if v.model.Later() {
		out = append(out, kit.NewButton(v.env.T("alerts.later"), theme.NavigateBackIcon(), v.model.GoLater))
	}
	if v.model.Earlier() {
		out = append(out, kit.NewButton(v.env.T("alerts.earlier"), theme.NavigateNextIcon(), v.model.GoEarlier))
	}
	if out == nil {
		return kit.Spring()
	}
	return kit.Flow(1, out...)
}
