// Package numbers reads a number as a display or a bill shows it and says what
// is honestly known of it: its family by form, the holder that public lists
// name for its code, and the reasons to be careful. The rules are one table
// (rules.go); everything else is the order of the work.
//
// No answer means that a number is safe: a display can be forged.
package numbers

import "quietline/internal/domain"

// Params are what a Checker needs.
type Params struct {
	// Registry answers who holds a code. Required.
	Registry Registry
}

// Checker judges numbers. It does no I/O, keeps no state and is safe for
// concurrent use.
type Checker struct {
	registry Registry
	table    *table
}

// New makes a Checker.
func New(p Params) *Checker {
	return &Checker{registry: p.Registry, table: newTable()}
}

// Check judges a number as displayed; any input gives an answer. The province
// is where the call was received, by any name that Province knows; empty or
// unknown, it counts for nothing. An area code before the number is stronger
// than it. The holders are shared with the registry and must not be changed.
func (c *Checker) Check(input, province string) domain.Check {
	var f finding
	c.judge(&f, input)
	c.settle(&f, province)
	return domain.Check{
		Input:     input,
		Reading:   f.Reading,
		Verdict:   f.verdict,
		Code:      f.code,
		Extension: f.extension,
		Province:  f.province,
		Holders:   f.holders,
		Rules:     f.reasons.list(),
	}
}

// Classify gives the part of Check that an import keeps with every call: the
// reading, the verdict and the holder code. For plain digits it does not
// allocate.
func (c *Checker) Classify(input string) (r domain.Reading, v domain.Verdict, code string) {
	var f finding
	c.judge(&f, input)
	return f.Reading, f.verdict, f.code
}

// Province finds a province by Chinese name, English name, pinyin or two-digit
// code.
func (c *Checker) Province(name string) (domain.Province, bool) {
	return c.registry.Province(name)
}

// finding is a judgement in the making.
type finding struct {
	domain.Reading
	verdict   domain.Verdict
	code      string
	extension string
	// province is that of the area code.
	province string
	holders  []domain.Holder
	reasons  reasons
}

// judge fills in an empty finding, but for what depends on the holders.
func (c *Checker) judge(f *finding, input string) {
	t := clean(input)
	switch t.kind {
	case isDigits:
	case isHidden:
		f.Family, f.verdict = domain.FamilyHidden, domain.VerdictHidden
		return
	case isMalformed:
		f.malformed(t.shown, 0)
		return
	}
	digits, origin := c.peel(t.digits, t.plus)
	switch {
	case digits == "":
		f.malformed(visible(input), wrongLength)
	case len(digits) < minDigits && origin == abroad:
		f.malformed(withPlus(digits, input), wrongLength)
	case len(digits) < minDigits:
		f.malformed(digits, wrongLength)
	case origin == abroad:
		c.foreign(f, digits, input)
	case origin == countryCode:
		c.domestic(f, c.bareCountryCode(c.restoreTrunkZero(digits)))
	default:
		c.domestic(f, c.bareCountryCode(digits))
	}
}

// settle adds what depends on the holders: which of them count where the call
// was received, and the reasons that go with a listed number.
func (c *Checker) settle(f *finding, asked string) {
	if f.Family == domain.FamilyProvincial96 {
		c.narrow(f, asked)
	}
	if f.verdict != domain.VerdictListed && f.verdict != domain.VerdictListedExtension {
		return
	}
	f.reasons |= displayCanBeForged
	// The user's own entries say nothing about the lists.
	listed := 0
	for i := range f.holders {
		h := &f.holders[i]
		if h.Own {
			continue
		}
		listed++
		if h.Confidence == confidenceSingle {
			f.reasons |= singleSource
		}
	}
	if listed > 1 {
		f.reasons |= severalHolders
	}
}

// The words of the registry that matter here.
const (
	confidenceSingle = "single source"
	scopeNational    = "national"
)

// narrow keeps the holders of a 96 code that hold it in the province of the
// area code, or else in the asked one. Holders whose province no list gives
// come after them. Where all are known to be elsewhere they stay, with a
// caution.
func (c *Checker) narrow(f *finding, asked string) {
	if f.province == "" && asked != "" {
		if p, ok := c.registry.Province(asked); ok {
			f.province = p.NameZH
		}
	}
	if f.province == "" || len(f.holders) == 0 {
		return
	}
	inside, unknown, at := 0, 0, 0
	for i := range f.holders {
		switch f.holders[i].Scope {
		case f.province, scopeNational:
			inside++
			at = i
		case "":
			unknown++
			if inside == 0 {
				at = i
			}
		}
	}
	switch inside + unknown {
	case 0:
		f.reasons |= otherProvince
	case 1:
		f.holders = f.holders[at : at+1 : at+1]
	default:
		kept := make([]domain.Holder, 0, inside+unknown)
		for _, h := range f.holders {
			if h.Scope == f.province || h.Scope == scopeNational {
				kept = append(kept, h)
			}
		}
		for _, h := range f.holders {
			if h.Scope == "" {
				kept = append(kept, h)
			}
		}
		f.holders = kept
	}
}

// malformed makes the finding that of what is no number.
func (f *finding) malformed(number string, why reasons) {
	*f = finding{
		Reading: domain.Reading{Number: number, Family: domain.FamilyMalformed},
		verdict: domain.VerdictInvalid,
		reasons: why,
	}
}
