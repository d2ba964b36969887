package endpoint_test

import (
	"testing"

	"fyne.io/fyne/v2"
	"github.com/google/go-cmp/cmp"

	"quietline/internal/domain"
	"quietline/internal/filing"
	"quietline/internal/l10n"
	"quietline/internal/settings"
	"quietline/internal/ui/endpoint"
	"quietline/internal/ui/kit"
	"quietline/internal/ui/uitest"
)

type page struct {
	*uitest.Harness
	m      *endpoint.Model
	filing *fakeFiling
}

func show(t *testing.T, o uitest.Options, onlyFile bool) *page {
	t.Helper()
	if o.TextSize == settings.TextLargest {
		o.Size = fyne.NewSize(1000, 1150)
	}
	p := &page{Harness: uitest.New(t, o), filing: &fakeFiling{caps: answer()}}
	p.m = model(p.filing, onlyFile)
	p.Show(endpoint.NewPage(p.Env, p.m), kit.RouteAddChannel(kit.PageSettings))
	return p
}

// kind chooses a kind and goes on.
func (p *page) kind(k domain.ChannelKind) {
	p.T.Helper()
	p.Press("endpoint.kind." + string(k))
	p.Press("kit.next")
}

// address enters one and goes on.
func (p *page) address(url string) {
	p.T.Helper()
	p.Type(uitest.All[*kit.Entry](p.Harness)[0], url)
	p.Press("kit.next")
}

// toTest goes to the test of an intake endpoint.
func (p *page) toTest() {
	p.T.Helper()
	p.kind(domain.ChannelIntake)
	p.address("https://intake.example.cn")
	p.Type(uitest.All[*kit.Entry](p.Harness)[0], "s3cret")
	p.Press("kit.next")
}

func fault(key string) error { return domain.E("t", domain.Unavailable, key, nil, nil) }

// TestEveryStepFits shows every step, also with what can go wrong in it.
func TestEveryStepFits(t *testing.T) {
	for name, to := range map[string]func(*page){
		"kind":        func(*page) {},
		"kind-chosen": func(p *page) { p.Press("endpoint.kind.assisted") },
		"address":     func(p *page) { p.kind(domain.ChannelIntake) },
		"address-wrong": func(p *page) {
			p.kind(domain.ChannelIntake)
			p.filing.checkErr = domain.E("t", domain.Invalid, "channel.https_required", nil, nil).At("/url")
			p.address("http://intake.example.cn")
		},
		"address-civic": func(p *page) {
			p.kind(domain.ChannelOpen311)
			p.m.CAFile = "/home/lin/Office CA.pem"
			p.Rebuild()
		},
		"token": func(p *page) {
			p.kind(domain.ChannelIntake)
			p.address("https://intake.example.cn")
		},
		"key": func(p *page) {
			p.kind(domain.ChannelOpen311)
			p.address("https://311.example.cn/v2")
		},
		"service": func(p *page) { p.civic() },
		"test":    func(p *page) { p.toTest() },
		"test-passed": func(p *page) {
			p.toTest()
			p.Press("endpoint.test.do")
		},
		"test-civic": func(p *page) {
			p.civic()
			p.Press2("电话骚扰（0207）", "电话骚扰 (0207)")
			p.Press("kit.next")
			p.Press("endpoint.test.do")
		},
		"test-practice": func(p *page) {
			p.filing.caps.Practice = true
			p.toTest()
			p.Press("endpoint.test.do")
		},
		"name": func(p *page) {
			p.toTest()
			p.Press("endpoint.test.do")
			p.Press("kit.next")
		},
		"name-assisted": func(p *page) { p.kind(domain.ChannelAssisted) },
	} {
		t.Run(name, func(t *testing.T) {
			uitest.Matrix(t, func(t *testing.T, o uitest.Options) {
				p := show(t, o, false)
				to(p)
				p.Check()
				p.Golden(name)
				p.Draw("endpoint-" + name)
			})
		})
	}
}

func TestEveryFailedTestFits(t *testing.T) {
	for name, key := range map[string]string{
		"network": "channel.dns_failed", "address": "channel.not_intake", "certificate": "channel.tls_failed", "token": "channel.unauthorised",
		"version": "channel.version_unsupported", "redirect": "channel.redirect_refused", "later": "channel.endpoint_down",
	} {
		t.Run(name, func(t *testing.T) {
			uitest.Matrix(t, func(t *testing.T, o uitest.Options) {
				p := show(t, o, true)
				p.toTest()
				p.filing.tryErr = fault(key)
				p.Press("endpoint.test.do")
				if !p.Shows("err."+key) || !p.Shows("endpoint.mend."+name) || p.Shows("kit.next") {
					t.Errorf("%q", p.Texts())
				}
				p.Check()
				p.Golden("failed-" + name)
				p.Draw("endpoint-failed-" + name)
			})
		})
	}
}

