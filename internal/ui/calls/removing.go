package calls

import (
	"context"
	"slices"

	"quietline/internal/domain"
)

// Remove takes calls out of the log without asking: it is the last change then,
// which Undo takes back.
func (m *Model) Remove(ids []domain.CallID) {
	m.settled(func() {
		c := &Change{}
		m.during(&Change{Doing: len(ids), removes: true}, func(ctx context.Context) error {
			for _, id := range ids {
				k, err := m.p.Journal.Call(ctx, id)
				if err != nil {
					return err
				}
				c.Removed = append(c.Removed, k)
			}
			gone, err := m.p.Journal.RemoveCalls(ctx, ids)
			c.putBack = gone.Undo
			return err
		}, func(err error) {
			if err != nil {
				m.p.Events.Changed(m.Change())
				m.p.Events.Failed(err)
				return
			}
			if m.panel != nil && slices.Contains(ids, m.panel.Call.ID) {
				m.panels++
				m.panel = nil
				m.p.Events.Panel()
			}
			m.change = c
			m.p.Events.Removed()
			m.p.Events.Changed(c)
			m.p.Events.Stored()
		})
	})
}

// restore puts back what a change removed.
func (m *Model) restore(old *Change) {
	m.during(&Change{Doing: len(old.Removed), removes: true, undo: true}, old.putBack, func(err error) {
		if err != nil {
			m.p.Events.Changed(m.Change())
			m.p.Events.Failed(err)
			return
		}
		m.change = nil
		m.p.Events.Changed(&Change{Removed: old.Removed, undo: true})
		m.p.Events.Stored()
	})
}
