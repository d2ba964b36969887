package prefs

import (
	"context"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/theme"

	"quietline/internal/guide"
	"quietline/internal/l10n"
	"quietline/internal/settings"
	"quietline/internal/ui/kit"
	"quietline/internal/ui/look"
)

// Page is the Settings page.
type Page struct {
	env *kit.Env
	m   *Model
	ctx context.Context // that of the visit, given by Enter
	// keeping is the part about the workspace as a whole.
	keeping kit.Part

	channels *fyne.Container
	doctor   *fyne.Container
	chooser  *Chooser
}

// NewPage makes the page; keeping is the part about the workspace as a whole.
func NewPage(env *kit.Env, m *Model, keeping kit.Part) *Page {
	return &Page{env: env, m: m, ctx: env.Jobs.Base(), keeping: keeping, chooser: NewChooser(env, m)}
}

// Working gives the question of a backup that is being written.
func (p *Page) Working() (kit.ConfirmParams, bool) {
	if w, ok := p.keeping.(kit.Worker); ok {
		return w.Working()
	}
	return kit.ConfirmParams{}, false
}

// Title is the page's name.
func (p *Page) Title() string { return "prefs.title" }

// Enter reads the endpoints anew. What the visit before was waiting for was
// cancelled with it.
func (p *Page) Enter(ctx context.Context, _ kit.Route) {
	p.ctx = ctx
	p.m.Busy, p.m.Examining = "", false
	p.fillDoctor()
	p.reload()
}

// Leave does nothing.
func (p *Page) Leave() {}

// Changed reads the endpoints anew when another part of the program changed
// them.
func (p *Page) Changed(what string) {
	if what == topic {
		p.reload()
	}
}

// Content builds the page.
func (p *Page) Content() fyne.CanvasObject {
	p.channels = kit.Stack(1.5)
	p.doctor = kit.Stack(1.5)
	p.fillChannels()
	p.fillDoctor()
	e := p.env
	add := kit.NewButton(e.T("prefs.channel.add"), theme.ContentAddIcon(), func() {
		e.Navigate(kit.RouteAddChannel(kit.PageSettings))
	})
	keeping := p.keeping.Content()
	var first []fyne.CanvasObject
	if k, ok := p.keeping.(interface{ Pressing() bool }); ok && k.Pressing() {
		first, keeping = append(first, keeping), kit.Spring()
		keeping.Hide()
	}
	return kit.Frame(kit.FrameParams{
		Title: e.T("prefs.title"),
		Body: kit.Stack(2.5, append(first,
			p.appearance(),
			p.simple(),
			p.notify(),
			p.tray(),
			kit.TitledCard(e.T("prefs.channels"), e.T("prefs.channels.text"), p.channels, kit.Flow(1, add)),
			p.lists(),
			p.data(),
			keeping,
			kit.TitledCard(e.T("prefs.doctor"), e.T("prefs.doctor.text"), p.doctor),
			p.keys(),
			p.about(),
		)...),
	})
}

// appearance has the choices that show at once. A language is written in
// itself, so that whoever landed in the wrong one finds the way back.
func (p *Page) appearance() fyne.CanvasObject {
	e, now := p.env, p.m.Now
	languages := []kit.Option[l10n.Language]{
		{Code: l10n.Chinese, Text: e.T("prefs.language.zh")}, {Code: l10n.English, Text: e.T("prefs.language.en")},
	}
	var sizes []kit.Option[settings.TextSize]
	for _, t := range settings.TextSizes() {
		sizes = append(sizes, kit.Option[settings.TextSize]{Code: t, Text: e.T("prefs.size." + string(t))})
	}
	var themes []kit.Option[settings.Theme]
	for _, t := range settings.Themes() {
		themes = append(themes, kit.Option[settings.Theme]{Code: t, Text: e.T("prefs.theme." + string(t))})
	}
	row := func(label string, o fyne.CanvasObject) fyne.CanvasObject {
		return kit.Stack(0.75, kit.Strong(e.T(label)), o)
	}
	return kit.TitledCard(e.T("prefs.appearance"), "",
		row("prefs.language", kit.NewSegments(languages, now.Language, func(l l10n.Language) {
			p.pick(func(a *settings.All) { a.Language = l })
		}).Object()),
		row("prefs.size", kit.NewSegments(sizes, now.TextSize, func(t settings.TextSize) {
			p.pick(func(a *settings.All) { a.TextSize = t })
		}).Object()),
		row("prefs.theme", kit.NewSegments(themes, now.Theme, func(t settings.Theme) {
			p.pick(func(a *settings.All) { a.Theme = t })
		}).Object()),
	)
}

