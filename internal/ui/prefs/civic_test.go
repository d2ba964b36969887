package prefs_test

import (
	"slices"
	"testing"

	"fyne.io/fyne/v2"

	"quietline/internal/domain"
	"quietline/internal/l10n"
	"quietline/internal/settings"
	"quietline/internal/ui/kit"
	"quietline/internal/ui/uitest"
)

func civicServices() []domain.CivicService {
	return []domain.CivicService{
		{Code: "0101", Name: "道路坑洼", Type: domain.ServiceRealtime},
		{Code: "0207", Name: "电话骚扰 Nuisance calls", Type: domain.ServiceBatch, Metadata: true, Attributes: []domain.ServiceAttribute{
			{Code: "CALLER", Description: "来电号码", Required: true}, {Code: "TIME", Required: true}, {Code: "NOTE"},
		}},
	}
}

func TestCivicRowFits(t *testing.T) {
	uitest.Matrix(t, func(t *testing.T, o uitest.Options) {
		o.Size = fyne.NewSize(900, 2600)
		if o.TextSize == settings.TextLargest {
			o.Size = fyne.NewSize(900, 4200)
		}
		p := show(t, o)
		p.channels.list = append(p.channels.list, domain.Channel{
			Name: "市民服务", Kind: domain.ChannelOpen311, URL: "https://311.example.cn/v2", ServiceCode: "0207", HasToken: true,
			Capabilities: &domain.Capabilities{Service: &civicServices()[1]},
		}, domain.Channel{Name: "new", Kind: domain.ChannelOpen311, URL: "https://311.example.org"})
		p.channels.caps = domain.Capabilities{Name: "x", Service: &civicServices()[1]}
		p.Show(p.page, kit.Route{Page: kit.PageSettings})
		tests := p.Buttons("prefs.channel.test")
		tests[2].OnTapped()
		p.Layout()
		p.Check()
		if !p.Reads("来电号码") || p.Reads("NOTE") {
			t.Errorf("what it requires: %q", p.Texts())
		}
		p.Draw("prefs-civic-row")
	})
}

func TestChoosingAnotherService(t *testing.T) {
	p := show(t, uitest.Options{Language: l10n.English})
	p.channels.list = []domain.Channel{{Name: "City", Kind: domain.ChannelOpen311, URL: "https://311.example.cn", Default: true}}
	p.channels.services = civicServices()
	p.channels.caps = domain.Capabilities{Name: "x", Service: &civicServices()[1]}
	p.Show(p.page, kit.Route{Page: kit.PageSettings})
	if !p.Shows("prefs.channel.service.choose") {
		t.Errorf("%q", p.Texts())
	}
	p.Press("prefs.deed.service")
	p.Press("prefs.channel.service.save")
	if !p.Shows("err.channel.service_required") {
		t.Errorf("%q", p.Texts())
	}
	p.Press("prefs.channel.service.read")
	uitest.All[*kit.Choice[string]](p.Harness)[0].SetSelected("电话骚扰 Nuisance calls (0207)")
	p.Press("prefs.channel.service.save")
	if want := []string{"services City", "service 0207 City"}; !slices.Equal(p.channels.deeds, want) || kit.Dialogs(p.Window.Canvas()) {
		t.Errorf("%v", p.channels.deeds)
	}
}
