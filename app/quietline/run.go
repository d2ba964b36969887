package main

import (
	"context"
	"errors"
	"io"
	"time"

	"fyne.io/fyne/v2"

	"quietline/assets"
	"quietline/i18n"
	"quietline/internal/l10n"
	"quietline/internal/platform"
	"quietline/internal/settings"
	"quietline/internal/ui/kit"
)

// appID names the program to the desktop; FyneApp.toml has the same.
const appID = "io.quietline.app"

// program is one run.
type program struct {
	args     []string
	out, err io.Writer
	env      func(string) string
	// tell shows a text to a user who has no terminal.
	tell func(title, text string)
	// told says that the window has shown the error already.
	told    bool
	locale  string
	printer *l10n.Printer
}

// newPrinter reads the catalogues that are part of the program.
func newPrinter(l l10n.Language) (*l10n.Printer, error) { return l10n.New(i18n.Files(), l) }

// run is the program from beginning to end. Whatever it opened it closes, in
// the reverse order.
func (p *program) run() error {
	o, err := p.options()
	if err != nil || o.done {
		return err
	}
	dir, err := p.dataDir(o)
	if err != nil {
		return err
	}
	if err := p.displayThere(); err != nil {
		return err
	}
	wait, enough := context.WithTimeout(context.Background(), waitTime)
	first, err := claim(wait, claimParams{dir: dir, answer: answerTime, files: o.files})
	enough()
	if err != nil {
		return err
	}
	if first == nil { // another window is open on this folder and was raised
		_, _ = io.WriteString(p.out, p.printer.T("app.raised")+"\n")
		return nil
	}
	defer first.close()

	log, closeLog := openLog(dir)
	defer closeLog()
	return watched(dir, func(crashed string) error {
		return p.inWindow(first, crashed, desktopParams{dir: dir, options: o, log: log, closeLog: closeLog})
	})
}

// inWindow is the program from the opening of its window to its end. crashed
// is the path of what an earlier run left when it died, or empty.
func (p *program) inWindow(first *instance, crashed string, dp desktopParams) error {
	collectLater()
	ctx, stop := context.WithCancel(context.Background())
	defer stop()
	dp.space = openAhead(ctx, p.params(dp))
	w, err := openWindow(appID, p.printer.T("app.name"), systemSilent(), dp.log)
	if err != nil {
		return errors.Join(err, closeUnused(dp.space))
	}
	w.app.SetIcon(fyne.NewStaticResource("quietline.png", assets.Icon()))
	loop := kit.NewLoop()
	loop.Rest(resting())
	first.onRaise(loop.Dispatch, func(files []string) bool { return len(files) == 0 && w.raise() })
	dp.window, dp.dispatch, dp.start = w, loop.Dispatch, kit.Go
	h := newHost(ctx, p, dp)
	h.icon = &trayIcon{picture: assets.Icon(), dispatch: loop.Dispatch, do: h.fromTray}
	h.dp.put = h.icon.put
	if err := h.open(nil); err != nil {
		w.complain(p.printer, dp.log, err)
		p.told = true
		return err
	}
	first.onRaise(loop.Dispatch, h.raised)
	w.app.Lifecycle().SetOnEnteredForeground(h.entered)
	h.desk.tellCrashed(crashed, func() { h.desk.openFiles(dp.options.files) })
	loop.Dispatch(h.startTray)
	w.app.Run()
	loop.End()
	h.icon.close()
	first.hush() // who starts now gets a window of their own, after this end
	return h.end()
}

func (p *program) dataDir(o options) (string, error) {
	dir, err := platform.DataDir(o.dataDir)
	if err != nil {
		return "", err
	}
	if o.demo && o.dataDir == "" && p.env(platform.DataDirEnv) == "" {
		dir += "-demo" // sample data never mixes with a user's own
	}
	return dir, platform.MakeDataDir(dir)
}

// language is the language until the settings are read.
func (p *program) language(flag string) l10n.Language {
	if flag != "" {
		return l10n.Language(flag)
	}
	return settings.DefaultLanguage(p.locale)
}

// patience is how long leaving waits for work under way.
const patience = 4 * time.Second
