package main

import (
	"net/http"
	"net/http/httptest"
	"path/filepath"
	"testing"

	"fyne.io/fyne/v2"

	"quietline/internal/domain"
	"quietline/internal/filing"
	"quietline/internal/l10n"
	"quietline/internal/settings"
	"quietline/internal/ui/family"
	"quietline/internal/ui/kit"
	"quietline/internal/ui/uitest"
)

// newFirst opens the window on a workspace that nothing was done with yet.
func newFirst(t *testing.T, dir string) *desk {
	t.Helper()
	h := uitest.New(t, uitest.Options{Language: l10n.English})
	p, dp := deskParams(t, h, dir)
	dp.options.demo = false
	opened, err := p.open(t.Context(), dp)
	if err != nil {
		t.Fatal(err)
	}
	d := &desk{Harness: h, desktop: opened}
	h.Layout()
	return d
}

func closed(t *testing.T, d *desk) {
	t.Helper()
	if err := d.end(); err != nil {
		t.Fatal(err)
	}
}

// office is an endpoint that wants a token and says what it takes.
func office(t *testing.T) *httptest.Server {
	t.Helper()
	s := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		w.Header().Set("Content-Type", "application/json")
		switch {
		case r.URL.Path != "/v1/capabilities":
			t.Errorf("asked for %s", r.URL)
			w.WriteHeader(http.StatusTeapot)
		case r.Header.Get("Authorization") != "Bearer right":
			w.WriteHeader(http.StatusUnauthorized)
		default:
			_, _ = w.Write([]byte(`{"name":"Anhui office","api_version":"1","practice":false,"categories":["loan"],"techniques":[],
				"max_calls_per_complaint":5,"max_call_age_days":30,"max_evidence_bytes":1048576,"evidence_types":["image/png"],
				"rate_limit_per_second":2,"on_behalf_allowed":true}`))
		}
	}))
	t.Cleanup(s.Close)
	return s
}

func (d *desk) entry(i int) *kit.Entry { return uitest.All[*kit.Entry](d.Harness)[i] }

