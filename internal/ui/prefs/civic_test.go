package prefs_test

import (
	"slices"
	"testing"
	"time"

	"fyne.io/fyne/v2"
	"github.com/google/go-cmp/cmp"

	"quietline/internal/domain"
	"quietline/internal/filing"
	"quietline/internal/l10n"
	"quietline/internal/settings"
	"quietline/internal/ui/kit"
	"quietline/internal/ui/prefs"
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

// civic opens the form for a new channel and takes the kind of a civic server.
func (p *page) civic() {
	p.channels.services = civicServices()
	p.channels.caps = domain.Capabilities{Name: "x", Service: &civicServices()[1]}
	p.Press("prefs.channel.add")
	uitest.All[*kit.Choice[domain.ChannelKind]](p.Harness)[0].SetSelected(p.Env.Printer.Term("channel_kind", "open311"))
	p.Layout()
}

// entry finds the field to type in under the label of that key.
func (p *page) fill(pairs ...string) {
	fields := uitest.All[*kit.Entry](p.Harness) // name, address, jurisdiction, key, authority
	for i := 0; i < len(pairs); i++ {
		if pairs[i] != "" {
			p.Type(fields[i], pairs[i])
		}
	}
}

func TestCivicFits(t *testing.T) {
	uitest.Matrix(t, func(t *testing.T, o uitest.Options) {
		o.Size = fyne.NewSize(900, 900)
		if o.TextSize == settings.TextLargest {
			o.Size = fyne.NewSize(900, 1400)
		}
		p := show(t, o)
		p.civic()
		p.Check()
		p.Draw("prefs-civic")
		p.fill("市民服务", "https://311.example.cn/v2", "cn.demo", "key")
		p.Press("prefs.channel.service.read")
		p.Check()
		p.Golden("civic")
		p.Press("prefs.channel.save")
		p.Check()
		p.Draw("prefs-civic-none-chosen")
	})
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

// A civic server is asked for its services before it is added, and one of them is
// chosen.
func TestAddingACivicServer(t *testing.T) {
	p := show(t, uitest.Options{Language: l10n.English, Size: fyne.NewSize(900, 1000)})
	p.civic()
	if p.Shows("prefs.channel.token.help") || !p.Shows("prefs.channel.key.help") || !p.Shows("prefs.channel.jurisdiction.help") {
		t.Errorf("%q", p.Texts())
	}
	p.fill("City", "https://311.example.cn/v2", "cn.demo", " city-key ")
	p.Press("prefs.channel.save")
	if len(p.channels.added) != 0 || !p.Shows("err.channel.service_required") {
		t.Errorf("a service is needed: %q", p.Texts())
	}
	p.Press("prefs.channel.service.read")
	want := filing.ChannelInput{
		Name: "City", Kind: domain.ChannelOpen311, URL: "https://311.example.cn/v2", Token: "city-key", Jurisdiction: "cn.demo",
	}
	if diff := cmp.Diff([]filing.ChannelInput{want}, p.channels.asked); diff != "" {
		t.Errorf("-want +got:\n%s", diff)
	}
	uitest.All[*kit.Choice[string]](p.Harness)[0].SetSelected("电话骚扰 Nuisance calls (0207)")
	p.Press("prefs.channel.save")
	want.ServiceCode = "0207"
	if diff := cmp.Diff([]filing.ChannelInput{want}, p.channels.added); diff != "" {
		t.Errorf("-want +got:\n%s", diff)
	}
	if kit.Dialogs(p.Window.Canvas()) || !slices.Equal(p.channels.deeds, []string{"test City"}) {
		t.Errorf("deeds %v", p.channels.deeds)
	}
	if !p.Reads("Nuisance calls") || !p.Reads("来电号码") {
		t.Errorf("the test says what it requires: %q", p.Texts())
	}
}

// What is wrong is shown at the field that the user sees, and a server that does
// not answer, or has nothing, says so.
func TestCivicServerThatIsNone(t *testing.T) {
	p := show(t, uitest.Options{Language: l10n.English, Size: fyne.NewSize(900, 1000)})
	p.civic()
	p.channels.services = nil
	p.Press("prefs.channel.service.read")
	if !p.Shows("err.channel.services_none") {
		t.Errorf("%q", p.Texts())
	}
	p.channels.err = domain.E("", domain.Conflict, "channel.not_open311", nil, nil)
	p.Press("prefs.channel.service.read")
	if !p.Shows("err.channel.not_open311") || p.Shows("err.channel.services_none") {
		t.Errorf("%q", p.Texts())
	}
	p.channels.err, p.channels.services = nil, civicServices()[:1]
	p.Press("prefs.channel.service.read") // the only one is chosen
	p.channels.addErr = domain.Problems{domain.E("", domain.Invalid, "channel.token_invalid", nil, nil).At("/token")}
	p.Press("prefs.channel.save")
	if !p.Shows("err.channel.token_invalid") || len(p.channels.added) != 1 || p.channels.added[0].ServiceCode != "0101" {
		t.Errorf("%+v, %q", p.channels.added, p.Texts())
	}
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

func TestDeedsOfACivicServer(t *testing.T) {
	c := domain.Channel{Kind: domain.ChannelOpen311, URL: "https://311.example.cn", Default: true}
	want := []prefs.Deed{prefs.DeedPause, prefs.DeedService, prefs.DeedToken}
	if got := prefs.Deeds(c, 1, time.Now()); !slices.Equal(got, want) {
		t.Errorf("%v", got)
	}
}
