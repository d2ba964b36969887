package complaints

import (
	"context"
	"slices"

	"quietline/internal/domain"
	"quietline/internal/filing"
)

// Reload fetches everything anew: list, counts, channels and people, and the
// open complaint.
func (m *Model) Reload() {
	m.loadContext()
	m.tally()
	m.relist()
	m.p.Events.List()
	if m.openID != "" {
		m.show(m.openID)
	}
}

// relist makes a new view of the list, so that what is fetched from now on
// belongs together.
func (m *Model) relist() {
	what := m.selection()
	m.list.Store(&listing{
		counts: func(ctx context.Context) (map[domain.SendState]int64, error) {
			return m.p.Filing.CountMatching(ctx, what.Filter)
		},
		states: what.States, pages: []pager{newPager(m.p.Filing.Complaints, what.Filter, what.States)},
	})
}

// Index counts the rows of the list and names its pages of the given size. It
// may be called on any goroutine.
func (m *Model) Index(ctx context.Context, size int) (count int, pages []string, err error) {
	n, err := m.list.Load().count(ctx)
	return n, cursors(n, size), err
}

// Page gives the rows of the page named by Index; the empty name is the first.
// It may be called on any goroutine.
func (m *Model) Page(ctx context.Context, name string, size int) ([]domain.Complaint, error) {
	return m.list.Load().page(ctx, pageOf(name), size)
}

// ShowSegment shows another part of the list.
func (m *Model) ShowSegment(s Segment) {
	if s == m.segment || !slices.Contains(Segments(), s) {
		return
	}
	m.segment = s
	if !slices.Contains(s.States(), m.filter.Send) {
		m.filter.Send = ""
	}
	m.CloseDetail()
	m.relist()
	m.p.Events.List()
	m.p.Events.Counts()
}

// Search looks for a text in the list.
func (m *Model) Search(text string) {
	f := m.filter
	f.Text = text
	m.SetFilter(f)
}

// tally fetches the counts of the segments.
func (m *Model) tally() {
	m.tallies++
	load := m.tallies
	var counts map[domain.SendState]int64
	var byHand filing.ByHand
	var waiting filing.Waiting
	var pending filing.Pending
	var batches []string
	m.p.Run(func(ctx context.Context) (err error) {
		if counts, err = m.p.Filing.CountByState(ctx); err == nil {
			byHand, err = m.p.Filing.CountByHand(ctx)
		}
		if err == nil {
			waiting, err = m.p.Filing.CountWaiting(ctx)
		}
		if err == nil {
			pending, err = m.p.Filing.Pending(ctx)
		}
		if err == nil {
			batches, err = m.p.Filing.BatchNames(ctx)
		}
		return err
	}, func(err error) {
		if load != m.tallies {
			return
		}
		if err != nil {
			m.p.Events.Failed(err)
			return
		}
		first := !m.known
		m.counts, m.byHand, m.known = counts, byHand, true
		m.waiting, m.pending, m.batches = waiting, pending, batches
		if first {
			m.beginWhereSomethingIs()
		}
		m.p.Events.Counts()
	})
}

// beginWhereSomethingIs chooses the segment that a visit begins with: an empty
// outbox is the usual case and shows nothing. Once somebody looks at a segment
// or a complaint, nothing moves by itself.
func (m *Model) beginWhereSomethingIs() {
	if m.segment != SegmentOutbox || m.Count(SegmentOutbox) > 0 || m.openID != "" || m.filter.Narrow() {
		return
	}
	for _, s := range []Segment{SegmentFiled, SegmentDrafts} {
		if m.Count(s) > 0 {
			m.segment = s
			m.relist()
			m.p.Events.List()
			return
		}
	}
}

// Refresh fetches list, counts and the open complaint again, because something
// was stored.
func (m *Model) Refresh() {
	m.tally()
	m.relist()
	m.p.Events.List()
	if m.openID != "" {
		m.show(m.openID)
	}
}

