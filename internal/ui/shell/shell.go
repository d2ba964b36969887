// Package shell is the window around the pages: navigation, routes, shortcuts,
// the practice banner, dropped files, changes of language, text size and theme
// while the program runs.
package shell

import (
	"context"
	"log/slog"
	"slices"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"

	"quietline/internal/domain"
	"quietline/internal/l10n"
	"quietline/internal/settings"
	"quietline/internal/ui/kit"
	"quietline/internal/ui/look"
)

// Entry is one page with its place in the navigation.
type Entry struct {
	ID   kit.PageID
	Icon look.Icon
	// Key is the digit that leads here together with Ctrl. The digits are
	// fixed, so that they stay the same when pages are added.
	Key  fyne.KeyName
	Page kit.Page
	// Alone says that the page has no place in the navigation and stands alone in
	// the window: only its own buttons lead away from it.
	Alone bool
}

// Params is what New needs.
type Params struct {
	App      fyne.App
	Window   fyne.Window
	Printer  *l10n.Printer
	Jobs     *kit.Jobs
	Dispatch kit.Dispatch
	Clock    domain.Clock
	Source   domain.Source
	Log      *slog.Logger
	Settings settings.All
	// Remembered is what the window remembers by itself, and Remember stores more
	// of it; nil for nothing.
	Remembered map[string]string
	Remember   func(ctx context.Context, name, value string) error
	// SystemSilent: see look.Params.
	SystemSilent bool
	// Screen is how large the screen is without the system's bars, in the toolkit's
	// points; zero, or nil, where that is not known.
	Screen func() fyne.Size
	// Pages makes the pages, in the order of the navigation.
	Pages func(*kit.Env) []Entry
	// Announced hears, before the page that is shown, what was stored; may be nil.
	Announced func(topic string)
	// Hide takes the window out of sight instead of closing it and says whether it
	// did; may be nil.
	Hide func() bool
	// Dropped takes files that were dropped onto the window while no dialog waits for
	// them; nil for the first page that takes them by their names.
	Dropped func(paths []string)
	// Patience is how long leaving waits for what is being stored.
	Patience time.Duration
}

// Shell is the window. All methods belong to the widgets' goroutine.
type Shell struct {
	p       Params
	env     *kit.Env
	entries []Entry
	now     settings.All
	route   kit.Route
	shown   kit.Page
	before  kit.PageID // what was shown before, empty for nothing
	leave   context.CancelFunc

	root    *fyne.Container
	frame   *frameLayout
	nav     *nav
	banner  *fyne.Container
	home    *fyne.Container // the way back to the first page; only in the simple window
	place   *fyne.Container
	sized   fyne.Size     // the size that the program gave the window; zero for a remembered one
	rested  *kit.Debounce // waits until nobody pulls at the window
	toaster *kit.Toaster
	// settling says that the window goes as soon as what is being stored is;
	// question is the one about what would be lost with it.
	settling bool
	question *kit.Dialog
	gone     bool
}

// New builds the window's contents; Start shows the first page.
func New(p Params) *Shell {
	s := &Shell{p: p, now: p.Settings}
	s.root = container.New(&windowLayout{told: s.resized})
	s.env = &kit.Env{
		Printer: p.Printer, Jobs: p.Jobs, Dispatch: p.Dispatch, Clock: p.Clock, Source: p.Source,
		Window: p.Window, Log: p.Log,
		Navigate: s.Go, Back: s.back, Refresh: s.refresh, Announce: s.announce,
	}
	if p.Remember != nil {
		s.env.Memory = kit.NewMemory(s.env, p.Remembered, p.Remember)
	}
	s.rested = kit.NewDebounce(p.Jobs, sizeRests)
	s.recallSize()
	s.toaster = kit.NewToaster(s.env)
	s.env.Toast = s.toaster.Show
	s.entries = p.Pages(s.env)
	p.Window.SetPadded(false)
	p.Window.SetCloseIntercept(s.close)
	p.Window.SetOnDropped(func(_ fyne.Position, uris []fyne.URI) { s.Dropped(uris) })
	s.keys()
	return s
}