// From the first start to an endpoint that works, by the real use cases against a
// real server: a wrong token is refused, nothing is added before the test passes,
// and the next start is the first page.
func TestFirstStartToAWorkingEndpoint(t *testing.T) {
	dir, server := filepath.Join(t.TempDir(), "data"), office(t)
	d := newFirst(t, dir)
	if !d.Shows("welcome.look.title") || d.Shows("home.title") {
		t.Fatalf("%q", d.Texts())
	}
	d.Shortcut(fyne.Key4, fyne.KeyModifierShortcutDefault)
	if d.shell.Route().Page != kit.PageWelcome {
		t.Fatal("a shortcut leads away")
	}
	d.Press("prefs.language.zh")
	d.Press("prefs.size.largest")
	d.Press("kit.next")
	d.Type(d.entry(0), "林秀兰")
	d.Press("kit.next")
	d.Type(d.entry(0), "妈妈")
	uitest.All[*kit.Choice[domain.Relation]](d.Harness)[0].SetSelected(d.shell.Env().Printer.Term("relation", "child"))
	d.Press("kit.next")
	d.Press("welcome.file.real")
	d.Press("kit.next")
	d.Press("endpoint.kind.intake")
	d.Press("kit.next")
	d.Type(d.entry(0), "http://intake.example.cn")
	d.Press("kit.next")
	if !d.Shows("err.channel.https_required") {
		t.Fatalf("%q", d.Texts())
	}
	d.Type(d.entry(0), server.URL)
	d.Press("kit.next")
	if !d.Shows("endpoint.token.file") { // the test has no keyring
		t.Errorf("%q", d.Texts())
	}
	d.Type(d.entry(0), "wrong")
	d.Press("kit.next")
	d.Press("endpoint.test.do")
	if !d.Shows("err.channel.unauthorised") || !d.Shows("endpoint.mend.token") {
		t.Fatalf("%q", d.Texts())
	}
	d.Press("endpoint.mend.token.do")
	d.Type(d.entry(0), "right")
	d.Press("kit.next")
	d.Press("endpoint.test.do")
	if !d.Reads("Anhui office") || !d.Reads("30") || !d.Shows("endpoint.fact.behalf.yes") {
		t.Fatalf("%q", d.Texts())
	}
	if list, err := d.space.Filing.ChannelsWithoutTokens(t.Context()); len(list) != 1 || err != nil {
		t.Fatalf("added before the last step: %+v %v", list, err)
	}
	d.Press("kit.next")
	d.Press("endpoint.add")
	if d.shell.Route().Page != kit.PageWelcome || !d.Shows("welcome.done.title") || !d.Reads("Anhui office") || d.Shows("kit.practice") {
		t.Fatalf("%q", d.Texts())
	}
	d.Press("welcome.done.begin")
	if d.shell.Route().Page != kit.PageHome {
		t.Error(d.shell.Route())
	}
	list, err := d.space.Filing.Channels(t.Context())
	if err != nil || len(list) != 2 || !list[0].Default || !list[0].HasToken || list[0].Capabilities.MaxCallsPerComplaint != 5 {
		t.Errorf("%+v %v", list, err)
	}
	people, err := d.space.Journal.People(t.Context())
	if err != nil || len(people) != 2 || people[0].Name != "林秀兰" {
		t.Errorf("%+v %v", people, err)
	}
	// The Settings page knows what was chosen here: another choice there forgets
	// none of it.
	d.shell.Go(kit.Route{Page: kit.PageSettings})
	d.Layout()
	d.Press("prefs.theme.contrast")
	want := settings.All{Language: l10n.Chinese, TextSize: settings.TextLargest, Theme: settings.ThemeContrast, Notify: settings.On, Tray: settings.On, Simple: settings.Off, Watch: settings.On}
	if got := d.shell.Settings(); got != want {
		t.Errorf("%+v", got)
	}
	closed(t, d)
	d = newFirst(t, dir)
	if d.shell.Route().Page != kit.PageHome {
		t.Error("the first steps are shown again")
	}
	closed(t, d)
}

func TestFirstStartIsShownOnlyOnWhatIsNew(t *testing.T) {
	for name, use := range map[string]func(*desk) error{
		"skipped": func(d *desk) error {
			d.Press("welcome.away")
			return nil
		},
		"a person": func(d *desk) error {
			_, err := people{d.space.Journal}.Add(t.Context(), family.Draft{Name: "Mum", Relation: domain.RelationChild})
			return err
		},
		"a channel": func(d *desk) error {
			_, err := d.space.Filing.AddChannel(t.Context(), filing.ChannelInput{Name: "12321", Kind: domain.ChannelAssisted})
			return err
		},
		"a call": func(d *desk) error { return sampleData(t.Context(), d.space, d.shell.Env().Printer) },
	} {
		dir := filepath.Join(t.TempDir(), "data")
		closed(t, newFirst(t, dir)) // looked at and closed: shown again
		d := newFirst(t, dir)
		if d.shell.Route().Page != kit.PageWelcome {
			t.Fatalf("%s: %v", name, d.shell.Route())
		}
		if err := use(d); err != nil {
			t.Fatal(name, err)
		}
		closed(t, d)
		d = newFirst(t, dir)
		if d.shell.Route().Page != kit.PageHome {
			t.Errorf("%s: %v", name, d.shell.Route())
		}
		// It can be opened again from the settings, and left again.
		d.shell.Go(kit.Route{Page: kit.PageSettings})
		d.Layout()
		d.Press("prefs.welcome")
		d.Press("welcome.away")
		if d.shell.Route().Page != kit.PageSettings {
			t.Errorf("%s: %v", name, d.shell.Route())
		}
		closed(t, d)
	}
}
