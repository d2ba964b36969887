package complaints

import (
	"context"
	"slices"

	"quietline/internal/domain"
	"quietline/internal/filing"
	"quietline/internal/progress"
)

// Records are the use cases on many complaints at once, and what is written out
// of them.
type Records interface {
	EachRecord(ctx context.Context, what filing.Selection, take func(filing.Detail) error, c *progress.Counter) error
	IDs(ctx context.Context, what filing.Selection) ([]domain.ComplaintID, error)
	CountMatching(ctx context.Context, f domain.ComplaintFilter) (map[domain.SendState]int64, error)
	BatchNames(ctx context.Context) ([]string, error)
	Pending(ctx context.Context) (filing.Pending, error)
	FileDraft(ctx context.Context, idOrPrefix, channel string) (domain.Complaint, error)
	RemoveDraft(ctx context.Context, idOrPrefix string) (filing.RemovedDraft, error)
	CorrectReceipt(ctx context.Context, idOrPrefix, was, number string) (domain.Complaint, error)
}

// MostMarked is how many complaints can be marked at once.
const MostMarked = domain.MaxPageSize

// ManyDeed is what the user did to several complaints.
type ManyDeed string

// The deeds; each is the end of the key of its words.
const (
	ManyCancelled ManyDeed = "cancelled"
	ManyRemoved   ManyDeed = "removed"
	ManyFiled     ManyDeed = "filed"
	ManyRestored  ManyDeed = "restored"
)

// Refusal is a complaint that stayed as it was, and why.
type Refusal struct {
	Complaint domain.Complaint
	Err       error
}

// Many is what became of several complaints.
type Many struct {
	Deed ManyDeed
	Done int
	// Refused are those that stayed as they were.
	Refused []Refusal
	// removed are the drafts that Undo brings back.
	removed []filing.RemovedDraft
}

// Undoable says whether it can be taken back.
func (d *Many) Undoable() bool { return len(d.removed) > 0 }

// keeps says whether a draft is nowhere but here.
func (d *Many) keeps(id domain.ComplaintID) bool {
	return slices.ContainsFunc(d.removed, func(r filing.RemovedDraft) bool { return r.Complaint.ID == id })
}

// Many is what was last done to several complaints, nil for nothing.
func (m *Model) Many() *Many { return m.many }

// ForgetMany leaves it as it is.
func (m *Model) ForgetMany() {
	m.many = nil
	m.p.Events.Many()
}

// Cancellable picks those that may still be taken back; whether they can is
// looked at once more when it is done.
func Cancellable(list []domain.Complaint) []domain.Complaint {
	return pick(list, func(c domain.Complaint) bool {
		return c.SendState != domain.SendDraft && c.SendState.Cancellable(nil)
	})
}

// Drafts picks the drafts.
func Drafts(list []domain.Complaint) []domain.Complaint {
	return pick(list, func(c domain.Complaint) bool { return c.SendState == domain.SendDraft })
}

func pick(list []domain.Complaint, is func(domain.Complaint) bool) []domain.Complaint {
	var out []domain.Complaint
	for _, c := range list {
		if is(c) {
			out = append(out, c)
		}
	}
	return out
}

// All gives the complaints of the list, the newest first and at most MostMarked.
func (m *Model) All(take func([]domain.Complaint)) {
	var list []domain.Complaint
	m.p.Run(func(ctx context.Context) (err error) {
		list, err = m.Page(ctx, "", MostMarked)
		return err
	}, func(err error) {
		if err != nil {
			m.p.Events.Failed(err)
			return
		}
		take(list)
	})
}

// CancelMany takes complaints back; that cannot be undone.
func (m *Model) CancelMany(list []domain.Complaint) {
	m.each(ManyCancelled, list, func(ctx context.Context, c domain.Complaint, _ *Many) error {
		_, err := m.p.Filing.Cancel(ctx, string(c.ID))
		return err
	})
}

