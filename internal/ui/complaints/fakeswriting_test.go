package complaints

import (
	"cmp"
	"context"
	"slices"
	"strings"
	"time"

	"quietline/internal/domain"
	"quietline/internal/filing"
)

// notDraft is what the store says of a complaint that cannot be changed.
func notDraft() error {
	return domain.E("desk", domain.Conflict, "complaint.not_draft", nil, nil)
}

func (d *desk) QueueParts(ctx context.Context, parts []filing.QueueRequest, was domain.SendState) error {
	if was == domain.SendQueued {
		if i := d.find(string(parts[0].Complaint.ID)); d.err == nil && (d.complaints[i].SendState != was || d.complaints[i].Attempts > 0) {
			return notDraft()
		}
	}
	for _, q := range parts {
		if err := d.Queue(ctx, q); err != nil {
			return err
		}
	}
	return nil
}

func (d *desk) TakeBack(_ context.Context, c domain.Complaint, now time.Time) error {
	if d.err == nil {
		c.NextAttemptAt = time.Time{}
		d.put(c, now, "taken_back")
	}
	return d.err
}

func (d *desk) Related(_ context.Context, r filing.RelatedRequest) ([]domain.Complaint, error) {
	var list []domain.Complaint
	for _, c := range slices.Backward(d.complaints) {
		same := c.Body.Caller.Number == r.Number || r.Code != "" && strings.HasPrefix(c.Body.Caller.Number, r.Code)
		gone := c.SendState == domain.SendSkipped || c.SendState == domain.SendCancelled
		if same && !gone && c.PersonID == r.PersonID && c.ID != r.Except && len(list) < r.Limit {
			list = append(list, c)
		}
	}
	return list, d.err
}

func (d *desk) MergeDrafts(_ context.Context, r filing.MergeRequest) error {
	return d.merge(r, domain.SendDraft, domain.SendCancelled, "merged")
}

func (d *desk) UnmergeDrafts(_ context.Context, r filing.MergeRequest) error {
	return d.merge(r, domain.SendCancelled, domain.SendDraft, "unmerged")
}

func (d *desk) merge(r filing.MergeRequest, from, to domain.SendState, kind string) error {
	if err := cmp.Or(d.err, d.full); err != nil {
		return err
	}
	for _, id := range r.Away {
		c := d.complaints[d.find(string(id))]
		if c.SendState != from {
			return notDraft()
		}
		c.SendState = to
		d.put(c, r.Now, kind)
	}
	d.put(r.Into, r.Now, kind)
	return nil
}
