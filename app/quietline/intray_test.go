package main

import (
	"bytes"
	"context"
	"image/png"
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/test"

	"quietline/assets"
	"quietline/internal/l10n"
	"quietline/internal/settings"
	"quietline/internal/ui/complaints"
	"quietline/internal/ui/kit"
	"quietline/internal/ui/tray"
	"quietline/internal/ui/uitest"
)

// hidden is a window that says whether it is out of sight.
type hidden struct {
	fyne.Window
	out bool
}

func (h *hidden) Hide() { h.out = true }
func (h *hidden) Show() { h.out = false }

// hosted is a host in the toolkit's test driver, with a tray that is shown.
func hosted(t *testing.T) (*host, *uitest.Harness, *hidden, *[]tray.Texts) {
	t.Helper()
	h := uitest.New(t, uitest.Options{Language: l10n.English})
	p, dp := deskParams(t, h, t.TempDir())
	win := &hidden{Window: h.Window}
	put := &[]tray.Texts{}
	dp.window.win, dp.put = win, func(x tray.Texts) { *put = append(*put, x) }
	host := newHost(t.Context(), p, dp)
	host.icon, host.inTray = &trayIcon{end: func() {}}, func() bool { return true }
	d, err := p.open(t.Context(), host.dp)
	if err != nil {
		t.Fatal(err)
	}
	host.desk = d
	d.tray.Start()
	h.Layout()
	t.Cleanup(func() {
		d.shell.Stop()
		if err := d.close(); err != nil {
			t.Error(err)
		}
	})
	return host, h, win, put
}

// The window goes into the tray only where it can be got back from there.
func TestClosingGoesIntoTheTray(t *testing.T) {
	h, _, win, _ := hosted(t)
	note := fyne.NewNotification("Quietline", "Quietline goes on in the tray. Its menu there has Quit.")
	test.AssertNotificationSent(t, note, func() {
		if !h.intoTray() || !win.out {
			t.Error("the window stays")
		}
	})
	h.fromTray(trayShow)
	if win.out {
		t.Fatal("the window does not come back")
	}
	test.AssertNotificationSent(t, nil, func() {
		if !h.intoTray() {
			t.Error("the window stays the second time")
		}
	})
	h.fromTray(trayShow)
	for name, change := range map[string]func(){
		"no tray": func() { h.inTray = func() bool { return false } },
		"no icon": func() { h.icon = nil },
		"switched off": func() {
			off := h.desk.shell.Settings()
			off.Tray = settings.Off
			h.desk.shell.Apply(off)
		},
	} {
		icon, shown, now := h.icon, h.inTray, h.desk.shell.Settings()
		change()
		if h.intoTray() || win.out {
			t.Errorf("%s: the window is gone", name)
		}
		h.icon, h.inTray = icon, shown
		h.desk.shell.Apply(now)
	}
}

func TestMenuOfTheTray(t *testing.T) {
	h, ui, win, put := hosted(t)
	want := tray.Texts{
		Tip: "Quietline: 0 new alerts, 0 complaints waiting", Alerts: "0 new alerts", Waiting: "0 complaints waiting",
		Show: "Show Quietline", Watch: "Pause watching", Quit: "Quit",
	}
	if got := (*put)[len(*put)-1]; got != want {
		t.Errorf("%+v", got)
	}
	win.Hide()
	h.fromTray(trayWaiting)
	if win.out || h.desk.shell.Route() != kit.RouteComplaints(string(complaints.SegmentOutbox)) {
		t.Errorf("on %v", h.desk.shell.Route())
	}
	win.Hide()
	h.fromTray(trayAlerts)
	if win.out || h.desk.shell.Route() != kit.RouteAlerts() {
		t.Errorf("on %v", h.desk.shell.Route())
	}
	h.fromTray(trayWatch)
	ui.Layout()
	if open, _ := h.desk.watching.look(); open || (*put)[len(*put)-1].Watch != "Resume watching" || !ui.Shows("tray.paused") {
		t.Errorf("watched: %v, %+v, %q", open, (*put)[len(*put)-1], ui.Texts())
	}
	h.fromTray(trayWatch)
	if open, _ := h.desk.watching.look(); !open || (*put)[len(*put)-1].Watch != "Pause watching" {
		t.Errorf("watched: %v, %+v", open, (*put)[len(*put)-1])
	}
	chinese := h.desk.shell.Settings()
	chinese.Language = l10n.Chinese
	h.desk.shell.Apply(chinese)
	h.desk.tray.Speak()
	if got := (*put)[len(*put)-1]; got.Quit != "退出" {
		t.Errorf("%+v", got)
	}
	closed := false
	win.SetOnClosed(func() { closed = true })
	h.fromTray(trayQuit)
	if !closed || !h.going() {
		t.Error("Quit does not")
	}
	h.fromTray(trayShow) // too late, and harmless
}

func TestGate(t *testing.T) {
	var g gate
	ctx, cancel := context.WithCancel(t.Context())
	inner, stop := g.wait(ctx)
	if inner == nil || inner.Err() != nil {
		t.Fatal("it begins closed")
	}
	g.set(false)
	<-inner.Done()
	stop()
	waited := make(chan context.Context)
	go func() {
		c, _ := g.wait(ctx)
		waited <- c
	}()
	g.set(false) // again
	g.set(true)
	if c := <-waited; c == nil || c.Err() != nil {
		t.Fatal("it does not open")
	}
	g.set(false)
	go func() {
		c, _ := g.wait(ctx)
		waited <- c
	}()
	cancel()
	if c := <-waited; c != nil {
		t.Fatal("it outlives the window")
	}
}

// A pause outlasts the program, and pages say so and end it.
func TestPauseOfWatchingIsKept(t *testing.T) {
	h, host := newHostDesk(t)
	host.desk.pauseWatching(true)
	h.Layout()
	if !h.Shows("kit.watching.paused") {
		t.Fatalf("%q", h.Texts())
	}
	if err := host.end(); err != nil {
		t.Fatal(err)
	}
	if err := host.open(nil); err != nil {
		t.Fatal(err)
	}
	h.Layout()
	if open, _ := host.desk.watching.look(); open || !host.desk.tray.Paused() || !h.Shows("kit.watching.paused") {
		t.Fatalf("watched: %v, %q", open, h.Texts())
	}
	h.Press("tray.resume")
	now, err := host.desk.space.Settings.Load(t.Context())
	if open, _ := host.desk.watching.look(); err != nil || !open || now.Watch != settings.On || h.Shows("kit.watching.paused") {
		t.Errorf("watched: %v, %+v, %v", open, now, err)
	}
}

func TestPictureOfTheTray(t *testing.T) {
	small, err := smaller(assets.Icon())
	if err != nil {
		t.Fatal(err)
	}
	p, err := png.Decode(bytes.NewReader(small))
	if err != nil || p.Bounds().Dx() != traySize || p.Bounds().Dy() != traySize || len(forTray(small)) < len(small) {
		t.Fatalf("%v, %v", p.Bounds(), err)
	}
	if _, err := smaller([]byte("no picture")); err == nil {
		t.Fatal("made something of nothing")
	}
}
