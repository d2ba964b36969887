package main

import (
	"context"
	"database/sql"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"log"
	"log/slog"
	"math/rand/v2"
	"os"
	"path/filepath"
	"runtime/pprof"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"fyne.io/fyne/v2"

	"quietline/internal/domain"
	"quietline/internal/filing"
	"quietline/internal/journal"
	"quietline/internal/ui/uitest"
	"quietline/internal/workspace"
)

// monkey plays with the whole program: the real workspace on files of its own,
// its workers, and the window in the toolkit's test driver. Other than in the
// tests of the pages work is done on goroutines; only this one touches widgets.
type monkey struct {
	*uitest.Harness
	t    *testing.T
	seed uint64
	r    *rand.Rand
	loop *loop
	host *host
	win  *monkeyWindow
	// home holds everything: the workspace, what is dropped, what is saved.
	home string
	// files are there to be dropped.
	files  []string
	faults *faults
	last   []string
	done   map[string]int
	n      int

	restarts, filed int
}

func newMonkey(t *testing.T, seed uint64) *monkey {
	t.Helper()
	m := &monkey{
		t: t, seed: seed, r: rand.New(rand.NewPCG(seed, 0)), home: t.TempDir(),
		faults: &faults{}, done: map[string]int{},
	}
	// Nothing is read or written elsewhere, and nobody is asked but this machine.
	for _, name := range []string{"HOME", "USERPROFILE", "XDG_CONFIG_HOME", "XDG_DATA_HOME", "XDG_CACHE_HOME", "TMPDIR"} {
		t.Setenv(name, m.home)
	}
	for _, name := range []string{"XDG_RUNTIME_DIR", "DBUS_SESSION_BUS_ADDRESS", workspaceEnv} {
		t.Setenv(name, "")
	}
	m.Harness = uitest.New(t, uitest.Options{})
	m.files = m.litter()
	// The toolkit says there which folders of a user's it does not find.
	was := log.Writer()
	log.SetOutput(io.Discard)
	t.Cleanup(func() { log.SetOutput(was) })
	return m
}

// stock puts something on every page, and something to send into the outbox.
func (m *monkey) stock() {
	w, err := workspace.Open(m.t.Context(), m.host.p.params(m.host.dp))
	if err != nil {
		m.fail("%v", err)
	}
	for _, number := range []string{"95013000", "17012345678", "02195533"} {
		_, err := w.Filing.New(m.t.Context(), filing.ComplaintInput{
			Number: number, At: time.Now().Add(-time.Hour), Category: domain.CategoryLoan, Language: "zh-Hans", Draft: number == "02195533",
		})
		if err != nil {
			m.fail("%v", err)
		}
	}
	_, err = w.Journal.AddContact(m.t.Context(), journal.ContactInput{Number: "13800000001", Name: "李老师"})
	if err := errors.Join(err, w.Close()); err != nil {
		m.fail("%v", err)
	}
}

// workspaceEnv would lead to a workspace of the user's.
const workspaceEnv = "QUIETLINE_DATA_DIR"

// open starts the program on the workspace.
func (m *monkey) open() {
	m.loop = newLoop()
	m.win = &monkeyWindow{Window: m.Window}
	p, dp := deskParams(m.t, m.Harness, filepath.Join(m.home, "data"))
	dp.window.win, dp.log = m.win, slog.New(m.faults)
	dp.dispatch, dp.start, dp.after = m.loop.dispatch, m.loop.start, nil
	m.host = newHost(context.Background(), p, dp)
	m.host.inTray = func() bool { return false }
	if err := m.host.open(nil); err != nil {
		m.fail("the program does not open: %v", err)
	}
	m.Layout()
}

// shut ends the program as the end of its event loop does.
func (m *monkey) shut() {
	m.loop.end()
	if err := m.host.end(); err != nil {
		m.fail("the end: %v", err)
	}
}

// reopen starts the program again where a step has closed its window.
func (m *monkey) reopen() {
	if !m.win.closed {
		return
	}
	m.restarts++
	m.shut()
	c := m.Window.Canvas()
	for top := c.Overlays().Top(); top != nil; top = c.Overlays().Top() {
		c.Overlays().Remove(top) // the window is the same one, which a program's is not
	}
	m.open()
}

// monkeyWindow keeps what the test driver drops.
type monkeyWindow struct {
	fyne.Window
	intercept func()
	closed    bool
}

func (w *monkeyWindow) SetCloseIntercept(f func()) { w.intercept = f }
func (w *monkeyWindow) Close()                     { w.closed = true }

// press presses the window's own button for closing.
func (w *monkeyWindow) press() {
	if w.intercept != nil {
		w.intercept()
		return
	}
	w.Close()
}

// loop is the event loop of a monkey: what other goroutines send is done on the
// monkey's, between its steps.
type loop struct {
	mu      sync.Mutex
	queue   []func()
	over    bool
	running atomic.Int64
	// wake is sent to when something was sent or some work has ended.
	wake chan struct{}
}

