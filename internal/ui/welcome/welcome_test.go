package welcome_test

import (
	"context"
	"slices"
	"testing"

	"fyne.io/fyne/v2"

	"quietline/internal/domain"
	"quietline/internal/l10n"
	"quietline/internal/settings"
	"quietline/internal/ui/family"
	"quietline/internal/ui/kit"
	"quietline/internal/ui/uitest"
	"quietline/internal/ui/welcome"
)

// world is what is behind the page, in memory.
type world struct {
	now      settings.All
	stored   []settings.All
	people   []domain.Person
	saved    []family.Draft
	ids      []domain.PersonID
	channels []domain.Channel
	seen     int
	err      error // of everything that is stored
	loadErr  error
	rebuild  func()
}

func (w *world) InForce() settings.All { return w.now }

func (w *world) Choose(_ context.Context, _, next settings.All) error {
	w.stored = append(w.stored, next)
	return w.err
}

func (w *world) Chosen(next settings.All) {
	w.now = next
	w.rebuild()
}

func (w *world) People(context.Context) ([]domain.Person, error) {
	return slices.Clone(w.people), w.loadErr
}

func (w *world) Add(_ context.Context, d family.Draft) (domain.Person, error) {
	return w.save(domain.PersonID(len(w.people)+1), d)
}

func (w *world) Update(_ context.Context, id domain.PersonID, d family.Draft) (domain.Person, error) {
	return w.save(id, d)
}

func (w *world) save(id domain.PersonID, d family.Draft) (domain.Person, error) {
	w.saved, w.ids = append(w.saved, d), append(w.ids, id)
	p := domain.Person{ID: id, Name: d.Name, Relation: d.Relation, Province: d.Province, Authority: d.Authority, Numbers: d.Numbers}
	if w.err != nil {
		return domain.Person{}, w.err
	}
	if int(id) > len(w.people) {
		w.people = append(w.people, p)
	} else {
		w.people[id-1] = p
	}
	return p, nil
}

type page struct {
	*uitest.Harness
	*world
	m    *welcome.Model
	page kit.Page
}

func practice() domain.Channel {
	return domain.Channel{Name: domain.PracticeChannelName, Kind: domain.ChannelIntake, URL: domain.PracticeURL, Default: true}
}

func show(t *testing.T, o uitest.Options) *page {
	t.Helper()
	if o.TextSize == settings.TextLargest {
		o.Size = fyne.NewSize(1000, 1250)
	}
	h := uitest.New(t, o)
	w := &world{
		now:      settings.All{Language: h.Options.Language, TextSize: h.Options.TextSize, Theme: h.Options.Theme},
		people:   []domain.Person{{ID: domain.SelfID, Name: domain.SelfName, Relation: domain.RelationSelf}},
		channels: []domain.Channel{practice()},
	}
	p := &page{Harness: h, world: w}
	p.m = welcome.NewModel(welcome.Params{
		Settings: w, People: w,
		Channels:  func(context.Context) ([]domain.Channel, error) { return slices.Clone(w.channels), nil },
		Provinces: []domain.Province{{Code: "34", NameZH: "安徽", NameEN: "Anhui"}, {Code: "31", NameZH: "上海", NameEN: "Shanghai"}},
		Seen: func(context.Context) error {
			w.seen++
			return w.err
		},
	})
	w.rebuild = func() {
		h.Env.Printer.SetLanguage(w.now.Language)
		h.Rebuild()
	}
	p.page = welcome.NewPage(h.Env, p.m)
	h.Show(p.page, kit.Route{Page: kit.PageWelcome})
	return p
}

func (p *page) field(i int) *kit.Entry { return uitest.All[*kit.Entry](p.Harness)[i] }

// next goes on so many steps.
func (p *page) next(n int) {
	p.T.Helper()
	for range n {
		p.Press("kit.next")
	}
}

func (p *page) care(name string, r domain.Relation) {
	p.T.Helper()
	p.Type(p.field(0), name)
	uitest.All[*kit.Choice[domain.Relation]](p.Harness)[0].SetSelected(p.Env.Printer.Term("relation", string(r)))
	p.Layout()
}