// DraftsNow gives those of the complaints that are drafts still, as they are now,
// and reads the channels anew: what is marked may have been changed since, here or
// by another program, and so may what the default is.
func (m *Model) DraftsNow(list []domain.Complaint, take func([]domain.Complaint)) {
	var now []domain.Complaint
	var channels []domain.Channel
	m.p.Run(func(ctx context.Context) (err error) {
		for _, c := range list {
			d, err := m.p.Filing.Show(ctx, string(c.ID))
			if err != nil && domain.KindOf(err) != domain.NotFound {
				return err
			}
			now = append(now, d.Complaint)
		}
		channels, err = m.p.Filing.ChannelsWithoutTokens(ctx)
		return err
	}, func(err error) {
		if now = Drafts(now); err == nil && len(now) == 0 {
			err = domain.E("complaints.DraftsNow", domain.Conflict, "complaint.not_draft", nil, nil)
			m.Refresh()
		}
		if err != nil {
			m.p.Events.Failed(err)
			return
		}
		m.channels = channels
		take(now)
	})
}

// FileDrafts puts drafts into the outbox as they stand, each through the channel
// that it names here. What cannot be filed stays a draft.
func (m *Model) FileDrafts(list []domain.Complaint) {
	m.each(ManyFiled, list, func(ctx context.Context, c domain.Complaint, _ *Many) error {
		if c.Channel == "" { // a default that came since was not spoken of
			return domain.E("complaints.FileDrafts", domain.Conflict, "channel.no_default", nil, nil)
		}
		_, err := m.p.Filing.FileDraft(ctx, string(c.ID), c.Channel)
		return err
	})
}

// RemoveDrafts deletes drafts; UndoMany brings them back.
func (m *Model) RemoveDrafts(list []domain.Complaint) {
	m.each(ManyRemoved, list, func(ctx context.Context, c domain.Complaint, d *Many) error {
		gone, err := m.p.Filing.RemoveDraft(ctx, string(c.ID))
		if err == nil {
			d.removed = append(d.removed, gone)
		}
		return err
	})
}

// UndoMany brings back the drafts that were removed last.
func (m *Model) UndoMany() {
	if m.many == nil || !m.many.Undoable() {
		return
	}
	var list []domain.Complaint
	gone := map[domain.ComplaintID]filing.RemovedDraft{}
	for _, r := range m.many.removed {
		list, gone[r.Complaint.ID] = append(list, r.Complaint), r
	}
	m.each(ManyRestored, list, func(ctx context.Context, c domain.Complaint, d *Many) error {
		r := gone[c.ID]
		err := r.Undo(ctx)
		if err != nil {
			d.removed = append(d.removed, r) // it is nowhere else
		}
		return err
	})
}

// each does something to one complaint after another. What is done stays done
// where a later one is refused, and where the program is closed meanwhile.
func (m *Model) each(deed ManyDeed, list []domain.Complaint, do func(context.Context, domain.Complaint, *Many) error) {
	if len(list) == 0 || m.working {
		return
	}
	m.working = true
	d := &Many{Deed: deed}
	m.p.Write(func(ctx context.Context) error {
		for _, c := range list {
			if err := ctx.Err(); err != nil {
				return err
			}
			if err := do(ctx, c, d); err != nil {
				d.Refused = append(d.Refused, Refusal{Complaint: c, Err: err})
				continue
			}
			d.Done++
		}
		return nil
	}, func(err error) {
		m.working = false
		m.many = d
		if err != nil {
			m.p.Events.Failed(err)
		}
		if deed == ManyRemoved && m.hasOpen && d.keeps(m.openID) {
			m.CloseDetail()
		}
		m.p.Events.Many()
		m.Refresh()
	})
}

func contains(list []domain.Complaint, id domain.ComplaintID) bool {
	return len(pick(list, func(c domain.Complaint) bool { return c.ID == id })) > 0
}
