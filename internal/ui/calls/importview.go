package calls

import (
	"strconv"
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
	p *Page
	kit.Stages
	// mapping is the choice of columns, nil while it is not shown.
	mapping *mappingView
	// whose is the choice of a person in the dialog before an import.
	whose *kit.Choice[domain.PersonID]
}

// choose lets the user choose a file.
func (v *importView) choose() {
	if v.p.model.Importing() {
		v.show()
		return
	}
	open := v.p.p.OpenFile
	if open == nil {
		open = func(chosen func(string)) { kit.OpenFile(v.p.env, v.p.env.T("calls.import.choose"), nil, chosen) }
	}
	open(func(path string) { v.p.model.OfferImport([]string{path}) })
}

// show shows the stage that the import is in.
func (v *importView) show() {
	job := v.p.model.Import()
	v.Close()
	switch {
	case job == nil:
	case v.p.model.Columns() != nil:
		v.columns(v.p.model.Columns())
	case job.Stage == task.Choosing:
		v.offer(job)
	case job.Stage == task.Running:
		v.progress(job)
	case v.p.ctx == nil:
		// The report is shown when the page is entered again.
		v.p.env.Toast(v.p.env.N("calls.import.finished", job.Total().Imported))
	default:
		job.Seen = true
		v.report(job)
	}
}

// offer says which files there are and asks whose they are.
func (v *importView) offer(job *Import) {
	e, m := v.p.env, v.p.model
	v.whose = kit.NewChoice("", nil, func(id domain.PersonID) { m.EditImport(func(i *Import) { i.Person = id }) })
	v.showPeople()
	own := kit.NewEntry(e.T("calls.import.own.placeholder"))
	own.SetText(job.OwnNumber)
	own.OnChanged = func(s string) { m.EditImport(func(i *Import) { i.OwnNumber = s }) }
	year := kit.NewChoice("", v.years(), func(y int) { m.EditImport(func(i *Import) { i.Year = y }) })
	year.Set(job.Year)
	v.Show(e, func(d *kit.Dialog) kit.DialogParams {
		start := kit.NewPrimary(e.T("calls.import.start"), theme.DownloadIcon(), m.RunImport)
		return kit.DialogParams{
			Title: e.T("calls.import.title"), Width: 68,
			Body: kit.Stack(2,
				kit.Stack(0.5, kit.Strong(e.N("calls.import.files", len(job.Paths))), kit.Body(strings.Join(job.Names(), "\n"))),
				kit.NewField(e, kit.FieldParams{Label: e.T("calls.import.whose"), Input: v.whose, Help: e.T("calls.import.whose.help")}).Object(),
				kit.Columns(2, 24,
					kit.NewField(e, kit.FieldParams{Label: e.T("calls.import.own"), Input: own, Help: e.T("calls.import.own.help")}).Object(),
					kit.NewField(e, kit.FieldParams{Label: e.T("calls.import.year"), Input: year, Help: e.T("calls.import.year.help")}).Object(),
				),
				kit.Muted(e.T("calls.import.local")),
			),
			Buttons: []fyne.CanvasObject{
				kit.NewButton(e.T("kit.cancel"), nil, d.Close),
				kit.NewButton(e.T("calls.import.another"), theme.FolderOpenIcon(), func() { v.choose() }),
				start,
			},
			Focus: start,
			Typed: func() bool { return job.OwnNumber != "" },
			OnClosed: func() {
				if m.Import() == job && job.Stage == task.Choosing {
					m.DropImport()
				}
			},
		}
	})
}

// showPeople offers the people, who can arrive after the file.
func (v *importView) showPeople() {
	if job := v.p.model.Import(); v.whose != nil && job != nil {
		v.whose.SetOptions(kit.PersonOptions(v.p.env, v.p.model.People()))
		v.whose.Set(job.Person)
	}
}

// years are the years that a file which leaves them out can be from.
func (v *importView) years() []kit.Option[int] {
	out := []kit.Option[int]{{Text: v.p.env.T("calls.import.year.guess")}}
	now := v.p.env.Clock.Now().In(domain.China()).Year()
	for y := now; y > now-yearsOffered; y-- {
		out = append(out, kit.Option[int]{Code: y, Text: strconv.Itoa(y)})
	}
	return out
}

// yearsOffered is how far back a file without years can be said to go; phones
// keep their log for less.
const yearsOffered = 10

// progress shows how far it has come. Closing it does not stop the import.
func (v *importView) progress(job *Import) {
	e := v.p.env
	v.Running(e, kit.RunningParams{
		Title: e.T("calls.import.title"), Running: e.T("calls.import.running"), Counter: job.Counter, Stop: v.p.model.StopImport,
		Counts: func(s progress.Snapshot) string {
			return kit.AmongFiles(e, &job.Files, e.N("calls.import.read", int(s.Items)))
		},
	})
}