func TestEveryStepFits(t *testing.T) {
	for name, to := range map[string]func(*page){
		"look": func(*page) {},
		"self": func(p *page) { p.next(1) },
		"care": func(p *page) { p.next(2) },
		"care-some": func(p *page) {
			p.next(2)
			p.care("妈妈", domain.RelationChild)
			p.Press("welcome.care.more")
		},
		"care-wrong": func(p *page) {
			p.next(2)
			p.err = domain.Problems{domain.E("t", domain.Invalid, "person.relation_required", nil, nil).At("/relation")}
			p.Type(p.field(0), "妈妈")
			p.Press("kit.next")
		},
		"file": func(p *page) { p.next(3) },
		"done": func(p *page) { p.next(4) },
		"done-real": func(p *page) {
			p.people = append(p.people, domain.Person{ID: 2, Name: "妈妈", Relation: domain.RelationChild})
			p.channels = append([]domain.Channel{{Name: "安徽受理中心", URL: "https://intake.example.cn", Default: true}}, p.channels...)
			p.channels[1].Default = false
			p.Show(p.page, kit.Route{Page: kit.PageWelcome, Action: kit.ActionAdded, ID: "安徽受理中心"})
		},
		"failed": func(p *page) {
			p.loadErr = domain.E("t", domain.Unavailable, "internal", nil, nil)
			p.Show(p.page, kit.Route{Page: kit.PageWelcome})
		},
	} {
		t.Run(name, func(t *testing.T) {
			uitest.Matrix(t, func(t *testing.T, o uitest.Options) {
				p := show(t, o)
				to(p)
				p.Check()
				p.Golden(name)
				p.Draw("welcome-" + name)
			})
		})
	}
}

// Language and text size are there at once.
func TestTheLookIsAppliedLive(t *testing.T) {
	p := show(t, uitest.Options{Language: l10n.English})
	p.Press("prefs.language.zh")
	if p.Env.Printer.Language() != l10n.Chinese || !p.Shows("welcome.look.title") || len(p.stored) != 1 {
		t.Fatalf("%q %+v", p.Texts(), p.stored)
	}
	p.Press("prefs.size.largest")
	if want := (settings.All{Language: l10n.Chinese, TextSize: settings.TextLargest, Theme: settings.ThemeLight}); p.now != want {
		t.Fatalf("the second choice forgot the first: %+v", p.now)
	}
}

func TestFromTheFirstStepToTheLast(t *testing.T) {
	p := show(t, uitest.Options{Language: l10n.English})
	p.next(1)
	p.Type(p.field(0), " 林秀兰 ")
	uitest.All[*kit.Choice[string]](p.Harness)[0].SetSelected("Anhui")
	p.next(1)
	p.care("妈妈", domain.RelationChild)
	p.Press("welcome.care.more")
	if p.field(0).Text != "" || !p.Reads("妈妈") {
		t.Fatalf("%q", p.Texts())
	}
	p.care("王大爷", domain.RelationVolunteer)
	p.next(2)
	if want := []domain.PersonID{1, 2, 3}; !slices.Equal(p.ids, want) {
		t.Fatalf("%v", p.ids)
	}
	self := p.saved[0]
	if self.Name != "林秀兰" || self.Province != "安徽" || self.Relation != domain.RelationSelf || p.saved[2].Relation != domain.RelationVolunteer {
		t.Errorf("%+v", p.saved)
	}
	if !p.Reads("林秀兰") || !p.Reads("妈妈; 王大爷") || !p.Shows("kit.practice") {
		t.Errorf("%q", p.Texts())
	}
	p.Press("welcome.done.begin")
	if p.seen != 1 || len(p.Routes) != 1 || p.Routes[0] != (kit.Route{Page: kit.PageHome}) {
		t.Errorf("%d %+v", p.seen, p.Routes)
	}
}

// Each step can be skipped, and all of them; nothing is stored then.
func TestSkipping(t *testing.T) {
	p := show(t, uitest.Options{})
	p.next(1)
	for range 3 {
		p.Press("welcome.skip")
	}
	if !p.Shows("welcome.done.title") || len(p.saved) != 0 {
		t.Fatalf("%+v %q", p.saved, p.Texts())
	}
	for _, steps := range []int{0, 1, 2, 3} {
		p := show(t, uitest.Options{})
		p.next(steps)
		p.Press("welcome.away")
		if p.seen != 1 || len(p.Routes) != 1 || len(p.saved) != 0 {
			t.Errorf("step %d: %d %+v %+v", steps, p.seen, p.Routes, p.saved)
		}
	}
}

func TestWhatIsTypedIsNotThrownAway(t *testing.T) {
	p := show(t, uitest.Options{Language: l10n.English})
	p.next(1)
	p.Type(p.field(0), "Lin")
	p.Press("kit.back")
	p.next(1)
	if p.field(0).Text != "Lin" {
		t.Fatal("going back lost it")
	}
	p.Press("welcome.skip")
	p.Type(p.field(0), "Mum")
	p.Press("kit.back")
	p.SetLanguage(l10n.Chinese)
	p.Press("welcome.skip")
	if p.field(0).Text != "Mum" || len(p.saved) != 0 {
		t.Fatal("going back lost it")
	}
	p.Press("welcome.away")
	if p.seen != 0 || len(p.Routes) != 0 || !p.Shows("kit.discard") {
		t.Fatal("left without asking")
	}
	p.Press("kit.discard.yes")
	if p.seen != 1 {
		t.Error("not left")
	}
}