// Env is what the pages are given.
func (s *Shell) Env() *kit.Env { return s.env }

// Start shows the first page.
func (s *Shell) Start(r kit.Route) {
	s.speak()
	s.build()
	s.p.Window.SetContent(s.root)
	s.Go(r)
}

// shortcut goes to a page that the user chose, who has done with what the page
// before had to say; but not from under a dialog: the toolkit leaves the
// shortcuts of a window alive while one is open.
func (s *Shell) shortcut(r kit.Route) {
	if !kit.Dialogs(s.p.Window.Canvas()) && !s.alone() {
		s.toaster.Hide()
		s.Go(r)
	}
}

// alone says whether the page that is shown stands alone.
func (s *Shell) alone() bool {
	e, ok := s.find(s.route.Page)
	return ok && e.Alone
}

// Go shows the page of the route. An unknown page is ignored.
func (s *Shell) Go(r kit.Route) {
	e, ok := s.find(r.Page)
	if !ok || s.gone {
		return
	}
	if s.leave != nil {
		s.leave()
	}
	fresh := s.shown != e.Page
	if fresh {
		if s.shown != nil {
			s.shown.Leave()
			s.before = s.route.Page
		}
		s.p.Window.Canvas().Unfocus()
	}
	s.shown, s.route = e.Page, r
	ctx, cancel := context.WithCancel(s.p.Jobs.Base())
	s.leave = cancel
	if fresh {
		s.put(e.Page.Content())
	}
	s.frame.show(!e.Alone)
	e.Page.Enter(ctx, r)
	s.nav.show(r.Page)
	s.refresh()
	if f, ok := e.Page.(kit.Focuser); ok && fresh {
		if first := f.First(); first != nil {
			s.p.Window.Canvas().Focus(first)
		}
	}
}

// Route is where the window is.
func (s *Shell) Route() kit.Route { return s.route }

func (s *Shell) find(id kit.PageID) (Entry, bool) {
	for _, e := range s.entries {
		if e.ID == id {
			return e, true
		}
	}
	return Entry{}, false
}

func (s *Shell) put(o fyne.CanvasObject) {
	s.place.Objects = []fyne.CanvasObject{o}
	s.place.Refresh()
}

// refresh looks again at what surrounds the page.
func (s *Shell) refresh() {
	practice := false
	if p, ok := s.shown.(kit.Practiser); ok {
		practice = p.Practice()
	}
	if s.banner.Visible() != practice {
		s.banner.Hidden = !practice
		s.root.Refresh()
	}
	s.showHome()
	title := s.env.T("app.name")
	if s.shown != nil {
		title = s.env.T(s.shown.Title()) + " — " + title
	}
	s.p.Window.SetTitle(title)
}

func (s *Shell) announce(topic string) {
	if s.p.Announced != nil {
		s.p.Announced(topic)
	}
	if l, ok := s.shown.(kit.Listener); ok {
		l.Changed(topic)
	}
}

// Settings are those in force.
func (s *Shell) Settings() settings.All { return s.now }

// Apply puts settings in force: everything on the screen is built anew, so
// that nothing stays in the language or size of before. The page keeps its
// model, and with it what the user typed, and the keyboard its place.
func (s *Shell) Apply(all settings.All) {
	if all == s.now {
		return
	}
	before := look.Scale(s.now.TextSize)
	focus, scroll := focusIndex(s.p.Window.Canvas(), s.root), scrollOffset(s.place)
	s.now = all
	s.growSize()
	s.speak()
	s.build()
	if s.shown == nil {
		return
	}
	s.frame.show(!s.alone())
	s.put(s.shown.Content())
	s.root.Refresh()
	s.refresh()
	setScroll(s.place, scroll*look.Scale(all.TextSize)/before)
	setFocus(s.p.Window.Canvas(), s.root, focus)
}

func (s *Shell) speak() {
	look.Use(s.p.App, look.Params{Theme: s.now.Theme, TextSize: s.now.TextSize, SystemSilent: s.p.SystemSilent})
	s.p.Printer.SetLanguage(s.now.Language)
	if err := SpeakToolkit(s.now.Language); err != nil {
		s.p.Log.Warn("toolkit keeps its own words", "cause", err)
	}
}

