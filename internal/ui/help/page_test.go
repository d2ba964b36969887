package help

import (
	"bytes"
	"errors"
	"image"
	"image/color"
	"image/png"
	"net/url"
	"testing"
	"testing/fstest"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/test"
	"github.com/google/go-cmp/cmp"

	"quietline/assets"
	"quietline/i18n"
	"quietline/internal/guide"
	"quietline/internal/l10n"
	"quietline/internal/settings"
	"quietline/internal/ui/kit"
	"quietline/internal/ui/uitest"
)

// texts is a small guide of every kind of block, so that goldens do not change with
// the shipped one.
func texts() fstest.MapFS {
	files := fstest.MapFS{}
	put := func(lang, id, text string) {
		files["guide/"+lang+"/"+id+".md"] = &fstest.MapFile{Data: []byte(text)}
	}
	for lang, title := range map[string]string{"en": "# About ", "zh-Hans": "# 主题 "} {
		for _, id := range guide.IDs() {
			put(lang, id, title+id+"\n\n"+id+".\n")
		}
	}
	put("en", "check", `# Check a number

See what public lists say about a number.

1. Type the number into the large box on the page "{{home.name}}", as the phone showed it.
2. Read the answer below.

![The answer appears below the number](x/check-1.png)

3. Press "{{check.copy}}".

> A number on a display can be forged.

[Open "{{check.name}}"](page:check)

[A page on the web](https://office.example/check)

## Look for a bank

- Choose "{{check.segment.book}}".
- Type a name.

[How calls get in](log.md)
`)
	put("zh-Hans", "check", `# 查一个号码

看看公开名单上怎么说这个号码。

1. 打开“{{home.name}}”，在大框里输入手机上显示的号码，“+”和区号也要输入。
2. 看下面的回答。

![输入号码，下面就是回答](x/check-1.png)

3. 点“{{check.copy}}”。

> 显示的号码可以伪造。

[打开“{{check.name}}”](page:check)

[网页](https://office.example/check)

## 查银行

- 选“{{check.segment.book}}”。
- 输入名称。

[来电怎样进来](log.md)
`)
	return files
}

func pictures(t *testing.T) fstest.MapFS {
	t.Helper()
	img := image.NewPaletted(image.Rect(0, 0, 1000, 500), color.Palette{color.White, color.Black})
	for x := range 1000 {
		img.SetColorIndex(x, x/2, 1)
	}
	var buf bytes.Buffer
	if err := png.Encode(&buf, img); err != nil {
		t.Fatal(err)
	}
	return fstest.MapFS{
		"en/check-1.png": &fstest.MapFile{Data: buf.Bytes()}, "zh-Hans/check-1.png": &fstest.MapFile{Data: buf.Bytes()},
	}
}

// stage is a window with the page in it.
type stage struct {
	*uitest.Harness
	page *Page
}

func show(t *testing.T, o uitest.Options, r kit.Route) *stage {
	t.Helper()
	s := &stage{Harness: uitest.New(t, o)}
	files := texts()
	s.page = New(Params{
		Env: s.Env, Read: func() (*guide.Book, error) { return guide.Read(files, s.Env.Printer) }, Pictures: pictures(t),
	})
	s.Show(s.page, r)
	return s
}

func scenes() map[string]func(*stage) {
	return map[string]func(*stage){
		"list":    func(*stage) {},
		"topic":   func(s *stage) { s.page.model.Open("check") },
		"found":   func(s *stage) { s.Type(s.page.view.search, "bank") },
		"nothing": func(s *stage) { s.Type(s.page.view.search, "qqqq") },
	}
}

func TestPage(t *testing.T) {
	uitest.Matrix(t, func(t *testing.T, o uitest.Options) {
		o.Size = fyne.NewSize(1280, 900)
		for name, scene := range scenes() {
			t.Run(name, func(t *testing.T) {
				s := show(t, o, kit.Route{})
				scene(s)
				s.Check()
				s.Draw("help." + name)
				s.Golden(name)
			})
		}
	})
}

