package prefs

import (
	"context"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/theme"

	"quietline/internal/domain"
	"quietline/internal/ui/endpoint"
	"quietline/internal/ui/kit"
	"quietline/internal/ui/look"
)

// The part of the page about the endpoints complaints go to.

// topic is what the page announces.
const topic = "channels"

func (p *Page) reload() {
	kit.Run(p.ctx, p.env.Jobs, p.m.List, func(list []domain.Channel, err error) {
		p.m.Listed(list, err)
		p.fillChannels()
	})
}

func (p *Page) fillChannels() {
	e := p.env
	p.channels.RemoveAll()
	switch {
	case p.m.LoadError != nil:
		p.channels.Add(e.ErrorNotice(p.m.LoadError, e.Retry(p.reload)))
	case !p.m.Loaded:
		p.channels.Add(kit.Muted(e.T("prefs.channels.loading")))
	case len(p.m.Channels) == 0:
		p.channels.Add(kit.Notice(look.Caution, e.T("prefs.channels.none"), e.T("prefs.channels.none.hint")))
	}
	for _, c := range p.m.Channels {
		p.channels.Add(p.channelRow(c))
	}
	p.channels.Refresh()
}

func (p *Page) channelRow(c domain.Channel) fyne.CanvasObject {
	e := p.env
	words := []fyne.CanvasObject{kit.Flow(1, append([]fyne.CanvasObject{
		kit.NewText(kit.ChannelName(e, c), kit.TextParams{Bold: true, Size: theme.SizeNameSubHeadingText}),
	}, p.channelBadges(c)...)...)}
	switch {
	case c.URL == domain.PracticeURL:
		words = append(words, kit.Muted(e.T("prefs.channel.practice.text")))
	case c.Kind == domain.ChannelAssisted:
		words = append(words, kit.Muted(e.T("complaints.by_hand.text")))
	default:
		words = append(words, kit.Muted(c.URL))
	}
	if c.Kind == domain.ChannelOpen311 {
		words = append(words, kit.Muted(p.serviceOf(c)))
	}
	if c.Paused != "" {
		words = append(words, kit.Body(e.T("prefs.channel.paused."+c.Paused)))
	}
	if c.Paused == "" && c.HoldUntil.After(e.Clock.Now()) {
		words = append(words, kit.Body(e.T("prefs.channel.held", map[string]any{"Time": kit.FormatTime(c.HoldUntil)})))
	}
	if result, ok := p.m.Tested[c.Name]; ok {
		words = append(words, p.testResult(result))
	}
	if buttons := p.channelButtons(c); len(buttons) > 0 {
		words = append(words, kit.Pad(0.5, 0, kit.Flow(1, buttons...)))
	}
	return kit.Boxed(kit.Stack(0.75, words...))
}

func (p *Page) channelBadges(c domain.Channel) []fyne.CanvasObject {
	e := p.env
	var out []fyne.CanvasObject
	if c.Default {
		out = append(out, kit.NewTag(e.T("prefs.channel.default")))
	}
	if Practice(c) {
		out = append(out, kit.NewBadge(look.Caution, e.T("prefs.channel.practice")))
	}
	if c.Paused != "" {
		out = append(out, kit.NewBadge(look.Caution, e.T("prefs.channel.paused")))
	}
	return out
}

func (p *Page) channelButtons(c domain.Channel) []fyne.CanvasObject {
	e := p.env
	test := kit.NewButton(e.T("prefs.channel.test"), theme.ViewRefreshIcon(), func() { p.test(c.Name) })
	if p.m.Busy == c.Name {
		test.SetText(e.T("prefs.channel.testing"))
	}
	var out []fyne.CanvasObject
	if c.Kind != domain.ChannelAssisted { // there is nobody to ask
		out = append(out, test)
	}
	for _, d := range Deeds(c, len(p.m.Channels)-1, e.Clock.Now()) {
		out = append(out, kit.NewQuiet(e.T("prefs.deed."+string(d)), nil, func() { p.do(d, c) }))
	}
	if p.m.Busy != "" {
		for _, b := range out {
			b.(*kit.Button).Disable()
		}
	}
	return out
}

func (p *Page) testResult(r TestResult) fyne.CanvasObject {
	e := p.env
	if r.Err != nil {
		x := e.Printer.Explain(r.Err)
		return kit.Notice(look.Danger, x.Message, x.Hint)
	}
	return endpoint.Answer(e, r.Capabilities)
}

func (p *Page) test(name string) {
	p.m.Busy = name
	p.fillChannels()
	kit.Run(p.ctx, p.env.Jobs, func(ctx context.Context) (domain.Capabilities, error) {
		return p.m.Test(ctx, name)
	}, func(c domain.Capabilities, err error) {
		p.m.Busy = ""
		if err != nil {
			p.env.Report(err)
		}
		p.m.Tested[name] = TestResult{Capabilities: c, Err: err}
		p.fillChannels()
		p.env.Announce(topic)
	})
}

func (p *Page) do(d Deed, c domain.Channel) {
	e := p.env
	run := func() {
		p.env.Try(e.Jobs.Base(), func(ctx context.Context) error { return p.m.Do(ctx, d, c.Name) }, func() {
			if d == DeedRemove {
				delete(p.m.Tested, c.Name)
			}
			e.Toast(e.T("prefs.done."+string(d), map[string]any{"Name": kit.ChannelName(e, c)}))
			p.env.Announce(topic)
		})
	}
	switch d {
	case DeedToken:
		p.askToken(c)
		return
	case DeedService:
		p.askService(c)
		return
	case DeedRemove:
	default:
		run()
		return
	}
	kit.Confirm(e, kit.ConfirmParams{
		Title:  e.T("prefs.remove.title", map[string]any{"Name": kit.ChannelName(e, c)}),
		Text:   e.T("prefs.remove.text"),
		Yes:    e.T("prefs.deed.remove"),
		Danger: true,
		OnYes:  run,
	})
}

// askToken asks for the token that takes the place of the present one.
func (p *Page) askToken(c domain.Channel) {
	e := p.env
	token := kit.NewSecret("")
	form := kit.NewForm(e, kit.NewField(e, kit.FieldParams{
		Label: e.T("prefs.channel.token"), Help: e.T("prefs.token.help"), Pointer: "/token", Input: token,
		Beside: kit.PasteInto(e, token, nil),
	}))
	kit.ShowDialog(e, func(d *kit.Dialog) kit.DialogParams {
		var save *kit.Button
		save = kit.NewPrimary(e.T("prefs.token.save"), nil, func() {
			save.Disable()
			text := token.Text // the field is the widgets' goroutine's
			kit.Do(e.Jobs.Base(), e.Jobs, func(ctx context.Context) error {
				return p.m.SetToken(ctx, c.Name, text)
			}, func(err error) {
				save.Enable()
				form.Show(err)
				if err != nil {
					return
				}
				d.Close()
				e.Toast(e.T("prefs.done.token", map[string]any{"Name": kit.ChannelName(e, c)}))
				e.Announce(topic)
			})
		})
		return kit.DialogParams{
			Title: e.T("prefs.token.title", map[string]any{"Name": kit.ChannelName(e, c)}), Body: form.Object(), Focus: token,
			Typed:   func() bool { return token.Text != "" },
			Buttons: []fyne.CanvasObject{kit.NewButton(e.T("kit.cancel"), nil, d.Close), save},
		}
	})
}
