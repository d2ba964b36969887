package welcome

import (
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/theme"

	"quietline/internal/domain"
	"quietline/internal/l10n"
	"quietline/internal/settings"
	"quietline/internal/ui/family"
	"quietline/internal/ui/kit"
	"quietline/internal/ui/look"
)

// step builds the step of the moment.
func (p *Page) step() kit.StepParams {
	e := p.env
	p.form = nil
	s := kit.StepParams{
		At: p.m.At(), Of: len(Steps()),
		Title: e.T("welcome." + string(p.m.Step) + ".title"), Text: e.T("welcome." + string(p.m.Step) + ".text"),
	}
	switch p.m.Step {
	case StepLook:
		p.askLook(&s)
	case StepSelf:
		p.askSelf(&s)
	case StepCare:
		p.askCare(&s)
	case StepFile:
		p.askFile(&s)
	case StepDone:
		p.sumUp(&s)
	}
	if p.failure != nil {
		s.Body = kit.Stack(2, e.ErrorNotice(p.failure, e.Retry(p.load)), s.Body)
	}
	if p.m.Step != StepDone {
		s.Away = kit.NewQuiet(e.T("welcome.away"), theme.CancelIcon(), p.skipAll)
	}
	if p.m.At() > 1 {
		s.Back = kit.NewButton(e.T("kit.back"), theme.NavigateBackIcon(), func() { p.turn(p.m.Back) }).On(kit.CommandBack)
	}
	return s
}

// next is the main button of a step.
func (p *Page) next(do func()) *kit.Button {
	return kit.NewPrimary(p.env.T("kit.next"), theme.NavigateNextIcon(), do)
}

// skip goes on and stores nothing of this step.
func (p *Page) skip() *kit.Button {
	return kit.NewQuiet(p.env.T("welcome.skip"), nil, func() { p.turn(p.m.GoOn) })
}

// askLook has the choices that show at once. A language is written in itself.
func (p *Page) askLook(s *kit.StepParams) {
	e, now := p.env, p.m.InForce()
	languages := []kit.Option[l10n.Language]{
		{Code: l10n.Chinese, Text: e.T("prefs.language.zh")}, {Code: l10n.English, Text: e.T("prefs.language.en")},
	}
	var sizes []kit.Option[settings.TextSize]
	for _, t := range settings.TextSizes() {
		sizes = append(sizes, kit.Option[settings.TextSize]{Code: t, Text: e.T("prefs.size." + string(t))})
	}
	windows := []kit.Option[settings.Switch]{
		{Code: settings.Off, Text: e.T("prefs.simple.off")}, {Code: settings.On, Text: e.T("prefs.simple.on")},
	}
	// The sample stands above what changes it, so that it is seen whatever the size.
	s.Body = kit.Stack(3,
		kit.Card(kit.Body(e.T("welcome.look.sample"))),
		kit.Stack(1, kit.Heading(e.T("prefs.language")), kit.NewSegments(languages, now.Language, func(l l10n.Language) {
			p.pick(func(a *settings.All) { a.Language = l })
		}).Object()),
		kit.Stack(1, kit.Heading(e.T("prefs.size")), kit.NewSegments(sizes, now.TextSize, func(t settings.TextSize) {
			p.pick(func(a *settings.All) { a.TextSize = t })
		}).Object()),
		kit.Stack(1, kit.Heading(e.T("prefs.simple")), kit.Muted(e.T("welcome.look.simple")),
			kit.NewSegments(windows, now.Simple, func(x settings.Switch) {
				p.pick(func(a *settings.All) { a.Simple = x })
			}).Object()),
	)
	next := p.next(func() { p.turn(p.m.GoOn) })
	s.Onward, s.Focus = []fyne.CanvasObject{next}, next
}

// pick puts into force what the user chose.
func (p *Page) pick(change func(*settings.All)) { p.chooser.Choose(change, nil) }

func (p *Page) askSelf(s *kit.StepParams) {
	e := p.env
	name := kit.NewEntry(e.T("welcome.self.example"))
	name.SetText(p.m.Self.Name)
	name.OnChanged = func(t string) { p.m.Self.Name = t }
	p.form = kit.NewForm(e,
		kit.NewField(e, kit.FieldParams{Label: e.T("family.name"), Help: e.T("welcome.self.name.help"), Pointer: "/name", Input: name}),
		p.province(&p.m.Self.Province))
	s.Body, s.Focus = p.form.Object(), name
	s.Onward = []fyne.CanvasObject{p.skip(), p.next(func() {
		if !p.m.SelfChanged() {
			p.turn(p.m.GoOn)
			return
		}
		p.save(p.m.Self, p.m.GoOn)
	})}
}

// province asks where a phone is used.
func (p *Page) province(into *string) *kit.Field {
	e := p.env
	options := []kit.Option[string]{{Text: e.T("family.province.none")}}
	for _, v := range p.m.Provinces() {
		options = append(options, kit.Option[string]{Code: v.NameZH, Text: e.Printer.ProvinceName(v)})
	}
	choice := kit.NewChoice(e.T("family.choose"), options, func(code string) { *into = code })
	choice.Set(*into)
	return kit.NewField(e, kit.FieldParams{
		Label: e.T("family.province"), Help: e.T("family.province.help"), Pointer: "/province", Input: choice,
	})
}

