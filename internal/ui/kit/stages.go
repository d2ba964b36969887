package kit

import (
	"fyne.io/fyne/v2"

	"quietline/internal/progress"
	"quietline/internal/ui/task"
)

// Stages are the dialogs of something that is chosen, done and reported: one of
// them at a time. The zero value shows none.
type Stages struct {
	dialog *Dialog
	halt   func() // ends the watch over the counter
}

// Show shows the dialog of a stage; that of the one before has been closed.
func (s *Stages) Show(e *Env, params func(*Dialog) DialogParams) {
	s.dialog = ShowDialog(e, params)
}

// Shows says whether the dialog is that of the present stage: one that closes
// because the next stage comes is not.
func (s *Stages) Shows(d *Dialog) bool { return s.dialog == d }

// Open says whether a dialog is there.
func (s *Stages) Open() bool { return s.dialog.Open() }

// Close takes away what is shown.
func (s *Stages) Close() {
	if s.halt != nil {
		s.halt()
		s.halt = nil
	}
	if d := s.dialog; d != nil {
		s.dialog = nil
		d.Close()
	}
}

// RunningParams is what Stages.Running needs.
type RunningParams struct {
	// Title is that of the dialog, Running says what goes on.
	Title, Running string
	// Counter tells how far it has come, and Counts says it in words.
	Counter *progress.Counter
	Counts  func(progress.Snapshot) string
	// Stop ends it.
	Stop func()
}

// Running shows how far something has come. Closing the dialog does not stop it.
func (s *Stages) Running(e *Env, p RunningParams) {
	bar := NewProgress(e, ProgressParams{Title: p.Running, OnCancel: p.Stop, Counts: p.Counts})
	s.Show(e, func(d *Dialog) DialogParams {
		return DialogParams{
			Title: p.Title, Body: bar.Object(),
			Buttons: []fyne.CanvasObject{NewButton(e.T("kit.background"), nil, d.Close)},
		}
	})
	s.halt = e.Jobs.Watch(e.Jobs.Base(), p.Counter, bar.Set)
}

// AmongFiles says before some words which file of several is being read.
func AmongFiles(e *Env, f *task.Files, words string) string {
	names := f.Names()
	if len(names) < 2 {
		return words
	}
	at := f.Current()
	return e.T("kit.among_files", map[string]any{"N": at + 1, "Of": len(names), "Name": names[at], "Words": words})
}
