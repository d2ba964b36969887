package prefs_test

import (
	"context"
	"testing"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/test"
	"github.com/google/go-cmp/cmp"

	"quietline/internal/domain"
	"quietline/internal/l10n"
	"quietline/internal/settings"
	"quietline/internal/ui/keeping"
	"quietline/internal/ui/kit"
	"quietline/internal/ui/prefs"
	"quietline/internal/ui/uitest"
)

// fakeChannels keeps endpoints in memory and notes what was asked of it.
type fakeChannels struct {
	list  []domain.Channel
	deeds []string
	err   error // of everything
	caps  domain.Capabilities
	// services are those of every server.
	services []domain.CivicService
}

func (f *fakeChannels) Channels(context.Context) ([]domain.Channel, error) { return f.list, f.err }

func (f *fakeChannels) TestChannel(_ context.Context, name string) (domain.Capabilities, error) {
	f.deeds = append(f.deeds, "test "+name)
	for i, c := range f.list {
		if c.Name == name && f.err == nil && f.caps.Service != nil {
			f.list[i].Capabilities = &f.caps
		}
	}
	return f.caps, f.err
}

func (f *fakeChannels) deed(what, name string) error {
	f.deeds = append(f.deeds, what+" "+name)
	return f.err
}

func (f *fakeChannels) RemoveChannel(_ context.Context, n string) error { return f.deed("remove", n) }

func (f *fakeChannels) SetDefaultChannel(_ context.Context, n string) error {
	return f.deed("default", n)
}

func (f *fakeChannels) PauseChannel(_ context.Context, n string) error { return f.deed("pause", n) }

func (f *fakeChannels) ResumeChannel(_ context.Context, n string) error { return f.deed("resume", n) }

func (f *fakeChannels) SetChannelToken(_ context.Context, n, token string) error {
	return f.deed("token "+token, n)
}

func (f *fakeChannels) ServicesOf(_ context.Context, n string) ([]domain.CivicService, error) {
	return f.services, f.deed("services", n)
}

func (f *fakeChannels) SetService(_ context.Context, n, code string) (domain.Capabilities, error) {
	return f.caps, f.deed("service "+code, n)
}

// memory is a settings.Store.
type memory map[string]string

func (m memory) Settings(context.Context) (map[string]string, error) { return m, nil }

func (m memory) SetSetting(_ context.Context, k, v string) error {
	m[k] = v
	return nil
}

func channels() []domain.Channel {
	return []domain.Channel{
		{Name: "practice", Kind: domain.ChannelIntake, URL: domain.PracticeURL, Default: true},
		{Name: "安徽受理中心", Kind: domain.ChannelIntake, URL: "https://intake.example.cn/v1", HasToken: true, Paused: domain.PausedUnauthorised},
	}
}

type page struct {
	*uitest.Harness
	page     kit.Page
	channels *fakeChannels
	store    memory
	applied  []settings.All
}

func show(t *testing.T, o uitest.Options) *page {
	t.Helper()
	h := uitest.New(t, o)
	p := &page{Harness: h, channels: &fakeChannels{list: channels()}, store: memory{}}
	m := prefs.NewModel(prefs.Params{
		Store:    settings.New(settings.Params{Store: p.store}),
		Channels: p.channels,
		Doctor: func(context.Context) []prefs.Finding {
			return []prefs.Finding{
				{Check: "database", Status: prefs.StatusOK, Text: h.Env.T("doctor.ok.database")},
				{Check: "display", Status: prefs.StatusWarning, Text: h.Env.T("doctor.warn.no_display")},
				{Check: "permissions", Status: prefs.StatusFault, Text: h.Env.T("err.internal")},
			}
		},
		About: prefs.About{
			Version: "0.1.0+a79181ecdfab", Commit: "a79181ecdfab", Date: "2026-11-28", DataDir: "/home/lin/.local/share/quietline",
			Registry: func() domain.RegistryInfo {
				return domain.RegistryInfo{Version: "2024.05", Date: "2024-05-01", Entries: 1234}
			},
		},
		Now:   settings.All{Language: h.Options.Language, TextSize: h.Options.TextSize, Theme: h.Options.Theme, Notify: settings.On, Tray: settings.On},
		Apply: func(a settings.All) { p.applied = append(p.applied, a) },
	})
	p.page = prefs.NewPage(h.Env, m, keeping.New(h.Env, keeping.Params{
		TokensInFile: func() (bool, error) { return false, nil },
	}))
	h.Show(p.page, kit.Route{Page: kit.PageSettings})
	return p
}

