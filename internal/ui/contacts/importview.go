package contacts

import (
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/theme"

	"quietline/internal/domain"
	"quietline/internal/progress"
	"quietline/internal/ui/kit"
	"quietline/internal/ui/task"
)

// importView shows the stages of an import, each in a dialog of its own.
type importView struct {
	v *Part
	kit.Stages
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
	i.Close()
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

// offer says which files there are and asks whose contacts they are.
func (i *importView) offer(job *Import) {
	e, m := i.v.env, i.v.model
	whose := kit.NewChoice("", whoseOptions(e, m.People()), func(id domain.PersonID) { job.Person = id })
	whose.Set(job.Person)
	i.Show(e, func(d *kit.Dialog) kit.DialogParams {
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
				kit.NewButton(e.T("kit.cancel"), nil, d.Close),
				kit.NewButton(e.T("calls.import.another"), theme.FolderOpenIcon(), i.choose),
				start,
			},
			Focus: start,
			OnClosed: func() {
				// Only the user closes it without opening the next one.
				if i.Shows(d) && m.Import() == job {
					m.DropImport()
				}
			},
		}
	})
}

// progress shows how far it has come. Closing it does not stop the import.
func (i *importView) progress(job *Import) {
	e := i.v.env
	i.Running(e, kit.RunningParams{
		Title: e.T("contacts.import.title"), Running: e.T("calls.import.running"), Counter: job.Counter, Stop: i.v.model.StopImport,
		Counts: func(s progress.Snapshot) string {
			return kit.AmongFiles(e, &job.Files, e.N("contacts.import.read", int(s.Items)))
		},
	})
}