// notify has whether the desktop tells of new alerts.
func (p *Page) notify() fyne.CanvasObject {
	e := p.env
	options := switches(func(s settings.Switch) string { return e.T("prefs.notify." + string(s)) })
	return kit.TitledCard(e.T("prefs.notify"), e.T("prefs.notify.text"),
		kit.NewSegments(options, p.m.Now.Notify, func(s settings.Switch) {
			p.pick(func(a *settings.All) { a.Notify = s })
		}).Object())
}

// tray has what closing the window does.
func (p *Page) tray() fyne.CanvasObject {
	e := p.env
	options := switches(func(s settings.Switch) string { return e.T("prefs.tray." + string(s)) })
	return kit.TitledCard(e.T("prefs.tray"), e.T("prefs.tray.text"),
		kit.NewSegments(options, p.m.Now.Tray, func(s settings.Switch) {
			p.pick(func(a *settings.All) { a.Tray = s })
		}).Object())
}

// switches are on and off, in these words.
func switches(word func(settings.Switch) string) []kit.Option[settings.Switch] {
	var options []kit.Option[settings.Switch]
	for _, s := range settings.Switches() {
		options = append(options, kit.Option[settings.Switch]{Code: s, Text: word(s)})
	}
	return options
}

// pick puts into force what the user chose.
func (p *Page) pick(change func(*settings.All)) { p.chooser.Choose(change, nil) }

func (p *Page) data() fyne.CanvasObject {
	e, dir := p.env, p.m.About().DataDir
	return kit.TitledCard(e.T("prefs.data"), e.T("prefs.data.text"),
		kit.Row(1, 0, kit.Body(dir), kit.NewCopy(e, func() string { return dir })))
}

func (p *Page) fillDoctor() {
	e := p.env
	p.doctor.RemoveAll()
	for _, f := range p.m.Findings {
		tone := look.Done
		switch f.Status {
		case StatusWarning:
			tone = look.Caution
		case StatusFault:
			tone = look.Danger
		case StatusOK:
		}
		badge := kit.NewBadge(tone, e.T("doctor.status."+string(f.Status)))
		name := kit.NewText(e.T("doctor.check."+f.Check), kit.TextParams{Bold: true})
		p.doctor.Add(kit.Stack(0.5, kit.Row(1, -1, name, badge), kit.Muted(f.Text)))
	}
	run := kit.NewButton(e.T("prefs.doctor.run"), theme.SearchIcon(), p.examine)
	if p.m.Examining {
		run.SetText(e.T("prefs.doctor.running"))
		run.Disable()
	}
	buttons := []fyne.CanvasObject{run}
	if len(p.m.Findings) > 0 {
		buttons = append(buttons, kit.NewCopy(e, func() string { return Report(p.m.Findings, e.T("app.name")+" "+p.m.About().Version) }))
	}
	help := kit.NewQuiet(e.T("prefs.doctor.help"), theme.HelpIcon(), func() { e.Navigate(kit.RouteHelp(guide.Troubleshooting)) })
	p.doctor.Add(kit.Flow(1, append(buttons, p.bundle(), help)...))
}

func (p *Page) examine() {
	p.m.Examining = true
	p.fillDoctor()
	kit.Run(p.ctx, p.env.Jobs, func(ctx context.Context) ([]Finding, error) {
		return p.m.Examine(ctx), nil
	}, func(found []Finding, err error) {
		p.m.Examining = false
		if err != nil {
			p.env.ShowError(err)
		} else {
			p.m.Findings = found
		}
		p.fillDoctor()
	})
}

func (p *Page) keys() fyne.CanvasObject {
	e := p.env
	return kit.TitledCard(e.T("prefs.keys"), e.T("prefs.keys.text"),
		kit.Flow(1, kit.NewButton(e.T("prefs.keys.show"), theme.HelpIcon(), func() { kit.ShowShortcuts(e, false) })))
}

func (p *Page) about() fyne.CanvasObject {
	e, a := p.env, p.m.About()
	facts := []fyne.CanvasObject{
		kit.Notice(look.Info, e.T("prefs.about.honest"), e.T("prefs.about.forged")),
		kit.Fact(e.T("prefs.about.version"), a.Version),
	}
	if a.Commit != "" && a.Date != "" {
		facts = append(facts, kit.Fact(e.T("prefs.about.commit"), e.T("prefs.about.commit.text", map[string]any{"Commit": a.Commit, "Date": a.Date})))
	}
	return kit.TitledCard(e.T("prefs.about"), "", append(facts,
		kit.Fact(e.T("prefs.about.licence"), e.T("prefs.about.licence.text")),
		kit.Fact(e.T("prefs.about.privacy"), e.T("prefs.about.privacy.text")),
		kit.Flow(1, kit.NewButton(e.T("prefs.welcome"), theme.MediaReplayIcon(), func() { e.Navigate(kit.RouteWelcome()) }),
			kit.NewButton(e.T("prefs.about.privacy.more"), theme.HelpIcon(), func() { e.Navigate(kit.RouteHelp(guide.Privacy)) })),
	)...)
}
