package numbers

import "quietline/internal/domain"

// Limits of the length of a 95 number, in digits.
//
// The ministry's service guide says 8 [S]. A newspaper report on the notice of
// June 2020 says 13; no official source for 13 was found, and before the guide
// there was no fixed limit [S]. Hence: up to 8 plain, up to 13 with caution.
const (
	plainDigits    = 8
	cautiousDigits = 13
)

// certainty says how well a rule is known; the marks are those of
// assets/registry/numbering-rules.md.
type certainty byte

const (
	verified   certainty = 'V' // two independent sources, or official text
	oneSource  certainty = 'S' // one source
	unverified certainty = 'U' // a guess
)

// block is what is known of the numbers that begin with the same digits.
type block struct {
	// prefix is what the numbers begin with, one to five digits.
	prefix string
	// min and max bound the length of a plain number in digits.
	min, max int
	// base is the length of the holder code; 0 for blocks without holder
	// codes of which numbers can be judged by min and max alone. A block with
	// holder codes owns every number that begins with its prefix.
	base   int
	family domain.Family
	// warn is the reason that goes with every genuine number of the block.
	warn reasons
	// area says that the numbers are also dialled behind an area code.
	area bool
	// use and length say how sure the use and the lengths are.
	use, length certainty
	// source is the section of numbering-rules.md, or what else the row
	// rests on.
	source string
}

// extendable says whether a holder may add digits to its code.
func (b *block) extendable() bool { return b.base > 0 && b.max > b.base }

// fits says whether a number of n digits is a plain number of the block.
func (b *block) fits(n int) bool { return b.min <= n && n <= b.max }

// service says whether the numbers are service lines, of which a registry
// could name the holder.
func (b *block) service() bool {
	switch b.family {
	case domain.FamilyMobile, domain.FamilyVirtualOperator, domain.FamilyIoT, domain.FamilyLandline:
		return false
	default:
		return true
	}
}

// portable says whether the numbers are those of a mobile phone.
func (b *block) portable() bool {
	return b.family == domain.FamilyMobile || b.family == domain.FamilyVirtualOperator
}