func TestPageFits(t *testing.T) {
	uitest.Matrix(t, func(t *testing.T, o uitest.Options) {
		o.Size = fyne.NewSize(900, 3800)
		if o.TextSize == settings.TextLargest {
			o.Size = fyne.NewSize(900, 6000)
		}
		p := show(t, o)
		p.Press("prefs.doctor.run")
		p.Check()
		p.Golden("page")
		p.Draw("prefs")
	})
}

func TestDialogsFit(t *testing.T) {
	uitest.Matrix(t, func(t *testing.T, o uitest.Options) {
		for name, deed := range map[string]string{"token": "prefs.deed.token", "remove": "prefs.deed.remove", "service": "prefs.deed.service"} {
			t.Run(name, func(t *testing.T) {
				o.Size = fyne.NewSize(900, 900)
				p := show(t, o)
				p.channels.list = []domain.Channel{{Name: "安徽受理中心", Kind: domain.ChannelIntake, URL: "https://ah.example.cn", HasToken: true}}
				if name == "service" {
					p.channels.list[0].Kind, p.channels.services = domain.ChannelOpen311, civicServices()
				}
				p.Show(p.page, kit.Route{Page: kit.PageSettings})
				p.Press(deed)
				p.Check()
				p.Golden(name)
				p.Draw("prefs-" + name)
			})
		}
	})
}

func TestChoosingStoresAndApplies(t *testing.T) {
	p := show(t, uitest.Options{Language: l10n.English})
	p.Press("prefs.size.largest")
	want := []settings.All{{Language: l10n.English, TextSize: settings.TextLargest, Theme: settings.ThemeLight, Notify: settings.On, Tray: settings.On}}
	if diff := cmp.Diff(want, p.applied); diff != "" {
		t.Fatal(diff)
	}
	p.Press("prefs.theme.contrast")
	if p.store["text_size"] != "largest" || p.store["theme"] != "contrast" || len(p.store) != 2 {
		t.Fatalf("stored %v", p.store)
	}
	last := p.applied[len(p.applied)-1]
	if last.TextSize != settings.TextLargest || last.Theme != settings.ThemeContrast {
		t.Fatalf("the second choice forgot the first: %+v", last)
	}
}

func TestTrayCanBeSwitchedOff(t *testing.T) {
	p := show(t, uitest.Options{})
	p.Press("prefs.tray.off")
	if p.store["tray"] != "off" || len(p.store) != 1 || len(p.applied) != 1 || p.applied[0].Tray != settings.Off {
		t.Fatalf("stored %v, applied %+v", p.store, p.applied)
	}
}

func TestNotificationsCanBeSwitchedOff(t *testing.T) {
	p := show(t, uitest.Options{})
	p.Press("prefs.notify.off")
	if p.store["notifications"] != "off" || len(p.store) != 1 || len(p.applied) != 1 || p.applied[0].Notify != settings.Off {
		t.Fatalf("stored %v, applied %+v", p.store, p.applied)
	}
	p.Press("prefs.notify.on")
	if p.store["notifications"] != "on" {
		t.Fatalf("stored %v", p.store)
	}
}

func TestDeedsReachTheUseCase(t *testing.T) {
	p := show(t, uitest.Options{})
	p.Press("prefs.deed.default")
	p.Press("prefs.deed.resume")
	p.Press("prefs.deed.pause")
	if diff := cmp.Diff([]string{"default 安徽受理中心", "resume 安徽受理中心", "pause practice"}, p.channels.deeds); diff != "" {
		t.Fatal(diff)
	}
	if diff := cmp.Diff([]string{"channels", "channels", "channels"}, p.Topics); diff != "" {
		t.Fatal(diff)
	}
}

func TestReplacingAToken(t *testing.T) {
	p := show(t, uitest.Options{})
	p.Press("prefs.deed.token")
	entry := uitest.All[*kit.Entry](p.Harness)[0]
	p.Type(entry, " secret ")
	p.Hold = true
	p.Press("prefs.token.save")
	entry.SetText("what is typed later")
	p.Release()
	if diff := cmp.Diff([]string{"token secret 安徽受理中心"}, p.channels.deeds); diff != "" {
		t.Fatal(diff)
	}
	if kit.Dialogs(p.Window.Canvas()) {
		t.Error("the dialog stays")
	}
}

