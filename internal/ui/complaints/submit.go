package complaints

import (
	"context"
	"slices"

	"quietline/internal/domain"
	"quietline/internal/filing"
)

// submit hands what the form says to a use case, without the calls that are gone.
// Where something typed cannot be read, storing would lose it: then it is only said
// what else is wrong.
func (m *Model) submit(in *filing.ComplaintInput, unread domain.Problems, use func(context.Context) error, done func(error)) {
	calls := m.form.Calls
	m.p.Write(func(ctx context.Context) error {
		if err := m.withoutGone(ctx, in, calls); err != nil {
			return err
		}
		if len(unread) > 0 {
			return m.p.Filing.Validate(ctx, *in)
		}
		return use(ctx)
	}, done)
}

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
