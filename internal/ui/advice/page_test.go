package advice

import (
	"context"
	"net/url"
	"strings"
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/test"

	"quietline/assets"
	"quietline/internal/l10n"
	"quietline/internal/settings"
	"quietline/internal/ui/kit"
	"quietline/internal/ui/uitest"
)

// scenes are the states of the page that are kept as goldens.
func scenes() map[string]func(s *stage) {
	return map[string]func(s *stage){
		"list":     func(*stage) {},
		"nothing":  func(s *stage) { s.Type(s.page.list.search, "qqqqqqq") },
		"entry":    func(s *stage) { s.page.model.Open("police") },
		"marks":    func(s *stage) { s.page.model.Open("overseas") },
		"gone":     func(s *stage) { s.Press("advice.gone") },
		"bank":     func(s *stage) { s.Press("advice.gone"); s.Type(s.page.urgent.bank, "行") },
		"bankless": func(s *stage) { s.Press("advice.gone"); s.Type(s.page.urgent.bank, "nobody") },
	}
}

func TestPages(t *testing.T) {
	uitest.Matrix(t, func(t *testing.T, o uitest.Options) {
		for name, scene := range scenes() {
			t.Run(name, func(t *testing.T) {
				s := show(t, o, sample, kit.Route{})
				scene(s)
				s.Check()
				s.Draw("advice." + name)
				s.Golden(name)
			})
		}
	})
}

// TestNarrow shows the page as wide as it is beside the navigation of a window
// of 1000 points.
func TestNarrow(t *testing.T) {
	for _, lang := range l10n.Languages() {
		for size, width := range map[settings.TextSize]float32{settings.TextNormal: 820, settings.TextLargest: 700} {
			o := uitest.Options{Language: lang, TextSize: size, Size: fyne.NewSize(width, 680)}
			for name, scene := range scenes() {
				t.Run(o.Name()+"/"+name, func(t *testing.T) {
					s := show(t, o, sample, kit.Route{})
					scene(s)
					s.Check()
					s.Draw("advice.narrow." + name)
				})
			}
		}
	}
}

// TestShippedEntriesFit opens everything that comes with the program: each
// statement can be read, with its mark and its source.
func TestShippedEntriesFit(t *testing.T) {
	for _, o := range []uitest.Options{
		{Language: l10n.Chinese}, {Language: l10n.English, TextSize: settings.TextLargest},
	} {
		o.Size = fyne.NewSize(1000, 3200) // so that nothing is scrolled away
		s := show(t, o, string(assets.Advice()), kit.Route{})
		for _, x := range s.book.table.Entries() {
			s.page.model.Open(x.ID)
			s.Layout()
			s.Draw("advice.shipped." + x.ID)
			text := strings.Join(strings.Fields(strings.Join(s.Texts(), "")), "")
			reads := func(words string) {
				if !strings.Contains(text, strings.Join(strings.Fields(words), "")) {
					t.Errorf("%s does not show %q", x.ID, words)
				}
			}
			reads(markText(s.Env, x.Certainty))
			reads(sourceText(s.Env, x.Source))
			for _, p := range x.Points {
				reads(say(s.Env, p.Text))
				reads(markText(s.Env, p.Certainty))
				reads(sourceText(s.Env, p.Source))
			}
			s.page.model.ShowUrgent(false)
		}
	}
}

func english() uitest.Options {
	return uitest.Options{Language: l10n.English, Size: fyne.NewSize(1200, 2400)}
}

func TestAdviceIsFoundAndRead(t *testing.T) {
	s := show(t, english(), sample, kit.Route{})
	if s.page.First() != fyne.Focusable(s.page.list.search) || !s.Reads("8 entries, as of list 2026.11.0") {
		t.Errorf("%q", s.Texts())
	}
	s.page.list.groups.SetSelected(s.Env.T("advice.group.rule"))
	s.Layout()
	if s.Reads("Fake police") || !s.Reads("Draft rules") {
		t.Errorf("%q", s.Texts())
	}
	// Who searches finds what stands in another group too.
	s.Type(s.page.list.search, "mcgjf")
	if !s.Reads("1 entry") || !s.Reads("Fake police") || s.page.model.Group() != "" || s.page.list.groups.Selected != s.Env.T("advice.group.all") {
		t.Errorf("%q", s.Texts())
	}
	s.Window.Canvas().Focus(s.page.list.table.Focus())
	s.Key(fyne.KeyReturn)
	for _, words := range []string{"tell nobody", "Source: 某公安 Page.example 2022; 某报", "Our own advice", "One source"} {
		if !s.Reads(words) {
			t.Errorf("no %q in %q", words, s.Texts())
		}
	}
	copies := s.Buttons("kit.copy")
	test.Tap(copies[0])
	got := s.App.Clipboard().Content()
	for _, words := range []string{"[Verified]", "Source: 某公安", "110: Police [Verified]", "comes for the money. [One source]"} {
		if !strings.Contains(got, words) {
			t.Errorf("no %q in %q", words, got)
		}
	}
	test.Tap(copies[1])
	if got := s.App.Clipboard().Content(); got != "110" {
		t.Errorf("%q", got)
	}
	s.Press("advice.back")
	if s.Reads("tell nobody") {
		t.Errorf("%q", s.Texts())
	}
	s.Type(s.page.list.search, "qqqqqq")
	s.Press("advice.all")
	if !s.Reads("8 entries") || s.page.list.search.Text != "" {
		t.Errorf("%q", s.Texts())
	}
}