// blocks is the table of the rules. Of several rows for a number the one with
// the longest prefix counts whose length fits; rows with equal prefixes give
// several lengths.
func blocks() []block {
	const (
		v, s, u = verified, oneSource, unverified

		enterprise = domain.FamilyEnterprise95
		centre     = domain.FamilyCallCentre95
		operator   = domain.FamilyOperator
		public     = domain.FamilyPublicService
		mobile     = domain.FamilyMobile
		virtual    = domain.FamilyVirtualOperator
		landline   = domain.FamilyLandline
	)
	return []block{
		// 95 codes, one holder in the whole country.
		{"953", 5, 5, 5, enterprise, 0, true, v, s, "§1"},
		{"955", 5, 5, 5, enterprise, 0, true, v, s, "§1"},
		{"956", 6, 6, 6, enterprise, 0, true, v, s, "§1"},
		{"950", 5, plainDigits, 5, centre, callCentreBlock, true, v, s, "§1"},
		{"951", 5, plainDigits, 5, centre, callCentreBlock, true, v, s, "§1"},
		{"957", 5, plainDigits, 5, centre, callCentreBlock, true, v, s, "§1"},
		{"952", 6, plainDigits, 6, centre, callCentreBlock, true, v, s, "§1"},
		{"954", 6, plainDigits, 6, centre, callCentreBlock, true, s, u, "§1, planned; the extension as in 952"},
		{"95110", 5, 5, 5, domain.FamilyPublic95, 0, true, v, v, "§1"},
		{"958", 5, plainDigits, 5, domain.FamilyUnassigned95, unassignedBlock, true, u, u, "§1, no source found"},
		{"959", 5, plainDigits, 5, domain.FamilyUnassigned95, unassignedBlock, true, u, u, "§1, no source found"},

		// 96 codes, one holder in each province.
		{"96", 5, 6, 0, domain.FamilyProvincial96, 0, true, v, v, "§2"},
		{"96110", 5, 5, 0, public, 0, true, v, v, "§2"},

		// Operators.
		{"10", 5, 5, 0, operator, 0, true, v, v, "§3"},
		{"100", 6, 8, 0, operator, 0, true, s, u, "registry: 1008611, 10001666 and other tails"},
		{"1010", 8, 8, 0, operator, 0, true, v, v, "§3"},
		{"179", 5, 5, 0, operator, 0, false, s, s, "§4, access numbers of IP calls"},
		{"106", 8, 20, 0, domain.FamilySMSPort, 0, false, s, u, "§3"},

		// Emergency and public services.
		{"11", 3, 3, 0, public, 0, true, v, v, "§3"},
		{"11", 5, 5, 0, public, 0, true, s, s, "registry: 11183, 11185, 11888"},
		{"116", 5, 6, 0, public, 0, true, s, u, "registry: 116114"},
		{"118", 5, 6, 0, public, 0, true, s, u, "registry: 118114"},
		{"12", 3, 3, 0, public, 0, true, v, v, "§3"},
		{"12", 5, 5, 0, public, 0, true, v, v, "§3"},
		{"999", 3, 3, 0, public, 0, true, s, s, "registry: some cities only"},

		// Lines of firms.
		{"400", 10, 10, 0, domain.FamilySharedCost, 0, false, v, v, "§3"},
		{"800", 10, 10, 0, domain.FamilyTollFree, 0, false, v, v, "§3"},
		{"160", 8, 8, 0, domain.FamilyPremium, 0, false, s, s, "§3"},
		{"168", 8, 8, 0, domain.FamilyPremium, 0, false, s, s, "§3"},

		// Mobile phones. Blocks are opened one after another, so a prefix that
		// no list knows yet is no fault of the number.
		{"13", 11, 11, 0, mobile, 0, false, v, v, "§5"},
		{"14", 11, 11, 0, mobile, 0, false, v, v, "§5"},
		{"15", 11, 11, 0, mobile, 0, false, v, v, "§5"},
		{"16", 11, 11, 0, mobile, 0, false, v, v, "§5"},
		{"17", 11, 11, 0, mobile, 0, false, v, v, "§5"},
		{"18", 11, 11, 0, mobile, 0, false, v, v, "§5"},
		{"19", 11, 11, 0, mobile, 0, false, v, v, "§5"},
		{"170", 11, 11, 0, virtual, virtualOperator, false, v, v, "§5"},
		{"171", 11, 11, 0, virtual, virtualOperator, false, v, v, "§5"},
		{"162", 11, 11, 0, virtual, virtualOperator, false, s, v, "§5"},
		{"165", 11, 11, 0, virtual, virtualOperator, false, s, v, "§5"},
		{"167", 11, 11, 0, virtual, virtualOperator, false, s, v, "§5"},
		{"14", 13, 13, 0, domain.FamilyIoT, 0, false, s, s, "§5"},

		// Landlines as shown inside their own area; with an area code they
		// are judged by the list of area codes.
		{"2", 7, 8, 0, landline, 0, false, v, v, "§5"},
		{"3", 7, 8, 0, landline, 0, false, v, v, "§5"},
		{"4", 7, 8, 0, landline, 0, false, v, v, "§5"},
		{"5", 7, 8, 0, landline, 0, false, v, v, "§5"},
		{"6", 7, 8, 0, landline, 0, false, v, v, "§5"},
		{"7", 7, 8, 0, landline, 0, false, v, v, "§5"},
		{"8", 7, 8, 0, landline, 0, false, v, v, "§5"},
	}
}

// areaPlusLocal says whether digits behind an area code of areaLength digits
// (trunk zero included) have the length of a local number and begin as one
// does: with 2 to 9, and not as a 95 or 96 code does.
func areaPlusLocal(areaLength int, local string) bool {
	return localLength(areaLength, local) && local[0] >= '2' && !codeStart(local)
}

// localLength says whether digits behind an area code of areaLength digits
// (trunk zero included) are as many as a local number has: 8 behind 010 and
// 02x, else 7 or 8 (§5 [V]).
func localLength(areaLength int, local string) bool {
	return len(local) == 8 || len(local) == 7 && areaLength >= 4
}
