package filing

import (
	"cmp"
	"context"
	"slices"
	"time"

	"quietline/internal/domain"
)

// FunnelFilter picks complaints; a zero field does not restrict.
type FunnelFilter struct {
	// PersonID is for whom they were written.
	PersonID domain.PersonID
	// From and To pick those that were written in the period, From inclusive, To
	// exclusive.
	From, To time.Time
}

// StateCount counts the complaints in one send state and one case state.
type StateCount struct {
	Send domain.SendState
	Case domain.CaseState
	N    int64
}

// FunnelStore counts how far complaints have come.
type FunnelStore interface {
	// CountStates counts the matching complaints by both states, in any order.
	CountStates(ctx context.Context, f FunnelFilter) ([]StateCount, error)
}

// Funnel is how far complaints have come: each stage counts those of the stage
// before that went on.
type Funnel struct {
	// Written are all, Queued those that are no drafts any more, Filed those that
	// an endpoint has taken, Answered those of which it said more than that.
	Written, Queued, Filed, Answered int64
	// Drafts, Waiting, Refused and Aside are what did not get to the next stage:
	// not yet queued, in the outbox, given up with a final no, taken back or left
	// out.
	Drafts, Waiting, Refused, Aside int64
	// Cases are the answers, in the order of domain.CaseStates, and then words of
	// an endpoint's own by the alphabet.
	Cases []CaseCount
}

// CaseCount counts the filed complaints in one case state.
type CaseCount struct {
	State domain.CaseState
	N     int64
}

// FunnelOf adds up counts by state.
func FunnelOf(counts []StateCount) Funnel {
	var f Funnel
	cases := map[domain.CaseState]int64{}
	for _, c := range counts {
		f.Written += c.N
		switch c.Send {
		case domain.SendDraft:
			f.Drafts += c.N
			continue
		case domain.SendSent:
			f.Filed += c.N
			cases[c.Case] += c.N
		case domain.SendQueued, domain.SendSending, domain.SendRetry, domain.SendUnknown, domain.SendToken:
			f.Waiting += c.N
		case domain.SendFailed:
			f.Refused += c.N
		case domain.SendSkipped, domain.SendCancelled:
			f.Aside += c.N
		}
		f.Queued += c.N
	}
	for state, n := range cases {
		if state != domain.CaseNone && state != domain.CaseReceived {
			f.Answered += n
			f.Cases = append(f.Cases, CaseCount{State: state, N: n})
		}
	}
	order := domain.CaseStates()
	place := func(c CaseCount) int {
		if i := slices.Index(order, c.State); i >= 0 {
			return i
		}
		return len(order)
	}
	slices.SortFunc(f.Cases, func(a, b CaseCount) int {
		return cmp.Or(cmp.Compare(place(a), place(b)), cmp.Compare(a.State, b.State))
	})
	return f
}

// Funnel tells how far the matching complaints have come.
func (s *Service) Funnel(ctx context.Context, f FunnelFilter) (Funnel, error) {
	counts, err := s.p.Store.CountStates(ctx, f)
	return FunnelOf(counts), err
}