// TestNarrow shows the page beside the navigation of a small window, and the dark
// and the high-contrast theme.
func TestNarrow(t *testing.T) {
	uitest.Matrix(t, func(t *testing.T, o uitest.Options) {
		o.Size = fyne.NewSize(700, 680)
		for _, theme := range []settings.Theme{settings.ThemeLight, settings.ThemeDark, settings.ThemeContrast} {
			o.Theme = theme
			for _, name := range []string{"list", "topic"} {
				s := show(t, o, kit.Route{})
				scenes()[name](s)
				s.Check()
				s.Draw("help.narrow." + name)
			}
		}
	})
}

// TestShippedTopicsFit opens everything that comes with the program: each word can be
// read, and each link leads to a page.
func TestShippedTopicsFit(t *testing.T) {
	for _, o := range []uitest.Options{
		{Language: l10n.Chinese}, {Language: l10n.English, TextSize: settings.TextLargest},
	} {
		o.Size = fyne.NewSize(1000, 4200) // so that nothing is scrolled away
		s := &stage{Harness: uitest.New(t, o)}
		s.page = New(Params{
			Env: s.Env, Read: func() (*guide.Book, error) { return guide.Read(i18n.Guide(), s.Env.Printer) }, Pictures: assets.GuidePictures(),
		})
		s.Show(s.page, kit.Route{})
		for _, topic := range s.page.model.book.Topics() {
			s.page.model.Open(topic.ID)
			s.Check()
			s.Draw("help.shipped." + topic.ID)
			if !s.Reads(topic.Title) {
				t.Errorf("%s has no title", topic.ID)
			}
			shown := len(uitest.All[*kit.Picture](s.Harness))
			for _, section := range topic.Sections {
				if !s.Reads(section.Heading) {
					t.Errorf("%s does not show %q", topic.ID, section.Heading)
				}
				for _, b := range section.Blocks {
					if !s.Reads(b.Text) {
						t.Errorf("%s does not show %q", topic.ID, b.Text)
					}
					if b.Kind == guide.Picture {
						shown--
					}
				}
			}
			if shown != 0 {
				t.Errorf("%s: %d pictures too many", topic.ID, shown)
			}
		}
	}
}

func english() uitest.Options {
	return uitest.Options{Language: l10n.English, Size: fyne.NewSize(1280, 1600)}
}

func TestTopicIsFoundAndRead(t *testing.T) {
	s := show(t, english(), kit.Route{})
	if s.page.First() != fyne.Focusable(s.page.view.search) || !s.Reads("About privacy") || s.Reads("Type the number") {
		t.Errorf("%q", s.Texts())
	}
	s.Type(s.page.view.search, "BANK")
	if !s.Reads("Look for a bank") || s.Reads("About privacy") {
		t.Errorf("%q", s.Texts())
	}
	s.Window.Canvas().Focus(s.page.view.table.Focus())
	s.Key(fyne.KeyReturn)
	if _, section, ok := s.page.model.Opened(); !ok || section != 1 || !s.Reads(`Type the number into the large box on the page "Home"`) {
		t.Errorf("section %d, %q", section, s.Texts())
	}
	// Escape closes the topic; what was searched for stays.
	s.Window.Canvas().Unfocus()
	s.Key(fyne.KeyEscape)
	if s.Reads("Type the number") || s.page.view.search.Text != "BANK" {
		t.Errorf("%q", s.Texts())
	}
	s.Type(s.page.view.search, "qqqqqq")
	s.Press("help.all")
	if !s.Reads("About privacy") || s.page.view.search.Text != "" {
		t.Errorf("%q", s.Texts())
	}
}

