package check

import (
	"slices"

	"quietline/internal/registry"
	"quietline/internal/ui/kit"
)

// memory is the name under which the filter of the registry is remembered.
const memory = "registry.filter"

// kept is what is remembered of it: what was chosen, not what was typed.
type kept struct {
	Block string `json:"block,omitempty"`
	Scope string `json:"scope,omitempty"`
}

// recall asks the registry as at the start before, as far as it still knows what
// was chosen.
func (p *Page) recall() {
	var k kept
	p.env.Memory.Get(memory, &k)
	var q Query
	if _, ok := p.model.Book.Block(k.Block); ok {
		q.Block = k.Block
	}
	known := func(o kit.Option[string]) bool { return o.Code == k.Scope }
	if k.Scope == registry.National || slices.ContainsFunc(p.provinces(""), known) {
		q.Scope = k.Scope
	}
	p.model.Book.Ask(q)
}
