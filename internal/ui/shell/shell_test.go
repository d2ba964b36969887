package shell_test

import (
	"context"
	"testing"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/lang"
	"fyne.io/fyne/v2/storage"
	"github.com/google/go-cmp/cmp"

	"quietline/internal/l10n"
	"quietline/internal/settings"
	"quietline/internal/ui/kit"
	"quietline/internal/ui/look"
	"quietline/internal/ui/shell"
	"quietline/internal/ui/uitest"
)

// fakePage notes what happens to it; its model is what was typed.
type fakePage struct {
	env      *kit.Env
	title    string
	events   []string
	typed    string
	entry    *kit.Entry
	more     *kit.Button       // one more control; may be nil
	text     fyne.CanvasObject // what is only read; may be nil
	low      *kit.Button       // at the bottom of the page; may be nil
	ctx      context.Context
	practice bool
	unsaved  bool
	halt     func() // stops long work, nil where there is none
	paths    []string
}

func (p *fakePage) Title() string { return p.title }

func (p *fakePage) Content() fyne.CanvasObject {
	p.events = append(p.events, "content")
	p.entry = kit.NewEntry("95588")
	p.entry.SetText(p.typed)
	p.entry.OnChanged = func(s string) { p.typed = s }
	body := kit.Stack(2, p.entry, kit.NewButton(p.env.T("kit.retry"), nil, nil))
	if p.more != nil {
		body.Add(p.more)
	}
	if p.text != nil {
		body.Add(p.text)
	}
	frame := kit.Frame(kit.FrameParams{Title: p.env.T(p.title), Body: body})
	if p.low != nil {
		frame = container.NewBorder(nil, p.low, nil, nil, frame)
	}
	return frame
}

func (p *fakePage) Enter(ctx context.Context, r kit.Route) {
	p.ctx = ctx
	p.events = append(p.events, "enter "+r.Action)
}

func (p *fakePage) Leave()         { p.events = append(p.events, "leave") }
func (p *fakePage) Practice() bool { return p.practice }
func (p *fakePage) Unsaved() bool  { return p.unsaved }
func (p *fakePage) Working() (kit.ConfirmParams, bool) {
	return kit.ConfirmParams{Title: "?", Yes: p.env.T("prefs.about"), OnYes: p.halt}, p.halt != nil
}
func (p *fakePage) Changed(topic string)  { p.events = append(p.events, "changed "+topic) }
func (p *fakePage) First() fyne.Focusable { return p.entry }

// dropPage takes files.
type dropPage struct {
	fakePage
	waiting bool // in a dialog, for files
}

func (p *dropPage) Takes(paths []string) bool { return !kit.AddressBooks(paths) }

func (p *dropPage) Drop(paths []string) { p.paths = append(p.paths, paths...) }

func (p *dropPage) Waiting() bool { return p.waiting }

// bookPage takes address books.
type bookPage struct {
	fakePage
	paths []string
}

func (p *bookPage) Takes(paths []string) bool { return kit.AddressBooks(paths) }

func (p *bookPage) Drop(paths []string) { p.paths = append(p.paths, paths...) }

type window struct {
	*uitest.Harness
	shell *shell.Shell
	home  *fakePage
	calls *dropPage
	prefs *fakePage
	books *bookPage
	quits int // how often the window closed
	hides bool
	hid   int
}

func open(t *testing.T, o uitest.Options) *window {
	t.Helper()
	h := uitest.New(t, o)
	w := &window{Harness: h}
	w.home = &fakePage{title: "prefs.about"}
	w.calls = &dropPage{fakePage: fakePage{title: "family.calls"}}
	w.books = &bookPage{fakePage: fakePage{title: "prefs.title"}}
	w.prefs = &w.books.fakePage
	h.Window.SetOnClosed(func() { w.quits++ })
	w.shell = shell.New(shell.Params{
		App: h.App, Window: h.Window, Printer: h.Env.Printer, Jobs: h.Env.Jobs, Dispatch: kit.Inline,
		Clock: h.Clock, Source: h.Env.Source, Log: h.Env.Log, Patience: time.Minute,
		Hide: func() bool {
			if w.hides {
				w.hid++
			}
			return w.hides
		},
		Settings: settings.All{Language: h.Options.Language, TextSize: h.Options.TextSize, Theme: h.Options.Theme},
		Pages: func(e *kit.Env) []shell.Entry {
			w.home.env, w.calls.env, w.prefs.env = e, e, e
			return []shell.Entry{
				{ID: kit.PageHome, Icon: look.IconHome, Key: fyne.Key1, Page: w.home},
				{ID: kit.PageCalls, Icon: look.IconCalls, Key: fyne.Key2, Page: w.calls},
				{ID: kit.PageSettings, Icon: look.IconSettings, Key: fyne.Key8, Page: w.books},
			}
		},
	})
	w.shell.Start(kit.Route{Page: kit.PageHome})
	h.Layout()
	return w
}

