package endpoint

import (
	"context"

	"fyne.io/fyne/v2"

	"quietline/internal/domain"
	"quietline/internal/ui/kit"
)

// Page shows the assistant. It stands alone in the window: what leads away are its
// own buttons.
type Page struct {
	env *kit.Env
	m   *Model
	ctx context.Context // that of the visit, given by Enter
	// from is the page that the assistant was opened from.
	from kit.PageID
	// choose lets the user choose a file; kit.OpenFile in the program.
	choose func(e *kit.Env, title string, endings []string, chosen func(path string))

	steps *kit.Steps
	// form holds the fields of the step that is shown, where what is said of where a
	// token will lie.
	form  *kit.Form
	where *fyne.Container
	// failure is what went wrong last in this step, nil for nothing.
	failure error
	task    *kit.Task
}

var (
	_ kit.Page    = (*Page)(nil)
	_ kit.Keeper  = (*Page)(nil)
	_ kit.Focuser = (*Page)(nil)
)

// NewPage makes the page.
func NewPage(env *kit.Env, m *Model) *Page {
	p := &Page{env: env, m: m, ctx: env.Jobs.Base(), from: kit.PageSettings, choose: kit.OpenFile}
	p.steps = kit.NewSteps(env, p.step)
	return p
}

// Title is the page's name.
func (p *Page) Title() string { return "endpoint.title" }

// Enter begins anew; the ID of the route is the page to go back to.
func (p *Page) Enter(ctx context.Context, r kit.Route) {
	p.ctx, p.from, p.failure = ctx, kit.PageID(r.ID), nil
	if p.from == "" {
		p.from = kit.PageSettings
	}
	p.m.Begin()
	p.steps.Show()
	p.look()
}

// Leave does nothing.
func (p *Page) Leave() {}

// Unsaved says whether something was typed that is not added yet.
func (p *Page) Unsaved() bool { return p.m.Unsaved() }

// First is where the keyboard begins in the step of the moment.
func (p *Page) First() fyne.Focusable { return p.steps.First() }

// Content builds the step of the moment.
func (p *Page) Content() fyne.CanvasObject { return p.steps.Content() }

// look finds out, long before it is said, what adding a channel will do.
func (p *Page) look() {
	kit.Run(p.ctx, p.env.Jobs, p.m.WillBecome, func(becomes bool, err error) {
		if err != nil {
			p.env.Report(err) // only a sentence is missing then
		}
		p.m.Becomes = becomes && err == nil
	})
}

// probe finds out where a token will lie. The user may be typing it meanwhile.
func (p *Page) probe() {
	if p.m.Step != StepToken || p.m.FileOnly != nil {
		return
	}
	kit.Run(p.ctx, p.env.Jobs, func(ctx context.Context) (bool, error) { return p.m.OnlyFile(ctx), nil }, func(only bool, err error) {
		if err == nil {
			p.m.FileOnly = &only
			p.showWhere()
		}
	})
}

// turn goes to another step.
func (p *Page) turn(move func()) {
	p.failure = nil
	move()
	p.steps.Show()
	p.probe()
}

func (p *Page) back() { p.turn(p.m.Back) }

// leave goes back to where the assistant was opened, after a question where
// something was typed.
func (p *Page) leave() {
	kit.UnlessUnsaved(p.env, p.Unsaved(), func() {
		p.task.Cancel()
		p.m.Begin()
		p.env.Navigate(kit.Route{Page: p.from})
	})
}

// checked goes on where what was entered can be used; a wrong field says so.
func (p *Page) checked() {
	in, step := p.m.Input(), p.m.Step
	if step == StepAddress {
		in.Token = "" // not asked for yet
	}
	kit.Do(p.ctx, p.env.Jobs, func(ctx context.Context) error { return p.m.Check(ctx, in) }, func(err error) {
		switch err = atFields(p.m.Kind, err); {
		case p.m.Step != step: // the button was pressed twice
		case err != nil:
			p.form.Show(err)
		default:
			p.turn(p.m.GoOn)
		}
	})
}

// test asks the endpoint.
func (p *Page) test() {
	in := p.m.Input()
	p.m.Busy = true
	p.steps.Fill()
	p.task = kit.Run(p.ctx, p.env.Jobs, func(ctx context.Context) (domain.Capabilities, error) {
		return p.m.Test(ctx, in)
	}, func(c domain.Capabilities, err error) {
		if err != nil {
			p.env.Report(err)
		}
		p.m.Tested(Result{For: in, Capabilities: c, Err: err})
		p.steps.Show()
	})
}

// read asks a civic server for its services.
func (p *Page) read() {
	server := p.m.server()
	p.m.Busy, p.failure = true, nil
	p.steps.Fill()
	p.task = kit.Run(p.ctx, p.env.Jobs, func(ctx context.Context) ([]domain.CivicService, error) {
		return p.m.ReadServices(ctx, server)
	}, func(list []domain.CivicService, err error) {
		p.m.Busy = false
		if p.failure = err; err != nil {
			p.env.Report(err)
		} else {
			p.m.Read(server, list)
		}
		p.steps.Show()
	})
}

// insist asks whether an endpoint is to be added in spite of its test.
func (p *Page) insist() {
	e := p.env
	kit.Confirm(e, kit.ConfirmParams{
		Title: e.T("endpoint.anyway.title"), Text: e.T("endpoint.anyway.text"), Yes: e.T("endpoint.anyway"), Danger: true,
		OnYes: func() { p.turn(p.m.Insist) },
	})
}

// add adds the channel and goes back to where the assistant was opened.
func (p *Page) add() {
	e, in := p.env, p.m.Request()
	p.m.Busy = true
	p.steps.Fill()
	kit.Run(e.Jobs.Base(), e.Jobs, func(ctx context.Context) (domain.Channel, error) {
		return p.m.Add(ctx, in)
	}, func(c domain.Channel, err error) {
		p.m.Busy = false
		if err != nil {
			p.steps.Show()
			p.form.Show(atFields(p.m.Kind, err))
			return
		}
		p.m.Begin()
		e.Toast(e.T("endpoint.added", map[string]any{"Name": c.Name}))
		e.Announce("channels")
		e.Navigate(kit.Route{Page: p.from, Action: kit.ActionAdded, ID: c.Name})
	})
}