// A part that a search found is scrolled into sight.
func TestFoundPartIsInSight(t *testing.T) {
	o := english()
	o.Size.Height = 500
	s := show(t, o, kit.Route{})
	in := func() bool {
		found := false
		s.Walk(func(x uitest.Seen) {
			if txt, ok := x.Object.(*kit.Text); ok && txt.Text() == "Look for a bank" && len(x.In) > 0 {
				found = found || x.Pos.Y > x.ClipPos.Y && x.Pos.Y < x.ClipPos.Y+x.ClipSize.Height
			}
		})
		return found
	}
	s.page.model.Open("check")
	s.Layout()
	if in() {
		t.Fatal("it is in sight without scrolling")
	}
	s.page.model.OpenAt(s.page.model.book.Search("bank")[0])
	s.Layout()
	if !in() {
		t.Error("the part that was found is out of sight")
	}
}

func TestLinksOfTopics(t *testing.T) {
	s := show(t, english(), kit.RouteHelp("check"))
	app := &opened{App: s.App}
	fyne.SetCurrentApp(app)
	t.Cleanup(func() { fyne.SetCurrentApp(s.App) })
	test.Tap(s.Button(`Open "Check"`))
	if diff := cmp.Diff([]kit.Route{{Page: kit.PageCheck}}, s.Routes); diff != "" {
		t.Error(diff)
	}
	if len(app.pages) > 0 {
		t.Errorf("opened %v by itself", app.pages)
	}
	test.Tap(s.Button("A page on the web"))
	if diff := cmp.Diff([]string{"https://office.example/check"}, app.pages); diff != "" {
		t.Error(diff)
	}
	test.Tap(s.Button("How calls get in"))
	s.Layout()
	if !s.Reads("log.") || s.Reads("Look for a bank") {
		t.Errorf("%q", s.Texts())
	}
	s.Show(s.page, kit.RouteHelp("privacy"))
	if !s.Reads("privacy.") {
		t.Errorf("%q", s.Texts())
	}
	s.Show(s.page, kit.RouteHelp("no such topic"))
	if _, _, ok := s.page.model.Opened(); ok {
		t.Error("opened what is not there")
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

// A picture is as wide as its place, can be enlarged by pointer and keyboard, and says
// what it shows to who cannot see it.
func TestPicture(t *testing.T) {
	s := show(t, english(), kit.RouteHelp("check"))
	pic := uitest.One[*kit.Picture](s.Harness, nil)
	if w, h := pic.Size().Width, pic.MinSize().Height; w < 500 || h < w/2-1 || h > w/2+1 {
		t.Errorf("%.0f by %.0f", w, h)
	}
	if pic.AccessibilityLabel() != "The answer appears below the number" {
		t.Errorf("%q", pic.AccessibilityLabel())
	}
	for _, press := range []func(){func() { test.Tap(pic) }, func() { s.Press("help.enlarge") }} {
		press()
		s.Check()
		if !kit.Dialogs(s.Window.Canvas()) {
			t.Fatal("it is not enlarged")
		}
		if large := uitest.All[*kit.Picture](s.Harness)[1]; large.Size().Width <= pic.Size().Width {
			t.Errorf("%.0f wide, before %.0f", large.Size().Width, pic.Size().Width)
		}
		s.Draw("help.enlarged")
		s.Press("kit.close")
	}
	if left := s.Unreached(40); len(left) > 0 {
		t.Errorf("never reached: %q", left)
	}
}

// The language changes while somebody reads: the same topic, in the other language.
func TestLanguageChanges(t *testing.T) {
	s := show(t, english(), kit.RouteHelp("check"))
	s.SetLanguage(l10n.Chinese)
	if !s.Reads("查一个号码") || !s.Reads("打开“首页”") || s.Reads("Check a number") {
		t.Errorf("%q", s.Texts())
	}
}

func TestGuideCannotBeRead(t *testing.T) {
	s := &stage{Harness: uitest.New(t, english())}
	s.page = New(Params{
		Env: s.Env, Read: func() (*guide.Book, error) { return nil, errors.New("damaged") }, Pictures: fstest.MapFS{},
	})
	s.Show(s.page, kit.RouteHelp("check"))
	if !kit.Dialogs(s.Window.Canvas()) {
		t.Errorf("nothing says so: %q", s.Texts())
	}
}