// A channel that its endpoint put off says so, and can be resumed.
func TestChannelOnHold(t *testing.T) {
	p := show(t, uitest.Options{})
	until := p.Clock.Now().Add(time.Hour)
	p.channels.list[0].HoldUntil = until
	p.Env.Announce("channels")
	if !p.Shows("prefs.channel.held", map[string]any{"Time": kit.FormatTime(until)}) {
		t.Errorf("%q", p.Texts())
	}
	test.Tap(p.Buttons("prefs.deed.resume")[0])
	if diff := cmp.Diff([]string{"resume practice"}, p.channels.deeds); diff != "" {
		t.Error(diff)
	}
}

func TestRemovingAsksFirst(t *testing.T) {
	p := show(t, uitest.Options{})
	p.Press("prefs.deed.remove")
	if len(p.channels.deeds) != 0 {
		t.Fatal("removed without asking")
	}
	p.Key(fyne.KeyEscape)
	if kit.Dialogs(p.Window.Canvas()) || len(p.channels.deeds) != 0 {
		t.Fatal("Escape did not take the question away")
	}
	p.Press("prefs.deed.remove")
	var danger []*kit.Button
	for _, b := range uitest.All[*kit.Button](p.Harness) {
		if b.Text == p.Env.T("prefs.deed.remove") {
			danger = append(danger, b)
		}
	}
	danger[len(danger)-1].OnTapped()
	if diff := cmp.Diff([]string{"remove 安徽受理中心"}, p.channels.deeds); diff != "" {
		t.Fatal(diff)
	}
}

// What the user asked for is done, wherever they go meanwhile.
func TestWhatIsStoredOutlastsThePage(t *testing.T) {
	for name, do := range map[string]func(*page){
		"default": func(p *page) { p.Press("prefs.deed.default") },
		"setting": func(p *page) { p.Press("prefs.size.largest") },
	} {
		p := show(t, uitest.Options{})
		p.Hold = true
		do(p)
		settled := false
		p.Env.Jobs.Settle(time.Minute, func(bool) { settled = true })
		if settled {
			t.Errorf("%s: the end of the program does not wait for it", name)
		}
		p.Release()
		if !settled || len(p.channels.deeds)+len(p.store) == 0 {
			t.Errorf("%s: not done", name)
		}
	}
}

// Leaving cancels a test and the diagnostics; coming back, both can be begun
// again.
func TestComingBackFindsNothingBusy(t *testing.T) {
	p := show(t, uitest.Options{})
	p.Hold = true
	test.Tap(p.Buttons("prefs.channel.test")[0])
	p.Layout()
	p.Press("prefs.doctor.run")
	p.Show(p.page, kit.Route{Page: kit.PageSettings})
	p.Release()
	if len(p.Buttons("prefs.channel.test")) != 2 || p.Shows("prefs.doctor.running") {
		t.Fatalf("%q", p.Texts())
	}
	for _, b := range uitest.All[*kit.Button](p.Harness) {
		if b.Disabled() {
			t.Errorf("%s is still disabled", b.Text)
		}
	}
}

func TestFailureOffersRetry(t *testing.T) {
	p := show(t, uitest.Options{Language: l10n.English})
	p.channels.err = domain.E("t", domain.Unavailable, "internal", nil, nil)
	p.Env.Announce("channels")
	p.Layout()
	if !p.Shows("err.internal") || !p.Shows("err.internal.hint") {
		t.Fatalf("no sentence and next step: %q", p.Texts())
	}
	p.channels.err = nil
	p.Press("kit.retry")
	if p.Shows("err.internal") || !p.Reads("https://intake.example.cn/v1") {
		t.Fatalf("not back after trying again: %q", p.Texts())
	}
}

// A channel is added by the assistant, which comes back here.
func TestAddingLeadsToTheAssistant(t *testing.T) {
	p := show(t, uitest.Options{})
	p.Press("prefs.channel.add")
	if len(p.Routes) != 1 || p.Routes[0] != kit.RouteAddChannel(kit.PageSettings) {
		t.Errorf("%+v", p.Routes)
	}
}

func TestNewerListsAreAStepAway(t *testing.T) {
	p := show(t, uitest.Options{Language: l10n.English})
	if !p.Reads("2024.05, newest source of 2024-05-01, 1,234 entries") {
		t.Errorf("texts %q", p.Texts())
	}
	p.Press("prefs.lists.newer")
	if diff := cmp.Diff([]kit.Route{kit.RouteNewer()}, p.Routes); diff != "" {
		t.Error(diff)
	}
}
