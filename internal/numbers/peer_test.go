package numbers_test

import (
	"fmt"
	"testing"

	"github.com/nyaruka/phonenumbers"
	"pgregory.net/rapid"

	"quietline/internal/domain"
)

// Where libphonenumber is sure of a Chinese mobile or landline number, so are
// we: its lists are newer than our table can be.
func TestAgreesWithLibphonenumberOnPhones(t *testing.T) {
	s, c := shipped(t)
	rapid.Check(t, func(t *rapid.T) {
		national := rapid.OneOf(
			rapid.StringMatching(`1[3-9][0-9]{9}`),
			rapid.StringMatching(`(10|2[0-9])[2-8][0-9]{7}`),
			rapid.StringMatching(`[3-9][1-9][0-9][2-8][0-9]{6,7}`),
		).Draw(t, "national number")
		n, err := phonenumbers.Parse("+86"+national, "ZZ")
		if err != nil || !phonenumbers.IsValidNumber(n) {
			t.Skip("no number")
		}
		if _, _, ok := s.AreaCode("0" + national); !ok && national[0] != '1' {
			t.Skip("an area code that has no place, such as 0807")
		}
		if code, _ := s.Longest(national); len(code) >= 5 {
			t.Skip("begins with a service code")
		}
		forms := []string{"+86" + national, "0086" + national}
		mobile := phonenumbers.GetNumberType(n) == phonenumbers.MOBILE
		switch {
		case mobile:
			forms = append(forms, national, "0"+national, "86"+national)
		case phonenumbers.GetNumberType(n) == phonenumbers.FIXED_LINE:
			forms = append(forms, "0"+national)
		default:
			t.Skip("another kind")
		}
		for _, form := range forms {
			r, v, _ := c.Classify(form)
			want := r.Family == domain.FamilyLandline
			if mobile {
				want = (r.Family == domain.FamilyMobile || r.Family == domain.FamilyVirtualOperator) && r.Number == national
			}
			if !want || v != domain.VerdictNotServiceLine {
				t.Fatalf("%s is %s %s %s, libphonenumber says mobile: %v", form, r.Number, r.Family, v, mobile)
			}
		}
	})
}

// Another country's example numbers are international, and none is taken for
// a forged service line.
func TestExampleNumbersOfOtherCountries(t *testing.T) {
	_, c := shipped(t)
	n := 0
	for region := range phonenumbers.GetSupportedRegions() {
		if region == "CN" {
			continue
		}
		for _, kind := range []phonenumbers.PhoneNumberType{phonenumbers.MOBILE, phonenumbers.FIXED_LINE} {
			example := phonenumbers.GetExampleNumberForType(region, kind)
			if example == nil || !phonenumbers.IsValidNumber(example) {
				continue
			}
			number := phonenumbers.Format(example, phonenumbers.E164)
			for _, form := range []string{number, "00" + number[1:]} {
				r, v, _ := c.Classify(form)
				want := fmt.Sprint(number, domain.FamilyInternational, domain.VerdictNotServiceLine)
				if got := fmt.Sprint(r.Number, r.Family, v); got != want || r.Country == "" {
					t.Errorf("%s of %s: %s %q, want %s", form, region, got, r.Country, want)
				}
			}
			n++
		}
	}
	if n < 300 {
		t.Errorf("only %d example numbers", n)
	}
}
