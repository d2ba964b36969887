package numbers

import "quietline/internal/domain"

const country = "CN"

// domestic judges at least minDigits digits that came from inside mainland
// China.
func (c *Checker) domestic(f *finding, digits string) {
	if digits[0] == trunkZero {
		c.trunk(f, digits)
	} else {
		c.service(f, digits)
		if f.verdict == domain.VerdictInvalid && f.reasons&wrongLength != 0 {
			c.rescue(f, digits)
		}
	}
	if f.verdict == domain.VerdictInvalid && len(f.Number) > cautiousDigits {
		f.reasons |= overThirteenDigits
	}
}

// rescue finds a better explanation for digits that are too many or too few
// for what they begin with. What begins like a 95 or 96 code is one.
func (c *Checker) rescue(f *finding, digits string) {
	if codeStart(digits) || c.prefixed(f, digits) {
		return
	}
	// An area code whose trunk zero a spreadsheet ate. The number stays as it
	// was shown: it could be a foreign one without its plus.
	if digits[0] < '2' || len(digits) < 10 || len(digits) > 11 {
		return
	}
	area, province, ok := c.registry.AreaCode(string(trunkZero) + digits)
	if ok && c.table.areaPlusLocal(len(area), digits[len(area)-1:]) {
		f.landline(digits)
		f.AreaCode, f.province = area, province
	}
}

// trunk judges digits that begin with a zero.
func (c *Checker) trunk(f *finding, digits string) {
	// A zero before a mobile number, dialled to other places.
	if c.mobile(digits[1:]) {
		c.service(f, digits[1:])
		return
	}
	area, province, known := c.registry.AreaCode(digits)
	local := digits[len(area):]
	holders := c.registry.Find(digits)
	switch {
	case holders != nil:
		f.landline(digits)
		f.verdict, f.code, f.holders = domain.VerdictListed, digits, holders
	case known && c.behindArea(local):
		c.service(f, local)
	case known && c.table.areaPlusLocal(len(area), local):
		f.landline(digits)
	case c.prefixed(f, digits):
		return
	default:
		f.landline(digits)
		if !known || !c.oddLocal(len(area), local) {
			f.verdict, f.reasons = domain.VerdictInvalid, wrongLength
		}
	}
	f.AreaCode, f.province = area, province
}

// oddLocal says whether digits behind an area code have the length of a local
// number and begin with a 1. No local number is known to; but that is no rule
// of any source (§5), and people do write such numbers. What begins with the
// short code of a public service (110, 120) is that code with digits too many.
func (c *Checker) oddLocal(areaLength int, local string) bool {
	return local != "" && local[0] == '1' && c.table.localLength(areaLength, len(local)) && c.registry.Find(local[:minDigits]) == nil
}

// landline makes the finding that of a landline.
func (f *finding) landline(digits string) {
	*f = finding{
		Reading: domain.Reading{Number: digits, Family: domain.FamilyLandline, Country: country},
		verdict: domain.VerdictNotServiceLine,
	}
}

// behindArea says whether the digits are a short code that is dialled behind
// an area code. Everything that begins with 95 and 96 is: local numbers do not.
func (c *Checker) behindArea(local string) bool {
	if len(local) < minDigits {
		return false
	}
	row, fits := c.table.match(local)
	if row == nil || !row.area {
		return false
	}
	if c.registry.Find(local) != nil {
		return true
	}
	return len(local) >= 5 && (fits || codeStart(local))
}

// service judges digits by the registry and the table of blocks. An exact
// entry of a list is stronger than the shape. The user's own is not: it says
// that the number was seen, so that what is wrong with the shape stays a
// reason.
func (c *Checker) service(f *finding, digits string) {
	*f = finding{Reading: domain.Reading{Number: digits, Country: country}}
	row, fits := c.table.match(digits)
	holders := c.registry.Find(digits)
	if holders == nil {
		c.unnamed(f, row, fits)
		return
	}
	own := domain.AllOwn(holders)
	if !fits && own {
		c.unnamed(f, row, fits)
	}
	f.verdict, f.code, f.extension, f.holders = domain.VerdictListed, digits, "", holders
	switch {
	case row != nil:
		f.Family = row.family
		f.reasons |= row.warn
	case own:
		// Of all families the one that claims least.
		f.Family, f.Country = domain.FamilyLandline, country
	default:
		f.Family = domain.FamilyPublicService
	}
	if !fits && !own {
		f.reasons |= shapeException
	}
}

