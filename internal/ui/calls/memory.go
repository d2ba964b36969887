package calls

import (
	"slices"

	"quietline/internal/domain"
)

// memory is the name under which the filter is remembered.
const memory = "calls.filter"

// kept is what is remembered of a filter: what was chosen, not what was typed,
// so that no number and no words of a search outlive the window.
type kept struct {
	Person    domain.PersonID  `json:"person,omitempty"`
	Direction domain.Direction `json:"direction,omitempty"`
	Family    domain.Family    `json:"family,omitempty"`
	Verdict   domain.Verdict   `json:"verdict,omitempty"`
	Period    Period           `json:"period,omitempty"`
}

// remember keeps what the user chose for the next start. What a route asked for
// is not kept: that was about one visit.
func (p *Page) remember(f Filter) {
	k := kept{Person: f.Person, Direction: f.Direction, Family: f.Family, Verdict: f.Verdict, Period: f.Period}
	if k.Period == PeriodBetween { // its days were typed
		k.Period = PeriodAny
	}
	p.env.Memory.Set(memory, k)
}

// remembered is the filter of the start before. What this version does not know
// asks for nothing.
func (p *Page) remembered() Filter {
	var k kept
	p.env.Memory.Get(memory, &k)
	f := Filter{Person: k.Person}
	if slices.Contains(domain.Directions(), k.Direction) {
		f.Direction = k.Direction
	}
	if slices.Contains(domain.Families(), k.Family) {
		f.Family = k.Family
	}
	if slices.Contains(domain.Verdicts(), k.Verdict) {
		f.Verdict = k.Verdict
	}
	if slices.Contains(Periods(), k.Period) {
		f.Period = k.Period
	}
	return f
}
