package complaints

import (
	"context"
	"slices"

	"quietline/internal/domain"
	"quietline/internal/filing"
)

// withoutGone takes those of the calls out of the input that were removed from the
// log while the complaint was written; what it says of them stays, as it does in
// complaints that are stored.
func (m *Model) withoutGone(ctx context.Context, in *filing.ComplaintInput, calls []domain.Call) error {
	for _, c := range calls {
		_, err := m.p.Journal.Call(ctx, c.ID)
		if err == nil {
			continue
		}
		if domain.KindOf(err) != domain.NotFound {
			return err
		}
		in.CallIDs = slices.DeleteFunc(in.CallIDs, func(id domain.CallID) bool { return id == c.ID })
		in.Further = append(in.Further, domain.CallRef{
			StartedAt: c.StartedAt, DurationSeconds: domain.WholeSeconds(c.Duration),
			RingSeconds: domain.WholeSeconds(c.Ring), Direction: c.Direction,
		})
	}
	return nil
}
