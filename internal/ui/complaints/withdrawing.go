package complaints

import (
	"context"

	"quietline/internal/domain"
	"quietline/internal/filing"
)

// Withdraw takes the open complaint back from its endpoint. done hears what came
// of it, or why it was not asked for: a problem at the field of the reason.
func (m *Model) Withdraw(reason string, done func(filing.Detail, error)) {
	id := m.openID
	if id == "" {
		return
	}
	var d filing.Detail
	m.p.Write(func(ctx context.Context) (err error) {
		d, err = m.p.Filing.Withdraw(ctx, string(id), reason)
		return err
	}, func(err error) {
		done(d, err)
		if err == nil || domain.KindOf(err) != domain.Invalid {
			m.Refresh() // it may have been closed elsewhere: show what is true now
		}
	})
}

// Syncs says whether the page can ask what became of filed complaints, and
// whether there are some.
func (m *Model) Syncs() bool { return m.p.Sync != nil && m.Count(SegmentFiled) > 0 }

// Sync asks the endpoints what became of the filed complaints, once at a time.
func (m *Model) Sync(done func(filing.SyncSummary, error)) {
	if m.syncing || m.p.Sync == nil {
		return
	}
	m.syncing = true
	var s filing.SyncSummary
	m.p.Write(func(ctx context.Context) (err error) {
		s, err = m.p.Sync(ctx)
		return err
	}, func(err error) {
		m.syncing = false
		done(s, err)
		m.Refresh()
	})
}

// Syncing says whether the endpoints are being asked.
func (m *Model) Syncing() bool { return m.syncing }
