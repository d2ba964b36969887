package main

import (
	"fmt"
	"log"
	"log/slog"
	"runtime"
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/app"
	"fyne.io/fyne/v2/theme"

	"quietline/internal/domain"
	"quietline/internal/l10n"
	"quietline/internal/settings"
	"quietline/internal/ui/kit"
	"quietline/internal/ui/look"
	"quietline/internal/ui/shell"
)

// displayThere says in words that there is no display where that is plain
// without trying.
func (p *program) displayThere() error {
	switch runtime.GOOS {
	case "windows", "darwin":
		return nil
	}
	if p.env("DISPLAY") == "" && p.env("WAYLAND_DISPLAY") == "" {
		return domain.E("quietline.displayThere", domain.Unavailable, "app.no_display", nil, nil)
	}
	return nil
}

// toolkitLog takes what the toolkit writes to the standard logger, its only
// way to report a fault. Where the display or OpenGL cannot be had, the toolkit
// (fyne 2.8, internal/driver/glfw and internal/painter/gl) logs it and goes on:
// into a panic of GLFW, into an event loop without a window, or into a call of
// an OpenGL function that was never loaded, which kills the process. So, while
// the window is being opened, such a message becomes a panic here, which
// openWindow turns into an error.
type toolkitLog struct {
	log *slog.Logger
	// opening is true while the window is being opened; only the main
	// goroutine writes then.
	opening bool
	fatal   bool
}

// displayFailure is the panic of toolkitLog.
type displayFailure struct{ cause string }

// Write takes one message.
func (t *toolkitLog) Write(b []byte) (int, error) {
	text := strings.TrimSpace(string(b))
	if t.opening {
		switch {
		case strings.Contains(text, "failed to initialise GLFW"),
			strings.Contains(text, "window creation error"),
			strings.Contains(text, "failed to initialise OpenGL"):
			t.fatal = true // the next message is the cause
		case t.fatal:
			panic(displayFailure{cause: text})
		}
	}
	if cause, ok := strings.CutPrefix(text, "Cause:"); ok {
		// It may quote a path, in which names stand; what is wrong comes last.
		text = "Cause: " + strings.TrimSpace(cause[strings.LastIndex(cause, ":")+1:])
	}
	t.log.Warn("toolkit", "text", text)
	return len(b), nil
}

// window is the toolkit's program with its one window.
type window struct {
	app fyne.App
	win fyne.Window
	// silent says that the system does not tell whether it is light or dark.
	silent bool
	closed bool
}

// openWindow opens the window, still empty. It fails with Unavailable
// "app.no_window" where the display cannot be reached or has no OpenGL 2.1.
func openWindow(id, title string, silent bool, logger *slog.Logger) (w *window, err error) {
	t := &toolkitLog{log: logger, opening: true}
	log.SetFlags(0)
	log.SetOutput(t)
	defer func() {
		t.opening = false
		if p := recover(); p != nil {
			cause := fmt.Errorf("%v", p)
			if f, ok := p.(displayFailure); ok {
				cause = fmt.Errorf("toolkit: %s", f.cause)
			}
			err = domain.E("quietline.openWindow", domain.Unavailable, "app.no_window", nil, cause)
			logger.Error("no window", "cause", cause)
		}
	}()
	nameWindows(id)
	a := app.NewWithID(id)
	look.Use(a, look.Params{Theme: settings.ThemeSystem, SystemSilent: silent})
	defer readFonts().Wait()
	win := a.NewWindow(title)
	win.SetMaster()
	win.SetPadded(false)
	win.SetContent(kit.Ground(theme.ColorNameBackground, kit.Spring()))
	win.Resize(shell.StartSize(settings.TextNormal, fyne.Size{}))
	win.CenterOnScreen()
	win.Show()
	w = &window{app: a, win: win, silent: silent}
	win.SetOnClosed(func() { w.closed = true })
	return w, nil
}

// raise brings the window to the front, unless it is closed.
func (w *window) raise() bool {
	if w.closed {
		return false
	}
	w.win.Show()
	w.win.RequestFocus()
	return true
}

// complain shows in the window why the workspace cannot be opened, and waits
// until it is closed.
func (w *window) complain(p *l10n.Printer, logger *slog.Logger, err error) {
	w.showFault(p, logger, err)
	w.app.Run()
}

// showFault puts into the window why the workspace cannot be opened.
func (w *window) showFault(p *l10n.Printer, logger *slog.Logger, err error) {
	logger.Error("workspace not opened", "cause", domain.Nameless(err))
	x := p.Explain(err)
	w.win.SetTitle(p.T("app.name"))
	w.win.SetCloseIntercept(nil)
	w.win.SetContent(kit.Ground(theme.ColorNameBackground, kit.Frame(kit.FrameParams{
		Title: p.T("app.cannot_open"),
		Body: kit.Stack(3,
			kit.Notice(look.Danger, x.Message, x.Hint),
			kit.Flow(1, kit.NewPrimary(p.T("kit.close"), nil, w.win.Close)),
		),
	})))
}
