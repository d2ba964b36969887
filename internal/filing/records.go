package filing

import (
	"context"
	"slices"

	"quietline/internal/domain"
	"quietline/internal/progress"
)

// History is what happened to one complaint, oldest first.
type History struct {
	Attempts []domain.Attempt
	Timeline []domain.TimelineEvent
}

// RecordStore reads complaints with their history, many at a time.
type RecordStore interface {
	// Histories gives the attempts and the timeline of each of these complaints;
	// one that is not there has none.
	Histories(ctx context.Context, ids []domain.ComplaintID) (map[domain.ComplaintID]History, error)
	// CountMatching counts the matching complaints by send state.
	CountMatching(ctx context.Context, f domain.ComplaintFilter) (map[domain.SendState]int64, error)
	// BatchNames lists the batches that complaints came with, the newest first
	// and at most so many.
	BatchNames(ctx context.Context, most int) ([]string, error)
}

// Selection says which complaints are meant: those of IDs where there are any,
// else those that the filter picks and that are in one of the send states, or in
// any where none is named.
type Selection struct {
	Filter domain.ComplaintFilter
	States []domain.SendState
	IDs    []domain.ComplaintID
}

// holds says whether the complaint is in one of the states.
func (w Selection) holds(c domain.Complaint) bool {
	return len(w.States) == 0 || slices.Contains(w.States, c.SendState)
}

// CountMatching counts the matching complaints by send state.
func (s *Service) CountMatching(ctx context.Context, f domain.ComplaintFilter) (map[domain.SendState]int64, error) {
	return s.p.Store.CountMatching(ctx, f)
}

// mostBatches is how many batches can be chosen from.
const mostBatches = 200

// BatchNames lists the batches that complaints came with, the newest first; of
// very many only the newest.
func (s *Service) BatchNames(ctx context.Context) ([]string, error) {
	return s.p.Store.BatchNames(ctx, mostBatches)
}

// EachRecord hands over the selected complaints with everything about them, a
// page in memory at a time, and counts them: newest first, or, for IDs, in their
// order. It ends with the first error of take, with Cancelled "cancelled" for a
// stopped context and with NotFound "complaint.not_found" for an ID that is not
// there. The counter may be nil.
func (s *Service) EachRecord(ctx context.Context, what Selection, take func(Detail) error, c *progress.Counter) error {
	if c == nil {
		c = &progress.Counter{}
	}
	r := recorder{s: s, take: take, counter: c, channels: map[domain.ChannelID]domain.Channel{}}
	if len(what.IDs) > 0 {
		c.SetTotal(int64(len(what.IDs)))
	}
	return s.eachPage(ctx, what, func(page []domain.Complaint) error { return r.hand(ctx, page) })
}

// IDs gives the IDs of the selected complaints, oldest first: the order in which
// they were written, which for a batch is that of its sheet.
func (s *Service) IDs(ctx context.Context, what Selection) ([]domain.ComplaintID, error) {
	var ids []domain.ComplaintID
	err := s.eachPage(ctx, what, func(page []domain.Complaint) error {
		for _, c := range page {
			ids = append(ids, c.ID)
		}
		return nil
	})
	slices.Reverse(ids)
	return ids, err
}

// recordPage is how many complaints are in memory at a time.
const recordPage = 200

// eachPage hands over the selected complaints page by page.
func (s *Service) eachPage(ctx context.Context, what Selection, take func([]domain.Complaint) error) error {
	if len(what.IDs) > 0 {
		for ids := range slices.Chunk(what.IDs, recordPage) {
			page := make([]domain.Complaint, len(ids))
			for i, id := range ids {
				var err error
				if page[i], err = s.p.Store.Complaint(ctx, string(id)); err != nil {
					return err
				}
			}
			if err := take(page); err != nil {
				return err
			}
		}
		return nil
	}
	// One state is the store's to pick; of several the others are left out here.
	if len(what.States) == 1 && what.Filter.SendState == "" {
		what.Filter.SendState = what.States[0]
	}
	for at := (domain.Page{Limit: recordPage}); ; {
		page, err := s.p.Store.Complaints(ctx, what.Filter, at)
		if err != nil {
			return err
		}
		list := slices.DeleteFunc(page.Complaints, func(c domain.Complaint) bool { return !what.holds(c) })
		if err := take(list); err != nil {
			return err
		}
		if at.After = page.Next; at.After == "" {
			return nil
		}
	}
}

// recorder puts complaints and their history together.
type recorder struct {
	s        *Service
	take     func(Detail) error
	counter  *progress.Counter
	channels map[domain.ChannelID]domain.Channel
}

func (r *recorder) hand(ctx context.Context, page []domain.Complaint) error {
	ids := make([]domain.ComplaintID, len(page))
	for i, c := range page {
		ids[i] = c.ID
	}
	histories, err := r.s.p.Store.Histories(ctx, ids)
	if err != nil {
		return err
	}
	for _, c := range page {
		if ctx.Err() != nil {
			return domain.E("filing.EachRecord", domain.Cancelled, "cancelled", nil, ctx.Err())
		}
		ch, err := r.channel(ctx, c.ChannelID)
		if err != nil {
			return err
		}
		h := histories[c.ID]
		d := Detail{Complaint: c, Attempts: h.Attempts, Timeline: h.Timeline, Practice: IsPractice(ch), Channel: ch}
		if err := r.take(d); err != nil {
			return err
		}
		r.counter.AddDone(1)
		r.counter.AddItems(1)
	}
	return nil
}

// channel gives the channel of a complaint; the zero one for none, or for one
// that is gone.
func (r *recorder) channel(ctx context.Context, id domain.ChannelID) (domain.Channel, error) {
	ch, known := r.channels[id]
	if known || id == 0 {
		return ch, nil
	}
	ch, err := r.s.p.Store.ChannelByID(ctx, id)
	if err != nil && domain.KindOf(err) != domain.NotFound {
		return ch, err
	}
	r.channels[id] = ch
	return ch, nil
}

// Pending says what the outbox still holds, and when it tries next what waits.
func (s *Service) Pending(ctx context.Context) (Pending, error) {
	return s.p.Store.Pending(ctx, ClaimRequest{Now: s.p.Clock.Now()})
}
