package calls

import (
	"context"
	"slices"
	"strings"

	"quietline/internal/domain"
)

// MostMarked is how many calls can be marked at once.
const MostMarked = domain.MaxPageSize

// All gives the calls of the list, the newest first and at most MostMarked.
func (m *Model) All(take func([]domain.Call)) {
	var calls []domain.Call
	m.p.Run(func(ctx context.Context) (err error) {
		calls, err = m.Page(ctx, "", MostMarked)
		return err
	}, func(err error) {
		if err != nil {
			m.p.Events.Failed(err)
			return
		}
		take(calls)
	})
}

// Change is the last change of what the user says of calls. It can be taken back.
type Change struct {
	// Before are the calls as they were, After as they are.
	Before, After []domain.Call
	// Removed are the calls that the change took out of the log.
	Removed []domain.Call
	putBack func(context.Context) error
	// Doing is of how many calls it is that is being stored at this moment, 0 for
	// what is done: where the log is being judged, its turn may be some time away.
	Doing int
	// undo says that it takes another one back, and cannot be taken back itself;
	// removes, of what is being stored, that it is about calls that go or come back.
	undo, removes bool
}

// Change is what is under way, or else the last change that can be taken back, nil
// for none.
func (m *Model) Change() *Change {
	if m.doing != nil {
		return m.doing
	}
	return m.change
}

// during stores something, and shows so long what.
func (m *Model) during(doing *Change, store func(context.Context) error, done func(error)) {
	m.doing = doing
	m.p.Events.Changed(doing)
	m.p.Write(store, func(err error) {
		if m.doing == doing {
			m.doing = nil
		}
		done(err)
	})
}

// ForgetChange leaves the last change as it is.
func (m *Model) ForgetChange() {
	m.change = nil
	m.p.Events.Changed(nil)
}

// MarkAll says of several calls at once what they were about, and how they were
// made besides what is said of that already. An empty category changes none.
func (m *Model) MarkAll(ids []domain.CallID, category domain.Category, techniques []domain.Technique) {
	m.settled(func() {
		c := &Change{}
		m.apply(c, len(ids), func(ctx context.Context) error {
			for _, id := range ids {
				before, err := m.p.Journal.Call(ctx, id)
				if domain.KindOf(err) == domain.NotFound {
					continue // removed meanwhile
				}
				if err != nil {
					return err
				}
				after := saying(before, category, techniques)
				if onlyNote(before, after) {
					continue
				}
				if err := m.mark(ctx, after); err != nil {
					return err
				}
				c.Before, c.After = append(c.Before, before), append(c.After, after)
			}
			return nil
		})
	})
}

// saying gives a call of which this is said besides.
func saying(k domain.Call, category domain.Category, techniques []domain.Technique) domain.Call {
	if category != "" {
		k.Category = category
	}
	k.Techniques = slices.Clone(k.Techniques)
	for _, t := range techniques {
		if !slices.Contains(k.Techniques, t) {
			k.Techniques = append(k.Techniques, t)
		}
	}
	return k
}

func (m *Model) mark(ctx context.Context, k domain.Call) error {
	return m.p.Journal.MarkCall(ctx, k.ID, k.Category, k.Techniques, k.Note)
}

// Undo takes the last change back, and nothing else that was said since.
func (m *Model) Undo() {
	old := m.change
	if old == nil || m.doing != nil { // who presses twice means once
		return
	}
	if len(old.Removed) > 0 {
		m.restore(old)
		return
	}
	m.settled(func() {
		c := &Change{undo: true}
		m.apply(c, len(old.Before), func(ctx context.Context) error {
			for i, before := range old.Before {
				now, err := m.p.Journal.Call(ctx, before.ID)
				if err == nil {
					now = reverted(now, before, old.After[i])
					err = m.mark(ctx, now)
				}
				if domain.KindOf(err) == domain.NotFound {
					continue // removed meanwhile
				}
				if err != nil {
					return err
				}
				c.After = append(c.After, now)
			}
			return nil
		})
	})
}

// reverted gives a call in which what a change changed is as before.
func reverted(now, before, after domain.Call) domain.Call {
	if before.Category != after.Category {
		now.Category = before.Category
	}
	if !slices.Equal(before.Techniques, after.Techniques) {
		now.Techniques = before.Techniques
	}
	if before.Note != after.Note {
		now.Note = before.Note
	}
	return now
}

// apply stores a change of so many calls, one by one. What was stored before it failed can be
// taken back.
func (m *Model) apply(c *Change, calls int, store func(context.Context) error) {
	m.during(&Change{Doing: calls, undo: c.undo}, store, func(err error) {
		m.change = nil
		if !c.undo && len(c.After) > 0 {
			m.change = c
		}
		m.rewrite(c.After)
		m.p.Events.Changed(c)
		if err != nil {
			m.p.Events.Failed(err)
		}
		if len(c.After) > 0 {
			m.p.Events.Stored()
		}
	})
}

// settled does something once what is written about the open call is stored;
// where that cannot be, Failed hears it and nothing else is done.
func (m *Model) settled(do func()) {
	if !m.storable() {
		return
	}
	m.save(m.panel)
	if m.panel != nil && m.panel.Saving {
		m.panel.then = append(m.panel.then, do)
		return
	}
	do()
}

// rewrite has the open call say what was stored, where it is one of these; what
// was written meanwhile stays.
func (m *Model) rewrite(calls []domain.Call) {
	p := m.panel
	if p == nil {
		return
	}
	for _, c := range calls {
		if c.ID != p.Call.ID {
			continue
		}
		if p.Category == p.Call.Category {
			p.Category = c.Category
		}
		if p.sameTechniques() {
			p.Techniques = slices.Clone(c.Techniques)
		}
		if c.Note != p.Call.Note && strings.TrimSpace(p.Note) == p.Call.Note {
			p.Note = c.Note
		}
		p.Call.Category, p.Call.Techniques, p.Call.Note = c.Category, c.Techniques, c.Note
		m.p.Events.Panel()
	}
}

// noteChange remembers what was stored of the open call, so that it can be taken
// back; a note that is written with pauses is one change.
func (m *Model) noteChange(before, after domain.Call) {
	if c := m.change; c != nil && len(c.After) == 1 && c.After[0].ID == before.ID &&
		onlyNote(c.Before[0], c.After[0]) && onlyNote(before, after) {
		before = c.Before[0]
	}
	m.change = &Change{Before: []domain.Call{before}, After: []domain.Call{after}}
	m.p.Events.Changed(m.change)
}

func onlyNote(a, b domain.Call) bool {
	return a.Category == b.Category && slices.Equal(a.Techniques, b.Techniques)
}
