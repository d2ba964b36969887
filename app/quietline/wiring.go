package main

import (
	"context"
	"errors"
	"log/slog"
	"sync"
	"time"

	"fyne.io/fyne/v2"

	"quietline/internal/domain"
	"quietline/internal/filing"
	"quietline/internal/l10n"
	"quietline/internal/lookout"
	"quietline/internal/platform"
	"quietline/internal/progress"
	"quietline/internal/report"
	"quietline/internal/secrets"
	"quietline/internal/settings"
	"quietline/internal/ui/advice"
	"quietline/internal/ui/alerts"
	"quietline/internal/ui/batch"
	"quietline/internal/ui/calls"
	"quietline/internal/ui/check"
	"quietline/internal/ui/complaints"
	"quietline/internal/ui/contacts"
	"quietline/internal/ui/family"
	"quietline/internal/ui/home"
	"quietline/internal/ui/keeping"
	"quietline/internal/ui/kit"
	"quietline/internal/ui/look"
	"quietline/internal/ui/prefs"
	"quietline/internal/ui/review"
	"quietline/internal/ui/shell"
	"quietline/internal/ui/thresholds"
	"quietline/internal/ui/tray"
	"quietline/internal/workspace"
)

// desktopParams is what open needs.
type desktopParams struct {
	window  *window
	dir     string
	options options
	// space gives a workspace that is being opened already; nil to open it now.
	space func() (*workspace.Workspace, error)
	log   *slog.Logger
	// closeLog closes its file, which the next message opens again; may be nil.
	closeLog func()
	// dispatch and start are those of a kit.Loop and kit.Go, or kit.Inline in
	// tests.
	dispatch kit.Dispatch
	start    func(func())
	// after is that of kit.JobsParams, nil in the program.
	after func(time.Duration, func()) func()
	// handOver puts the workspace down for as long as something is done with it,
	// and builds the window anew then; last is what the last time gave, or nil.
	handOver func(handedOver)
	last     *keeping.Outcome
	// hide: see shell.Params; put gives the icon in the tray its words; applied is
	// called when settings were put in force. Each may be nil.
	hide    func() bool
	put     func(tray.Texts)
	applied func()
}

// desktop is the open workspace with the window's contents and the outbox's
// worker.
type desktop struct {
	space  *workspace.Workspace
	params workspace.Params
	shell  *shell.Shell
	review *review.Model
	tray   *tray.Model
	// watching closes for as long as folders are not to be watched.
	watching gate
	log      *slog.Logger
	worker   sync.WaitGroup
	// ctx is the life of the window.
	ctx      context.Context
	stop     context.CancelFunc
	dispatch kit.Dispatch
}

// secretsEnv set to "file" keeps tokens out of the system's keyring, as for
// quietctl.
const secretsEnv = "QUIETLINE_SECRETS"

func (p *program) params(dp desktopParams) workspace.Params {
	params := workspace.Params{Dir: dp.dir, Printer: p.printer, Log: dp.log, Keyring: secrets.System{}}
	if p.env(secretsEnv) == "file" {
		params.Keyring = nil
	}
	return params
}

// open opens the workspace and fills the window. The outbox rests until work.
func (p *program) open(ctx context.Context, dp desktopParams) (*desktop, error) {
	params := p.params(dp)
	take := dp.space
	if take == nil {
		take = func() (*workspace.Workspace, error) { return workspace.Open(ctx, params) }
	}
	space, err := take()
	if err != nil {
		return nil, err
	}
	d := &desktop{space: space, params: params, log: dp.log, dispatch: dp.dispatch}
	ctx, d.stop = context.WithCancel(ctx)
	d.ctx = ctx
	if err := d.fill(ctx, p, dp); err != nil {
		d.stop()
		return nil, errors.Join(err, space.Close())
	}
	return d, nil
}