// What is unverified says so wherever it can be read.
func TestUnverifiedStaysMarked(t *testing.T) {
	s := show(t, english(), sample, kit.RouteAdvice("boss"))
	if !s.Reads("Unverified") || !s.Reads(s.Env.T("advice.source", map[string]any{"Source": s.Env.T("advice.source.none")})) {
		t.Errorf("%q", s.Texts())
	}
	if text := shareText(s.Env, s.page.model.Shown()[2]); !strings.Contains(text, "Money is needed now. [Unverified]") {
		t.Errorf("%q", text)
	}
}

func TestMoneyHasGone(t *testing.T) {
	s := show(t, english(), sample, kit.Route{})
	s.page.model.Open("police")
	s.Press("advice.gone")
	// A field with the keyboard would scroll the numbers away at large text.
	if s.Window.Canvas().Focused() != nil || s.page.First() != nil {
		t.Errorf("%v has the keyboard", s.Window.Canvas().Focused())
	}
	for _, words := range []string{"110", "96110", "Call 110 at once.", "Please help to stop it", "The receipt", "Every minute counts"} {
		if !s.Reads(words) {
			t.Errorf("no %q in %q", words, s.Texts())
		}
	}
	test.Tap(s.Buttons("kit.copy")[1])
	if got := s.App.Clipboard().Content(); got != "96110" {
		t.Errorf("%q", got)
	}
	s.Type(s.page.urgent.bank, "huishang")
	if !s.Reads("96588") || !s.Reads("Huishang Bank 徽商银行 (Anhui)") || !s.Reads("One list says so: metowolf/vCards") || s.Reads("95588") {
		t.Errorf("%q", s.Texts())
	}
	test.Tap(s.Buttons("kit.copy")[2])
	if got := s.App.Clipboard().Content(); got != "96588" {
		t.Errorf("%q", got)
	}
	// The language changes while somebody is here: nothing typed is lost.
	s.SetLanguage(l10n.Chinese)
	if s.page.urgent.bank.Text != "huishang" || !s.Reads("徽商银行（安徽）") {
		t.Errorf("%q", s.Texts())
	}
	s.SetLanguage(l10n.English)
	s.Type(s.page.urgent.bank, "nobody")
	if !s.Shows("advice.bank.nothing") || s.Reads("96588") {
		t.Errorf("%q", s.Texts())
	}
	s.Press("advice.back")
	if s.page.urgent != nil || !s.Reads("tell nobody") {
		t.Errorf("%q", s.Texts())
	}
	// From the list it is found as well.
	s.Type(s.page.list.search, "transferred")
	s.Window.Canvas().Focus(s.page.list.table.Focus())
	s.Key(fyne.KeyReturn)
	if s.page.urgent == nil {
		t.Errorf("%q", s.Texts())
	}
}

// opened is an app that notes the pages it was asked to open.
type opened struct {
	fyne.App
	pages []string
}

func (a *opened) OpenURL(u *url.URL) error {
	a.pages = append(a.pages, u.String())
	return nil
}

func TestPagesOpenOnlyAfterAClick(t *testing.T) {
	s := show(t, english(), sample, kit.Route{})
	app := &opened{App: s.App}
	fyne.SetCurrentApp(app)
	t.Cleanup(func() { fyne.SetCurrentApp(s.App) })
	s.page.model.Open("overseas")
	s.Layout()
	if len(app.pages) != 0 || !s.Reads("https://police.example/codes.html") {
		t.Errorf("%v, %q", app.pages, s.Texts())
	}
	s.Press("advice.open")
	if len(app.pages) != 1 || app.pages[0] != "https://police.example/codes.html" {
		t.Errorf("%v", app.pages)
	}
	copies := s.Buttons("kit.copy")
	test.Tap(copies[1])
	if got := s.App.Clipboard().Content(); got != "GBGJLH" {
		t.Errorf("%q", got)
	}
	test.Tap(copies[2])
	if got := s.App.Clipboard().Content(); got != "KTVOLTE" {
		t.Errorf("%q", got)
	}
}