// A refused name stays where it was typed, and is said at its field.
func TestARefusedPersonIsSaidAtTheField(t *testing.T) {
	p := show(t, uitest.Options{Language: l10n.English})
	p.next(2)
	p.err = domain.Problems{domain.E("t", domain.Conflict, "person.name_taken", nil, nil).At("/name")}
	p.care("Mum", domain.RelationChild)
	p.next(1)
	if !p.Shows("err.person.name_taken") || p.field(0).Text != "Mum" || p.Window.Canvas().Focused() != p.field(0) {
		t.Fatalf("%q", p.Texts())
	}
	p.err = nil
	p.next(1)
	if !p.Shows("welcome.file.title") {
		t.Errorf("%q", p.Texts())
	}
}

// Somebody who was entered wrongly is corrected, not added once more.
func TestCorrectingSomebody(t *testing.T) {
	p := show(t, uitest.Options{Language: l10n.English})
	p.people = append(p.people, domain.Person{
		ID: 2, Name: "Mun", Relation: domain.RelationChild, Authority: domain.AuthorityOral, Numbers: []string{"139"},
	})
	p.Show(p.page, kit.RouteWelcome())
	p.next(2)
	p.Press("family.edit")
	p.Type(p.field(0), "Mum")
	p.next(1)
	if len(p.people) != 2 || p.people[1].Name != "Mum" || p.people[1].Authority != domain.AuthorityOral || len(p.people[1].Numbers) != 1 {
		t.Errorf("%+v", p.people)
	}
}

func TestFilingForRealOpensTheAssistant(t *testing.T) {
	p := show(t, uitest.Options{Language: l10n.English})
	p.next(3)
	p.Press("welcome.file.real")
	p.next(1)
	if len(p.Routes) != 1 || p.Routes[0] != kit.RouteAddChannel(kit.PageWelcome) {
		t.Fatalf("%+v", p.Routes)
	}
	// Cancelled there, it comes back to the question.
	p.Show(p.page, kit.Route{Page: kit.PageWelcome})
	if !p.Shows("welcome.file.title") {
		t.Fatalf("%q", p.Texts())
	}
	p.channels = []domain.Channel{{Name: "Office", URL: "https://a.example.cn", Default: true}, {URL: domain.PracticeURL}}
	p.Show(p.page, kit.Route{Page: kit.PageWelcome, Action: kit.ActionAdded, ID: "Office"})
	if !p.Shows("welcome.done.title") || !p.Reads("Office") || p.Shows("kit.practice") {
		t.Fatalf("%q", p.Texts())
	}
}

// From the settings it begins anew with what is known, and leads back there.
func TestAgainFromTheSettings(t *testing.T) {
	p := show(t, uitest.Options{Language: l10n.English})
	p.people[0].Name = "Lin"
	p.next(3)
	p.Show(p.page, kit.RouteWelcome())
	p.next(1)
	if p.field(0).Text != "Lin" {
		t.Fatalf("%q", p.Texts())
	}
	p.Press("welcome.away")
	if len(p.Routes) != 1 || p.Routes[0].Page != kit.PageSettings {
		t.Errorf("%+v", p.Routes)
	}
}

// Where it cannot be noted that the first steps were shown, the user goes on all
// the same.
func TestNotNotedStopsNobody(t *testing.T) {
	p := show(t, uitest.Options{})
	p.err = domain.E("t", domain.Denied, "internal", nil, nil)
	p.Press("welcome.away")
	if len(p.Routes) != 1 {
		t.Errorf("%q", p.Texts())
	}
}

func TestEverythingByKeyboard(t *testing.T) {
	p := show(t, uitest.Options{Language: l10n.English})
	for step := range 5 {
		if missed := p.Unreached(30); len(missed) != 0 {
			t.Errorf("step %d: %q", step, missed)
		}
		if step < 4 {
			p.next(1)
		}
	}
}

// Whoever presses a button twice stores somebody once.
func TestPressingTwiceStoresOnce(t *testing.T) {
	p := show(t, uitest.Options{Language: l10n.English})
	p.next(2)
	p.care("Mum", domain.RelationChild)
	p.Hold = true
	p.Press("welcome.care.more")
	p.Press("welcome.care.more")
	p.Release()
	if len(p.saved) != 1 || p.m.Busy {
		t.Errorf("%+v", p.saved)
	}
}
