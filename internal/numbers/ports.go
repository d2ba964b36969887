package numbers

import "quietline/internal/domain"

// Registry is what the checker asks of the compiled public lists. The look-ups
// are made for every number and must not allocate; the slices they give are
// shared and not changed.
type Registry interface {
	// Find gives the holders of exactly this code, or nil.
	Find(code string) []domain.Holder
	// Longest finds the longest registered code with which the digits begin,
	// or the empty code.
	Longest(digits string) (code string, holders []domain.Holder)
	// AreaCode finds the longest area code, trunk zero included, with which
	// the digits begin.
	AreaCode(digits string) (areaCode, provinceZH string, ok bool)
	// Province finds a province by any of its names or its two-digit code.
	Province(name string) (domain.Province, bool)
}
