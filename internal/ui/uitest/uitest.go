// Package uitest shows pages in the toolkit's test driver: without a display,
// without OpenGL, without cgo and without goroutines. It checks what can be
// checked without looking: that every text is translated, fits and overlaps
// nothing.
package uitest

import (
	"bytes"
	"context"
	"image"
	"image/png"
	"log/slog"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/test"

	"quietline/internal/l10n"
	"quietline/internal/settings"
	"quietline/internal/testkit"
	"quietline/internal/ui/kit"
	"quietline/internal/ui/look"
)

// Options say how the window of a test looks. The zero value is Chinese at
// normal size in the light theme, 1000 by 700.
type Options struct {
	Language l10n.Language
	TextSize settings.TextSize
	Theme    settings.Theme
	Size     fyne.Size
}

// Name names the options in a subtest or a golden file.
func (o Options) Name() string {
	n := string(o.Language) + "." + string(o.TextSize)
	if o.Theme != settings.ThemeLight {
		n += "." + string(o.Theme)
	}
	return n
}

func (o Options) filled() Options {
	if o.Language == "" {
		o.Language = l10n.Chinese
	}
	if o.TextSize == "" {
		o.TextSize = settings.TextNormal
	}
	if o.Theme == "" {
		o.Theme = settings.ThemeLight
	}
	if o.Size.IsZero() {
		o.Size = fyne.NewSize(1000, 700)
	}
	return o
}

// Matrix runs a subtest in both languages at every text size.
func Matrix(t *testing.T, f func(t *testing.T, o Options)) {
	t.Helper()
	for _, lang := range l10n.Languages() {
		for _, size := range settings.TextSizes() {
			o := Options{Language: lang, TextSize: size}.filled()
			t.Run(o.Name(), func(t *testing.T) { f(t, o) })
		}
	}
}

// Harness is a window with all that a page is given. Jobs run at once unless
// Hold is set, timers only when told to.
type Harness struct {
	T       testing.TB
	Options Options
	App     fyne.App
	Window  fyne.Window
	Env     *kit.Env
	Clock   *testkit.Clock
	// Log is what was logged, as text.
	Log *bytes.Buffer
	// Routes, Toasts and Topics are what pages asked for, in order.
	Routes []kit.Route
	Toasts []string
	Topics []string
	// Backs and Refreshes count calls of Env.Back and Env.Refresh.
	Backs, Refreshes int
	// Hold keeps jobs back until Release, as a database that is busy does.
	Hold bool

	held   []func()
	timers []func()
	page   kit.Page
	leave  context.CancelFunc
}

// New opens a window.
func New(t testing.TB, o Options) *Harness {
	t.Helper()
	o = o.filled()
	h := &Harness{T: t, Options: o, Clock: testkit.NewClock(), Log: &bytes.Buffer{}}
	h.App = dressed(look.Params{Theme: o.Theme, TextSize: o.TextSize})
	h.Window = window(t, h.App)
	h.Window.SetPadded(false)
	h.Window.Resize(o.Size)
	log := slog.New(slog.NewTextHandler(h.Log, nil))
	// As in the shell; a dialog takes the keys while it is open.
	h.Window.Canvas().SetOnTypedKey(func(k *fyne.KeyEvent) {
		if k.Name == fyne.KeyEscape {
			h.Env.Obey(kit.CommandBack)
		}
	})
	jobs := kit.NewJobs(kit.JobsParams{
		Base: t.Context(), Dispatch: kit.Inline, Start: h.start, After: h.after, Log: log,
	})
	h.Env = &kit.Env{
		Printer: testkit.Printer(t, o.Language), Jobs: jobs, Dispatch: kit.Inline,
		Clock: h.Clock, Source: &testkit.Source{}, Window: h.Window, Log: log,
		Navigate: func(r kit.Route) { h.Routes = append(h.Routes, r) },
		Back:     func() bool { h.Backs++; return true },
		Toast:    func(s string) { h.Toasts = append(h.Toasts, s) },
		Refresh:  func() { h.Refreshes++ },
		Announce: h.announce,
	}
	return h
}

// dressed gives the app of the test driver with the theme.
func dressed(p look.Params) fyne.App {
	app := fyne.CurrentApp()
	if now, ok := app.Settings().Theme().(*look.Theme); !ok || now.Params() != p {
		look.Use(app, p)
	}
	app.Clipboard().SetContent("")
	return app
}

// window opens a window for the time of the test. Closing one twice, first by
// the program, would panic in the test driver.
func window(t testing.TB, app fyne.App) fyne.Window {
	w := test.NewWindow(kit.Spring())
	t.Cleanup(func() {
		if slices.Contains(app.Driver().AllWindows(), w) {
			w.Close()
		}
	})
	return w
}

func (h *Harness) announce(topic string) {
	h.Topics = append(h.Topics, topic)
	if l, ok := h.page.(kit.Listener); ok {
		l.Changed(topic)
	}
}

func (h *Harness) start(job func()) {
	if h.Hold {
		h.held = append(h.held, job)
		return
	}
	job()
}

