package report

import (
	"slices"
	"strings"

	"quietline/internal/domain"
	"quietline/internal/l10n"
)

// ChecksParams are what Checks needs. All of it is required.
type ChecksParams struct {
	// Printer gives the words. Its language must not change while rows are made.
	Printer *l10n.Printer
	// Province finds a province by its Chinese name.
	Province func(name string) (domain.Province, bool)
	// Registry is what the answers rest on.
	Registry domain.RegistryInfo
}

// Checks puts answers about numbers into the rows of a table for people, in
// the language of the moment. It is for one goroutine.
type Checks struct {
	words
	p ChecksParams
}

// NewChecks makes a Checks.
func NewChecks(p ChecksParams) *Checks { return &Checks{words: newWords(p.Printer), p: p} }

// Header is the row of headings.
func (c *Checks) Header() []string {
	return []string{
		c.say("check_table.input"), c.say("verdict_card.number"), c.say("verdict_card.family"),
		c.say("check_table.verdict"), c.say("verdict_card.code"), c.say("verdict_card.extension"),
		c.say("verdict_card.area_code"), c.say("verdict_card.province"), c.say("check_table.holders"),
		c.say("check_table.category"), c.say("check_table.warnings"), c.say("check_table.registry_date"),
	}
}

// Row is one answer, in the order of Header. Several holders or warnings stand
// in one cell.
func (c *Checks) Row(k domain.Check) []string {
	var holders, categories, warnings []string
	for _, h := range k.Holders {
		holders = append(holders, holderName(c.p.Printer, h))
		if category := c.term("registry_category", h.Category); category != "" && !slices.Contains(categories, category) {
			categories = append(categories, category)
		}
	}
	for _, r := range k.Rules {
		warnings = append(warnings, c.say("rule."+string(r)))
	}
	separator := c.say("verdict_card.separator")
	return []string{
		k.Input, k.Number, c.term("family", string(k.Family)), c.say("verdict." + k.Words() + ".title"),
		k.Code, k.Extension, k.AreaCode, c.p.Printer.ProvinceNamed(k.Province, c.p.Province),
		strings.Join(holders, separator), strings.Join(categories, separator), strings.Join(warnings, separator),
		c.p.Registry.Date,
	}
}
