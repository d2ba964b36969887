package contacts

import (
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/theme"

	"quietline/internal/domain"
	"quietline/internal/l10n"
	"quietline/internal/progress"
	"quietline/internal/ui/kit"
	"quietline/internal/ui/task"
)

// importView shows the stages of an import, each in a dialog of its own.
type importView struct {
	v      *Part
	dialog *kit.Dialog
	halt   func() // ends the watch over the counter
}

// choose lets the user choose a file.
func (i *importView) choose() {
	if i.v.model.Importing() {
		i.show()
		return
	}
	e, open := i.v.env, i.v.p.OpenFile
	if open == nil {
		open = func(chosen func(string)) {
			kit.OpenFile(e, e.T("contacts.import.choose"), kit.AddressBookEndings(), chosen)
		}
	}
	open(func(path string) { i.v.model.OfferImport([]string{path}) })
}

// show shows the stage that the import is in.
func (i *importView) show() {
	job := i.v.model.Import()
	i.close()
	switch {
	case job == nil:
	case job.Stage == task.Choosing:
		i.offer(job)
	case job.Stage == task.Running:
		i.progress(job)
	case i.v.ctx == nil:
		// The report is shown when the contacts are entered again.
		i.v.env.Toast(i.v.env.N("contacts.import.finished", job.Total().Numbers))
	default:
		job.Seen = true
		i.report(job)
	}
}

func (i *importView) close() {
	if i.halt != nil {
		i.halt()
		i.halt = nil
	}
	if d := i.dialog; d != nil {
		i.dialog = nil
		d.Close()
	}
}

// offer says which files there are and asks whose contacts they are.
func (i *importView) offer(job *Import) {
	e, m := i.v.env, i.v.model
	whose := kit.NewChoice("", whoseOptions(e, m.People()), func(id domain.PersonID) { job.Person = id })
	whose.Set(job.Person)
	var d *kit.Dialog
	d = kit.ShowDialog(e, func(*kit.Dialog) kit.DialogParams {
		start := kit.NewPrimary(e.T("calls.import.start"), theme.DownloadIcon(), m.RunImport)
		return kit.DialogParams{
			Title: e.T("contacts.import.title"), Width: 68,
			Body: kit.Stack(2,
				kit.Stack(0.5, kit.Strong(e.N("calls.import.files", len(job.Paths))), kit.Body(strings.Join(job.Names(), "\n"))),
				kit.NewField(e, kit.FieldParams{
					Label: e.T("contacts.import.whose"), Input: whose, Help: e.T("contacts.import.whose.help"),
				}).Object(),
				kit.Muted(e.T("contacts.import.local")),
			),
			Buttons: []fyne.CanvasObject{
				kit.NewButton(e.T("kit.cancel"), nil, func() { d.Close() }),
				kit.NewButton(e.T("calls.import.another"), theme.FolderOpenIcon(), i.choose),
				start,
			},
			Focus: start,
			OnClosed: func() {
				// Only the user closes it without opening the next one.
				if i.dialog == d && m.Import() == job {
					i.dialog = nil
					m.DropImport()
				}
			},
		}
	})
	i.dialog = d
}

// progress shows how far it has come. Closing it does not stop the import.
func (i *importView) progress(job *Import) {
	e := i.v.env
	names := job.Names()
	bar := kit.NewProgress(e, kit.ProgressParams{
		Title: e.T("calls.import.running"), OnCancel: i.v.model.StopImport,
		Counts: func(s progress.Snapshot) string {
			text := e.N("contacts.import.read", int(s.Items))
			if len(names) > 1 {
				text = e.T("calls.import.file", l10n.Args{"N": job.Current() + 1, "Of": len(names), "Name": names[job.Current()]}) +
					e.T("calls.separator") + text
			}
			return text
		},
	})
	i.dialog = kit.ShowDialog(e, func(d *kit.Dialog) kit.DialogParams {
		return kit.DialogParams{
			Title: e.T("contacts.import.title"), Body: bar.Object(),
			Buttons: []fyne.CanvasObject{kit.NewButton(e.T("calls.import.background"), nil, d.Close)},
		}
	})
	i.halt = e.Jobs.Watch(e.Jobs.Base(), job.Counter, bar.Set)
}
