package prefs

import (
	"context"
	"errors"
	"slices"

	"fyne.io/fyne/v2"

	"quietline/internal/domain"
	"quietline/internal/ui/kit"
	"quietline/internal/ui/look"
)

// channelForm is the form for a new channel.
type channelForm struct {
	name, url, token, ca *kit.Entry
	// key and jurisdiction are those of an Open311 server.
	key, jurisdiction *kit.Entry
	kind              *kit.Choice[domain.ChannelKind]
	service           *servicePick
	form              *kit.Form
	// only are the fields that not every kind has, byHand what stands in their place
	// where the user files.
	only   []kindField
	byHand fyne.CanvasObject
	body   *fyne.Container
	save   *kit.Button
}

// kindField is a field that only some kinds have.
type kindField struct {
	*kit.Field
	kinds []domain.ChannelKind
}

func (p *Page) newChannelForm() *channelForm {
	e := p.env
	f := &channelForm{
		name: kit.NewEntry(e.T("prefs.channel.name.example")), url: kit.NewEntry("https://"),
		token: kit.NewSecret(""), ca: kit.NewEntry(""), key: kit.NewSecret(""), jurisdiction: kit.NewEntry(""),
		byHand: kit.Notice(look.Info, e.T("prefs.channel.by_hand"), e.T("complaints.by_hand.text")),
	}
	f.kind = kit.NewChoice(e.T("prefs.channel.kind"), kit.Terms(e.Printer, "channel_kind", p.m.Kinds()),
		func(domain.ChannelKind) { f.show(p) })
	f.kind.Set(p.m.Kinds()[0])
	f.service = p.newServicePick(func(ctx context.Context) ([]domain.CivicService, error) {
		return p.m.ReadServices(ctx, f.draft())
	}, f.fail)
	fields := []*kit.Field{
		kit.NewField(e, kit.FieldParams{
			Label: e.T("prefs.channel.name"), Help: e.T("prefs.channel.name.help"), Required: true, Pointer: "/name", Input: f.name,
		}),
		kit.NewField(e, kit.FieldParams{Label: e.T("prefs.channel.kind"), Pointer: "/kind", Input: f.kind}),
	}
	f.fill(e)
	for _, o := range f.only {
		fields = append(fields, o.Field)
	}
	f.form = kit.NewForm(e, fields...)
	f.body = kit.Stack(2, f.form.Object(), f.byHand)
	f.save = kit.NewPrimary(e.T("prefs.channel.save"), nil, nil)
	f.show(p)
	return f
}

// fill makes the fields that not every kind has, in their order.
func (f *channelForm) fill(e *kit.Env) {
	add := func(p kit.FieldParams, kinds ...domain.ChannelKind) {
		f.only = append(f.only, kindField{kit.NewField(e, p), kinds})
	}
	const wire, civic = domain.ChannelIntake, domain.ChannelOpen311
	add(kit.FieldParams{
		Label: e.T("prefs.channel.url"), Help: e.T("prefs.channel.url.help"), Required: true, Pointer: "/url", Input: f.url,
		Beside: kit.PasteInto(e, f.url, nil),
	}, wire, civic)
	add(kit.FieldParams{
		Label: e.T("prefs.channel.jurisdiction"), Help: e.T("prefs.channel.jurisdiction.help"), Pointer: "/jurisdiction", Input: f.jurisdiction,
	}, civic)
	f.only = append(f.only, kindField{f.service.field, []domain.ChannelKind{civic}})
	add(kit.FieldParams{
		Label: e.T("prefs.channel.token"), Help: e.T("prefs.channel.token.help"), Pointer: "/token", Input: f.token,
		Beside: kit.PasteInto(e, f.token, nil),
	}, wire)
	add(kit.FieldParams{
		Label: e.T("prefs.channel.key"), Help: e.T("prefs.channel.key.help"), Pointer: atKey, Input: f.key,
		Beside: kit.PasteInto(e, f.key, nil),
	}, civic)
	add(kit.FieldParams{
		Label: e.T("prefs.channel.ca"), Help: e.T("prefs.channel.ca.help"), Pointer: "/ca_file", Input: f.ca,
	}, wire, civic)
}

// show offers what the chosen kind needs. What was typed into the others stays,
// should the user come back to them.
func (f *channelForm) show(p *Page) {
	kind, _ := f.kind.Get()
	for _, o := range f.only {
		setShown(o.Object(), slices.Contains(o.kinds, kind))
	}
	byHand := kind == domain.ChannelAssisted
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
	d := Draft{
		Name: f.name.Text, URL: f.url.Text, Token: f.token.Text, CAFile: f.ca.Text, Kind: kind,
		Jurisdiction: f.jurisdiction.Text, Service: f.service.code(),
	}
	if kind == domain.ChannelOpen311 {
		d.Token = f.key.Text
	}
	return d
}

// atKey is where problems with the key of an Open311 server appear: to filing it is
// the token.
const atKey = "/api_key"

// fail shows what is wrong, or with nil that nothing is.
func (f *channelForm) fail(err error) {
	var list domain.Problems
	if kind, _ := f.kind.Get(); kind == domain.ChannelOpen311 && errors.As(err, &list) {
		list = slices.Clone(list)
		for i, p := range list {
			if p.Field == "/token" {
				list[i] = p.At(atKey)
			}
		}
		err = list
	}
	f.form.Show(err)
}

// typed says whether the user entered anything.
func (f *channelForm) typed() bool {
	return f.name.Text+f.url.Text+f.token.Text+f.ca.Text+f.key.Text+f.jurisdiction.Text != ""
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
				f.fail(err)
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
			Typed:   f.typed,
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
