package advice

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/theme"

	"quietline/internal/advice"
	"quietline/internal/domain"
	"quietline/internal/l10n"
	"quietline/internal/registry"
	"quietline/internal/ui/kit"
	"quietline/internal/ui/look"
)

// urgentView is what to do when money has gone: whom to call, in which order,
// what to say and what to keep.
type urgentView struct {
	p      *Page
	env    *kit.Env
	m      *Model
	bank   *kit.Entry
	lines  *fyne.Container
	body   *fyne.Container
	object fyne.CanvasObject
}

func newUrgentView(p *Page) *urgentView {
	v := &urgentView{p: p, env: p.env, m: p.model, lines: kit.Stack(1), body: kit.Stack(2)}
	e := v.env
	v.bank = kit.NewEntry(e.T("advice.bank.placeholder"))
	v.bank.SetText(v.m.Bank())
	v.bank.OnChanged = v.m.FindLines
	v.renew()
	v.object = kit.Frame(kit.FrameParams{
		Title: e.T("advice.gone"), Explanation: e.T("advice.gone.text"),
		Actions: []fyne.CanvasObject{kit.NewButton(e.T("advice.back"), theme.NavigateBackIcon(), func() { v.m.ShowUrgent(false) }).On(kit.CommandBack)},
		Body:    v.body,
	})
	return v
}

// renew builds the cards from the advice of the moment; the field stays.
func (v *urgentView) renew() {
	e, x := v.env, v.m.Transferred()
	var phones []fyne.CanvasObject
	for _, q := range x.Of(advice.PartPhone) {
		phones = append(phones, v.phone(q))
	}
	objects := []fyne.CanvasObject{
		kit.Columns(1.5, 34, phones...),
		kit.TitledCard(e.T("advice.bank"), e.T("advice.bank.text"), v.bank, v.lines),
	}
	if order := x.Of(advice.PartDo); len(order) > 0 {
		objects = append(objects, v.order(order))
	}
	for _, part := range []advice.Part{
		advice.PartSay, advice.PartKeep, advice.PartCaution, advice.PartFact, advice.PartSMS, advice.PartLink,
	} {
		points := x.Of(part)
		switch {
		case len(points) == 0:
		case part == advice.PartSay: // to read out, or to send to who makes the call
			copied := kit.NewCopy(e, func() string { return scriptText(e, points) })
			objects = append(objects, v.p.section(under{}, part, points, copied))
		default:
			objects = append(objects, v.p.section(under{}, part, points))
		}
	}
	v.body.Objects = objects
	v.showLines()
	v.body.Refresh()
}

// order is what to do, one after the other.
func (v *urgentView) order(points []advice.Point) fyne.CanvasObject {
	e := v.env
	above := under{certainty: advice.Own}
	head := kit.Flow(1.5, kit.Heading(e.T("advice.gone.order")), markBadge(e, above.certainty))
	return kit.Card(append([]fyne.CanvasObject{head}, numbered(e, above, points)...)...)
}

// phone is a number to call, as large as it can be read from a chair away.
func (v *urgentView) phone(q advice.Point) fyne.CanvasObject {
	e := v.env
	words := []fyne.CanvasObject{
		kit.NewText(q.Value, kit.TextParams{Size: look.SizeDisplay, Bold: true, Color: look.Danger.Text()}),
		kit.Body(say(e, q.Text)),
		kit.Flow(1, markBadge(e, q.Certainty), kit.NewCopy(e, func() string { return q.Value })),
	}
	if source := sourceText(e, q.Source); source != "" {
		words = append(words, kit.Caption(source))
	}
	return kit.ToneCard(look.Danger, kit.Stack(0.75, words...))
}

// showLines shows the lines of the bank.
func (v *urgentView) showLines() {
	e := v.env
	var objects []fyne.CanvasObject
	for _, x := range v.m.Lines() {
		objects = append(objects, v.line(x))
	}
	if len(objects) == 0 && v.m.Bank() != "" {
		objects = append(objects, kit.Notice(look.Unknown, e.T("advice.bank.nothing"), e.T("advice.bank.nothing.text")))
	}
	v.lines.Objects = objects
	v.lines.Hidden = len(objects) == 0
	v.lines.Refresh()
	v.body.Refresh()
}

// line is one row of the registry.
func (v *urgentView) line(x domain.RegistryEntry) fyne.CanvasObject {
	e, h := v.env, x.Holder
	sure := "verdict_card.two_sources"
	switch {
	case h.Own:
		sure = "verdict_card.own"
	case h.Confidence == registry.SingleSource:
		sure = "verdict_card.one_source"
	}
	about := e.T(sure)
	if h.Source != "" {
		about = e.T("advice.bank.source", l10n.Args{"Sure": about, "Lists": registry.ListNames(h.Source)})
	}
	name := e.Printer.HolderInFull(h)
	if h.Scope != registry.National && h.Scope != "" {
		name = e.T("advice.bank.in", l10n.Args{"Name": name, "Province": e.Printer.ProvinceNamed(h.Scope, v.p.p.Province)})
	}
	return kit.Boxed(usable(e, usableParams{what: x.Code, why: name, copied: x.Code, about: []fyne.CanvasObject{kit.Caption(about)}}))
}