func (w *window) shortcut(key fyne.KeyName) { w.Shortcut(key, fyne.KeyModifierShortcutDefault) }

func TestWindowFits(t *testing.T) {
	uitest.Matrix(t, func(t *testing.T, o uitest.Options) {
		w := open(t, o)
		w.home.practice = true
		w.shell.Env().Refresh()
		w.shell.Env().Toast(w.Env.T("kit.copied"))
		w.Check()
		w.Golden("window")
		w.Draw("shell")
	})
}

func TestNarrowWindowLeavesTheIcons(t *testing.T) {
	for _, tc := range []struct {
		width float32
		size  settings.TextSize
		words bool
	}{
		{840, settings.TextNormal, true},
		{800, settings.TextNormal, false},
		{930, settings.TextLargest, false},
		{1000, settings.TextLargest, true},
	} {
		w := open(t, uitest.Options{TextSize: tc.size, Size: fyne.NewSize(tc.width, 700)})
		if got := w.Shows("family.calls"); got != tc.words {
			t.Errorf("%v at %s: words %v, want %v", tc.width, tc.size, got, tc.words)
		}
		w.Check()
	}
}

func TestLifeOfAPage(t *testing.T) {
	w := open(t, uitest.Options{})
	first := w.home.ctx
	w.shell.Go(kit.Route{Page: kit.PageCalls, Action: "open", ID: "7"})
	second := w.calls.ctx
	w.shell.Go(kit.Route{Page: kit.PageCalls, Action: "log"})
	if first.Err() == nil || second.Err() == nil || w.calls.ctx.Err() != nil {
		t.Error("a visit's context did not end with the visit")
	}
	w.shell.Go(kit.Route{Page: "nowhere"})
	if diff := cmp.Diff([]string{"content", "enter ", "leave"}, w.home.events); diff != "" {
		t.Error(diff)
	}
	if diff := cmp.Diff([]string{"content", "enter open", "enter log"}, w.calls.events); diff != "" {
		t.Error(diff)
	}
	if got := w.shell.Route(); got != (kit.Route{Page: kit.PageCalls, Action: "log"}) {
		t.Errorf("route %+v", got)
	}
}

func TestShortcutsAreFixed(t *testing.T) {
	w := open(t, uitest.Options{})
	if w.Window.Canvas().Focused() != w.home.entry {
		t.Fatal("the page's first control does not have the keyboard")
	}
	w.shortcut(fyne.Key8)
	if w.shell.Route().Page != kit.PageSettings {
		t.Fatalf("Ctrl+8 led to %v", w.shell.Route())
	}
	w.shortcut(fyne.Key3)
	if w.shell.Route().Page != kit.PageSettings {
		t.Fatalf("Ctrl+3 led to %v", w.shell.Route())
	}
}

func TestDialogKeepsShortcutsAndFilesOut(t *testing.T) {
	w := open(t, uitest.Options{})
	kit.Confirm(w.shell.Env(), kit.ConfirmParams{Title: "?", Text: "?", Yes: "!", OnYes: func() {}})
	w.shortcut(fyne.Key2)
	w.shell.Dropped([]fyne.URI{storage.NewFileURI("/tmp/calls.xml")})
	if w.shell.Route().Page != kit.PageHome || len(w.calls.paths) != 0 {
		t.Fatal("the dialog let something through")
	}
	w.Key(fyne.KeyEscape)
	w.shortcut(fyne.Key2)
	if w.shell.Route().Page != kit.PageCalls {
		t.Fatal("the shortcut is dead after the dialog")
	}
}

func TestNavigationByKeyboard(t *testing.T) {
	w := open(t, uitest.Options{})
	w.Window.Canvas().Unfocus()
	w.Tab() // the navigation is the first stop
	w.Key(fyne.KeyDown)
	if w.shell.Route().Page != kit.PageHome {
		t.Fatal("an arrow key alone left the page")
	}
	w.Key(fyne.KeyReturn)
	if w.shell.Route().Page != kit.PageCalls {
		t.Fatal("Enter did not go")
	}
	w.Window.Canvas().Unfocus()
	w.Tab()
	w.Key(fyne.KeyEnd)
	w.Key(fyne.KeySpace)
	if w.shell.Route().Page != kit.PageSettings {
		t.Fatal("End and Space did not go")
	}
	w.Window.Canvas().Unfocus()
	w.Tab()
	if next := w.Tab(); next != w.prefs.entry {
		t.Fatalf("the Tab key goes from the navigation to %T", next)
	}
}

