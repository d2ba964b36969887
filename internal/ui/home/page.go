package home

import (
	"context"
	"strconv"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/theme"

	"quietline/internal/advice"
	"quietline/internal/domain"
	"quietline/internal/l10n"
	"quietline/internal/ui/kit"
	"quietline/internal/ui/look"
	"quietline/internal/ui/numberbox"
)

// Params are what New needs.
type Params struct {
	Env     *kit.Env
	Checker numberbox.Checker
	Journal Journal
	Filing  Filing
	Lookout Lookout
	// Alerts is the card of new alerts; nil for none.
	Alerts kit.Part
	// Watching says whether the watched folders are watched.
	Watching kit.Watching
	// Contact says whether somebody knows the number; nil for nothing.
	Contact numberbox.Contact
	// Simple says whether the window is the simple one, and ShowAll leaves it;
	// nil where there is none.
	Simple  func() bool
	ShowAll func()
	// Registry says which list is behind the Checker at the moment.
	Registry func() domain.RegistryInfo
	// Province gives a province by its Chinese name; nil where none is known.
	Province func(nameZH string) (domain.Province, bool)
}

// changedAfter is how long changes of stored things are collected.
const changedAfter = 300 * time.Millisecond

// Page is the first page. It is used on the goroutine that owns the widgets.
type Page struct {
	p     Params
	env   *kit.Env
	model *Model
	ctx   context.Context //nolint:containedctx // from Enter to Leave, as kit.Page says
	soon  *kit.Throttle

	view    *numberbox.View
	alerts  *fyne.Container // holds the card of new alerts
	paused  *fyne.Container // says that no new calls come in by themselves
	picture *fyne.Container
	shown   Picture // what the tiles show now
	faulty  bool    // a fault stands in their place
	month   month
	first   *kit.Tile // of the simple window, else nil
}

var (
	_ kit.Page     = (*Page)(nil)
	_ kit.Listener = (*Page)(nil)
	_ kit.Focuser  = (*Page)(nil)
)

// New makes the page.
func New(p Params) *Page {
	page := &Page{
		p: p, env: p.Env, soon: kit.NewThrottle(p.Env.Jobs, changedAfter),
	}
	page.model = NewModel(ModelParams{
		Checker: p.Checker, Journal: p.Journal, Filing: p.Filing, Lookout: p.Lookout, Clock: p.Env.Clock,
		Run:            kit.Runner(p.Env.Jobs, func() context.Context { return page.ctx }),
		PictureChanged: page.showAll, VerdictChanged: page.showVerdict,
	})
	return page
}

// Title is the message key of the page's name.
func (p *Page) Title() string { return "home.name" }

// Enter shows the picture as it is now.
func (p *Page) Enter(ctx context.Context, _ kit.Route) {
	p.ctx = ctx
	p.showPaused()
	if p.model.Asked() {
		p.model.Judge() // the registry may say something else than it did
	}
	p.model.Load()
	if p.p.Alerts != nil {
		p.p.Alerts.Enter(ctx)
	}
}

// Leave is called when another page is shown.
func (p *Page) Leave() {
	p.ctx = nil
	if p.p.Alerts != nil {
		p.p.Alerts.Leave()
	}
}

// Changed fetches the picture again, because something was stored. The outbox
// may store many times a second.
func (p *Page) Changed(topic string) {
	if p.ctx != nil && topic != "alerts" {
		p.soon.Call(p.ctx, p.model.Load)
	}
	if topic == "folders" {
		p.showPaused()
	}
	if topic == "contacts" || topic == "people" {
		p.view.AskContact()
	}
	if p.p.Alerts != nil {
		p.p.Alerts.Changed(topic)
	}
}

// First is the box: most visits are about a number.
func (p *Page) First() fyne.Focusable {
	if p.first != nil {
		return p.first
	}
	return p.view.Entry
}

