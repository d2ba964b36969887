package contacts

import (
	"context"
	"slices"

	"quietline/internal/domain"
	"quietline/internal/journal"
	"quietline/internal/progress"
	"quietline/internal/ui/task"
)

// FileReport is what became of one file.
type FileReport struct {
	journal.ContactReport
	// Err is why the file was not read to its end, nil where it was.
	Err error
	// Untouched says that the import was stopped before this file.
	Untouched bool
}

// Import is one import of one or more address books.
type Import struct {
	task.Files
	Stage task.Stage
	// Person is whose contacts they are; 0 for everybody.
	Person  domain.PersonID
	Reports []FileReport
	// Seen says that the reports were shown.
	Seen bool

	cancel func()
}

// Total adds the reports up.
func (i *Import) Total() journal.ContactReport {
	var sum journal.ContactReport
	for _, r := range i.Reports {
		sum.Cards += r.Cards
		sum.Imported += r.Imported
		sum.Numbers += r.Numbers
		sum.Duplicates += r.Duplicates
		sum.Skipped += r.Skipped
		sum.Rejected += r.Rejected
	}
	return sum
}

// Failed says whether a file was not read to its end.
func (i *Import) Failed() bool {
	return slices.ContainsFunc(i.Reports, func(r FileReport) bool { return r.Err != nil || r.Untouched })
}

// Import is the import under way or the last one, nil for none.
func (m *Model) Import() *Import { return m.job }

// Importing says whether files are being read.
func (m *Model) Importing() bool { return m.job != nil && m.job.Stage == task.Running }

// OfferImport takes over files and lets the user choose whose contacts they
// are. While files are being read others have to wait.
func (m *Model) OfferImport(paths []string) {
	switch {
	case m.Importing():
	case len(paths) == 0:
		return
	case m.job != nil && m.job.Stage == task.Choosing:
		for _, p := range paths {
			if !slices.Contains(m.job.Paths, p) {
				m.job.Paths = append(m.job.Paths, p)
			}
		}
	default:
		m.job = &Import{
			Files: task.Files{Paths: slices.Clone(paths), Counter: &progress.Counter{}}, Person: m.filter.Person,
		}
	}
	m.p.Events.Import()
}

// DropImport gives up the choice, or puts the reports away.
func (m *Model) DropImport() {
	if !m.Importing() {
		m.job = nil
	}
}

// RunImport reads the files, one after another. What was stored stays, also
// when it is stopped.
func (m *Model) RunImport() {
	job := m.job
	if job == nil || job.Stage != task.Choosing {
		return
	}
	job.Stage = task.Running
	m.p.Events.Import()
	reports := make([]FileReport, len(job.Paths))
	for i, name := range job.Names() {
		reports[i].File, reports[i].Untouched = name, true
	}
	person, gone := nameOf(m.people, job.Person)
	job.cancel = m.p.Write(func(ctx context.Context) error {
		if gone != nil {
			return gone
		}
		for i, path := range job.Paths {
			if err := ctx.Err(); err != nil {
				return err
			}
			job.Begin(i)
			r, err := m.p.Journal.ImportContacts(ctx, journal.ContactImport{Path: path, Person: person}, job.Counter)
			reports[i] = FileReport{ContactReport: r, Err: err}
		}
		return nil
	}, func(err error) {
		for i := range reports {
			if reports[i].Untouched && domain.KeyOf(err) != "" { // else it was stopped
				reports[i].Err = err
			}
		}
		job.Stage, job.Reports = task.Done, reports
		m.p.Events.Import()
		m.p.Events.Stored()
	})
}

// StopImport stops reading; the reports say how far it came.
func (m *Model) StopImport() {
	if m.Importing() && m.job.cancel != nil {
		m.job.cancel()
	}
}
