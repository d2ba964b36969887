// Package batch is the page on which a sheet of complaints becomes a batch: its
// columns are told, every row is checked, the sound ones are filed, and what
// became of them goes back into a sheet.
package batch

import (
	"context"
	"slices"

	"quietline/internal/domain"
	"quietline/internal/filing"
	"quietline/internal/progress"
	"quietline/internal/ui/task"
)

// Filing is what the page needs of the use cases on complaints.
type Filing interface {
	PreviewSheet(ctx context.Context, r filing.SheetRequest) (filing.SheetPreview, error)
	ImportSheet(ctx context.Context, r filing.SheetRequest, c *progress.Counter) (filing.SheetReport, error)
	Batches(ctx context.Context) ([]filing.Batch, error)
	BatchRows(ctx context.Context, id string, f filing.BatchRowFilter, after, limit int) (filing.BatchRowPage, error)
	PauseBatch(ctx context.Context, id string) (filing.Batch, error)
	ResumeBatch(ctx context.Context, id string) (filing.Batch, error)
	CancelBatch(ctx context.Context, id string) (filing.BatchCancelled, error)
	ChannelsWithoutTokens(ctx context.Context) ([]domain.Channel, error)
}

// Files write what the page hands out. All of them replace a file of the name:
// the page has asked before.
type Files interface {
	// Template writes an empty sheet with a column for every field.
	Template(ctx context.Context, path string) error
	// Results writes the sheet of a batch with what became of every row.
	Results(ctx context.Context, batch, path string) error
	// Rejects writes the rows of a batch that could not be filed, to be corrected.
	Rejects(ctx context.Context, batch, path string) error
	// Problems writes the rows of a sheet that could not be filed as it would be
	// read; nothing else is written.
	Problems(ctx context.Context, r filing.SheetRequest, path string) error
	// Receipts writes the receipts of a batch for printing.
	Receipts(ctx context.Context, batch, path string) error
}

// Events tell the page what changed in the model. All are called where the
// model lives; none may be nil.
type Events struct {
	// List: the batches, or the channels.
	List func()
	// Detail: the batch that is open.
	Detail func()
	// Job: the sheet that is being prepared goes through another stage.
	Job func()
	// Rows: the first rows of that sheet were looked at again.
	Rows func()
	// Filed: a sheet was filed as the batch of the report.
	Filed func(filing.SheetReport)
	// Cancelled: a batch was cancelled.
	Cancelled func(filing.BatchCancelled)
	// Written: a file was written.
	Written func(path string)
	// Stored: complaints changed.
	Stored func()
	// Failed: something that the user asked for did not work.
	Failed func(error)
}

// ModelParams are what NewModel needs.
type ModelParams struct {
	Filing Filing
	Files  Files
	// Language gives the language that complaints are written in.
	Language func() string
	// Run is for reading; it may be cancelled when the page is left.
	Run task.Runner
	// Write is for storing; it goes on when the page is left.
	Write  task.Runner
	Events Events
}

// Model is the state of the page. It is used on one goroutine only, but for
// Shown.
type Model struct {
	p        ModelParams
	shown    task.Held[filing.Batch]
	loaded   bool
	fault    error
	loads    int // counts loads of the list; the answer of an older one is dropped
	channels []domain.Channel

	openID   string
	problems []filing.BatchRow
	opens    int

	job     *Job
	looks   int // counts looks at a sheet
	writing bool
}

// NewModel makes a Model.
func NewModel(p ModelParams) *Model {
	m := &Model{p: p}
	return m
}

// Shown are the batches, newest first. It may be called on any goroutine.
func (m *Model) Shown() []filing.Batch { return m.shown.All() }

// Loaded says whether the batches were read at least once, Fault why not.
func (m *Model) Loaded() bool { return m.loaded }

// Fault is why the batches could not be read, nil where they were.
func (m *Model) Fault() error { return m.fault }

// Channels are the ways to file, the default first.
func (m *Model) Channels() []domain.Channel { return m.channels }

// Reload reads everything anew.
func (m *Model) Reload() {
	m.loads++
	load := m.loads
	var list []filing.Batch
	var channels []domain.Channel
	m.p.Run(func(ctx context.Context) (err error) {
		if list, err = m.p.Filing.Batches(ctx); err != nil {
			return err
		}
		channels, err = m.p.Filing.ChannelsWithoutTokens(ctx)
		return err
	}, func(err error) {
		if load != m.loads {
			return
		}
		if m.fault = err; err == nil {
			m.loaded, m.channels = true, channels
			m.shown.Set(list)
		}
		m.p.Events.List()
		m.p.Events.Detail()
	})
}