// Release runs the jobs that were kept back, and from now on every job at once.
func (h *Harness) Release() {
	h.Hold = false
	for len(h.held) > 0 {
		job := h.held[0]
		h.held = h.held[1:]
		job()
	}
	h.Layout()
}

func (h *Harness) after(_ time.Duration, f func()) func() {
	i := len(h.timers)
	h.timers = append(h.timers, f)
	return func() { h.timers[i] = nil }
}

// Fire runs every timer that is set now; those that they set wait for the
// next call.
func (h *Harness) Fire() {
	for i := range len(h.timers) {
		if f := h.timers[i]; f != nil {
			h.timers[i] = nil
			f()
		}
	}
	h.Layout()
}

// Show shows a page as the shell does: Content, then Enter.
func (h *Harness) Show(p kit.Page, r kit.Route) {
	h.T.Helper()
	if h.leave != nil {
		h.leave()
		if h.page != p {
			h.page.Leave()
		}
	}
	h.page = p
	ctx, cancel := context.WithCancel(h.Env.Jobs.Base())
	h.leave = cancel
	h.ShowObject(kit.Ground("background", p.Content()))
	p.Enter(ctx, r)
	h.Layout()
}

// Rebuild builds the page's widgets anew, as the shell does when the language,
// the text size or the theme changes.
func (h *Harness) Rebuild() {
	h.ShowObject(kit.Ground("background", h.page.Content()))
}

// SetLanguage changes the language and rebuilds the page.
func (h *Harness) SetLanguage(l l10n.Language) {
	h.Env.Printer.SetLanguage(l)
	h.Rebuild()
}

// ShowObject fills the window with an object.
func (h *Harness) ShowObject(o fyne.CanvasObject) {
	h.Window.SetContent(o)
	h.Layout()
}

// Layout lays everything out until nothing moves: text that breaks lines
// knows its height only after it was given a width.
func (h *Harness) Layout() {
	c := h.Window.Canvas()
	before := h.places()
	for range 3 {
		// One point up and down, because a container that keeps its size
		// does not lay its content out again.
		h.Window.Resize(h.Options.Size.AddWidthHeight(-1, -1))
		h.Window.Resize(h.Options.Size)
		refresh(c.Content())
		for _, o := range c.Overlays().List() {
			refresh(o)
		}
		now := h.places()
		if slices.Equal(before, now) {
			return
		}
		before = now
	}
}

// places gives where everything begins and ends that is visible.
func (h *Harness) places() []fyne.Position {
	var out []fyne.Position
	h.Walk(func(s Seen) { out = append(out, s.Pos, s.Pos.Add(s.Object.Size())) })
	return out
}

// refresh has every container lay its objects out, from the inside.
func refresh(o fyne.CanvasObject) {
	switch o := o.(type) {
	case *fyne.Container:
		for _, inner := range o.Objects {
			refresh(inner)
		}
		if o.Layout != nil {
			o.Layout.Layout(o.Objects, o.Size())
		}
	case fyne.Widget:
		r := test.WidgetRenderer(o)
		for _, inner := range r.Objects() {
			refresh(inner)
		}
		r.Layout(o.Size())
	}
}

// Image draws the window.
func (h *Harness) Image() image.Image { return h.Window.Canvas().Capture() }

// Golden compares the markup of the window with testdata/NAME.OPTIONS.xml.
// With UPDATE_GOLDEN=1 in the environment it writes the file instead.
func (h *Harness) Golden(name string) {
	h.T.Helper()
	h.Layout()
	got := test.RenderToMarkup(h.Window.Canvas())
	if strings.Contains(got, filepath.Join(os.TempDir(), "Test")) {
		h.T.Errorf("%s shows a folder that has another name at each run", name)
	}
	path := filepath.Join("testdata", name+"."+h.Options.Name()+".xml")
	if os.Getenv("UPDATE_GOLDEN") != "" {
		if err := os.MkdirAll("testdata", 0o755); err != nil {
			h.T.Fatal(err)
		}
		if err := os.WriteFile(path, []byte(got), 0o644); err != nil {
			h.T.Fatal(err)
		}
	}
	want, err := os.ReadFile(path)
	if err != nil {
		h.T.Fatalf("%v (UPDATE_GOLDEN=1 writes it)", err)
	}
	if got != string(want) {
		h.T.Errorf("%s differs at line %s (UPDATE_GOLDEN=1 writes it; look at the change)", path, firstDifference(got, string(want)))
	}
}

// Draw writes a picture of the window into the folder that the environment
// names in UITEST_PICTURES, for a person to look at; without it nothing
// happens.
func (h *Harness) Draw(name string) {
	h.T.Helper()
	dir := os.Getenv("UITEST_PICTURES")
	if dir == "" {
		return
	}
	var buf bytes.Buffer
	if err := png.Encode(&buf, h.Image()); err != nil {
		h.T.Fatal(err)
	}
	path := filepath.Join(dir, name+"."+h.Options.Name()+".png")
	if err := os.WriteFile(path, buf.Bytes(), 0o644); err != nil {
		h.T.Fatal(err)
	}
}