func TestWithoutAKeyringFits(t *testing.T) {
	uitest.Matrix(t, func(t *testing.T, o uitest.Options) {
		p := show(t, o, true)
		p.kind(domain.ChannelIntake)
		p.address("https://intake.example.cn")
		if !p.Shows("endpoint.token.file") || p.Shows("endpoint.token.keyring") {
			t.Errorf("%q", p.Texts())
		}
		p.Check()
		p.Golden("token-file")
		p.Draw("endpoint-token-file")
		p.m.URL = "https://intake.example.cn"
		p.Press("kit.next")
		p.filing.tryErr = fault("channel.unreachable")
		p.Press("endpoint.test.do")
		p.Press("endpoint.anyway")
		p.Check()
		p.Golden("anyway")
		p.Draw("endpoint-anyway")
	})
}

// civic goes to the services of a civic server and reads them.
func (p *page) civic() {
	p.T.Helper()
	p.filing.caps = services()
	p.kind(domain.ChannelOpen311)
	p.address("https://311.example.cn")
	p.Press("kit.next")
	p.Press("prefs.channel.service.read")
}

// Press2 presses the button with the Chinese or the English words.
func (p *page) Press2(zh, en string) {
	p.T.Helper()
	text := zh
	if p.Options.Language == l10n.English {
		text = en
	}
	p.Button(text).OnTapped()
	p.Layout()
}

// From the first step to the end: nothing is asked before Test is pressed, and
// nothing added before the last button.
func TestSettingUpAnEndpoint(t *testing.T) {
	p := show(t, uitest.Options{Language: l10n.English}, false)
	if b := p.Button(p.Env.T("kit.next")); !b.Disabled() {
		t.Error("no kind is chosen")
	}
	p.toTest()
	if len(p.filing.tried) != 0 {
		t.Fatal("asked without being told to")
	}
	p.Press("endpoint.test.do")
	for _, words := range []string{answer().Name, "At most 20 calls", "At most 90 days", "Everything but", "5 complaints a second", "10 MB", "JPEG"} {
		if !p.Reads(words) {
			t.Errorf("nothing about %q in %q", words, p.Texts())
		}
	}
	p.Press("kit.next")
	if len(p.filing.added) != 0 || !p.Shows("endpoint.becomes") {
		t.Fatalf("%+v %q", p.filing.added, p.Texts())
	}
	p.Type(uitest.All[*kit.Entry](p.Harness)[0], "Office")
	p.Press("endpoint.add")
	caps := answer()
	want := filing.ChannelInput{Name: "Office", Kind: domain.ChannelIntake, URL: "https://intake.example.cn", Token: "s3cret", Tested: &caps}
	if diff := cmp.Diff([]filing.ChannelInput{want}, p.filing.added); diff != "" {
		t.Error(diff)
	}
	back := kit.Route{Page: kit.PageSettings, Action: kit.ActionAdded, ID: "Office"}
	if len(p.Routes) != 1 || p.Routes[0] != back || len(p.Toasts) != 1 || p.m.Unsaved() {
		t.Errorf("%+v %q", p.Routes, p.Toasts)
	}
}

func TestAddingAnyway(t *testing.T) {
	p := show(t, uitest.Options{Language: l10n.English}, false)
	p.toTest()
	p.filing.tryErr = fault("channel.unauthorised")
	p.Press("endpoint.test.do")
	p.Press("endpoint.mend.token.do")
	token := uitest.All[*kit.Entry](p.Harness)[0]
	if token.Text != "s3cret" || p.Window.Canvas().Focused() != token {
		t.Errorf("%q", token.Text)
	}
	p.Press("kit.next")
	p.Press("endpoint.anyway")
	if len(p.filing.added) != 0 || !p.Shows("endpoint.anyway.text") {
		t.Fatalf("%q", p.Texts())
	}
	p.Key(fyne.KeyEscape)
	if kit.Dialogs(p.Window.Canvas()) || !p.Shows("endpoint.test.title") {
		t.Fatalf("%q", p.Texts())
	}
	p.Press("endpoint.anyway")
	buttons := p.Buttons("endpoint.anyway")
	buttons[len(buttons)-1].OnTapped()
	p.Layout()
	if !p.Shows("endpoint.untested") {
		t.Fatalf("%q", p.Texts())
	}
	p.Type(uitest.All[*kit.Entry](p.Harness)[0], "Office")
	p.filing.addErr = domain.Problems{domain.E("t", domain.Conflict, "channel.name_taken", nil, nil).At("/name")}
	p.Press("endpoint.add")
	if !p.Shows("err.channel.name_taken") || len(p.Routes) != 0 || uitest.All[*kit.Entry](p.Harness)[0].Text != "Office" {
		t.Errorf("%q", p.Texts())
	}
	p.filing.addErr = nil
	p.Press("endpoint.add")
	if len(p.Routes) != 1 || p.filing.added[1].Tested != nil {
		t.Errorf("%+v %+v", p.Routes, p.filing.added)
	}
}

