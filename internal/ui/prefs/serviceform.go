package prefs

import (
	"context"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/theme"

	"quietline/internal/domain"
	"quietline/internal/ui/kit"
)

// servicePick is where a service of an Open311 server is chosen: a list, which is
// empty until the server was asked.
type servicePick struct {
	p      *Page
	choice *kit.Choice[string]
	read   *kit.Button
	field  *kit.Field
}

// newServicePick makes one. ask asks the server; failed shows why it did not answer,
// or, with nil, that it did.
func (p *Page) newServicePick(ask func(context.Context) ([]domain.CivicService, error), failed func(error)) *servicePick {
	e := p.env
	s := &servicePick{p: p, choice: kit.NewChoice[string](e.T("prefs.channel.service.unread"), nil, nil)}
	s.read = kit.NewButton(e.T("prefs.channel.service.read"), theme.DownloadIcon(), nil)
	s.read.OnTapped = func() {
		s.read.SetText(e.T("prefs.channel.service.reading"))
		s.read.Disable()
		kit.Run(e.Jobs.Base(), e.Jobs, ask, func(list []domain.CivicService, err error) {
			s.read.SetText(e.T("prefs.channel.service.read"))
			s.read.Enable()
			if err == nil && len(list) == 0 {
				err = domain.E("prefs.services", domain.Conflict, "channel.services_none", nil, nil).At(atService)
			}
			failed(err)
			if err == nil {
				s.show(list)
			}
		})
	}
	s.choice.Disable()
	s.field = kit.NewField(e, kit.FieldParams{
		Label: e.T("prefs.channel.service"), Help: e.T("prefs.channel.service.help"), Required: true,
		Pointer: atService, Input: s.choice, Focus: s.read, Beside: s.read,
	})
	return s
}

// show offers the services. A single one is chosen at once.
func (s *servicePick) show(list []domain.CivicService) {
	s.choice.PlaceHolder = s.p.env.N("prefs.channel.service.found", len(list))
	s.choice.Enable()
	s.choice.SetOptions(ServiceOptions(s.p.env, list))
	if len(list) == 1 {
		s.choice.Set(list[0].Code)
	}
}

// code is the chosen one, empty for none.
func (s *servicePick) code() string {
	code, _ := s.choice.Get()
	return code
}

// askService lets the user choose another service for a channel.
func (p *Page) askService(c domain.Channel) {
	e := p.env
	var form *kit.Form
	pick := p.newServicePick(func(ctx context.Context) ([]domain.CivicService, error) {
		return p.m.ServicesOf(ctx, c.Name)
	}, func(err error) { form.Show(err) })
	form = kit.NewForm(e, pick.field)
	kit.ShowDialog(e, func(d *kit.Dialog) kit.DialogParams {
		save := kit.NewPrimary(e.T("prefs.channel.service.save"), nil, nil)
		save.OnTapped = func() {
			code := pick.code()
			save.Disable()
			kit.Run(e.Jobs.Base(), e.Jobs, func(ctx context.Context) (domain.Capabilities, error) {
				return p.m.UseService(ctx, c.Name, code)
			}, func(caps domain.Capabilities, err error) {
				save.Enable()
				form.Show(err)
				if err != nil {
					return
				}
				d.Close()
				p.m.Tested[c.Name] = TestResult{Capabilities: caps}
				e.Toast(e.T("prefs.done.service", map[string]any{"Name": kit.ChannelName(e, c)}))
				e.Announce(topic)
			})
		}
		return kit.DialogParams{
			Title: e.T("prefs.channel.service.title", map[string]any{"Name": kit.ChannelName(e, c)}), Width: 64,
			Body: form.Object(), Focus: pick.read,
			Typed:   func() bool { return pick.code() != "" },
			Buttons: []fyne.CanvasObject{kit.NewButton(e.T("kit.cancel"), nil, d.Close), save},
		}
	})
}

// serviceOf says in a line which service a channel files with.
func (p *Page) serviceOf(c domain.Channel) string {
	switch {
	case c.ServiceCode == "":
		return p.env.T("prefs.channel.service.choose")
	case c.Capabilities != nil && c.Capabilities.Service != nil:
		return p.serviceLine(*c.Capabilities.Service)
	}
	return p.env.T("prefs.channel.service") + p.env.T("cli.colon") + c.ServiceCode
}

func (p *Page) serviceLine(s domain.CivicService) string {
	return p.env.T("prefs.channel.service.row", map[string]any{
		"Name": s.Name, "Type": p.env.Printer.Term("service_type", string(s.Type)),
	})
}
