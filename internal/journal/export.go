package journal

import (
	"cmp"
	"context"
	"slices"

	"quietline/internal/domain"
	"quietline/internal/progress"
)

// CallSelection says which calls are meant: those of IDs where there are any,
// else those that the filter picks.
type CallSelection struct {
	Filter domain.CallFilter
	IDs    []domain.CallID
}

// EachCall hands over the selected calls, newest first, a page in memory at a
// time, and counts them. It ends with the first error of take, with Cancelled
// "cancelled" for a stopped context, with NotFound "call.not_found" for an ID
// that is not there, and like Calls. The counter may be nil.
func (s *Service) EachCall(ctx context.Context, what CallSelection, take func(domain.Call) error, c *progress.Counter) error {
	const op = "journal.EachCall"
	if c == nil {
		c = &progress.Counter{}
	}
	hand := func(calls []domain.Call) error {
		for _, call := range calls {
			if ctx.Err() != nil {
				return domain.E(op, domain.Cancelled, "cancelled", nil, ctx.Err())
			}
			if err := take(call); err != nil {
				return err
			}
			c.AddDone(1)
			c.AddItems(1)
		}
		return nil
	}
	if len(what.IDs) > 0 {
		calls, err := s.callsOf(ctx, what.IDs)
		if err != nil {
			return err
		}
		c.SetTotal(int64(len(calls)))
		return hand(calls)
	}
	for page := (domain.Page{Limit: domain.MaxPageSize}); ; {
		got, err := s.Calls(ctx, what.Filter, page)
		if err != nil {
			return err
		}
		if err := hand(got.Calls); err != nil {
			return err
		}
		if page.After = got.Next; page.After == "" {
			return nil
		}
	}
}

// callsOf reads the calls, each once, newest first.
func (s *Service) callsOf(ctx context.Context, ids []domain.CallID) ([]domain.Call, error) {
	ids = slices.Clone(ids)
	slices.Sort(ids)
	ids = slices.Compact(ids)
	out := make([]domain.Call, len(ids))
	for i, id := range ids {
		call, err := s.calls.Call(ctx, id)
		if err != nil {
			return nil, err
		}
		out[i] = call
	}
	slices.SortFunc(out, func(a, b domain.Call) int {
		return cmp.Or(b.StartedAt.Compare(a.StartedAt), cmp.Compare(b.ID, a.ID))
	})
	return out, nil
}