// Content builds the page.
func (p *Page) Content() fyne.CanvasObject {
	p.view = numberbox.NewView(numberbox.ViewParams{
		Env: p.env, Model: p.model.Model, Context: func() context.Context { return p.ctx }, Contact: p.p.Contact,
	})
	p.alerts, p.picture, p.paused = kit.Stack(0), kit.Stack(2), kit.Stack(0)
	p.showPaused()
	p.month = month{page: p, place: kit.Stack(0)}
	if p.p.Alerts != nil {
		p.alerts.Add(p.p.Alerts.Content())
	}
	p.shown, p.faulty = Picture{}, false
	if p.p.Simple != nil && p.p.Simple() {
		return p.simple()
	}
	p.first = nil
	content := kit.Frame(kit.FrameParams{
		Title:       p.env.T("home.title"),
		Explanation: p.env.T("home.explanation"),
		Body:        kit.Stack(2, kit.Card(p.view.Question()), p.view.Verdict, p.deeds(), p.gone(), p.view.Details, p.paused, p.alerts, p.picture, p.month.place),
	})
	p.showVerdict()
	p.showPicture()
	return content
}

// gone leads whoever has transferred money to what to do now: nobody looks for that
// among the advice while every minute counts.
func (p *Page) gone() fyne.CanvasObject {
	return kit.Flow(1, kit.NewQuiet(p.env.T("home.gone"), theme.WarningIcon(), func() {
		p.env.Navigate(kit.RouteAdvice(advice.Transferred))
	}))
}

// showPaused says that no calls come in by themselves, where that is so.
func (p *Page) showPaused() {
	if p.paused == nil {
		return
	}
	p.paused.RemoveAll()
	notice := p.p.Watching.Notice(p.env)
	if p.paused.Hidden = notice == nil; notice != nil {
		p.paused.Add(notice)
	}
	p.paused.Refresh()
}

// deeds are the three things to do with a number.
func (p *Page) deeds() fyne.CanvasObject {
	return kit.Columns(2, 26,
		kit.NewTile(kit.TileParams{
			Icon: look.IconCheck, Title: p.env.T("home.check"), Text: p.env.T("home.check.text"), Primary: true,
			Tapped: func() {
				p.model.Submit()
				p.view.Focus()
			},
		}),
		kit.NewTile(kit.TileParams{
			Icon: look.IconCalls, Title: p.env.T("home.log"), Text: p.env.T("home.log.text"),
			Tapped: func() { p.env.Navigate(kit.RouteLogCall(p.model.Input())) },
		}),
		kit.NewTile(kit.TileParams{
			Icon: look.IconComplaints, Title: p.env.T("home.complain"), Text: p.env.T("home.complain.text"),
			Tapped: func() { p.env.Navigate(kit.RouteComplain(p.model.Input())) },
		}),
	)
}

func (p *Page) showVerdict() {
	if p.view != nil {
		p.view.Show(p.p.Registry(), p.p.Province)
	}
}

func (p *Page) showPicture() {
	if p.picture == nil {
		return
	}
	pic, fault := p.model.Picture(), p.model.Fault()
	// Before there is a log there is nothing to be told of it.
	p.alerts.Hidden = p.p.Alerts == nil || !pic.AnyCalls
	p.month.show(fault == nil && pic.Loaded && !pic.Empty())
	if fault == nil && !p.faulty && p.shown == pic {
		return // the keyboard stays where it is
	}
	p.shown, p.faulty = pic, fault != nil
	p.picture.RemoveAll()
	switch {
	case fault != nil:
		p.picture.Add(p.env.ErrorNotice(fault, p.env.Retry(p.model.Load)))
	case pic.Empty():
		p.picture.Add(p.welcome())
	case pic.Loaded:
		p.picture.Add(kit.Heading(p.env.T("home.recent")))
		for _, notice := range p.notices(pic) {
			p.picture.Add(notice)
		}
		p.picture.Add(p.tiles(pic))
	}
	p.picture.Refresh()
}