func TestDroppedFilesFindTheirPage(t *testing.T) {
	w := open(t, uitest.Options{})
	web, err := storage.ParseURI("https://example.cn/calls.xml")
	if err != nil {
		t.Fatal(err)
	}
	w.shell.Dropped([]fyne.URI{web})
	if w.shell.Route().Page != kit.PageHome {
		t.Fatal("a web address was taken for a file")
	}
	w.shell.Dropped([]fyne.URI{storage.NewFileURI("/tmp/a.xml"), web, storage.NewFileURI("/tmp/b.csv")})
	if diff := cmp.Diff([]string{"/tmp/a.xml", "/tmp/b.csv"}, w.calls.paths); diff != "" || w.shell.Route().Page != kit.PageCalls {
		t.Fatal(diff, w.shell.Route())
	}
	w.shell.Dropped([]fyne.URI{storage.NewFileURI("/tmp/contacts.VCF")})
	if len(w.calls.paths) != 2 || len(w.books.paths) != 1 || w.shell.Route().Page != kit.PageSettings {
		t.Errorf("%q, %q, %v", w.calls.paths, w.books.paths, w.shell.Route())
	}
}

// A dialog keeps files out, but not the one that asks for them.
func TestDroppedFilesAndDialogs(t *testing.T) {
	w := open(t, uitest.Options{})
	w.shell.Go(kit.Route{Page: kit.PageCalls})
	kit.Confirm(w.shell.Env(), kit.ConfirmParams{Title: "?", Text: "?", Yes: "yes", OnYes: func() {}})
	drop := []fyne.URI{storage.NewFileURI("/tmp/a.xml")}
	w.shell.Dropped(drop)
	if len(w.calls.paths) != 0 {
		t.Fatal("dropped through a question")
	}
	w.calls.waiting = true
	w.shell.Dropped(drop)
	if diff := cmp.Diff([]string{"/tmp/a.xml"}, w.calls.paths); diff != "" {
		t.Error(diff)
	}
	w.shell.Dropped([]fyne.URI{storage.NewFileURI("/tmp/a.vcf")})
	if len(w.books.paths) != 0 || w.shell.Route().Page != kit.PageCalls {
		t.Errorf("went to another page below the dialog: %v", w.shell.Route())
	}
}

func TestApplyBuildsEverythingAnewAndLosesNothing(t *testing.T) {
	w := open(t, uitest.Options{Language: l10n.Chinese})
	w.Type(w.home.entry, "9558812")
	old := w.home.entry
	w.shell.Apply(settings.All{Language: l10n.English, TextSize: settings.TextLargest, Theme: settings.ThemeDark})
	w.Layout()
	if w.home.entry == old || w.home.entry.Text != "9558812" {
		t.Fatalf("the page holds %q", w.home.entry.Text)
	}
	if w.Window.Canvas().Focused() != w.home.entry {
		t.Error("the keyboard lost its place")
	}
	if w.home.ctx.Err() != nil {
		t.Error("the visit's context ended")
	}
	if !w.Reads("About") || w.Reads("关于") || w.Reads("来电") {
		t.Errorf("half translated: %q", w.Texts())
	}
	if w.Window.Title() != "About — Quietline" {
		t.Errorf("title %q", w.Window.Title())
	}
	if got := look.Gap(1); got != 8*1.6 {
		t.Errorf("a gap is %v in largest text", got)
	}
	if got := lang.L("Select all"); got != "Select all" {
		t.Errorf("the toolkit says %q", got)
	}
	w.shell.Apply(settings.All{Language: l10n.Chinese, TextSize: settings.TextNormal, Theme: settings.ThemeLight})
	if got := lang.L("Select all"); got != "全选" {
		t.Errorf("the toolkit says %q", got)
	}
	if n := len(w.home.events); n != 4 { // content, enter, content, content
		t.Errorf("events %q", w.home.events)
	}
}

func TestBannerFollowsThePage(t *testing.T) {
	w := open(t, uitest.Options{})
	if w.Shows("kit.practice") {
		t.Fatal("banner without practice")
	}
	w.calls.practice = true
	w.shell.Go(kit.Route{Page: kit.PageCalls})
	w.Layout()
	if !w.Shows("kit.practice") {
		t.Fatal("no banner on a page that uses the practice endpoint")
	}
	w.calls.practice = false
	w.shell.Env().Refresh()
	w.Layout()
	if w.Shows("kit.practice") {
		t.Fatal("the banner stays")
	}
}

func TestAnnouncementsReachThePage(t *testing.T) {
	w := open(t, uitest.Options{})
	w.shell.Env().Announce("people")
	if got := w.home.events[len(w.home.events)-1]; got != "changed people" {
		t.Fatalf("last event %q", got)
	}
}
