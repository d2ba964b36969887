package batch

import (
	"context"
	"path/filepath"
	"slices"
	"strconv"

	"quietline/internal/domain"
	"quietline/internal/filing"
	"quietline/internal/progress"
)

// Stage is how far a sheet has come.
type Stage int

// The stages.
const (
	// Looking: its beginning is being read.
	Looking Stage = iota
	// Preparing: the columns and the channel are being chosen.
	Preparing
	// Checking: all rows are held against the rules, and nothing is written.
	Checking
	// Checked: what is wrong is known.
	Checked
	// Queueing: the sound rows go into the outbox.
	Queueing
)

// Job is a sheet on its way into a batch.
type Job struct {
	Path    string
	Stage   Stage
	Preview filing.SheetPreview
	// Fields has what each column holds, by its place; empty for nothing.
	Fields []filing.SheetField
	// Channel is the name of the channel, empty for the default.
	Channel string
	// Anyway files although a guard asks back about rows.
	Anyway bool
	// Err is why the sheet could not be looked at, checked or filed.
	Err error
	// Report is that of the last check, or of an import that did not get to its
	// end.
	Report filing.SheetReport
	// Counter tells how far reading has come.
	Counter *progress.Counter

	chosen bool // the user said what columns hold
	// digest is that of the file whose columns and rows the user has looked at.
	digest string
	cancel func()
}

// Name is the name of the file without its folder.
func (j *Job) Name() string { return filepath.Base(j.Path) }

// Busy says whether the sheet is being checked or filed.
func (j *Job) Busy() bool { return j.Stage == Checking || j.Stage == Queueing }

// Missing are the required fields that no column holds.
func (j *Job) Missing() []filing.SheetField {
	var out []filing.SheetField
	for _, f := range filing.SheetFields() {
		if f.Required() && !slices.Contains(j.Fields, f) {
			out = append(out, f)
		}
	}
	return out
}

// request is what is asked for; a field that no column holds is said to be in
// none, so that its title decides nothing.
func (j *Job) request(language string, dry bool) filing.SheetRequest {
	r := filing.SheetRequest{
		Path: j.Path, Channel: j.Channel, Digest: j.digest, Anyway: j.Anyway, DryRun: dry, Language: language, Rejects: checkedRejects,
	}
	if !j.chosen {
		return r
	}
	r.Mapping = filing.SheetMapping{}
	for _, f := range filing.SheetFields() {
		r.Mapping[f] = ""
	}
	for i, f := range j.Fields {
		if f != "" {
			r.Mapping[f] = "#" + strconv.Itoa(i+1)
		}
	}
	return r
}

// Job is the sheet that is being prepared, nil for none.
func (m *Model) Job() *Job { return m.job }

// Busy says whether a sheet is being checked or filed.
func (m *Model) Busy() bool { return m.job != nil && m.job.Busy() }

// OfferSheet takes over a file. While another is being read it has to wait; ok
// is false then.
func (m *Model) OfferSheet(path string) (ok bool) {
	if m.Busy() {
		m.p.Events.Job()
		return false
	}
	m.job = &Job{Path: path, Counter: &progress.Counter{}}
	m.p.Events.Job()
	m.look()
	return true
}

// CloseJob gives the sheet up. The file stays as it is.
func (m *Model) CloseJob() {
	if m.Busy() {
		return
	}
	m.looks++
	m.job = nil
	m.p.Events.Job()
}

// look reads the beginning of the sheet. What was checked before counts no
// longer.
func (m *Model) look() {
	job := m.job
	m.looks++
	look := m.looks
	first := job.Stage == Looking
	if !first {
		job.Stage, job.Report = Preparing, filing.SheetReport{}
	}
	var got filing.SheetPreview
	request := job.request(m.p.Language(), true)
	m.p.Write(func(ctx context.Context) (err error) {
		got, err = m.p.Filing.PreviewSheet(ctx, request)
		return err
	}, func(err error) {
		if look != m.looks || m.job != job {
			return
		}
		job.Stage = Preparing
		if job.Err = err; err == nil || len(got.Head.Columns) > 0 {
			job.Preview = got
		}
		if first {
			job.digest = got.Digest
			for _, c := range got.Head.Columns {
				job.Fields = append(job.Fields, c.Field)
			}
			m.p.Events.Job()
			return
		}
		m.p.Events.Rows()
	})
}

