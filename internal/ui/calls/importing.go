package calls

import (
	"context"
	"path/filepath"
	"slices"

	"quietline/internal/domain"
	"quietline/internal/journal"
	"quietline/internal/progress"
	"quietline/internal/ui/task"
)

// FileReport is what became of one file.
type FileReport struct {
	journal.ImportReport
	// Err is why the file was not read to its end, nil where it was.
	Err error
	// Untouched says that the import was stopped before this file.
	Untouched bool

	request journal.ImportRequest
}

// Import is one import of one or more files for one person.
type Import struct {
	task.Files
	Stage  task.Stage
	Person domain.PersonID
	// OwnNumber is the number of the phone, in any spelling; some bills only
	// tell with it who called whom. Empty for none.
	OwnNumber string
	// Year is assumed where a file leaves it out; 0 to guess.
	Year    int
	Reports []FileReport
	// Seen says that the reports were shown.
	Seen bool

	// mapping is what the user said of the columns; rest are the reports of the
	// files that were read before.
	mapping journal.Mapping
	rest    []FileReport

	cancel func()
}

// Total adds the reports up.
func (i *Import) Total() journal.ImportReport {
	var sum journal.ImportReport
	for _, r := range i.Reports {
		sum.Rows += r.Rows
		sum.Imported += r.Imported
		sum.Duplicates += r.Duplicates
		sum.Filled += r.Filled
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

// OfferImport takes over files and lets the user choose whose they are. While
// files are being read others have to wait; ok is false then.
func (m *Model) OfferImport(paths []string) (ok bool) {
	if m.Importing() {
		m.p.Events.Import()
		return false
	}
	if len(paths) == 0 {
		return false
	}
	job := &Import{Files: task.Files{Counter: &progress.Counter{}}, Person: m.whose()}
	if m.job != nil && m.job.Stage == task.Choosing {
		job.Person, job.OwnNumber, job.Year = m.job.Person, m.job.OwnNumber, m.job.Year
		paths = slices.Concat(m.job.Paths, slices.DeleteFunc(slices.Clone(paths), func(p string) bool {
			return slices.Contains(m.job.Paths, p)
		}))
	}
	job.Paths = slices.Clone(paths)
	m.job = job
	m.p.Events.Import()
	return true
}

// EditImport changes whose log the files are, and what else is told about
// them, until they are read.
func (m *Model) EditImport(change func(*Import)) {
	if m.job != nil && m.job.Stage == task.Choosing {
		change(m.job)
	}
}

// ImportAgain goes back to the choice with the same files, to tell more about
// them. What was imported already is not imported twice.
func (m *Model) ImportAgain() {
	if m.job == nil || m.job.Stage != task.Done {
		return
	}
	old := m.job
	var paths []string // of those that were read before as well
	for _, r := range old.Reports {
		paths = append(paths, r.request.Path)
	}
	m.job = &Import{
		Files:  task.Files{Paths: paths, Counter: &progress.Counter{}},
		Person: old.Person, OwnNumber: old.OwnNumber, Year: old.Year,
	}
	m.p.Events.Import()
}

// DropImport gives up the choice, or puts the reports away.
func (m *Model) DropImport() {
	if m.job != nil && m.job.Stage != task.Running {
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
	done := func(err error) {
		for i := range reports {
			if reports[i].File == "" {
				reports[i] = FileReport{Untouched: true, Err: err, request: journal.ImportRequest{Path: job.Paths[i]}}
				reports[i].File = filepath.Base(job.Paths[i])
			}
		}
		job.Stage, job.Reports = task.Done, slices.Concat(reports, job.rest)
		m.p.Events.Import()
		m.p.Events.Stored()
	}
	job.cancel = m.p.Write(func(ctx context.Context) error {
		for i, path := range job.Paths {
			if err := ctx.Err(); err != nil {
				return err
			}
			job.Begin(i)
			request := journal.ImportRequest{
				Path: path, PersonID: job.Person, OwnNumber: job.OwnNumber, Year: job.Year, Mapping: job.mapping,
			}
			r, err := m.p.Journal.Import(ctx, request, job.Counter)
			r.File = filepath.Base(path)
			reports[i] = FileReport{ImportReport: r, Err: err, request: request}
		}
		return nil
	}, done)
}

// StopImport stops reading; the reports say how far it came.
func (m *Model) StopImport() {
	if m.Importing() && m.job.cancel != nil {
		m.job.cancel()
	}
}