// Dropped hands files to the page that is shown, or to the first page that
// takes them. A dialog keeps them out, unless it waits for them.
func (s *Shell) Dropped(uris []fyne.URI) {
	var paths []string
	for _, u := range uris {
		if u.Scheme() == "file" {
			paths = append(paths, u.Path())
		}
	}
	asked := kit.Dialogs(s.p.Window.Canvas()) || s.alone()
	if len(paths) == 0 || asked && !s.waiting() {
		return
	}
	if s.p.Dropped != nil && !asked && !s.waiting() {
		s.p.Dropped(paths)
		return
	}
	if d, ok := taker(s.shown, paths); ok {
		d.Drop(paths)
		return
	}
	if asked {
		return // to another page would leave the dialog above it
	}
	for _, e := range s.entries {
		if d, ok := taker(e.Page, paths); ok {
			s.Go(kit.Route{Page: e.ID})
			d.Drop(paths)
			return
		}
	}
}

// taker gives the page as the one that takes the files, where it does.
func taker(page kit.Page, paths []string) (kit.Dropper, bool) {
	d, ok := page.(kit.Dropper)
	if picker, picks := page.(kit.Picker); picks && !picker.Takes(paths) {
		return nil, false
	}
	return d, ok
}

// waiting says whether the page that is shown waits for files in a dialog.
func (s *Shell) waiting() bool {
	w, ok := s.shown.(kit.DropWaiter)
	return ok && w.Waiting()
}

// Quit closes the window, once what is being stored is stored and has said so:
// who closes it right after filing a complaint learns it where that failed.
// Where long work would be cut short or something typed be lost, it asks first.
func (s *Shell) Quit() {
	if s.Going() || s.question.Open() {
		return
	}
	s.rememberSize()
	question, busy := s.working()
	if !busy {
		s.settle()
		return
	}
	halt := question.OnYes
	question.OnYes = func() {
		halt()
		s.settle()
	}
	s.ask(kit.Confirm(s.env, question))
}

// working gives the question of the first page that has long work under way.
func (s *Shell) working() (question kit.ConfirmParams, busy bool) {
	for _, e := range s.entries {
		if w, ok := e.Page.(kit.Worker); ok {
			if question, busy = w.Working(); busy {
				return question, true
			}
		}
	}
	return kit.ConfirmParams{}, false
}

// settle waits for what is being stored, and closes the window then.
func (s *Shell) settle() {
	s.settling = true
	s.p.Jobs.Settle(s.p.Patience, func(all bool) {
		s.settling = false
		patience := s.p.Patience
		if !all { // it is spent
			patience = 0
		}
		s.ask(kit.UnlessUnsaved(s.env, s.unsaved(), func() {
			if s.stop(patience) {
				s.p.Window.Close()
			}
		}))
	})
}

// Going says that the window is about to close, or has.
func (s *Shell) Going() bool { return s.gone || s.settling }

// unsaved says whether something typed would be lost now, and brings the page
// that holds it into sight, unless a dialog is there.
func (s *Shell) unsaved() bool {
	if s.env.Typed() || keeps(s.shown) {
		return true
	}
	i := slices.IndexFunc(s.entries, func(e Entry) bool { return keeps(e.Page) })
	if i >= 0 {
		s.shortcut(kit.Route{Page: s.entries[i].ID})
	}
	return i >= 0
}

func keeps(p kit.Page) bool {
	k, ok := p.(kit.Keeper)
	return ok && k.Unsaved()
}

// Stop leaves the page and ends the jobs, once. The program calls it when the
// event loop ended by itself, as it does on a signal.
func (s *Shell) Stop() { s.stop(s.p.Patience) }

// stop says whether this was the time.
func (s *Shell) stop(patience time.Duration) bool {
	if s.gone {
		return false
	}
	s.gone = true
	if s.leave != nil {
		s.leave()
	}
	if s.shown != nil {
		s.shown.Leave()
	}
	if !s.p.Jobs.Stop(patience) {
		s.p.Log.Warn("some jobs did not end in time")
	}
	return true
}
