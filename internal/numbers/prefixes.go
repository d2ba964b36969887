package numbers

// peel takes off what the table of forms says. Of a number from abroad it takes
// the + or 00 and leaves the country code.
func (c *Checker) peel(digits string, plus bool) (number string, from origin) {
	for {
		f := c.form(digits, plus)
		if f == nil {
			return digits, from
		}
		digits, plus = digits[f.drop:], false
		switch f.tells {
		case abroad:
			return digits, abroad
		case countryCode:
			from = countryCode
		}
	}
}

// form finds what stands before the number, or nil.
func (c *Checker) form(digits string, plus bool) *form {
	candidates := c.table.front(digits, plus)
	for i := range candidates {
		if f := &candidates[i]; f.stands(digits) && c.behind(f, digits) {
			return f
		}
	}
	return nil
}

// behind says whether there stands behind a form what has to. Digits that the
// registry or the user names as a whole have no form before them.
func (c *Checker) behind(f *form, digits string) bool {
	if f.behind == anything {
		return true
	}
	rest := digits[f.drop:]
	if len(rest) < minDigits || c.registry.Find(digits) != nil {
		return false
	}
	if f.behind == aPhone {
		return c.phone(rest) && c.registry.Find(digits[:f.drop]) == nil
	}
	row, fits := c.table.match(digits)
	return !fits || !row.portable() || codeStart(rest) || c.registry.Find(rest) != nil
}

// phone says whether the digits are a whole mobile number or a landline with
// its area code.
func (c *Checker) phone(digits string) bool {
	if c.mobile(digits) {
		return true
	}
	area, _, ok := c.registry.AreaCode(digits)
	return ok && c.table.areaPlusLocal(len(area), digits[len(area):])
}

// mobile says whether the digits are a whole mobile number, not one behind an
// access prefix.
func (c *Checker) mobile(digits string) bool {
	if len(digits) < minDigits || digits[0] != '1' {
		return false
	}
	row, fits := c.table.match(digits)
	return fits && row.portable() && c.form(digits, false) == nil
}

// restoreTrunkZero puts back the zero that stands before an area code inside
// China and is left out behind +86: +86 10 6620 0000 is a landline in Beijing,
// not an SMS port. A number that the registry names, or names the code of, is
// left alone: +86 951 11234 is 95111 with an extension rather than an 11234 in
// Yinchuan.
//
// The area codes 0951 to 0955 look like 95 codes without their zero. A whole
// landline comes first there (0955 8812345), since 95588 carries no further
// digits; a short code only where a list names it (0955 12345), so that digits
// too many behind a 95 code are not explained away.
func (c *Checker) restoreTrunkZero(digits string) string {
	if digits[0] == trunkZero || c.registry.Find(digits) != nil || c.mobile(digits) {
		return digits
	}
	row, fits := c.table.match(digits)
	if fits && row.base > 0 {
		if code, _ := c.registry.Longest(digits); len(code) >= row.base {
			return digits
		}
	}
	withZero := string(trunkZero) + digits
	area, _, ok := c.registry.AreaCode(withZero)
	if !ok {
		return digits
	}
	local := withZero[len(area):]
	if c.table.areaPlusLocal(len(area), local) {
		return withZero
	}
	if codeStart(digits) {
		if len(local) > minDigits && c.behindArea(local) && c.named(local) {
			return withZero
		}
		return digits
	}
	// Behind +86 a short code stands with its area code too (+86 551 96588);
	// one of three digits where it is nothing else: +86 10 110 is not told
	// apart from 10110.
	if (len(local) > minDigits || !fits) && c.behindArea(local) {
		return withZero
	}
	// The least likely reading comes last: digits that are something else
	// without the zero stay that.
	if !fits && c.oddLocal(len(area), local) {
		return withZero
	}
	return digits
}

// named says whether the registry names the digits, or the code of which they
// are a plain extension.
func (c *Checker) named(digits string) bool {
	if c.registry.Find(digits) != nil {
		return true
	}
	row, fits := c.table.match(digits)
	if !fits || row.base == 0 {
		return false
	}
	code, _ := c.registry.Longest(digits)
	return len(code) >= row.base
}

// bareCountryCode takes off a country code without + or 00, as exports write
// it, where the rest can be nothing but a whole national number: a mobile, or
// a landline with its area code.
func (c *Checker) bareCountryCode(digits string) string {
	const bare = "86"
	const shortest = 12 // with an area code without its zero and a local number
	if len(digits) < shortest || digits[:len(bare)] != bare || c.registry.Find(digits) != nil {
		return digits
	}
	number := digits[len(bare):]
	if c.mobile(number) {
		return number
	}
	if number[0] != trunkZero {
		number = string(trunkZero) + number
	}
	if c.phone(number) {
		return number
	}
	return digits
}
