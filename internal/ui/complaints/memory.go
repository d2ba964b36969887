package complaints

import (
	"slices"

	"quietline/internal/domain"
)

// memory is the name under which part and filter of the list are remembered.
const memory = "complaints.filter"

// kept is what is remembered: what was chosen, not what was typed.
type kept struct {
	Segment Segment          `json:"segment,omitempty"`
	Send    domain.SendState `json:"send,omitempty"`
	Case    domain.CaseState `json:"case,omitempty"`
}

// remember keeps what the user chose for the next start. Where a route led is
// not kept: that was about one visit.
func (p *Page) remember() {
	f := p.model.Filter()
	p.env.Memory.Set(memory, kept{Segment: p.model.Segment(), Send: f.Send, Case: f.Case})
}

// recall asks the list for what it was asked for last. What this version does
// not know asks for nothing.
func (p *Page) recall() {
	var k kept
	p.env.Memory.Get(memory, &k)
	if slices.Contains(Segments(), k.Segment) {
		p.model.segment = k.Segment
	}
	if slices.Contains(p.model.segment.States(), k.Send) {
		p.model.filter.Send = k.Send
	}
	if slices.Contains(domain.CaseStates(), k.Case) {
		p.model.filter.Case = k.Case
	}
	p.model.relist()
}

// choose shows the part of the list that the user chose.
func (p *Page) choose(s Segment) {
	p.model.ShowSegment(s)
	p.remember()
}