func newLoop() *loop { return &loop{wake: make(chan struct{}, 1)} }

func (l *loop) woken() {
	select {
	case l.wake <- struct{}{}:
	default: // it is awake
	}
}

func (l *loop) dispatch(f func()) {
	l.mu.Lock()
	defer l.mu.Unlock()
	if !l.over {
		l.queue = append(l.queue, f)
		l.woken()
	}
}

func (l *loop) start(f func()) {
	l.running.Add(1)
	go func() {
		defer l.woken()
		defer l.running.Add(-1)
		f()
	}()
}

func (l *loop) end() {
	l.mu.Lock()
	defer l.mu.Unlock()
	l.over, l.queue = true, nil
}

// drain does what was sent.
func (l *loop) drain() {
	for {
		l.mu.Lock()
		queue := l.queue
		l.queue = nil
		l.mu.Unlock()
		if len(queue) == 0 {
			return
		}
		for _, f := range queue {
			f()
		}
	}
}

// settle goes on until no work is under way, but not for ever: a page may wait
// for something that does not come.
func (l *loop) settle(patience time.Duration) {
	enough := time.NewTimer(patience)
	defer enough.Stop()
	for l.drain(); l.running.Load() > 0; l.drain() {
		select {
		case <-l.wake:
		case <-enough.C:
			return
		}
	}
	l.drain() // what the last one sent before it ended
}

// faults is a log that keeps what the program is to blame for: it writes a panic
// of a job, and an error that it shows as an internal one, at the level of errors.
type faults struct {
	mu    sync.Mutex
	found []string
}

// Enabled takes errors alone.
func (f *faults) Enabled(_ context.Context, l slog.Level) bool { return l >= slog.LevelError }

// Handle keeps one, but for what the user is told of a file that is damaged:
// some of those that a monkey drops are.
func (f *faults) Handle(_ context.Context, r slog.Record) error {
	text, corrupt := r.Message, false
	r.Attrs(func(a slog.Attr) bool {
		text += fmt.Sprintf("\n  %s: %v", a.Key, a.Value)
		corrupt = corrupt || a.Key == "kind" && a.Value.String() == string(domain.Corrupt)
		return true
	})
	if corrupt {
		return nil
	}
	f.mu.Lock()
	defer f.mu.Unlock()
	f.found = append(f.found, text)
	return nil
}

// WithAttrs and WithGroup leave out what would be added.
func (f *faults) WithAttrs([]slog.Attr) slog.Handler { return f }

// WithGroup is as WithAttrs.
func (f *faults) WithGroup(string) slog.Handler { return f }

func (f *faults) take() string {
	f.mu.Lock()
	defer f.mu.Unlock()
	found := strings.Join(f.found, "\n")
	f.found = nil
	return found
}

// examine wants the workspace to be sound.
func (m *monkey) examine() {
	report := workspace.Examine(m.t.Context(), m.host.p.params(m.host.dp))
	for _, f := range report.Findings {
		if f.Status == workspace.StatusFault {
			m.fail("doctor: %s: %s", f.Check, f.Text)
		}
	}
}

// filedOnce wants no complaint to be at the practice endpoint twice.
func (m *monkey) filedOnce() {
	path := filepath.Join(m.home, "data", workspace.PracticeFile)
	if _, err := os.Stat(path); err != nil {
		return // nothing was filed
	}
	db, err := sql.Open("sqlite3", path)
	if err != nil {
		m.fail("%v", err)
	}
	defer func() { _ = db.Close() }()
	rows, err := db.QueryContext(m.t.Context(), "SELECT body FROM complaint")
	if err != nil {
		m.fail("%v", err)
	}
	defer func() { _ = rows.Close() }()
	filed := map[string]bool{}
	for rows.Next() {
		var raw []byte
		var body domain.ComplaintBody
		if err := rows.Scan(&raw); err != nil {
			m.fail("%v", err)
		}
		if err := json.Unmarshal(raw, &body); err != nil {
			m.fail("%v", err)
		}
		id := string(body.ClientReference)
		if filed[id] {
			m.fail("the complaint %s was filed twice", id)
		}
		filed[id] = true
		m.filed++
	}
	if err := rows.Err(); err != nil {
		m.fail("%v", err)
	}
}

// stacks counts the goroutines by where they are.
func stacks() int { return pprof.Lookup("goroutine").Count() }

// nobodyLeft wants the goroutines of the program to have gone with it.
func (m *monkey) nobodyLeft(before int) {
	for end := time.Now().Add(30 * time.Second); stacks() > before; {
		if time.Now().After(end) {
			var all strings.Builder
			_ = pprof.Lookup("goroutine").WriteTo(&all, 1)
			m.fail("%d goroutines are left of the program, which began with %d:\n%s", stacks(), before, all.String())
		}
		time.Sleep(10 * time.Millisecond)
	}
}
