package complaints

import (
	"context"

	"quietline/internal/domain"
	"quietline/internal/filing"
)

// Writing is what the page needs to store what is written, and to put drafts
// about one caller together.
type Writing interface {
	NewAll(ctx context.Context, in filing.ComplaintInput) ([]domain.Complaint, error)
	Related(ctx context.Context, in filing.ComplaintInput) ([]domain.Complaint, error)
	RelatedTo(ctx context.Context, c domain.Complaint) ([]domain.Complaint, error)
	AddTo(ctx context.Context, draft string, in filing.ComplaintInput) (filing.Merge, error)
	Merge(ctx context.Context, ids ...string) (filing.Merge, error)
	Unmerge(ctx context.Context, m filing.Merge) error
}

// together is what is known of drafts about one caller.
type together struct {
	// drafts are others about the number and person of the open draft.
	drafts []domain.Complaint
	// merge is what was put together last, nil for nothing that can be undone,
	// and aside the form that it took in.
	merge *filing.Merge
	aside *Form
}

// askRelated finds other complaints about the caller of the form. It is a
// suggestion, so what goes wrong is not said.
func (m *Model) askRelated(in filing.ComplaintInput) {
	ask, fill := m.guards, m.fills
	var list []domain.Complaint
	m.p.Run(func(ctx context.Context) (err error) {
		list, err = m.p.Filing.Related(ctx, in)
		return err
	}, func(err error) {
		if err == nil && ask == m.guards && fill == m.fills && m.form != nil {
			m.form.Related = list
			m.p.Events.Related()
		}
	})
}

// draftsBeside are other drafts about the number and person of a draft.
func (m *Model) draftsBeside(ctx context.Context, c domain.Complaint) ([]domain.Complaint, error) {
	if c.SendState != domain.SendDraft {
		return nil, nil
	}
	list, err := m.p.Filing.RelatedTo(ctx, c)
	return draftsAbout(c.Body.Caller.Number, c.Stated, list), err
}

// draftsAbout picks the drafts about one number, stated by the same one.
func draftsAbout(number string, by *domain.StatedComplainant, list []domain.Complaint) []domain.Complaint {
	var out []domain.Complaint
	for _, c := range list {
		if c.SendState == domain.SendDraft && c.Body.Caller.Number == number && c.Stated.SameParties(by) {
			out = append(out, c)
		}
	}
	return out
}

// Host is the draft into which the calls of the form can go instead of making
// another one; ok is false where there is none.
func (f *Form) Host() (c domain.Complaint, ok bool) {
	if f.ID != "" {
		return c, false
	}
	var by *domain.StatedComplainant
	if f.Person == asStated {
		by = f.who
	}
	list := draftsAbout(f.Check.Number, by, f.Related)
	if len(list) == 0 {
		return c, false
	}
	return list[0], true
}

// AddToDraft puts what the form says into a draft about the same number.
func (m *Model) AddToDraft(language string, id domain.ComplaintID) {
	in, unread, ok := m.begin(language)
	if !ok {
		return
	}
	in.Draft = true
	fill := m.fills
	var merge filing.Merge
	m.submit(&in, unread, func(ctx context.Context) (err error) {
		merge, err = m.p.Filing.AddTo(ctx, string(id), in)
		return err
	}, func(err error) {
		mine := fill == m.fills && m.form != nil
		switch {
		case err == nil && len(unread) == 0:
			if mine {
				m.form.Busy = false
				m.together = together{merge: &merge, aside: m.form}
				m.CloseForm()
				m.Jump(id)
			}
			m.p.Events.Stored(DeedAdded, merge.Complaint)
			m.Refresh()
		case !mine:
			m.p.Events.Failed(err)
		default:
			m.form.Busy = false
			m.form.blame(unread, err)
			m.p.Events.Blamed()
		}
	})
}

// DraftsBeside are other drafts about the number and person of the open draft.
func (m *Model) DraftsBeside() []domain.Complaint {
	if !m.hasOpen || m.detail.Complaint.SendState != domain.SendDraft {
		return nil
	}
	return m.drafts
}

// MergeDrafts puts the other drafts about its number into the open one.
func (m *Model) MergeDrafts() {
	ids := []string{string(m.openID)}
	for _, c := range m.DraftsBeside() {
		ids = append(ids, string(c.ID))
	}
	if len(ids) < 2 {
		return
	}
	var merge filing.Merge
	m.p.Write(func(ctx context.Context) (err error) {
		merge, err = m.p.Filing.Merge(ctx, ids...)
		return err
	}, func(err error) {
		if err != nil {
			m.p.Events.Failed(err)
			return
		}
		m.together = together{merge: &merge}
		m.p.Events.Stored(DeedMerged, merge.Complaint)
		m.Refresh()
	})
}

// Merged says whether the open draft was just put together, which can be undone.
func (m *Model) Merged() bool {
	return m.merge != nil && m.hasOpen && m.merge.Complaint.ID == m.openID && m.detail.Complaint.SendState == domain.SendDraft
}

// UndoMerge takes apart what was put together, and opens the form again that
// went into a draft.
func (m *Model) UndoMerge() {
	merge, aside := m.merge, m.aside
	if merge == nil {
		return
	}
	m.merge, m.aside = nil, nil
	m.p.Write(func(ctx context.Context) error { return m.p.Filing.Unmerge(ctx, *merge) }, func(err error) {
		if err != nil {
			// What was changed since stays together; all else may go next time.
			if k := domain.KindOf(err); m.merge == nil && k != domain.Conflict && k != domain.NotFound {
				m.merge, m.aside = merge, aside
			}
			m.p.Events.Failed(err)
			m.Refresh()
			return
		}
		m.p.Events.Stored(DeedUnmerged, merge.Complaint)
		m.Refresh()
		if aside != nil && m.form == nil {
			aside.Changed = true
			m.openForm(aside)
		}
	})
}

// LeaveOut drops one of the further calls of the form.
func (m *Model) LeaveOut(i int) {
	f := m.form
	if f == nil || i < 0 || i >= len(f.Further) {
		return
	}
	f.Further = append(f.Further[:i:i], f.Further[i+1:]...)
	f.Changed = true
	f.forgive(AtCalls)
	m.p.Events.Form()
}
