package main

import (
	"context"

	"quietline/internal/domain"
	"quietline/internal/settings"
	"quietline/internal/ui/complaints"
	"quietline/internal/ui/kit"
	"quietline/internal/ui/tray"
)

// newTray makes what the icon in the tray says of this workspace.
func (d *desktop) newTray(e *kit.Env, put func(tray.Texts)) *tray.Model {
	if put == nil {
		put = func(tray.Texts) {}
	}
	soon := kit.NewThrottle(e.Jobs, reviewAfter)
	return tray.New(tray.Params{
		Printer: e.Printer,
		Count:   d.trayCounts,
		Run:     kit.Runner(e.Jobs, func() context.Context { return d.ctx }),
		Soon:    func(f func()) { soon.Call(d.ctx, f) },
		Put:     put,
		Failed:  func(err error) { d.log.Warn("nothing counted for the tray", "cause", domain.Nameless(err)) },
	})
}

func (d *desktop) trayCounts(ctx context.Context) (tray.Counts, error) {
	alerts, err := d.space.Lookout.NewAlerts(ctx)
	if err != nil {
		return tray.Counts{}, err
	}
	states, err := d.space.Filing.CountByState(ctx)
	if err != nil {
		return tray.Counts{}, err
	}
	waiting := int64(0)
	for _, s := range complaints.SegmentOutbox.States() {
		waiting += states[s]
	}
	return tray.Counts{Alerts: alerts.All(), Waiting: int(waiting)}, nil
}

// pauseWatching stops the watching of folders, or resumes it, until that is asked
// for again: the next start does as this one.
func (d *desktop) pauseWatching(paused bool) {
	e := d.shell.Env()
	watch, text := settings.On, "tray.resumed"
	if paused {
		watch, text = settings.Off, "tray.paused"
	}
	e.Try(e.Jobs.Base(), func(ctx context.Context) error { return d.space.Settings.SetWatch(ctx, watch) }, func() {
		d.letWatch(!paused)
		e.Toast(e.T(text))
		e.Announce("folders")
	})
}

// letWatch has folders watched or not.
func (d *desktop) letWatch(watch bool) {
	d.watching.set(watch)
	d.tray.Pause(!watch)
}

// watchingOf is what pages know of it.
func (d *desktop) watchingOf() kit.Watching {
	return kit.Watching{Paused: func() bool { return d.tray.Paused() }, Resume: func() { d.pauseWatching(false) }}
}

// intoTray hides the window where it can be got back from the tray, and says so
// the first time.
func (h *host) intoTray() bool {
	d := h.desk
	if d == nil || !h.icon.there() || d.shell.Settings().Tray != settings.On || !h.inTray() {
		return false
	}
	h.dp.window.win.Hide()
	if !h.toldTray {
		h.toldTray = true
		d.notify(d.shell.Env(), h.dp.window.app, h.p.printer.T("app.tray.closed"))
	}
	return true
}

// startTray makes the icon where the user wants one and there can be one. It comes
// after the window.
func (h *host) startTray() {
	if h.desk != nil && h.desk.shell.Settings().Tray == settings.On && trayPossible(h.p.env) {
		h.icon.start()
	}
}

// fromTray does what was chosen in the menu of the icon.
func (h *host) fromTray(deed trayDeed) {
	d := h.desk
	if h.going() {
		return
	}
	if d == nil { // while files are replaced, the window says what is going on
		h.dp.window.raise()
		return
	}
	switch deed {
	case trayAlerts:
		h.dp.window.raise()
		d.shell.Visit(kit.RouteAlerts())
	case trayWaiting:
		h.dp.window.raise()
		d.shell.Visit(kit.RouteComplaints(string(complaints.SegmentOutbox)))
	case trayShow:
		h.dp.window.raise()
	case trayWatch:
		d.pauseWatching(!d.tray.Paused())
	case trayQuit:
		d.shell.Quit()
	}
}
