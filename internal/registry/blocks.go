package registry

import (
	"slices"
	"strings"

	"quietline/internal/domain"
)

// Blocks counts the rows of every block: it gives the rules in their order with
// Codes and Longer filled in. A row lies in one block at most, and rows that the user hid
// are not counted. The rules are numbers.Blocks.
func Blocks(rules []domain.RegistryBlock, entries []domain.RegistryEntry) []domain.RegistryBlock {
	out := slices.Clone(rules)
	p := newPlan(rules)
	for i := range out {
		out[i].Codes, out[i].Longer = 0, 0
	}
	for _, e := range entries {
		if e.Kind == domain.CorrectionHide {
			continue
		}
		switch i := p.block(e.Code); {
		case i < 0:
		case out[i].Base > 0 && len(e.Code) > out[i].Base:
			out[i].Longer++
		default:
			out[i].Codes++
		}
	}
	return out
}

// InBlock gives the rows of a block in their order, also those that the user
// hid. The rules are all blocks, because a more special one takes its rows from
// a wider one: 95110 lies in 95110 and not in 951. The block is one of them,
// whatever its counts; for any other, nothing is given.
func InBlock(block domain.RegistryBlock, rules []domain.RegistryBlock, entries []domain.RegistryEntry) []domain.RegistryEntry {
	wanted := slices.IndexFunc(rules, func(r domain.RegistryBlock) bool {
		r.Codes, r.Longer = block.Codes, block.Longer
		return r == block
	})
	if wanted < 0 {
		return nil
	}
	p := newPlan(rules)
	var out []domain.RegistryEntry
	for _, e := range entries {
		if p.block(e.Code) == wanted {
			out = append(out, e)
		}
	}
	return out
}

// ByProvince gives the rows of codes of one province, which begin with 96, and
// behind them those of which no list says the province. Each part keeps the
// order of the rows; those that the user hid are among them. The name is the
// Chinese one that rows have as their scope.
func ByProvince(entries []domain.RegistryEntry, provinceZH string) []domain.RegistryEntry {
	const provincial = "96"
	var out, nowhere []domain.RegistryEntry
	for _, e := range entries {
		switch {
		case !strings.HasPrefix(e.Code, provincial):
		case e.Holder.Scope == "":
			nowhere = append(nowhere, e)
		case e.Holder.Scope == provinceZH:
			out = append(out, e)
		}
	}
	return append(out, nowhere...)
}

// plan finds the block of a code.
type plan struct {
	rules []domain.RegistryBlock
	// order has the rules with the longest prefix first.
	order []int
}

func newPlan(rules []domain.RegistryBlock) plan {
	p := plan{rules: rules, order: make([]int, len(rules))}
	for i := range p.order {
		p.order[i] = i
	}
	slices.SortStableFunc(p.order, func(a, b int) int {
		return len(rules[b].Prefix) - len(rules[a].Prefix)
	})
	return p
}

// block gives the rule that a check applies to a code, -1 for none: of those
// with whose prefix it begins the most special one whose lengths fit, but never
// one behind a block of holder codes, which owns every number that begins so;
// where none fits, the most special one.
func (p plan) block(code string) int {
	first := -1
	for _, i := range p.order {
		r := &p.rules[i]
		if !strings.HasPrefix(code, r.Prefix) {
			continue
		}
		if r.Base > 0 || r.Shortest <= len(code) && len(code) <= r.Longest {
			return i
		}
		if first < 0 {
			first = i
		}
	}
	return first
}