// SetColumn says what a column holds; a field is in one column only.
func (m *Model) SetColumn(i int, f filing.SheetField) {
	job := m.job
	if job == nil || job.Busy() || i >= len(job.Fields) || job.Fields[i] == f {
		return
	}
	for k := range job.Fields {
		if f != "" && job.Fields[k] == f {
			job.Fields[k] = ""
		}
	}
	job.Fields[i], job.chosen = f, true
	m.look()
	m.p.Events.Rows()
}

// SetChannel says through which channel the sheet is filed.
func (m *Model) SetChannel(name string) {
	if job := m.job; job != nil && !job.Busy() && job.Channel != name {
		job.Channel = name
		m.look()
		m.p.Events.Rows()
	}
}

// SetAnyway says whether rows are filed that a guard asks back about.
func (m *Model) SetAnyway(anyway bool) {
	if job := m.job; job != nil && !job.Busy() && job.Anyway != anyway {
		job.Anyway = anyway
		m.look()
		m.p.Events.Rows()
	}
}

// LookAgain reads the sheet anew, which may have been corrected meanwhile.
func (m *Model) LookAgain() {
	if m.job != nil && !m.job.Busy() {
		job := *m.job
		m.job = &Job{Path: job.Path, Channel: job.Channel, Anyway: job.Anyway, Counter: &progress.Counter{}}
		m.p.Events.Job()
		m.look()
	}
}

// Check holds every row against the rules and writes nothing.
func (m *Model) Check() { m.read(Checking) }

// File queues every sound row as a batch.
func (m *Model) File() { m.read(Queueing) }

func (m *Model) read(stage Stage) {
	job := m.job
	if job == nil || job.Busy() || job.Stage == Looking || len(job.Missing()) > 0 {
		return
	}
	if c, ok := m.channelOf(job.Channel); ok {
		job.Channel = c.Name // the one that is shown, whichever becomes the default
	}
	job.Stage, job.Err, job.Counter = stage, nil, &progress.Counter{}
	m.looks++ // a look that is still under way has nothing more to say
	m.p.Events.Job()
	request := job.request(m.p.Language(), stage == Checking)
	var got filing.SheetReport
	job.cancel = m.p.Write(func(ctx context.Context) (err error) {
		got, err = m.p.Filing.ImportSheet(ctx, request, job.Counter)
		return err
	}, func(err error) {
		job.Report, job.Err, job.Stage = got, err, Checked
		if stage == Queueing && err == nil {
			m.filed(got)
			return
		}
		m.p.Events.Job()
		if stage == Queueing {
			m.p.Events.Stored()
			m.Reload()
		}
	})
}

// filed shows the batch that a sheet has become.
func (m *Model) filed(r filing.SheetReport) {
	m.job = nil
	m.openID = r.Batch
	m.p.Events.Job()
	m.p.Events.Filed(r)
	m.p.Events.Stored()
	m.Reload()
	m.Open(r.Batch)
}

// Stop stops reading. What was queued stays queued, and the same sheet again
// carries on from there.
func (m *Model) Stop() {
	if m.Busy() && m.job.cancel != nil {
		m.job.cancel()
	}
}

// Guarded says whether a guard asked back about rows of the last check.
func (j *Job) Guarded() bool {
	for key := range j.Report.ProblemsFor {
		if filing.Overridable(domain.E("batch", domain.Invalid, key, nil, nil)) {
			return true
		}
	}
	return false
}
