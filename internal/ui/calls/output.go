package calls

import (
	"context"
	"slices"
	"strings"

	"quietline/internal/domain"
	"quietline/internal/journal"
	"quietline/internal/progress"
	"quietline/internal/report"
	"quietline/internal/ui/task"
)

// FileKind is a kind of file that calls can be written to, by its ending.
type FileKind string

// The kinds.
const (
	KindWorkbook FileKind = ".xlsx"
	KindText     FileKind = ".csv"
	KindProgram  FileKind = ".json"
)

// FileKinds lists every kind in the order of the page.
func FileKinds() []FileKind { return []FileKind{KindWorkbook, KindText, KindProgram} }

// name is the kind in the keys of messages.
func (k FileKind) name() string { return strings.TrimPrefix(string(k), ".") }

// ExportFile takes calls one after another; it appears as a whole with Commit, and
// never after Discard.
type ExportFile interface {
	Write(c domain.Call) error
	Rows() int
	Commit() error
	Discard()
}

// RejectsFile takes rows that an import could not read, as ExportFile takes calls;
// reason is the key of a message.
type RejectsFile interface {
	Write(file string, line int, reason, text string) error
	Rows() int
	Commit() error
	Discard()
}

// Files begins files for the user. What stands at the path is replaced once the
// new file is whole.
type Files interface {
	Calls(path string) (ExportFile, error)
	Rejects(path string) (RejectsFile, error)
}

// Output is one file that is written for the user: calls, or the rows that an
// import could not read.
type Output struct {
	Stage task.Stage
	// Rejects says that it is the rows of an import, not calls.
	Rejects bool
	// All is how many calls the list holds; Marked are those that are marked, and
	// OnlyMarked says that they alone are written.
	All        int
	Marked     []domain.CallID
	OnlyMarked bool
	Kind       FileKind
	// Path is where it goes, Rows how many it holds in the end.
	Path string
	Rows int
	// Err is why there is none, nil where there is.
	Err     error
	Counter *progress.Counter
	// Seen says that the end was shown.
	Seen bool

	filter  domain.CallFilter
	reports []FileReport
	cancel  func()
}

// Count is how many calls are to be written.
func (o *Output) Count() int {
	if o.OnlyMarked {
		return len(o.Marked)
	}
	return o.All
}

// Output is the file under way or the last one, nil for none.
func (m *Model) Output() *Output { return m.output }

// Writing says whether a file is being written.
func (m *Model) Writing() bool { return m.output != nil && m.output.Stage == task.Running }

// OfferExport lets the user choose how to write the calls of the list, of which
// there are so many, or those that are marked. While a file is being written
// that is shown instead.
func (m *Model) OfferExport(all int, marked []domain.CallID) {
	if !m.Writing() {
		kind := KindWorkbook
		if m.output != nil && !m.output.Rejects {
			kind = m.output.Kind
		}
		if kind == KindWorkbook && all >= report.MaxRows {
			kind = KindText // a workbook does not hold them
		}
		m.output = &Output{
			All: all, Marked: slices.Clone(marked), OnlyMarked: len(marked) > 0, Kind: kind, filter: *m.query.Load(),
		}
	}
	m.p.Events.Output()
}

// EditOutput changes what is to be written and how, until it is.
func (m *Model) EditOutput(change func(*Output)) {
	if m.output != nil && m.output.Stage == task.Choosing {
		change(m.output)
	}
}

// OfferRejects lets the user choose where to write every row that the import of
// before could not read.
func (m *Model) OfferRejects() {
	if !m.Writing() {
		if m.job == nil || m.job.Stage != task.Done || m.job.Total().Rejected == 0 {
			return
		}
		m.output = &Output{Rejects: true, reports: m.job.Reports}
	}
	m.p.Events.Output()
}

// RunOutput writes the file. It goes on when the page is left.
func (m *Model) RunOutput(path string) {
	o := m.output
	if o == nil || o.Stage != task.Choosing {
		return
	}
	o.Stage, o.Path, o.Counter = task.Running, path, &progress.Counter{}
	m.p.Events.Output()
	o.cancel = m.p.Write(func(ctx context.Context) (err error) {
		if o.Rejects {
			o.Rows, err = m.writeRejects(ctx, o)
		} else {
			o.Rows, err = m.writeCalls(ctx, o)
		}
		return err
	}, func(err error) {
		o.Stage, o.Err = task.Done, err
		m.p.Events.Output()
	})
}

func (m *Model) writeCalls(ctx context.Context, o *Output) (int, error) {
	f, err := m.p.Files.Calls(o.Path)
	if err != nil {
		return 0, err
	}
	defer f.Discard()
	what := journal.CallSelection{Filter: o.filter}
	if o.OnlyMarked {
		what = journal.CallSelection{IDs: o.Marked}
	}
	o.Counter.SetTotal(int64(o.Count()))
	if err := m.p.Journal.EachCall(ctx, what, f.Write, o.Counter); err != nil {
		return 0, err
	}
	return f.Rows(), f.Commit()
}

func (m *Model) writeRejects(ctx context.Context, o *Output) (int, error) {
	f, err := m.p.Files.Rejects(o.Path)
	if err != nil {
		return 0, err
	}
	defer f.Discard()
	for _, r := range o.reports {
		if err := m.copyRejects(ctx, f, r, o.Counter); err != nil {
			return 0, err
		}
	}
	return f.Rows(), f.Commit()
}

// copyRejects writes the rejected rows of one file. A report holds the first of
// them; where there were more the file is read again, which stores nothing, so
// that they need no room in between.
func (m *Model) copyRejects(ctx context.Context, f RejectsFile, r FileReport, c *progress.Counter) error {
	var fault error
	n := 0
	write := func(x journal.RowRemark) {
		if n < r.Rejected && fault == nil {
			fault = f.Write(r.File, x.Line, journal.RejectWords+x.Reason, x.Text)
			n++
		}
	}
	if len(r.Rejects) == r.Rejected {
		for _, x := range r.Rejects {
			write(x)
		}
		return fault
	}
	again := r.request
	again.DryRun, again.OnReject = true, write
	_, err := m.p.Journal.Import(ctx, again, c)
	switch {
	case fault != nil:
		return fault
	case ctx.Err() != nil, domain.KeyOf(err) != domain.KeyOf(r.Err) && n < r.Rejected:
		return err
	}
	return nil
}

// AgainOutput goes back to the choice, or to where the file should go.
func (m *Model) AgainOutput() {
	if o := m.output; o != nil && o.Stage == task.Done {
		o.Stage, o.Err, o.Seen = task.Choosing, nil, false
		m.p.Events.Output()
	}
}

// DropOutput gives up the choice, or puts the end away.
func (m *Model) DropOutput() {
	if !m.Writing() {
		m.output = nil
	}
}

// StopOutput stops writing; there is no file then.
func (m *Model) StopOutput() {
	if m.Writing() && m.output.cancel != nil {
		m.output.cancel()
	}
}
