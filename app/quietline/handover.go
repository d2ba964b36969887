package main

import (
	"context"
	"errors"

	"fyne.io/fyne/v2/theme"

	"quietline/internal/custody"
	"quietline/internal/diagnosis"
	"quietline/internal/platform"
	"quietline/internal/progress"
	"quietline/internal/ui/keeping"
	"quietline/internal/ui/kit"
	"quietline/internal/workspace"
)

// handedOver is what is done with a workspace that the window has put down.
type handedOver struct {
	// title says what is being done, in words.
	title string
	// work does it; it may be stopped by its context.
	work func(ctx context.Context, c *progress.Counter) keeping.Outcome
}

// host is the window over one workspace after another: where files of the
// workspace are replaced, it is put down before, and taken up again whatever came
// of it.
type host struct {
	p   *program
	dp  desktopParams
	ctx context.Context // the life of the window
	// desk is what the window shows, nil while the workspace is put down.
	desk *desktop
	// jobs are those of a workspace that is put down.
	jobs *kit.Jobs
	// icon is the one in the tray; inTray says whether a desktop shows
	// it; toldTray that the user knows where the window went.
	icon     *trayIcon
	inTray   func() bool
	toldTray bool
	// leaving says that the window is to close as soon as that is over.
	leaving bool
}

func newHost(ctx context.Context, p *program, dp desktopParams) *host {
	h := &host{p: p, dp: dp, ctx: ctx, inTray: trayShown}
	h.dp.handOver, h.dp.hide, h.dp.applied = h.handOver, h.intoTray, h.startTray
	return h
}

// open takes the workspace up.
func (h *host) open(last *keeping.Outcome) error {
	h.dp.last = last
	d, err := h.p.open(h.ctx, h.dp)
	h.dp.space = nil // the next one is another
	if err != nil {
		return err
	}
	h.desk = d
	d.work()
	return nil
}

// going says that the window is about to close, or has.
func (h *host) going() bool { return h.leaving || h.desk != nil && h.desk.shell.Going() }

// raised brings the window to the front and opens files there, unless it is about
// to close or cannot open any now.
func (h *host) raised(files []string) bool {
	if h.going() || h.desk == nil && len(files) > 0 || !h.dp.window.raise() {
		return false
	}
	if h.desk != nil {
		h.desk.openFiles(files)
	}
	return true
}

// entered is called when the window comes to the front.
func (h *host) entered() {
	if h.desk != nil {
		h.desk.noticeRegistry()
	}
}

// handOver puts the workspace down, does the work with it and takes up what is
// there then.
func (h *host) handOver(w handedOver) {
	d, dp := h.desk, h.dp
	if d == nil || d.shell.Going() {
		return
	}
	h.desk = nil
	d.shell.Stop()
	h.jobs = kit.NewJobs(kit.JobsParams{Base: h.ctx, Dispatch: dp.dispatch, Start: dp.start, After: dp.after, Log: dp.log})
	env := &kit.Env{
		Printer: h.p.printer, Jobs: h.jobs, Dispatch: dp.dispatch, Clock: platform.Clock{}, Source: platform.Source{},
		Window: dp.window.win, Log: dp.log,
	}
	counter := &progress.Counter{}
	var task *kit.Task
	bar := kit.NewProgress(env, kit.ProgressParams{
		Title: w.title, OnCancel: func() { task.Cancel() }, Counts: func(progress.Snapshot) string { return "" },
	})
	dp.window.win.SetContent(kit.Ground(theme.ColorNameBackground, kit.Frame(kit.FrameParams{
		Title: h.p.printer.T("app.name"),
		Body:  kit.Stack(2, kit.Card(bar.Object()), kit.Muted(h.p.printer.T("keeping.put_down"))),
	})))
	dp.window.win.SetCloseIntercept(func() {
		h.leaving = true
		task.Cancel()
	})
	stop := h.jobs.Watch(h.ctx, counter, bar.Set)
	task = kit.Run(h.jobs.Base(), h.jobs, func(ctx context.Context) (keeping.Outcome, error) {
		if err := d.close(); err != nil {
			return keeping.Outcome{Err: err}, nil //nolint:nilerr // it is the outcome
		}
		if dp.closeLog != nil {
			dp.closeLog()
		}
		return w.work(ctx, counter), nil
	}, func(o keeping.Outcome, err error) {
		stop()
		o.Err = errors.Join(o.Err, err)
		h.takeUp(o)
	})
}

// takeUp opens what is there now, or says why it cannot be opened.
func (h *host) takeUp(o keeping.Outcome) {
	if o.Everything {
		h.dp.options.demo = false // the sample data was erased on purpose
	}
	if h.leaving {
		h.dp.window.win.SetCloseIntercept(nil)
		h.dp.window.win.Close()
		return
	}
	if err := h.open(&o); err != nil {
		h.dp.window.showFault(h.p.printer, h.dp.log, err)
	}
}

// end is called when the event loop has ended.
func (h *host) end() error {
	if h.desk == nil {
		if h.jobs != nil {
			h.jobs.Stop(patience)
		}
		return nil
	}
	h.desk.shell.Stop()
	return h.desk.close()
}

// keeping makes the part of the Settings page about the workspace as a whole.
func (d *desktop) keeping(e *kit.Env, dp desktopParams) kit.Part {
	return keeping.New(e, keeping.Params{
		Custody: inCustody{d.space}, People: d.space.Journal.People, TokensInFile: d.space.Secrets.InFile, Last: dp.last,
		Replace: func(r keeping.Ready) {
			dp.handOver(handedOver{e.T("keeping.restore.running"), func(ctx context.Context, _ *progress.Counter) keeping.Outcome {
				out, err := r.Replace(ctx)
				return keeping.Outcome{Restored: &out, Err: err}
			}})
		},
		Erase: func(r custody.EraseRequest) {
			dp.handOver(handedOver{e.T("keeping.erase.running"), func(ctx context.Context, c *progress.Counter) keeping.Outcome {
				return d.erase(ctx, r, c)
			}})
		},
	})
}

// erase erases with the workspace put down.
func (d *desktop) erase(ctx context.Context, r custody.EraseRequest, c *progress.Counter) keeping.Outcome {
	s, err := workspace.Custody(d.params)
	if err != nil {
		return keeping.Outcome{Err: err}
	}
	r.Counter, r.Keep = c, []string{diagnosis.CrashFile} // the Go runtime keeps it open
	out, err := s.Erase(ctx, r)
	return keeping.Outcome{Erased: &out, Everything: r.Person == "" && err == nil, Err: err}
}

// inCustody is the open workspace as the page knows it.
type inCustody struct{ *workspace.Workspace }

// PrepareRestore verifies a backup.
func (w inCustody) PrepareRestore(ctx context.Context, r custody.RestoreRequest) (keeping.Ready, error) {
	ready, err := w.Workspace.PrepareRestore(ctx, r)
	if err != nil {
		return nil, err
	}
	return ready, nil
}