// While an endpoint is asked, nothing else can be begun; the user can stop it.
func TestStoppingATest(t *testing.T) {
	p := show(t, uitest.Options{Language: l10n.English}, false)
	p.toTest()
	p.Hold = true
	p.Press("endpoint.test.do")
	if !p.Shows("endpoint.test.running") || p.Shows("endpoint.test.do") || !p.Button(p.Env.T("kit.back")).Disabled() {
		t.Fatalf("%q", p.Texts())
	}
	p.Press("endpoint.test.stop")
	p.filing.tryErr = domain.E("t", domain.Cancelled, "cancelled", nil, nil)
	p.Release()
	if !p.Shows("endpoint.mend.stopped") || p.m.Busy {
		t.Fatalf("%q", p.Texts())
	}
	p.filing.tryErr = nil
	p.Press("endpoint.test.again")
	if !p.Shows("endpoint.answers") {
		t.Fatalf("%q", p.Texts())
	}
}

func TestACivicServerIsAskedForItsServices(t *testing.T) {
	p := show(t, uitest.Options{Language: l10n.English}, false)
	p.filing.caps = services()
	p.filing.tryErr = fault("channel.not_open311")
	p.kind(domain.ChannelOpen311)
	p.address("https://311.example.cn")
	p.filing.checkErr = domain.Problems{domain.E("t", domain.Invalid, "channel.token_invalid", nil, nil).At("/token")}
	p.Type(uitest.All[*kit.Entry](p.Harness)[0], "a key")
	p.Press("kit.next")
	if !p.Shows("err.channel.token_invalid") {
		t.Errorf("%q", p.Texts())
	}
	p.filing.checkErr = nil
	p.Press("kit.next")
	p.Press("prefs.channel.service.read")
	if !p.Shows("err.channel.not_open311") || !p.Shows("endpoint.mend.address") {
		t.Errorf("%q", p.Texts())
	}
	p.filing.tryErr = nil
	p.Press("prefs.channel.service.read")
	p.Press2("", "电话骚扰 (0207)")
	p.Press("kit.next")
	p.Press("endpoint.test.do")
	if !p.Reads("来电号码") || p.Reads("备注") {
		t.Errorf("what it requires: %q", p.Texts())
	}
	p.Press("kit.next")
	p.Press("endpoint.add")
	if got := p.filing.added; len(got) != 1 || got[0].ServiceCode != "0207" || got[0].Name != "电话骚扰" || got[0].Token != "a key" {
		t.Errorf("%+v", got)
	}
}

// What was typed is not thrown away without asking, and stays when the language
// changes.
func TestLeaving(t *testing.T) {
	p := show(t, uitest.Options{Language: l10n.English}, false)
	p.kind(domain.ChannelIntake)
	p.Type(uitest.All[*kit.Entry](p.Harness)[0], "https://typed.example.cn")
	p.SetLanguage(l10n.Chinese)
	if got := uitest.All[*kit.Entry](p.Harness)[0].Text; got != "https://typed.example.cn" {
		t.Errorf("%q", got)
	}
	p.Press("endpoint.away")
	if len(p.Routes) != 0 {
		t.Fatal("left without asking")
	}
	p.Press("kit.discard.yes")
	if len(p.Routes) != 1 || p.Routes[0] != (kit.Route{Page: kit.PageSettings}) || p.m.Unsaved() {
		t.Errorf("%+v", p.Routes)
	}
}

func TestEverythingByKeyboard(t *testing.T) {
	p := show(t, uitest.Options{Language: l10n.English}, false)
	if missed := p.Unreached(20); len(missed) != 0 {
		t.Errorf("%q", missed)
	}
	p.toTest()
	p.filing.tryErr = fault("channel.unauthorised")
	p.Press("endpoint.test.do")
	if missed := p.Unreached(20); len(missed) != 0 {
		t.Errorf("%q", missed)
	}
}
