package numbers

import (
	"math/bits"

	"quietline/internal/domain"
)

// reasons is a set of rules. Bit i stands for element i of ruleOrder, so that
// the lowest bit is the most severe reason.
type reasons uint16

const (
	foreignPrefix reasons = 1 << iota
	extensionNotAllowed
	wrongLength
	overThirteenDigits
	overEightDigits
	prefixedCode
	otherProvince
	callCentreBlock
	unassignedBlock
	overseas
	displayCanBeForged
	severalHolders
	singleSource
	virtualOperator
	shapeException
)

// ruleOrder lists the rules most severe first, and in the order of
// domain.Rules among equals.
func ruleOrder() [15]domain.Rule {
	return [...]domain.Rule{
		domain.RuleForeignPrefix, domain.RuleExtensionNotAllowed, domain.RuleWrongLength, domain.RuleOverThirteenDigits,
		domain.RuleOverEightDigits, domain.RulePrefixedCode, domain.RuleOtherProvince, domain.RuleCallCentreBlock,
		domain.RuleUnassignedBlock, domain.RuleOverseas,
		domain.RuleDisplayCanBeForged, domain.RuleSeveralHolders, domain.RuleSingleSource,
		domain.RuleVirtualOperator, domain.RuleShapeException,
	}
}

// list gives the rules of the set, or nil for none.
func (r reasons) list() []domain.Rule {
	if r == 0 {
		return nil
	}
	order := ruleOrder()
	out := make([]domain.Rule, 0, bits.OnesCount16(uint16(r)))
	for rest := uint16(r); rest != 0; rest &= rest - 1 {
		out = append(out, order[bits.TrailingZeros16(rest)])
	}
	return out
}
