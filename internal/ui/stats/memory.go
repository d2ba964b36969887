package stats

import (
	"slices"

	"quietline/internal/domain"
)

// memory is the name under which it is remembered what is counted.
const memory = "stats.choice"

// kept is what is remembered.
type kept struct {
	Person domain.PersonID `json:"person,omitempty"`
	Span   Span            `json:"span,omitempty"`
}

// recall counts what was counted at the start before. Who is gone by then, the
// model notices.
func (v *Part) recall() {
	k := kept{Span: v.model.Span()}
	v.env.Memory.Get(memory, &k)
	if slices.Contains(Spans(), k.Span) {
		v.model.Begin(k.Person, k.Span)
	}
}