func (p *Page) askCare(s *kit.StepParams) {
	e := p.env
	name := kit.NewEntry(e.T("family.name.example"))
	name.SetText(p.m.Care.Name)
	name.OnChanged = func(t string) { p.m.Care.Name = t }
	relation := kit.NewChoice(e.T("family.choose"), kit.Terms(e.Printer, "relation", domain.Relations()[1:]),
		func(r domain.Relation) { p.m.Care.Relation = r })
	relation.Set(p.m.Care.Relation)
	p.form = kit.NewForm(e,
		kit.NewField(e, kit.FieldParams{Label: e.T("family.name"), Pointer: "/name", Input: name}),
		kit.NewField(e, kit.FieldParams{Label: e.T("family.relation"), Pointer: "/relation", Input: relation}))
	var body []fyne.CanvasObject
	for _, x := range p.m.Others() {
		body = append(body, p.someone(x))
	}
	more := kit.NewButton(e.T("welcome.care.more"), theme.ContentAddIcon(), func() {
		p.save(p.m.Care, func() {})
	})
	s.Body, s.Focus = kit.Stack(2, append(body, p.form.Object(), kit.Flow(1, more))...), name
	s.Onward = []fyne.CanvasObject{p.skip(), p.next(func() {
		if !p.m.CareTyped() {
			p.turn(p.m.GoOn)
			return
		}
		p.save(p.m.Care, p.m.GoOn)
	})}
}

// someone is a person who is there already, with the way to correct what was
// entered.
func (p *Page) someone(x domain.Person) fyne.CanvasObject {
	e := p.env
	name := kit.NewText(family.NameOf(e.Printer, x), kit.TextParams{Bold: true, Wrap: true})
	as := kit.Muted(e.T("family.as", map[string]any{"Relation": e.Printer.Term("relation", string(x.Relation))}))
	change := kit.NewQuiet(e.T("family.edit"), theme.DocumentCreateIcon(), func() {
		kit.UnlessUnsaved(e, p.m.CareTyped(), func() { p.turn(func() { p.m.Change(x) }) })
	})
	return kit.Boxed(kit.Row(1.5, 1, kit.Icon(look.Done.Icon(), 1.2), kit.Stack(0.25, name, as), change))
}

func (p *Page) askFile(s *kit.StepParams) {
	e := p.env
	picks := []kit.Pick[Where]{
		{Code: WherePractice, Title: e.T("welcome.file.practice"), Text: e.T("welcome.file.practice.text")},
		{Code: WhereReal, Title: e.T("welcome.file.real"), Text: e.T("welcome.file.real.text")},
	}
	body := []fyne.CanvasObject{kit.NewPicks(picks, p.m.Where, func(w Where) { p.m.Where = w }).Object()}
	if there := p.m.Real(); len(there) > 0 {
		body = append(body, kit.Notice(look.Done, e.T("welcome.file.there", map[string]any{"List": p.names(there)}), ""))
	}
	s.Body = kit.Stack(2, body...)
	s.Onward = []fyne.CanvasObject{p.skip(), p.next(func() {
		if p.m.Where == WhereReal && len(p.m.Real()) == 0 {
			e.Navigate(kit.RouteAddChannel(kit.PageWelcome))
			return
		}
		p.turn(p.m.GoOn)
	})}
}

func (p *Page) names(list []domain.Channel) string {
	names := make([]string, len(list))
	for i, c := range list {
		names[i] = kit.ChannelName(p.env, c)
	}
	return strings.Join(names, p.env.T("complaints.list_separator"))
}

// sumUp says what was set up and offers what people begin with.
func (p *Page) sumUp(s *kit.StepParams) {
	e := p.env
	var facts []fyne.CanvasObject
	if len(p.m.People) > 0 {
		facts = append(facts, kit.Fact(e.T("welcome.done.self"), family.NameOf(e.Printer, p.m.People[0])))
	}
	care := e.T("welcome.done.nobody")
	if others := p.m.Others(); len(others) > 0 {
		names := make([]string, len(others))
		for i, x := range others {
			names[i] = x.Name
		}
		care = strings.Join(names, e.T("complaints.list_separator"))
	}
	where := e.T("kit.channel.practice")
	if len(p.m.Channels) > 0 && p.m.Channels[0].Default {
		where = kit.ChannelName(e, p.m.Channels[0])
	}
	facts = append(facts, kit.Fact(e.T("welcome.done.care"), care), kit.Fact(e.T("prefs.channels"), where))
	body := []fyne.CanvasObject{kit.Card(facts...)}
	if len(p.m.Real()) == 0 {
		body = append(body, kit.Notice(look.Caution, e.T("kit.practice"), ""))
	}
	tile := func(key string, icon look.Icon, to kit.Route) fyne.CanvasObject {
		return kit.NewTile(kit.TileParams{Icon: icon, Title: e.T(key), Text: e.T(key + ".text"), Tapped: func() { p.finish(to) }})
	}
	body = append(body, kit.Stack(1,
		tile("welcome.done.check", look.IconCheck, kit.Route{Page: kit.PageHome}),
		tile("welcome.done.import", look.IconCalls, kit.RouteImport()),
		tile("welcome.done.complain", look.IconComplaints, kit.RouteComplain("")),
	))
	s.Body = kit.Stack(2, body...)
	begin := kit.NewPrimary(e.T("welcome.done.begin"), theme.ConfirmIcon(), func() { p.finish(p.home) })
	s.Onward, s.Focus = []fyne.CanvasObject{begin}, begin
}
