package complaints

import (
	"context"
	"slices"
	"strings"

	"quietline/internal/domain"
	"quietline/internal/filing"
	"quietline/internal/progress"
	"quietline/internal/report"
	"quietline/internal/ui/task"
)

// FileKind is a kind of file that complaints can be written to, by its ending.
type FileKind string

// The kinds. Receipts are a file of their own kind: one receipt behind another.
const (
	KindWorkbook FileKind = ".xlsx"
	KindText     FileKind = ".csv"
	KindProgram  FileKind = ".json"
	KindReceipts FileKind = ".pdf"
)

// FileKinds lists every kind in the order of the page.
func FileKinds() []FileKind { return []FileKind{KindWorkbook, KindText, KindProgram, KindReceipts} }

// name is the kind in the keys of messages.
func (k FileKind) name() string { return strings.TrimPrefix(string(k), ".") }

// OutputFile takes complaints one after another; it appears as a whole with
// Commit, and never after Discard.
type OutputFile interface {
	Write(d filing.Detail) error
	Rows() int
	Commit() error
	Discard()
}

// Files write complaints out for the user. What stands at the path is replaced
// once the new file is whole.
type Files interface {
	// Complaints begins a table, or an array for programs, by the ending.
	Complaints(path string) (OutputFile, error)
	// Receipts begins a file of receipts; batch is the only batch they are of, or
	// empty.
	Receipts(path, batch string) (OutputFile, error)
	// Receipt writes the receipt of one complaint.
	Receipt(ctx context.Context, path string, d filing.Detail) error
}

// Output is one file that is written for the user.
type Output struct {
	Stage task.Stage
	// All is how many complaints the list shows; Marked are those that are
	// marked, and OnlyMarked says that they alone are written.
	All        int
	Marked     []domain.ComplaintID
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

	what   filing.Selection
	cancel func()
}

// Count is how many complaints are to be written.
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

// OfferExport lets the user choose how to write the complaints that the list
// shows, of which there are so many, or those that are marked; an empty kind is
// that of last time. While a file is being written that is shown instead.
func (m *Model) OfferExport(all int, marked []domain.ComplaintID, kind FileKind) {
	if !m.Writing() {
		if kind == "" {
			kind = KindWorkbook
			if m.kind != "" {
				kind = m.kind
			}
		}
		if kind == KindWorkbook && all >= report.MaxRows {
			kind = KindText // a workbook does not hold them
		}
		m.output = &Output{
			All: all, Marked: slices.Clone(marked), OnlyMarked: len(marked) > 0, Kind: kind, what: m.selection(),
		}
	}
	m.p.Events.Output()
}

// EditOutput changes what is to be written and how, until it is.
func (m *Model) EditOutput(change func(*Output)) {
	if m.output != nil && m.output.Stage == task.Choosing {
		change(m.output)
		m.kind = m.output.Kind
	}
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
		o.Rows, err = m.writeOutput(ctx, o)
		return err
	}, func(err error) {
		o.Stage, o.Err = task.Done, err
		m.p.Events.Output()
	})
}

func (m *Model) writeOutput(ctx context.Context, o *Output) (int, error) {
	what := o.what
	if o.OnlyMarked {
		what = filing.Selection{IDs: o.Marked}
	}
	var f OutputFile
	var err error
	if o.Kind == KindReceipts {
		// In the order in which they were written, which for a batch is that of
		// its sheet.
		if !o.OnlyMarked {
			if what.IDs, err = m.p.Filing.IDs(ctx, what); err != nil {
				return 0, err
			}
		}
		f, err = m.p.Files.Receipts(o.Path, what.Filter.Batch)
	} else {
		f, err = m.p.Files.Complaints(o.Path)
	}
	if err != nil {
		return 0, err
	}
	defer f.Discard()
	o.Counter.SetTotal(int64(o.Count()))
	if err := m.p.Filing.EachRecord(ctx, what, f.Write, o.Counter); err != nil {
		return 0, err
	}
	return f.Rows(), f.Commit()
}

// AgainOutput goes back to the choice.
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

// SaveReceipt writes the receipt of the open complaint.
func (m *Model) SaveReceipt(path string) {
	id, d := m.openID, m.detail
	m.p.Write(func(ctx context.Context) error { return m.p.Files.Receipt(ctx, path, d) }, m.savedPaper(id, path))
}