// problemsShown is how many rows of a batch that could not be filed are read at once;
// more of them are a table, which reads them as they are looked at.
const problemsShown = 50

// Open shows a batch; an empty ID shows none.
func (m *Model) Open(id string) {
	m.openID, m.problems = id, nil
	m.opens++
	open := m.opens
	m.p.Events.Detail()
	if id == "" {
		return
	}
	var page filing.BatchRowPage
	m.p.Run(func(ctx context.Context) (err error) {
		page, err = m.ProblemPage(ctx, id, 0, problemsShown)
		return err
	}, func(err error) {
		if open != m.opens {
			return
		}
		if err != nil {
			m.p.Events.Failed(err)
			return
		}
		m.problems = page.Rows
		m.p.Events.Detail()
	})
}

// OpenID is the batch that is open, empty for none.
func (m *Model) OpenID() string { return m.openID }

// Detail is the batch that is open; ok is false where there is none.
func (m *Model) Detail() (b filing.Batch, ok bool) {
	list := m.Shown()
	i := slices.IndexFunc(list, func(b filing.Batch) bool { return b.ID == m.openID })
	if i < 0 {
		return b, false
	}
	return list[i], true
}

// Problems are the first rows of the open batch that could not be filed.
func (m *Model) Problems() []filing.BatchRow { return m.problems }

// Pause keeps the open batch back, or lets it go on.
func (m *Model) Pause(paused bool) {
	id := m.openID
	m.change(func(ctx context.Context) (err error) {
		if paused {
			_, err = m.p.Filing.PauseBatch(ctx, id)
		} else {
			_, err = m.p.Filing.ResumeBatch(ctx, id)
		}
		return err
	}, func() {})
}

// Cancel takes a batch back as far as that is possible.
func (m *Model) Cancel(id string) {
	var did filing.BatchCancelled
	m.change(func(ctx context.Context) (err error) {
		did, err = m.p.Filing.CancelBatch(ctx, id)
		return err
	}, func() { m.p.Events.Cancelled(did) })
}

func (m *Model) change(work func(context.Context) error, done func()) {
	m.p.Write(work, func(err error) {
		if err != nil {
			m.p.Events.Failed(err)
		} else {
			done()
		}
		m.p.Events.Stored()
		m.Reload()
	})
}

// Writing says whether a file is being written.
func (m *Model) Writing() bool { return m.writing }

// Paper is something that is written to a file.
type Paper string

// The papers.
const (
	PaperTemplate Paper = "template"
	PaperResults  Paper = "results"
	PaperRejects  Paper = "rejects"
	PaperReceipts Paper = "receipts"
	// PaperProblems is PaperRejects of the sheet that is being prepared.
	PaperProblems Paper = "problems"
)

// WritePaper writes a paper of the open batch, the template, or what is wrong with
// the sheet that is being prepared.
func (m *Model) WritePaper(what Paper, path string) {
	if m.writing {
		return
	}
	id, request := m.openID, filing.SheetRequest{}
	if m.job != nil {
		request = m.job.request(m.p.Language(), true)
	}
	m.writing = true
	m.p.Events.Detail()
	m.p.Write(func(ctx context.Context) error {
		switch what {
		case PaperTemplate:
			return m.p.Files.Template(ctx, path)
		case PaperResults:
			return m.p.Files.Results(ctx, id, path)
		case PaperRejects:
			return m.p.Files.Rejects(ctx, id, path)
		case PaperReceipts:
			return m.p.Files.Receipts(ctx, id, path)
		case PaperProblems:
			return m.p.Files.Problems(ctx, request, path)
		}
		return nil
	}, func(err error) {
		m.writing = false
		m.p.Events.Detail()
		if err != nil {
			m.p.Events.Failed(err)
			return
		}
		m.p.Events.Written(path)
	})
}

// Practice says whether what is filed here goes to a practice endpoint: the
// channel of the sheet or of the open batch, else the default.
func (m *Model) Practice() bool {
	name := ""
	if m.job != nil {
		name = m.job.Channel
	} else if b, ok := m.Detail(); ok {
		name = b.Channel
	}
	c, ok := m.channelOf(name)
	return ok && filing.IsPractice(c)
}

// channelOf finds a channel by name; the empty name is the default: the one
// that is marked so, or the only one. Among several nothing is guessed.
func (m *Model) channelOf(name string) (domain.Channel, bool) {
	i := slices.IndexFunc(m.channels, func(c domain.Channel) bool {
		return c.Name == name || name == "" && (c.Default || len(m.channels) == 1)
	})
	if i < 0 {
		return domain.Channel{}, false
	}
	return m.channels[i], true
}
