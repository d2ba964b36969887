//go:build linux

package main

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/app"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/widget"

	"quietline/internal/settings"
	"quietline/internal/ui/look"
)

// empty is a window with nothing but a line in each of the two fonts: without words
// the toolkit reads no font.
func empty() {
	a := app.NewWithID("io.quietline.benchwindow")
	a.Settings().SetTheme(look.New(look.Params{Theme: settings.ThemeSystem, SystemSilent: true}))
	w := a.NewWindow("benchwindow")
	w.SetMaster()
	bold := widget.NewLabel("Quietline benchmark")
	bold.TextStyle.Bold = true
	w.SetContent(container.NewCenter(container.NewVBox(bold, widget.NewLabel("Quietline benchmark"))))
	w.Resize(fyne.NewSize(1160, 680)) // as quietline
	w.CenterOnScreen()
	w.ShowAndRun()
}
