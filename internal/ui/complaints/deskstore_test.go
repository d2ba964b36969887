package complaints

import (
	"cmp"
	"context"
	"slices"
	"time"

	"quietline/internal/domain"
	"quietline/internal/filing"
)

func (d *desk) CountByState(context.Context) (map[domain.SendState]int64, error) {
	counts := map[domain.SendState]int64{}
	for _, c := range d.complaints {
		counts[c.SendState]++
	}
	return counts, d.err
}

func (d *desk) Attempts(_ context.Context, id domain.ComplaintID) ([]domain.Attempt, error) {
	return slices.Clone(d.attempts[id]), d.err
}

func (d *desk) Timeline(_ context.Context, id domain.ComplaintID) ([]domain.TimelineEvent, error) {
	return slices.Clone(d.timeline[id]), d.err
}

func (d *desk) Hasten(_ context.Context, r filing.HastenRequest) error {
	d.hastened = append(d.hastened, r.ID)
	return d.err
}

func (d *desk) CancelComplaint(_ context.Context, id domain.ComplaintID, now time.Time) error {
	c := d.complaints[d.find(string(id))]
	if !c.SendState.Cancellable(d.attempts[id]) {
		return domain.E("desk", domain.Conflict, "complaint.not_cancellable", nil, nil)
	}
	c.SendState, c.NextAttemptAt = domain.SendCancelled, time.Time{}
	d.put(c, now, "cancelled")
	return nil
}

func (d *desk) FileByHand(_ context.Context, f filing.FiledByHand) error {
	if d.err != nil {
		return d.err
	}
	c := d.complaints[d.find(string(f.ID))]
	if err := filing.RefuseByHand("desk", c); err != nil {
		return err
	}
	c.SendState, c.ReceiptNumber = domain.SendSent, f.ReceiptNumber
	d.put(c, f.Now, "filed_by_hand")
	d.timeline[c.ID][len(d.timeline[c.ID])-1].Note = f.ReceiptNumber
	return nil
}

func (d *desk) CorrectReceipt(_ context.Context, r filing.CorrectedReceipt) error {
	c := d.complaints[d.find(string(r.ID))]
	if err := filing.RefuseCorrection("desk", c); err != nil {
		return err
	}
	if c.ReceiptNumber != r.Was {
		return domain.E("desk", domain.Conflict, "complaint.receipt_changed", domain.Args{"Number": c.ReceiptNumber}, nil)
	}
	c.ReceiptNumber = r.ReceiptNumber
	d.put(c, r.Now, "receipt_corrected")
	d.timeline[c.ID][len(d.timeline[c.ID])-1].Note = r.ReceiptNumber
	return d.err
}

func (d *desk) RemoveDraft(_ context.Context, id domain.ComplaintID) (filing.RemovedDraft, error) {
	i := d.find(string(id))
	switch {
	case d.err != nil:
		return filing.RemovedDraft{}, d.err
	case i < 0:
		return filing.RemovedDraft{}, domain.E("desk", domain.NotFound, "complaint.not_found", nil, nil)
	case d.complaints[i].SendState != domain.SendDraft:
		return filing.RemovedDraft{}, domain.E("desk", domain.Conflict, "complaint.not_draft", nil, nil)
	}
	gone, timeline := d.complaints[i], d.timeline[id]
	d.complaints = slices.Delete(d.complaints, i, i+1)
	delete(d.timeline, id)
	return filing.RemovedDraft{Complaint: gone, Undo: func(context.Context) error {
		err := cmp.Or(d.err, d.full)
		if err == nil {
			d.complaints = append(d.complaints, gone)
			slices.SortStableFunc(d.complaints, func(a, b domain.Complaint) int { return newer(&b, &a) })
			d.timeline[id] = timeline
		}
		return err
	}}, nil
}

func (d *desk) Histories(_ context.Context, list []domain.ComplaintID) (map[domain.ComplaintID]filing.History, error) {
	out := map[domain.ComplaintID]filing.History{}
	for _, id := range list {
		out[id] = filing.History{Attempts: d.attempts[id], Timeline: d.timeline[id]}
	}
	return out, d.err
}

func (d *desk) BatchNames(context.Context, int) ([]string, error) {
	var names []string
	for _, c := range slices.Backward(d.complaints) {
		if c.Batch != "" && !slices.Contains(names, c.Batch) {
			names = append(names, c.Batch)
		}
	}
	return names, d.err
}

func (d *desk) Pending(_ context.Context, r filing.ClaimRequest) (p filing.Pending, err error) {
	for _, c := range d.complaints {
		if at := c.NextAttemptAt; at.After(r.Now) {
			p.Waiting++
			if p.NextAt.IsZero() || at.Before(p.NextAt) {
				p.NextAt = at
			}
		}
	}
	return p, d.err
}

func (d *desk) CountByHand(_ context.Context, r filing.ByHandRequest) (n filing.ByHand, err error) {
	for _, c := range d.complaints {
		if c.ByHand() {
			n.All++
			if c.QueuedAt.Before(r.Before) {
				n.Overdue++
			}
		}
		if c.Unsettled() {
			n.Unsettled++
		}
	}
	return n, d.err
}

func (d *desk) Settle(_ context.Context, x filing.Settlement) error {
	if d.err != nil {
		return d.err
	}
	c := d.complaints[d.find(string(x.ID))]
	if err := filing.RefuseSettle("desk", c, x.Again); err != nil {
		return err
	}
	c.SendState, c.ReceiptNumber, c.LastError = domain.SendSent, x.ReceiptNumber, ""
	kind := "settled_filed"
	if x.Again {
		c.SendState, c.NextAttemptAt, kind = domain.SendQueued, x.Now, "settled_again"
	}
	d.put(c, x.Now, kind)
	d.timeline[c.ID][len(d.timeline[c.ID])-1].Note = x.ReceiptNumber
	return nil
}