// fill makes the shell and its pages.
func (d *desktop) fill(ctx context.Context, p *program, dp desktopParams) error {
	now, err := d.space.Settings.Load(ctx)
	if err != nil {
		return err
	}
	if dp.options.lang != "" {
		now.Language = l10n.Language(dp.options.lang)
	}
	if dp.options.simple {
		now.Simple = settings.On
	}
	p.printer.SetLanguage(now.Language)
	if err := practiceThere(ctx, d.space.Filing); err != nil {
		return err
	}
	if dp.options.demo {
		if err := sampleData(ctx, d.space, p.printer); err != nil {
			return err
		}
	}
	remembered, err := d.space.Settings.Remembered(ctx)
	if err != nil {
		return err
	}
	d.shell = shell.New(shell.Params{
		App: dp.window.app, Window: dp.window.win, Printer: p.printer,
		Jobs:     kit.NewJobs(kit.JobsParams{Base: ctx, Dispatch: dp.dispatch, Start: dp.start, After: dp.after, Log: dp.log}),
		Dispatch: dp.dispatch, Clock: d.space.Clock, Source: platform.Source{}, Log: dp.log,
		Settings: now, Remembered: remembered, Remember: d.space.Settings.Remember, SystemSilent: dp.window.silent, Patience: patience,
		Screen: dp.window.screen,
		Pages:  func(e *kit.Env) []shell.Entry { return d.pages(e, now, dp) },
		Announced: func(topic string) {
			d.review.Heard(topic)
			d.tray.Heard(topic)
		},
		Hide: dp.hide, Dropped: d.openDropped,
	})
	d.review, d.tray = d.newReview(d.shell.Env(), dp.window.app), d.newTray(d.shell.Env(), dp.put)
	d.letWatch(now.Watch == settings.On)
	start := kit.PageHome
	switch {
	case dp.last != nil:
		start = kit.PageSettings // which says what became of it
	case d.fresh(ctx):
		start = kit.PageWelcome
	}
	d.shell.Start(kit.Route{Page: start})
	return nil
}

// pages makes the pages in the order of the navigation. The digits are fixed.
func (d *desktop) pages(e *kit.Env, now settings.All, dp desktopParams) []shell.Entry {
	w, watching := d.space, d.watchingOf()
	info := w.Registry.Info
	prefsModel := d.prefs(now, dp)
	prefsPage := prefs.NewPage(e, prefsModel, d.keeping(e, dp))
	why := func(a lookout.Alert) string { return report.AlertText(e.Printer, a.Alert, a.PersonName) }
	return []shell.Entry{
		{ID: kit.PageHome, Icon: look.IconHome, Key: fyne.Key1, Page: home.New(home.Params{
			Env: e, Checker: w.Checker, Journal: w.Journal, Filing: w.Filing, Lookout: w.Lookout, Registry: info, Province: w.Registry.Province,
			Alerts:   alerts.NewBrief(alerts.BriefParams{Env: e, Lookout: w.Lookout, Text: why}),
			Watching: watching,
			Contact:  contacts.NewMention(e, w.Journal),
			Simple:   func() bool { return d.shell.Settings().Simple == settings.On },
			ShowAll:  func() { prefsPage.SetSimple(settings.Off) },
		})},
		{ID: kit.PageCalls, Icon: look.IconCalls, Key: fyne.Key2, Page: calls.New(calls.Params{
			Env: e, Checker: w.Checker, Journal: w.Journal, Registry: info, Province: w.Registry.Province,
			Filing: w.Filing, Files: callFiles{e.Printer},
			Alerts: alerts.New(alerts.Params{Env: e, Lookout: w.Lookout, People: w.Journal, Text: why}),
			Stats:  d.stats(e),
			Contact: func(c domain.Call) kit.Part {
				return contacts.NewNote(contacts.NoteParams{Env: e, Journal: w.Journal, Call: c})
			},
		})},
		{ID: kit.PageCheck, Icon: look.IconCheck, Key: fyne.Key3, Page: check.New(check.Params{
			Env: e, Checker: w.Checker, Registry: lists{w.Registrar}, Journal: w.Journal, Files: files{},
			Contact: contacts.NewMention(e, w.Journal),
		})},
		{ID: kit.PageComplaints, Icon: look.IconComplaints, Key: fyne.Key4, Page: complaints.New(complaints.Params{
			Env: e, Checker: w.Checker, Journal: w.Journal, Filing: w.Filing, Province: w.Registry.Province,
			Papers: papers{e.Printer, e.Clock}, Files: complaintFiles{e.Printer, e.Clock},
			Sync: func(ctx context.Context, c *progress.Counter) (filing.SyncSummary, error) {
				return w.Outbox.Sync(ctx, filing.SyncOptions{Counter: c})
			},
		})},
		{ID: kit.PageBatch, Icon: look.IconBatch, Key: fyne.Key5, Page: batch.New(batch.Params{
			Env: e, Filing: w.Filing, Files: batchFiles{complaintFiles{e.Printer, e.Clock}, w.Filing},
		})},
		{ID: kit.PageFamily, Icon: look.IconFamily, Key: fyne.Key6, Page: family.NewPage(e, family.NewModel(family.Params{
			People: people{w.Journal}, Folders: w.Folders, Provinces: w.Registry.Provinces(),
			Contacts:   contacts.New(contacts.Params{Env: e, Journal: w.Journal}),
			Thresholds: func() { thresholds.Open(e, thresholds.NewModel(w.Lookout)) },
			Digest:     func(p domain.Person) { d.openDigest(e, p) },
		}), watching)},
		{ID: kit.PageAdvice, Icon: look.IconAdvice, Key: fyne.Key7, Page: advice.New(advice.Params{
			Env: e, Advice: w.Advice, Registry: info, Province: w.Registry.Province,
		})},
		{ID: kit.PageSettings, Icon: look.IconSettings, Key: fyne.Key8, Page: prefsPage},
		d.help(e),
		d.welcome(e, prefsModel),
		d.endpoint(e),
	}
}

