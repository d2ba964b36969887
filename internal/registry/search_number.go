package registry

import "strings"

// minBehindArea is the shortest code that is looked for behind +86 and an area
// code without its zero, in digits: shorter ones stand in many numbers.
const minBehindArea = 5

// codeRank judges a code by the digits of a query. Behind long digits the
// longest code comes first, so at is the smaller the longer it is.
func codeRank(code, digits string) (r rank, at int) {
	switch {
	case digits == "", code == "":
		return 0, 0
	case code == digits:
		return rankCode, 0
	case strings.HasPrefix(digits, code):
		return rankCodeBehind, len(digits) - len(code)
	case strings.HasPrefix(code, digits):
		return rankCodeBegins, 0
	case strings.Contains(code, digits):
		return rankCodeContains, 0
	}
	return 0, 0
}

// wordInCode judges a code by a number that is one word beside others.
func wordInCode(code, digits string) rank {
	switch {
	case strings.HasPrefix(code, digits):
		return rankWords
	case strings.Contains(code, digits):
		return rankCodeContains
	}
	return 0
}

// number finds out what of the digits is searched: all of them, or what stands
// behind 86 or an area code. The first reading that names a holder counts, then
// the first with which a code begins. It does not ask whether there is such an
// area, because a wrong one hides no holder.
func (ix *Index) number(digits string) string {
	if digits == "" {
		return ""
	}
	best, begins := digits, false
	for _, reading := range dialledForms(digits) {
		switch r := ix.bestCode(reading.digits); {
		case r == rankCode, r == rankCodeBehind && !reading.exact:
			return reading.digits
		case r == rankCodeBegins && !reading.exact && !begins:
			best, begins = reading.digits, true
		}
	}
	return best
}

// bestCode gives the rank of the best code.
func (ix *Index) bestCode(digits string) rank {
	best := rank(0)
	for i := range ix.entries {
		if r, _ := codeRank(ix.entries[i].Code, digits); r != 0 && (best == 0 || r < best) {
			best = r
		}
	}
	return best
}

// reading is what the digits can be the number of.
type reading struct {
	digits string
	// exact says that it has to be a code and not begin with one.
	exact bool
}

// dialledForms gives the digits themselves and what is left without 86 and an
// area code, with the trunk zero or, behind 86, without.
func dialledForms(digits string) []reading {
	forms := []reading{{digits: digits}}
	rest := strings.TrimPrefix(digits, "00")
	rest, home := strings.CutPrefix(rest, "86")
	switch {
	case !home:
		rest = digits
	case rest != "":
		forms = append(forms, reading{digits: rest})
	}
	local, zero := strings.CutPrefix(rest, "0")
	if !zero && !home || len(local) < 3 {
		return forms
	}
	// Areas have two digits behind the zero in Beijing (10) and where they
	// begin with 2, elsewhere three.
	area := 3
	if local[0] == '2' || local[:2] == "10" {
		area = 2
	}
	local = local[area:]
	switch {
	case zero && local != "":
		forms = append(forms, reading{digits: local})
	case !zero && len(local) >= minBehindArea:
		forms = append(forms, reading{digits: local, exact: true})
	}
	return forms
}