// tiles are the counts, each leading to what it counts.
func (p *Page) tiles(pic Picture) fyne.CanvasObject {
	tile := func(icon look.Icon, n int64, key string, tone look.Tone, to kit.Route) fyne.CanvasObject {
		return kit.NewTile(kit.TileParams{
			Icon: icon, Figure: strconv.FormatInt(n, 10), Title: p.env.N(key, int(n)), Tone: tone,
			Tapped: func() { p.env.Navigate(to) },
		})
	}
	next := ""
	if !pic.NextAttempt.IsZero() {
		next = p.env.T("home.tile.next", l10n.Args{"Time": kit.FormatTime(pic.NextAttempt)})
	}
	made := "" // the list behind the tile has them too
	if pic.Made > 0 {
		made = p.env.N("home.tile.made", int(pic.Made))
	}
	waiting := kit.NewTile(kit.TileParams{
		Icon: look.IconEndpoint, Figure: strconv.FormatInt(pic.Waiting, 10), Tone: look.Info,
		Title: p.env.N("home.tile.waiting", int(pic.Waiting)), Text: next,
		Tapped: func() { p.env.Navigate(kit.RouteComplaints("outbox")) },
	})
	objects := []fyne.CanvasObject{
		kit.NewTile(kit.TileParams{
			Icon: look.IconCalls, Figure: strconv.FormatInt(pic.Recent, 10), Title: p.env.N("home.tile.calls", int(pic.Recent)),
			Text: made, Tapped: func() { p.env.Navigate(kit.RouteRecentCalls()) },
		}),
		waiting,
		tile(look.IconComplaints, pic.Filed, "home.tile.filed", look.Done, kit.RouteComplaints("filed")),
	}
	if pic.Drafts > 0 {
		objects = append(objects, tile(look.IconComplaints, pic.Drafts, "home.tile.drafts", look.Neutral, kit.RouteComplaints("drafts")))
	}
	if pic.Trouble > 0 {
		objects = append(objects, tile(look.IconEndpoint, pic.Trouble, "home.tile.trouble", look.Danger, kit.RouteComplaints("outbox")))
	}
	return kit.Columns(2, 22, objects...)
}

// notices speak of complaints that do not go on by themselves.
func (p *Page) notices(pic Picture) []fyne.CanvasObject {
	e := p.env
	var out []fyne.CanvasObject
	notice := func(n int, key, segment string) {
		if n > 0 {
			out = append(out, kit.Notice(look.Caution, e.N(key, n), "",
				kit.NewButton(e.T("home.stuck.show"), nil, func() { e.Navigate(kit.RouteComplaints(segment)) })))
		}
	}
	notice(pic.Stopped, "home.stopped", "outbox")
	notice(pic.Stuck, "home.stuck", "stuck")
	return out
}

// welcome says what to do first, where nothing has been done yet.
func (p *Page) welcome() fyne.CanvasObject {
	step := func(n int, key, text string) fyne.CanvasObject {
		figure := kit.NewText(strconv.Itoa(n), kit.TextParams{
			Size: theme.SizeNameHeadingText, Bold: true, Color: theme.ColorNamePrimary,
		})
		return kit.TopRow(2, 1, figure, kit.Stack(0.5, kit.Strong(p.env.T(key)), kit.Muted(p.env.T(text))))
	}
	return kit.TitledCard(p.env.T("home.welcome"), p.env.T("home.welcome.text"),
		step(1, "home.welcome.check", "home.welcome.check.text"),
		step(2, "home.welcome.import", "home.welcome.import.text"),
		step(3, "home.welcome.complain", "home.welcome.complain.text"),
		kit.Flow(1,
			kit.NewPrimary(p.env.T("home.welcome.import.button"), theme.FolderOpenIcon(), func() { p.env.Navigate(kit.RouteImport()) }),
			kit.NewButton(p.env.T("home.welcome.log.button"), theme.ContentAddIcon(), func() { p.env.Navigate(kit.RouteLogCall("")) }),
		),
	)
}
