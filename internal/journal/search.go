package journal

import (
	"context"
	"slices"

	"quietline/internal/domain"
)

// Calls pages through the matching calls, newest first. A number may be given
// in any spelling. It fails with domain.Problems that point at /direction,
// /family, /verdict, /to and /limit, and with Invalid "page.cursor_invalid".
func (s *Service) Calls(ctx context.Context, f domain.CallFilter, p domain.Page) (CallPage, error) {
	const op = "journal.Calls"
	f, problems := s.readFilter(op, f)
	if p.Limit < 1 || p.Limit > domain.MaxPageSize {
		problems = append(problems, domain.E(op, domain.Invalid, "page.limit_range",
			domain.Args{"Most": domain.MaxPageSize}, nil).At("/limit"))
	}
	if err := problems.Err(); err != nil {
		return CallPage{}, err
	}
	return s.calls.Calls(ctx, f, p)
}

// IndexCalls counts the matching calls and gives a cursor for every `every`
// rows, at least 1. It fails like Calls.
func (s *Service) IndexCalls(ctx context.Context, f domain.CallFilter, every int) (CallIndex, error) {
	f, problems := s.readFilter("journal.IndexCalls", f)
	if err := problems.Err(); err != nil {
		return CallIndex{}, err
	}
	return s.calls.IndexCalls(ctx, f, max(every, 1))
}

// readFilter normalises the number and tells what is wrong with the rest.
func (s *Service) readFilter(op string, f domain.CallFilter) (domain.CallFilter, domain.Problems) {
	wrong := fields{op: op}
	if f.Number != "" {
		// What is no number stays as it is and finds nothing.
		if number := s.checker.Check(f.Number, "").Number; number != "" {
			f.Number = number
		}
	}
	if f.Direction != "" && !slices.Contains(domain.Directions(), f.Direction) {
		wrong.value("/direction", "call.direction_unknown", string(f.Direction))
	}
	if f.Family != "" && !slices.Contains(domain.Families(), f.Family) {
		wrong.value("/family", "call.family_unknown", string(f.Family))
	}
	if f.Verdict != "" && !slices.Contains(domain.Verdicts(), f.Verdict) {
		wrong.value("/verdict", "call.verdict_unknown", string(f.Verdict))
	}
	if !f.From.IsZero() && !f.To.IsZero() && !f.From.Before(f.To) {
		wrong.add("/to", "call.period_empty", nil)
	}
	return f, wrong.problems
}
