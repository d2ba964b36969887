package prefs

import (
	"context"

	"fyne.io/fyne/v2"

	"quietline/internal/domain"
	"quietline/internal/ui/kit"
	"quietline/internal/ui/look"
)

// channelForm is the form for a new channel.
type channelForm struct {
	name, url, token, ca *kit.Entry
	kind                 *kit.Choice[domain.ChannelKind]
	form                 *kit.Form
	// wire are the fields that only an endpoint has, byHand what stands in their
	// place where the user files.
	wire   []*kit.Field
	byHand fyne.CanvasObject
	body   *fyne.Container
	save   *kit.Button
}

func (p *Page) newChannelForm() *channelForm {
	e := p.env
	f := &channelForm{
		name: kit.NewEntry(e.T("prefs.channel.name.example")), url: kit.NewEntry("https://"),
		token: kit.NewSecret(""), ca: kit.NewEntry(""),
		byHand: kit.Notice(look.Info, e.T("prefs.channel.by_hand"), e.T("complaints.by_hand.text")),
	}
	f.kind = kit.NewChoice(e.T("prefs.channel.kind"), kit.Terms(e.Printer, "channel_kind", p.m.Kinds()),
		func(domain.ChannelKind) { f.show(p) })
	f.kind.Set(p.m.Kinds()[0])
	f.wire = []*kit.Field{
		kit.NewField(e, kit.FieldParams{
			Label: e.T("prefs.channel.url"), Help: e.T("prefs.channel.url.help"), Required: true, Pointer: "/url", Input: f.url,
			Beside: kit.PasteInto(e, f.url, nil),
		}),
		kit.NewField(e, kit.FieldParams{
			Label: e.T("prefs.channel.token"), Help: e.T("prefs.channel.token.help"), Pointer: "/token", Input: f.token,
			Beside: kit.PasteInto(e, f.token, nil),
		}),
		kit.NewField(e, kit.FieldParams{
			Label: e.T("prefs.channel.ca"), Help: e.T("prefs.channel.ca.help"), Pointer: "/ca_file", Input: f.ca,
		}),
	}
	f.form = kit.NewForm(e, append([]*kit.Field{
		kit.NewField(e, kit.FieldParams{
			Label: e.T("prefs.channel.name"), Help: e.T("prefs.channel.name.help"), Required: true, Pointer: "/name", Input: f.name,
		}),
		kit.NewField(e, kit.FieldParams{Label: e.T("prefs.channel.kind"), Pointer: "/kind", Input: f.kind}),
	}, f.wire...)...)
	f.body = kit.Stack(2, f.form.Object(), f.byHand)
	f.save = kit.NewPrimary(e.T("prefs.channel.save"), nil, nil)
	f.show(p)
	return f
}

// show offers what the chosen kind needs. What was typed into the others stays,
// should the user come back to them.
func (f *channelForm) show(p *Page) {
	kind, _ := f.kind.Get()
	byHand := kind == domain.ChannelAssisted
	for _, field := range f.wire {
		setShown(field.Object(), !byHand)
	}
	setShown(f.byHand, byHand)
	if byHand {
		f.save.SetText(p.env.T("prefs.channel.save_only"))
	} else {
		f.save.SetText(p.env.T("prefs.channel.save"))
	}
	f.body.Refresh()
}

func (f *channelForm) draft() Draft {
	kind, _ := f.kind.Get()
	return Draft{Name: f.name.Text, URL: f.url.Text, Token: f.token.Text, CAFile: f.ca.Text, Kind: kind}
}

// askChannel opens the form for a new channel. A wrong field is shown at the
// field, and nothing that was typed is lost.
func (p *Page) askChannel() {
	e := p.env
	f := p.newChannelForm()
	kit.ShowDialog(e, func(d *kit.Dialog) kit.DialogParams {
		f.save.OnTapped = func() {
			draft := f.draft()
			f.save.Disable()
			kit.Run(e.Jobs.Base(), e.Jobs, func(ctx context.Context) (domain.Channel, error) {
				return p.m.Add(ctx, draft)
			}, func(c domain.Channel, err error) {
				f.save.Enable()
				f.form.Show(err)
				if err != nil {
					return
				}
				d.Close()
				p.env.Announce(topic)
				if c.Kind != domain.ChannelAssisted { // there is nobody to ask
					p.test(c.Name)
				}
			})
		}
		return kit.DialogParams{
			Title: e.T("prefs.channel.add"), Body: f.body, Width: 64, Focus: f.name,
			Typed:   func() bool { return f.name.Text+f.url.Text+f.token.Text+f.ca.Text != "" },
			Buttons: []fyne.CanvasObject{kit.NewButton(e.T("kit.cancel"), nil, d.Close), f.save},
		}
	})
}

func setShown(o fyne.CanvasObject, shown bool) {
	if shown {
		o.Show()
	} else {
		o.Hide()
	}
}
