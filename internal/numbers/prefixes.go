package numbers

import "strings"

// origin says what stood before a number; the zero origin is nothing.
type origin byte

const (
	// countryCode is China's, behind + or 00.
	countryCode origin = iota + 1
	// abroad is a + or 00 without China's country code: the call came from
	// outside mainland China.
	abroad
)

// peel takes off access prefixes and China's country code. Of a number from
// abroad it takes the + or 00 and leaves the country code.
func (c *Checker) peel(digits string, plus bool) (rest string, from origin) {
	for {
		if !plus {
			digits = c.withoutAccess(digits)
			if !strings.HasPrefix(digits, "00") {
				return digits, from
			}
			digits = digits[2:]
		}
		if !strings.HasPrefix(digits, "86") {
			return digits, abroad
		}
		digits, plus, from = digits[2:], false, countryCode
	}
}

// withoutAccess takes off the prefixes of IP calls (179xx [S]) and of China
// Mobile's second numbers (12583 and 1, 2 or 3 [S]), numbering-rules.md §4. A
// prefix with nothing behind it is a number of its own, and eleven digits are
// left to be a mobile where the rest is no 95, 96 or listed number.
func (c *Checker) withoutAccess(digits string) string {
	const mobileDigits = 11
	for {
		switch {
		case len(digits) >= 5+minDigits && strings.HasPrefix(digits, "179") &&
			(len(digits) != mobileDigits || digits[5] == '9' || c.registry.Find(digits[5:]) != nil):
			digits = digits[5:]
		case len(digits) >= 6+minDigits && strings.HasPrefix(digits, "12583") && digits[5] >= '1' && digits[5] <= '3':
			digits = digits[6:]
		default:
			return digits
		}
	}
}

// trunkZero puts back the zero that stands before an area code inside China
// and is left out behind +86: +86 10 6620 0000 is a landline in Beijing, not
// an SMS port. A number that the registry names, or names the code of, is left
// alone: +86 951 11234 is 95111 with an extension rather than an 11234 in
// Yinchuan.
func (c *Checker) trunkZero(digits string) string {
	if digits[0] == '0' || c.registry.Find(digits) != nil {
		return digits
	}
	if c.mobile(digits) {
		return digits
	}
	if row, fits := c.table.match(digits); fits && row.base > 0 {
		if code, _ := c.registry.Longest(digits); len(code) >= row.base {
			return digits
		}
	}
	withZero := "0" + digits
	area, _, ok := c.registry.AreaCode(withZero)
	if !ok {
		return digits
	}
	local := withZero[len(area):]
	if areaPlusLocal(len(area), local) {
		return withZero
	}
	// Behind +86 a short code stands with its area code too (+86 551 96588).
	// Not one of three digits: +86 10 110 is not told apart from 10110.
	if len(local) > minDigits && c.behindArea(local) {
		return withZero
	}
	// The least likely reading comes last: digits that are something else
	// without the zero stay that.
	if _, fits := c.table.match(digits); !fits && c.oddLocal(len(area), local) {
		return withZero
	}
	return digits
}

// bareCountryCode takes off a country code without + or 00, as exports write
// it, where the rest can be nothing but a whole national number: a mobile, or
// a landline with its area code.
func (c *Checker) bareCountryCode(digits string) string {
	const shortest = 12 // 86, area code without zero, local number
	if len(digits) < shortest || !strings.HasPrefix(digits, "86") {
		return digits
	}
	rest := digits[2:]
	if c.mobile(rest) {
		return rest
	}
	withZero := rest
	if rest[0] != '0' {
		withZero = "0" + rest
	}
	if area, _, ok := c.registry.AreaCode(withZero); ok && areaPlusLocal(len(area), withZero[len(area):]) {
		return withZero
	}
	return digits
}

// mobile says whether the digits are a whole mobile number, not one behind an
// access prefix.
func (c *Checker) mobile(digits string) bool {
	if len(digits) < minDigits || digits[0] != '1' {
		return false
	}
	row, fits := c.table.match(digits)
	return fits && row.portable() && len(c.withoutAccess(digits)) == len(digits)
}
