package main

import (
	"context"
	"runtime/debug"
	"sync"
	"time"

	"fyne.io/fyne/v2"

	"quietline/internal/workspace"
)

// openAhead opens a workspace while the window is being made, which takes as long:
// the toolkit talks with the display and the graphics driver, and the workspace
// reads files. What it gives waits for the workspace. A panic there is not caught:
// it ends the program with a report, as one in the window does.
func openAhead(ctx context.Context, params workspace.Params) func() (*workspace.Workspace, error) {
	var space *workspace.Workspace
	var err error
	var opening sync.WaitGroup
	opening.Go(func() { space, err = workspace.Open(ctx, params) })
	return func() (*workspace.Workspace, error) {
		opening.Wait()
		return space, err
	}
}

// closeUnused closes a workspace that no window came for.
func closeUnused(space func() (*workspace.Workspace, error)) error {
	w, err := space()
	if err != nil {
		return nil //nolint:nilerr // that there is no window is said already
	}
	return w.Close()
}

// readFonts has the toolkit read the fonts of the theme while the window is being
// made, which shows no words yet; it would read them for the first word. It must be
// over before anything else measures one.
func readFonts() *sync.WaitGroup {
	var reading sync.WaitGroup
	reading.Go(func() {
		for _, style := range []fyne.TextStyle{{}, {Bold: true}} {
			fyne.MeasureText("0", 1, style)
		}
	})
	return &reading
}

// collectLater lets what a start allocates, fonts and texts that mostly stay, grow
// to five times what is in use before memory is collected, instead of twice: a fifth
// of the start is spared. What was set before holds again after a moment.
func collectLater() {
	const percent, moment = 400, 3 * time.Second
	before := debug.SetGCPercent(percent)
	time.AfterFunc(moment, func() { debug.SetGCPercent(before) })
}
