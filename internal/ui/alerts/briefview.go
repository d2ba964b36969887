package alerts

import (
	"context"
	"slices"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/theme"

	"quietline/internal/l10n"
	"quietline/internal/lookout"
	"quietline/internal/ui/kit"
	"quietline/internal/ui/look"
)

// BriefParams are what NewBrief needs.
type BriefParams struct {
	Env     *kit.Env
	Lookout BriefLookout
	// Text gives the sentence that says why there is an alert.
	Text func(lookout.Alert) string
}

// Brief is the card of new alerts on the first page. It is used on the goroutine
// that owns the widgets.
type Brief struct {
	p     BriefParams
	env   *kit.Env
	model *BriefModel
	ctx   context.Context //nolint:containedctx // from Enter to Leave, as kit.Part says
	soon  *kit.Throttle

	place *fyne.Container
	rows  map[lookout.AlertID]*fyne.Container
	shown []lookout.Alert // what the rows show
	more  int             // besides
}

var _ kit.Part = (*Brief)(nil)

// NewBrief makes the card.
func NewBrief(p BriefParams) *Brief {
	v := &Brief{p: p, env: p.Env, soon: kit.NewThrottle(p.Env.Jobs, changedAfter)}
	v.model = NewBriefModel(BriefModelParams{
		Lookout: p.Lookout,
		Run:     kit.Runner(p.Env.Jobs, func() context.Context { return v.ctx }),
		Write:   kit.Runner(p.Env.Jobs, p.Env.Jobs.Base),
		Loaded:  v.refresh, Changed: v.turn, Failed: p.Env.ShowError,
	})
	return v
}

// Enter reads the new alerts.
func (v *Brief) Enter(ctx context.Context) {
	v.ctx = ctx
	v.model.Enter()
}

// Leave is called when something else is shown.
func (v *Brief) Leave() { v.ctx = nil }

// Changed hears that the alerts may be others, or that people have other names.
func (v *Brief) Changed(topic string) {
	if v.ctx != nil && slices.Contains([]string{"alerts", "people"}, topic) {
		v.soon.Call(v.ctx, v.model.Load)
	}
}

// Content builds the card.
func (v *Brief) Content() fyne.CanvasObject {
	v.place = kit.Stack(0)
	v.show()
	return v.place
}

// refresh shows what was read. Where that is what is there already, the keyboard
// stays where it is.
func (v *Brief) refresh() {
	same := v.model.Fault() == nil && v.rows != nil && v.more == v.model.More() &&
		slices.EqualFunc(v.shown, v.model.Alerts(), func(a, b lookout.Alert) bool {
			return a.ID == b.ID && a.Severity == b.Severity && a.Calls == b.Calls && a.PersonName == b.PersonName
		})
	if !same {
		v.show()
	}
}

func (v *Brief) show() {
	if v.place == nil {
		return
	}
	v.place.RemoveAll()
	v.rows = nil
	switch {
	case v.model.Fault() != nil:
		v.place.Add(v.env.ErrorNotice(v.model.Fault(), v.env.Retry(v.model.Load)))
	case v.model.Loaded():
		v.place.Add(v.card())
	}
	v.place.Refresh()
}

func (v *Brief) card() fyne.CanvasObject {
	e := v.env
	v.shown, v.more = v.model.Alerts(), v.model.More()
	v.rows = map[lookout.AlertID]*fyne.Container{}
	all := kit.NewButton(e.T("alerts.brief.all"), theme.ListIcon(), func() { e.Navigate(kit.RouteAlerts()) })
	if len(v.shown) == 0 {
		return kit.TitledCard(e.T("alerts.brief"), "",
			kit.TopRow(1.5, 1, kit.Icon(look.Neutral.Icon(), 1.1),
				kit.Stack(0.5, kit.Strong(e.T("alerts.brief.none")), kit.Muted(e.T("alerts.none.text")))),
			kit.Flow(1, all))
	}
	content := []fyne.CanvasObject{}
	for _, a := range v.shown {
		object, _ := v.row(a)
		row := kit.Stack(0, object)
		v.rows[a.ID] = row
		content = append(content, row)
	}
	if v.more > 0 {
		content = append(content, kit.Muted(e.N("alerts.brief.more", v.more)))
	}
	return kit.TitledCard(e.T("alerts.brief"), e.T("alerts.brief.text"), append(content, kit.Flow(1, all))...)
}

// turn shows one alert as it is now, and gives the keyboard the way back.
func (v *Brief) turn(id lookout.AlertID) {
	row, i := v.rows[id], slices.IndexFunc(v.shown, func(a lookout.Alert) bool { return a.ID == id })
	if row == nil || i < 0 || v.ctx == nil {
		return
	}
	object, first := v.row(v.shown[i])
	row.Objects = []fyne.CanvasObject{object}
	v.place.Refresh()
	v.env.Window.Canvas().Focus(first)
}

// row is one alert with the first of its buttons.
func (v *Brief) row(a lookout.Alert) (object fyne.CanvasObject, first fyne.Focusable) {
	e := v.env
	name := e.Printer.Term("alert", string(a.Kind))
	if state := v.model.State(a.ID); state != lookout.StateNew {
		back := kit.NewQuiet(e.T("alerts.restore"), theme.ContentUndoIcon(), func() { v.model.Set(a.ID, lookout.StateNew) })
		return kit.Boxed(kit.Row(1, 0, kit.Muted(e.T("alerts.brief."+string(state), l10n.Args{"Alert": name})), back)), back
	}
	head := []fyne.CanvasObject{
		kit.NewBadge(look.ToneOfSeverity(a.Severity), e.Printer.Term("severity", string(a.Severity))),
		kit.NewText(name, kit.TextParams{Bold: true, Wrap: true}),
	}
	whose := when(e, a.From, a.To)
	if a.Person != 0 {
		whose = kit.PersonName(e, a.Person, a.PersonName) + e.T("verdict_card.separator") + whose
	}
	show := kit.NewButton(e.T("alerts.show"), look.IconCalls.Resource(), func() { v.open(a) })
	return kit.Boxed(kit.Stack(0.75,
		kit.Flow(1, head...), kit.Body(v.p.Text(a)), kit.Caption(whose),
		kit.Pad(0.5, 0, kit.Flow(1, show,
			kit.NewQuiet(e.T("alerts.brief.see"), theme.VisibilityIcon(), func() { v.model.Set(a.ID, lookout.StateSeen) }),
			kit.NewQuiet(e.T("alerts.dismiss"), theme.ContentClearIcon(), func() { v.model.Set(a.ID, lookout.StateDismissed) }),
		)),
	)), show
}

// open shows the calls behind an alert: it is seen then.
func (v *Brief) open(a lookout.Alert) {
	v.model.Set(a.ID, lookout.StateSeen)
	v.env.Navigate(route(a))
}