// examine runs the diagnostics of the workspace.
func (d *desktop) examine(ctx context.Context) []prefs.Finding {
	report := d.space.Examine(ctx)
	out := make([]prefs.Finding, len(report.Findings))
	for i, f := range report.Findings {
		out[i] = prefs.Finding{Check: f.Check, Status: prefs.Status(f.Status), Text: f.Text}
	}
	return out
}

// atOnce is how many complaints are sent at the same time; an endpoint's own
// limit is kept besides.
const atOnce = 4

// work starts the outbox's worker, that which hears of filed complaints and that
// of the watched folders, which stay until the window goes.
func (d *desktop) work() {
	announce := func() { d.dispatch(func() { d.shell.Env().Announce("complaints") }) }
	d.worker.Go(func() {
		_, err := d.space.Outbox.Run(d.ctx, filing.RunOptions{
			Concurrency: atOnce, Stay: true, OnResult: func(filing.Result, bool) { announce() },
			OnUpload: func(filing.UploadResult) { announce() },
		})
		if err != nil && d.ctx.Err() == nil {
			d.log.Error("outbox ended", "cause", domain.Nameless(err))
		}
	})
	d.worker.Go(func() { d.space.Outbox.Listen(d.ctx, func(filing.CaseChange) { announce() }) })
	d.worker.Go(d.sweep)
	d.worker.Go(d.watch)
	d.review.Start()
	d.tray.Start()
}

// noticeRegistry takes over what another program changed of the registry in this
// workspace, and has the pages read it again.
func (d *desktop) noticeRegistry() {
	env, before := d.shell.Env(), d.space.Registry.Snapshot()
	kit.Do(d.ctx, env.Jobs, func(ctx context.Context) error {
		_, err := d.space.Registrar.Fresh(ctx)
		return err
	}, func(err error) {
		switch {
		case err != nil:
			d.log.Warn("registry not read again", "cause", domain.Nameless(err))
		case d.space.Registry.Snapshot() != before:
			env.Announce("registry")
		}
	})
}

// close ends the worker, which gives back what it has not sent, and closes the
// workspace.
func (d *desktop) close() error {
	d.stop()
	d.worker.Wait()
	return d.space.Close()
}