// unnamed judges digits that no list names as a whole by their block.
func (c *Checker) unnamed(f *finding, row *block, fits bool) {
	if row == nil {
		f.malformed(f.Number, wrongLength)
		return
	}
	f.Family = row.family
	switch {
	case row.base > 0:
		c.holderBlock(f, row, f.Number)
	case !fits:
		f.verdict, f.reasons = domain.VerdictInvalid, wrongLength
	case row.service():
		f.verdict, f.reasons = domain.VerdictUnlisted, row.warn
		if row.family == domain.FamilyProvincial96 {
			f.code = f.Number
		}
	default:
		f.verdict, f.reasons = domain.VerdictNotServiceLine, row.warn
		if row.family == domain.FamilyLandline && c.endsInCode(f.Number) {
			f.reasons |= prefixedCode
		}
	}
}

// endsInCode says whether a local number ends in a listed code that cannot be
// extended and has one holder in the whole country (953, 955, 956), or in the
// police line 96110. Such a number can be a genuine landline, so this is for a
// caution only; of all landlines fewer than one in a hundred ends so.
func (c *Checker) endsInCode(digits string) bool {
	for _, n := range [...]int{5, 6} {
		tail := digits[len(digits)-n:]
		if !codeStart(tail) || c.registry.Find(tail) == nil {
			continue
		}
		row, fits := c.table.match(tail)
		if fits && (row.family == domain.FamilyEnterprise95 || row.family == domain.FamilyPublicService) {
			return true
		}
	}
	return false
}

// holderBlock judges digits in a block with holder codes that the registry
// does not name as a whole. A code that no list names is still the code behind
// its extensions: the first digits, as many as a code of the block has.
func (c *Checker) holderBlock(f *finding, row *block, digits string) {
	n := len(digits)
	if n < row.base {
		f.verdict, f.reasons = domain.VerdictInvalid, wrongLength
		return
	}
	f.code, f.holders = c.registry.Longest(digits)
	if len(f.code) < row.base {
		f.code, f.holders = digits[:row.base], nil
	}
	f.extension = digits[len(f.code):]
	switch {
	case n == row.base:
		f.verdict, f.reasons = domain.VerdictUnlisted, row.warn
		return
	case !row.extendable():
		f.verdict, f.reasons = domain.VerdictInvalid, extensionNotAllowed
		return
	case n > cautiousDigits:
		f.verdict, f.reasons = domain.VerdictInvalid, overThirteenDigits
		return
	case n > plainDigits:
		f.reasons = overEightDigits
	}
	f.reasons |= row.warn
	f.verdict = domain.VerdictUnlisted
	if f.holders != nil {
		f.verdict = domain.VerdictListedExtension
	}
}

// prefixed finds a listed 95 or 96 code at the end of digits that are nothing
// else: no genuine form has other digits than an area code before it. The code
// is not given as that of the number, which is not the holder's. Where there is
// none the finding stays as it is.
func (c *Checker) prefixed(f *finding, digits string) bool {
	const shortestCode = 5
	for i := 1; i+shortestCode <= len(digits); i++ {
		if !codeStart(digits[i:]) {
			continue
		}
		var tail finding
		c.service(&tail, digits[i:])
		if tail.verdict != domain.VerdictListed && tail.verdict != domain.VerdictListedExtension ||
			tail.reasons&overEightDigits != 0 {
			continue
		}
		*f = finding{
			Reading: domain.Reading{Number: digits, Family: tail.Family, Country: country},
			verdict: domain.VerdictInvalid,
			reasons: prefixedCode,
		}
		return true
	}
	return false
}
