package endpoint

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/theme"

	"quietline/internal/domain"
	"quietline/internal/report"
	"quietline/internal/ui/kit"
	"quietline/internal/ui/look"
)

// showTest is the step in which the endpoint is asked. Its main button asks, and
// leads on only once the endpoint has answered as it should.
func (p *Page) showTest(s *kit.StepParams) {
	e, r := p.env, p.m.Result()
	test := kit.NewPrimary(e.T("endpoint.test.do"), theme.ViewRefreshIcon(), p.test)
	switch {
	case p.m.Busy:
		s.Body, s.Onward = p.asking(), []fyne.CanvasObject{p.stop()}
	case r == nil:
		s.Body = kit.Fact(e.T("prefs.channel.url"), p.m.Input().URL)
		s.Onward, s.Focus = []fyne.CanvasObject{test}, test
	case r.Err != nil:
		test.SetText(e.T("endpoint.test.again"))
		s.Body, s.Focus = p.fault(r.Err), test
		s.Onward = []fyne.CanvasObject{kit.NewQuiet(e.T("endpoint.anyway"), nil, p.insist), test}
	default:
		next := p.next(func() { p.turn(p.m.GoOn) })
		s.Body, s.Focus = Answer(e, r.Capabilities), next
		s.Onward = []fyne.CanvasObject{kit.NewButton(e.T("endpoint.test.again"), theme.ViewRefreshIcon(), p.test), next}
	}
}

// asking says that the endpoint is being asked.
func (p *Page) asking() fyne.CanvasObject {
	return kit.Stack(1, kit.Strong(p.env.T("endpoint.test.running")), kit.Muted(p.m.Input().URL))
}

// stop stops asking.
func (p *Page) stop() *kit.Button {
	return kit.NewButton(p.env.T("endpoint.test.stop"), theme.CancelIcon(), func() { p.task.Cancel() })
}

// fault says what is wrong and what to do next, with the way to where it is done.
func (p *Page) fault(err error) fyne.CanvasObject {
	e, mend := p.env, MendOf(err)
	if domain.KindOf(err) == domain.Cancelled {
		return kit.Notice(look.Info, e.Printer.Explain(err).Message, e.T("endpoint.mend.stopped"))
	}
	var actions []fyne.CanvasObject
	if to := mend.Step(); to != "" {
		actions = append(actions, kit.NewButton(e.T("endpoint.mend."+string(mend)+".do"), theme.DocumentCreateIcon(), func() {
			p.turn(func() { p.m.Mend(to) })
		}))
	}
	return kit.Notice(look.Danger, e.Printer.Explain(err).Message, e.T("endpoint.mend."+string(mend)), actions...)
}

// Answer shows what an endpoint says of itself, in words.
func Answer(e *kit.Env, c domain.Capabilities) fyne.CanvasObject {
	rows := []fyne.CanvasObject{kit.Notice(look.Done, e.T("endpoint.answers"), e.T("endpoint.answers.text"))}
	switch {
	case c.Practice:
		rows = []fyne.CanvasObject{kit.Notice(look.Caution, e.T("endpoint.practice"), e.T("endpoint.practice.hint"))}
	case c.Services != nil:
		rows = []fyne.CanvasObject{kit.Notice(look.Caution, e.T("prefs.channel.service.choose"), e.T("err.channel.no_service.hint"))}
	}
	var facts []fyne.CanvasObject
	for _, f := range report.Endpoint(e.Printer, c) {
		facts = append(facts, kit.Fact(f.Label, f.Text))
	}
	return kit.Stack(1.5, append(rows, kit.Stack(1, facts...))...)
}
