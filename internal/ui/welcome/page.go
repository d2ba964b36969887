package welcome

import (
	"context"

	"fyne.io/fyne/v2"

	"quietline/internal/domain"
	"quietline/internal/ui/kit"
	"quietline/internal/ui/prefs"
)

// Page shows the first steps. It stands alone in the window: what leads away are its
// own buttons.
type Page struct {
	env *kit.Env
	m   *Model
	ctx context.Context // that of the visit, given by Enter
	// home is where the page leads in the end.
	home kit.Route

	steps   *kit.Steps
	chooser *prefs.Chooser
	// form holds the fields of the step that is shown.
	form *kit.Form
	// failure is why what is known could not be read, nil where it could.
	failure error
}

var (
	_ kit.Page     = (*Page)(nil)
	_ kit.Keeper   = (*Page)(nil)
	_ kit.Listener = (*Page)(nil)
)

// NewPage makes the page.
func NewPage(env *kit.Env, m *Model) *Page {
	p := &Page{env: env, m: m, ctx: env.Jobs.Base(), home: kit.Route{Page: kit.PageHome}, chooser: prefs.NewChooser(env, m.p.Settings)}
	p.steps = kit.NewSteps(env, p.step)
	return p
}

// Title is the page's name.
func (p *Page) Title() string { return "welcome.title" }

// Enter shows the first steps where they were left. From the settings they begin
// anew; the assistant for a channel comes back with what it added.
func (p *Page) Enter(ctx context.Context, r kit.Route) {
	p.ctx = ctx
	switch r.Action {
	case kit.ActionAgain:
		p.home = kit.Route{Page: kit.PageSettings}
		p.m.Begin()
	case kit.ActionAdded:
		p.m.Step = StepDone
	}
	p.steps.Show()
	p.load()
}

// Leave does nothing.
func (p *Page) Leave() {}

// Unsaved says whether something was typed that is not stored.
func (p *Page) Unsaved() bool { return p.m.Unsaved() }

// Changed reads anew what changed elsewhere.
func (p *Page) Changed(topic string) {
	if topic == "channels" || topic == "people" {
		p.load()
	}
}

// Content builds the step of the moment.
func (p *Page) Content() fyne.CanvasObject { return p.steps.Content() }

// load reads what is in the workspace.
func (p *Page) load() {
	kit.Run(p.ctx, p.env.Jobs, p.m.Load, func(k Known, err error) {
		was := p.failure
		p.failure = err
		if err != nil || p.m.Loaded(k) || was != nil {
			p.steps.Show() // not where nothing changed: somebody may be typing
		}
	})
}

// turn goes to another step.
func (p *Page) turn(move func()) {
	move()
	p.steps.Show()
}

// skipAll leaves the first steps, after a question where something was typed.
func (p *Page) skipAll() {
	kit.UnlessUnsaved(p.env, p.Unsaved(), func() { p.finish(p.home) })
}

// finish ends the first steps and goes on elsewhere. Where it cannot be noted that
// they were shown, they are shown again; that stops nobody.
func (p *Page) finish(to kit.Route) {
	kit.Do(p.env.Jobs.Base(), p.env.Jobs, p.m.Seen, func(err error) {
		if err != nil {
			p.env.Report(err)
		}
		p.m.Begin()
		p.env.Navigate(to)
		p.home = kit.Route{Page: kit.PageHome}
	})
}

// save stores what is typed about somebody and then goes on; a wrong field says so,
// and what was typed stays.
func (p *Page) save(x Entered, then func()) {
	if p.m.Busy { // the button was pressed twice
		return
	}
	p.m.Busy = true
	people := p.m.People
	kit.Run(p.env.Jobs.Base(), p.env.Jobs, func(ctx context.Context) (domain.Person, error) {
		return p.m.Save(ctx, x, people)
	}, func(saved domain.Person, err error) {
		p.m.Busy = false
		if err != nil {
			if p.form != nil {
				p.form.Show(err)
			}
			return
		}
		p.m.Saved(saved)
		p.env.Announce("people")
		p.turn(then)
	})
}