// loadContext fetches what forms choose from.
func (m *Model) loadContext() {
	m.contexts++
	load := m.contexts
	var channels []domain.Channel
	var people []domain.Person
	m.p.Run(func(ctx context.Context) (err error) {
		if channels, err = m.p.Filing.ChannelsWithoutTokens(ctx); err != nil {
			return err
		}
		people, err = m.p.Journal.People(ctx)
		return err
	}, func(err error) {
		if load != m.contexts {
			return
		}
		if err != nil {
			m.p.Events.Failed(err)
			return
		}
		m.channels, m.people = channels, people
		m.judge()
		m.p.Events.Counts()
		m.p.Events.Detail()
	})
}

// OpenID is the complaint that is open, empty for none.
func (m *Model) OpenID() domain.ComplaintID { return m.openID }

// Detail is the open complaint; ok is false as long as it is not there.
func (m *Model) Detail() (d filing.Detail, ok bool) { return m.detail, m.hasOpen }

// DetailFault is why the open complaint could not be fetched.
func (m *Model) DetailFault() error { return m.openFail }

// Open shows a complaint.
func (m *Model) Open(id domain.ComplaintID) {
	if id == m.openID && m.hasOpen {
		return
	}
	m.openID, m.hasOpen, m.openFail = id, false, nil
	m.p.Events.Detail()
	m.show(id)
}

// CloseDetail shows no complaint.
func (m *Model) CloseDetail() {
	m.closeDetail()
	m.p.Events.Detail()
}

func (m *Model) closeDetail() {
	m.shows++
	m.openID, m.hasOpen, m.openFail, m.detail = "", false, nil, filing.Detail{}
}

// Jump shows a complaint and the segment it is in, wherever the list was.
func (m *Model) Jump(id domain.ComplaintID) {
	m.openID, m.hasOpen, m.openFail = id, false, nil
	m.filter, m.follow = Filter{}, true
	m.show(id)
}

func (m *Model) show(id domain.ComplaintID) {
	m.shows++
	load := m.shows
	var d filing.Detail
	var drafts []domain.Complaint
	m.p.Run(func(ctx context.Context) (err error) {
		if d, err = m.p.Filing.Show(ctx, string(id)); err == nil {
			drafts, err = m.draftsBeside(ctx, d.Complaint)
		}
		return err
	}, func(err error) {
		if load != m.shows {
			return
		}
		m.openFail = err
		if err == nil {
			m.detail, m.hasOpen, m.openID, m.drafts = d, true, d.Complaint.ID, drafts
			m.comeAlong(SegmentOf(d.Complaint.SendState))
		}
		m.p.Events.Detail()
	})
}

// comeAlong moves the list to the segment of a complaint that was jumped to.
// A complaint that only went on while it was looked at moves nothing: a list
// must not change under the hand.
func (m *Model) comeAlong(s Segment) {
	if m.follow && s != m.segment {
		m.segment = s
		m.relist()
		m.p.Events.List()
		m.p.Events.Counts()
	}
	m.follow = false
}

// SendNow makes the outbox try at once what waits: one complaint, or all where
// id is empty.
func (m *Model) SendNow(id domain.ComplaintID) {
	m.p.Write(func(ctx context.Context) error {
		return m.p.Filing.TryNow(ctx, id)
	}, func(err error) {
		if err != nil {
			m.p.Events.Failed(err)
		}
		m.Refresh()
	})
}

// Cancel takes the open complaint back.
func (m *Model) Cancel() {
	id := m.openID
	if id == "" {
		return
	}
	var c domain.Complaint
	m.p.Write(func(ctx context.Context) (err error) {
		c, err = m.p.Filing.Cancel(ctx, string(id))
		return err
	}, func(err error) {
		if err != nil {
			m.p.Events.Failed(err)
		} else {
			m.p.Events.Stored(DeedCancelled, c)
		}
		m.Refresh() // it may have gone out in the meantime: show what is true now
	})
}
