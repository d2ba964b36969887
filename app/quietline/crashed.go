package main

import (
	"context"
	"os"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/theme"

	"quietline/internal/ui/kit"
	"quietline/internal/ui/prefs"
	"quietline/internal/workspace"
)

// bundle writes the diagnostics; the user was asked before a file is replaced.
func (d *desktop) bundle(ctx context.Context, path string) error {
	return d.space.Bundle(ctx, workspace.BundleRequest{File: path, Force: true})
}

// tellCrashed says that the program ended unexpectedly the last time, where there
// is a report of it, and what can be done with that. Then is called after it.
func (d *desktop) tellCrashed(report string, then func()) {
	if report == "" {
		then()
		return
	}
	e := d.shell.Env()
	kit.ShowDialog(e, func(dialog *kit.Dialog) kit.DialogParams {
		return kit.DialogParams{
			Title: e.T("app.crashed"),
			Body:  kit.Stack(1.5, kit.Body(e.T("app.crashed.text")), kit.Body(e.T("app.crashed.help"))),
			Buttons: []fyne.CanvasObject{
				kit.NewButton(e.T("app.crashed.delete"), theme.DeleteIcon(), func() {
					dialog.Close()
					e.Try(e.Jobs.Base(), func(context.Context) error { return os.Remove(report) }, nil)
				}),
				kit.NewButton(e.T("app.crashed.save"), theme.DocumentSaveIcon(), func() {
					dialog.Close()
					prefs.SaveBundle(e, d.bundle)
				}),
				kit.NewPrimary(e.T("kit.close"), nil, dialog.Close),
			},
			OnClosed: then,
		}
	})
}
