package complaints

import (
	"context"

	"quietline/internal/filing"
	"quietline/internal/progress"
	"quietline/internal/ui/task"
)

// Sync asks the endpoints what became of the filed complaints and counts the
// cases of which they told something.
type Sync func(ctx context.Context, c *progress.Counter) (filing.SyncSummary, error)

// News is one round of asking what became of the filed complaints.
type News struct {
	Stage   task.Stage
	Counter *progress.Counter
	// Sum is what was heard, Err why the endpoints were not asked to the end.
	Sum filing.SyncSummary
	Err error

	cancel func()
}

// Syncs says whether the page can ask what became of filed complaints, and
// whether there are some.
func (m *Model) Syncs() bool { return m.p.Sync != nil && m.Count(SegmentFiled) > 0 }

// News is the round under way or the last one, nil for none.
func (m *Model) News() *News { return m.news }

// AskNews asks the endpoints, once at a time: while they are being asked, that is
// shown. It goes on when the page is left.
func (m *Model) AskNews() {
	if m.p.Sync == nil {
		return
	}
	if m.news != nil && m.news.Stage == task.Running {
		m.p.Events.News()
		return
	}
	n := &News{Stage: task.Running, Counter: &progress.Counter{}}
	m.news = n
	m.p.Events.News()
	n.cancel = m.p.Write(func(ctx context.Context) (err error) {
		n.Sum, err = m.p.Sync(ctx, n.Counter)
		return err
	}, func(err error) {
		n.Stage, n.Err = task.Done, err
		m.p.Events.News()
		m.Refresh()
	})
}

// StopNews ends the round; what was heard is kept.
func (m *Model) StopNews() {
	if n := m.news; n != nil && n.Stage == task.Running && n.cancel != nil {
		n.cancel()
	}
}

// DropNews puts the end away.
func (m *Model) DropNews() {
	if m.news != nil && m.news.Stage == task.Done {
		m.news = nil
	}
}
