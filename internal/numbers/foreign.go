package numbers

import (
	"strings"

	"github.com/nyaruka/phonenumbers"

	"quietline/internal/domain"
)

// foreign judges the digits behind a + or 00 that do not begin with China's
// country code. A genuine number of another country is just that, even where
// it looks like a domestic one (Myanmar is +95, Jordan +962); anything else
// that reads as a domestic service number is forged, since those lines do not
// call from abroad (numbering-rules.md §4 [V]).
func (c *Checker) foreign(f *finding, digits, input string) {
	f.Number = withPlus(digits, input)
	abroad := lookAbroad(digits)
	family, forged := domain.Family(""), false
	if !abroad.genuine {
		family, forged = c.imitated(digits, abroad)
	}
	switch {
	case forged:
		f.Family, f.verdict, f.reasons = family, domain.VerdictInvalid, foreignPrefix
	case abroad.possible:
		f.Family, f.verdict, f.reasons = domain.FamilyInternational, domain.VerdictNotServiceLine, overseas
		f.Country = abroad.country
	default:
		f.Family, f.verdict, f.reasons = domain.FamilyInternational, domain.VerdictInvalid, wrongLength|overseas
		f.Country = abroad.country
		if len(digits) > longestE164 {
			f.reasons |= overThirteenDigits
		}
	}
}

// foreignReading is what the international numbering plans say.
type foreignReading struct {
	// genuine: the plan of the country has such a number.
	genuine bool
	// possible: at least the length is one of that country. New blocks open
	// faster than lists are updated.
	possible bool
	// exact: no trunk zero stands behind the country code. People write one, a
	// display does not.
	exact bool
	// country is the ISO 3166-1 code, or empty where the country code does not
	// exist or is shared by many.
	country string
	// national are the digits behind the country code.
	national string
}

func lookAbroad(digits string) foreignReading {
	// The zone "ZZ" makes the country code a must.
	n, err := phonenumbers.Parse("+"+digits, "ZZ")
	if err != nil {
		return foreignReading{}
	}
	var r foreignReading
	r.country = phonenumbers.GetRegionCodeForNumber(n)
	if r.country == "" {
		// Not a number of the plan: the country is sure only where the code
		// belongs to one (+1 does not).
		if regions := phonenumbers.GetRegionCodesForCountryCode(int(n.GetCountryCode())); len(regions) == 1 {
			r.country = regions[0]
		}
	}
	if len(r.country) != 2 || r.country == "ZZ" { // "001" is a service without a country
		r.country = ""
	}
	r.exact = phonenumbers.Format(n, phonenumbers.E164) == "+"+digits
	r.possible = phonenumbers.IsPossibleNumberWithReason(n) == phonenumbers.IS_POSSIBLE
	r.genuine = r.exact && phonenumbers.IsValidNumber(n)
	r.national = digits[min(len(digits), countryCodeLength(int(n.GetCountryCode()))):]
	return r
}

func countryCodeLength(code int) int {
	switch {
	case code < 10:
		return 1
	case code < 100:
		return 2
	}
	return 3
}

// imitated gives the family of the domestic service number that the digits
// read as, with or without another country's code before it.
func (c *Checker) imitated(digits string, a foreignReading) (domain.Family, bool) {
	if family, ok := c.readsAsService(digits, a.possible && a.exact); ok {
		return family, true
	}
	if a.national != "" {
		return c.listedTail(a.national)
	}
	// A country code that does not exist: 0088 and 008 are seen in warnings.
	for n := 1; n <= 3 && n < len(digits); n++ {
		if family, ok := c.listedTail(digits[n:]); ok {
			return family, true
		}
	}
	return "", false
}

// listedTail gives the family of the digits where the registry names them.
func (c *Checker) listedTail(tail string) (domain.Family, bool) {
	if len(tail) < minDigits || c.registry.Find(tail) == nil {
		return "", false
	}
	return c.readsAsService(tail, true)
}

// readsAsService says whether somebody would read the digits as a domestic
// service number. Numbers of more than eight digits count only where they
// could not be a number of the country that they name (possible).
func (c *Checker) readsAsService(digits string, possible bool) (domain.Family, bool) {
	if digits[0] == trunkZero {
		if area, _, ok := c.registry.AreaCode(digits); ok && c.behindArea(digits[len(area):]) {
			digits = digits[len(area):]
		} else {
			digits = strings.TrimLeft(digits, string(trunkZero))
		}
	}
	if len(digits) < minDigits {
		return "", false
	}
	row, fits := c.table.match(digits)
	switch {
	case row == nil:
		return domain.FamilyPublicService, c.registry.Find(digits) != nil
	case !row.service():
		return "", false
	case fits, c.registry.Find(digits) != nil:
		return row.family, true
	case row.base == 0 || len(digits) < row.base:
		return "", false
	case len(digits) <= plainDigits:
		return row.family, true
	}
	return row.family, !possible && len(digits) <= cautiousDigits
}

// withPlus gives the digits behind a plus; for an input that is written so, a
// part of the input.
func withPlus(digits, input string) string {
	if len(input) == len(digits)+1 && input[0] == '+' && input[1:] == digits {
		return input
	}
	return "+" + digits
}
