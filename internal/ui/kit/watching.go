package kit

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/theme"

	"quietline/internal/ui/look"
)

// Watching tells pages whether the watching of folders is paused, and resumes it.
// The topic "folders" is announced when that changed. The zero one never is.
type Watching struct {
	Paused func() bool
	Resume func()
}

// Notice says that it is paused, with the way to go on; nil where it is not.
func (w Watching) Notice(e *Env) fyne.CanvasObject {
	if w.Paused == nil || !w.Paused() {
		return nil
	}
	return Notice(look.Caution, e.T("kit.watching.paused"), e.T("kit.watching.paused.hint"),
		NewButton(e.T("tray.resume"), theme.MediaPlayIcon(), w.Resume))
}