// A newer list brings its own advice, also while an entry is read.
func TestNewerAdviceIsShown(t *testing.T) {
	s := show(t, english(), sample, kit.RouteAdvice("police"))
	s.book.set(t, strings.ReplaceAll(sample, "You are said to be in a case", "They now say you are in a case"))
	s.page.Changed("calls")
	if s.Reads("They now say") {
		t.Error("read again for nothing")
	}
	s.page.Changed("registry")
	s.Layout()
	if !s.Reads("They now say") {
		t.Errorf("%q", s.Texts())
	}
	var kept []string
	for line := range strings.Lines(sample) {
		if !strings.HasPrefix(line, "police") {
			kept = append(kept, line)
		}
	}
	s.book.set(t, strings.Join(kept, ""))
	s.page.Changed("registry")
	s.Layout()
	if _, open := s.page.model.Opened(); open || !s.Reads("7 entries") {
		t.Errorf("%q", s.Texts())
	}
	s.Press("advice.gone")
	s.book.set(t, strings.ReplaceAll(strings.Join(kept, ""), "Send nothing more", "Really send nothing more"))
	s.page.Changed("registry")
	s.Layout()
	if !s.Reads("Really send nothing more") {
		t.Errorf("%q", s.Texts())
	}
}

func TestEverythingIsReachedByKeyboard(t *testing.T) {
	s := show(t, english(), sample, kit.RouteAdvice("overseas"))
	if left := s.Unreached(60); len(left) > 0 {
		t.Errorf("never reached: %q", left)
	}
	s.Press("advice.gone")
	if left := s.Unreached(60); len(left) > 0 {
		t.Errorf("never reached: %q", left)
	}
}

// Newer advice comes with a list of numbers, so that is where it is looked for.
func TestNewerAdviceIsLookedForWithTheRegistry(t *testing.T) {
	s := show(t, english(), sample, kit.Route{})
	s.Press("advice.newer")
	if len(s.Routes) != 1 || s.Routes[0] != kit.RouteNewer() {
		t.Errorf("%v", s.Routes)
	}
}

// In the program rows come later than the page.
func TestPageIsThereBeforeItsRows(t *testing.T) {
	s := &stage{Harness: uitest.New(t, english()), book: newBook(t, sample)}
	s.Hold = true
	s.page = New(Params{Env: s.Env, Advice: s.book, Registry: uitest.Registry})
	s.page.Content()
	s.page.model.Search("police")
	s.Show(s.page, kit.Route{})
	s.Release()
	if !s.Reads("Fake police") || s.Reads("Draft rules") {
		t.Errorf("%q", s.Texts())
	}
}

func TestSearchByShortcut(t *testing.T) {
	s := show(t, english(), sample, kit.Route{})
	s.Window.Canvas().Unfocus()
	if !s.Env.Obey(kit.CommandSearch) || s.Window.Canvas().Focused() != fyne.Focusable(s.page.list.search) {
		t.Error("Ctrl+F does not lead to the search")
	}
}

// A title says what an entry is about, so all of it is read, also at the largest size.
func TestTitlesAreReadWhole(t *testing.T) {
	o := uitest.Options{Language: l10n.English, TextSize: settings.TextLargest, Size: fyne.NewSize(1000, 700)}
	s := show(t, o, string(assets.Advice()), kit.Route{})
	seen := 0
	s.Window.Canvas().Focus(s.page.list.table.Focus())
	for _, x := range s.page.model.Shown() {
		if s.Reads(say(s.Env, x.Title)) {
			seen++
		}
		s.Key(fyne.KeyDown)
		s.Check()
	}
	if all := len(s.page.model.Shown()); seen != all || all < 20 {
		t.Errorf("%d of %d titles can be read", seen, all)
	}
}

// The next start shows the group that was chosen; one that is not known is none.
func TestGroupIsRemembered(t *testing.T) {
	start := func(values map[string]string) *Page {
		s := show(t, uitest.Options{}, sample, kit.Route{})
		s.Env.Memory = kit.NewMemory(s.Env, values, func(context.Context, string, string) error { return nil })
		page := New(s.page.p)
		s.Show(page, kit.Route{})
		return page
	}
	values := map[string]string{}
	start(values).list.groups.SetSelectedIndex(2)
	if g := start(values).model.Group(); g == "" || g != start(values).model.Group() {
		t.Errorf("%q", g)
	}
	if g := start(map[string]string{memory: `"attic"`}).model.Group(); g != "" {
		t.Errorf("%q", g)
	}
}

func TestMenuOfAnEntry(t *testing.T) {
	s := show(t, uitest.Options{Language: l10n.English}, sample, kit.Route{})
	first := s.page.model.Shown()[0]
	s.RowMenu(s.page.list.table.Focus())
	s.Choose(s.Env.T("kit.copy"))
	if got := s.App.Clipboard().Content(); got != shareText(s.Env, first) {
		t.Errorf("copied %q", got)
	}
	s.RowMenu(s.page.list.table.Focus())
	s.Choose(s.Env.T("check.entry.open"))
	if x, ok := s.page.model.Opened(); ok && x.ID != first.ID || !ok && !s.page.model.Urgent() {
		t.Errorf("opened %q", x.ID)
	}
}
