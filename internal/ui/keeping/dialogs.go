package keeping

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/theme"

	"quietline/internal/l10n"
	"quietline/internal/progress"
	"quietline/internal/ui/kit"
	"quietline/internal/ui/look"
)

// The endings of backups: encrypted by age, and plain.
const (
	sealedEnding = ".age"
	plainEnding  = ".tar"
)

// askBackup asks for the passphrase, then for the file.
func (v *Part) askBackup() {
	e := v.env
	phrase, again := kit.NewSecret(""), kit.NewSecret("")
	form := kit.NewForm(e,
		kit.NewField(e, kit.FieldParams{
			Label: e.T("keeping.passphrase"), Help: e.T("keeping.passphrase.help"), Pointer: "/passphrase", Input: phrase,
		}),
		kit.NewField(e, kit.FieldParams{Label: e.T("keeping.passphrase.again"), Pointer: "/again", Input: again}),
	)
	plain := kit.Notice(look.Caution, e.T("keeping.plain"), e.T("keeping.plain.hint"))
	body := kit.Stack(2, kit.Body(e.T("keeping.backup.what")), form.Object(), plain)
	phrase.OnChanged = func(s string) {
		if s == "" {
			plain.Show()
		} else {
			plain.Hide()
		}
		body.Refresh()
	}
	kit.ShowDialog(e, func(d *kit.Dialog) kit.DialogParams {
		next := kit.NewPrimary(e.T("keeping.backup.where"), theme.FolderOpenIcon(), func() {
			err := CheckPhrases(phrase.Text, again.Text)
			form.Show(err)
			if err != nil {
				return
			}
			word := phrase.Text
			d.Close()
			v.askWhere(word)
		})
		return kit.DialogParams{
			Title: e.T("keeping.backup.title"), Body: body, Width: 64, Focus: phrase,
			Typed:   func() bool { return phrase.Text+again.Text != "" },
			Buttons: []fyne.CanvasObject{kit.NewButton(e.T("kit.cancel"), nil, d.Close), next},
		}
	})
}

func (v *Part) askWhere(phrase string) {
	e, ending := v.env, sealedEnding
	if phrase == "" {
		ending = plainEnding
	}
	name := "quietline-" + e.Clock.Now().Format("2006-01-02") + ending
	kit.SaveFile(e, e.T("keeping.backup.title"), name, []string{ending}, func(path string) { v.m.Backup(path, phrase) })
}

// askRestore asks for the file, then verifies it.
func (v *Part) askRestore() {
	kit.OpenFile(v.env, v.env.T("keeping.restore.choose"), []string{sealedEnding, plainEnding}, v.Restore)
}

// Restore goes on with a backup that was chosen.
func (v *Part) Restore(path string) {
	e := v.env
	r := &restoring{part: v, path: path, phrase: kit.NewSecret(""), place: kit.Stack(2)}
	r.form = kit.NewForm(e, kit.NewField(e, kit.FieldParams{
		Label: e.T("keeping.passphrase"), Help: e.T("keeping.restore.passphrase.help"), Pointer: "/passphrase", Input: r.phrase,
	}))
	r.next = kit.NewPrimary(e.T("keeping.restore.verify"), nil, r.verify)
	r.phrase.OnEnter = r.verify
	r.place.Objects = []fyne.CanvasObject{kit.Body(path), r.form.Object()}
	kit.ShowDialog(e, func(d *kit.Dialog) kit.DialogParams {
		r.dialog = d
		return kit.DialogParams{
			Title: e.T("keeping.restore.title"), Body: r.place, Width: 64, Focus: r.phrase,
			Buttons:  []fyne.CanvasObject{kit.NewButton(e.T("kit.cancel"), nil, d.Close), r.next},
			OnClosed: r.drop,
		}
	})
}

// restoring is the dialog that verifies a backup and asks before it replaces.
type restoring struct {
	part   *Part
	path   string
	phrase *kit.Entry
	form   *kit.Form
	place  *fyne.Container
	next   *kit.Button
	dialog *kit.Dialog
	cancel func()
	ready  Ready
	busy   bool
	closed bool
}

func (r *restoring) verify() {
	if r.busy || r.ready != nil {
		return
	}
	e := r.part.env
	r.busy = true
	r.next.Disable()
	r.form.Clear()
	counter := &progress.Counter{}
	bar := kit.NewProgress(e, kit.ProgressParams{
		Title: e.T("keeping.restore.verifying"), Counts: func(s progress.Snapshot) string { return megabytes(e, s) },
	})
	r.place.Objects = []fyne.CanvasObject{kit.Body(r.path), bar.Object()}
	r.place.Refresh()
	stop := e.Jobs.Watch(e.Jobs.Base(), counter, bar.Set)
	r.cancel = r.part.m.Prepare(r.path, r.phrase.Text, counter, func(ready Ready, err error) {
		stop()
		r.verified(ready, err)
	})
}

func (r *restoring) verified(ready Ready, err error) {
	r.busy, r.ready = false, ready
	if r.closed {
		r.drop()
		return
	}
	e := r.part.env
	r.next.Enable()
	if err != nil {
		r.place.Objects = []fyne.CanvasObject{kit.Body(r.path), r.form.Object()}
		r.place.Refresh()
		r.form.Show(err)
		return
	}
	r.place.Objects = []fyne.CanvasObject{
		kit.Notice(look.Done, e.T("keeping.restore.sound", l10n.Args{"Time": kit.FormatTime(ready.TakenAt())}), r.path),
		kit.Body(e.T("keeping.restore.ask")),
	}
	r.next.SetText(e.T("keeping.restore.yes"))
	r.next.OnTapped = func() {
		r.ready = nil // it is handed over
		r.dialog.Close()
		r.part.m.Replace(ready)
	}
	r.place.Refresh()
}

// drop gives up what was prepared; it is called when the dialog has gone.
func (r *restoring) drop() {
	r.closed = true
	if r.cancel != nil {
		r.cancel()
	}
	if r.ready != nil {
		r.ready.Drop()
	}
}
