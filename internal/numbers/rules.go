package numbers

import "quietline/internal/domain"

// This file is all that is data in the judgement: limits, what stands before a
// number, what a local number looks like, and the blocks. Every line says how
// certain it is and where it comes from; § is a section of
// assets/registry/numbering-rules.md, to be held against it line by line.

// certainty says how well a rule is known; the marks are those of
// assets/registry/numbering-rules.md.
type certainty byte

const (
	verified   certainty = 'V' // two independent sources, or official text
	oneSource  certainty = 'S' // one source
	unverified certainty = 'U' // a guess
)

// Lengths of numbers, in digits.
const (
	// minDigits: the shortest numbers are 110 and its like. V, §3.
	minDigits = 3
	// plainDigits bounds an extension: the ministry's service guide says 8.
	// S, §1.
	plainDigits = 8
	// cautiousDigits bounds what is not called forged. Extended numbers older
	// than the guide had no fixed limit, and MIIT says that some are longer
	// than 8 (V, §1); for 13 there is but a newspaper report on the notice of
	// June 2020. U. Hence: up to 8 plain, up to 13 with caution.
	cautiousDigits = 13
	// longestE164 bounds an international number without its plus. V, ITU-T
	// E.164, §1.
	longestE164 = 15
)

// trunkZero stands before an area code inside China, and is left out behind
// +86. V, §4 and §5.
const trunkZero = '0'

// origin says what a form tells of the call; the zero origin is nothing.
type origin byte

const (
	// countryCode is China's, behind + or 00.
	countryCode origin = iota + 1
	// abroad is a + or 00 without China's country code: the call came from
	// outside mainland China.
	abroad
)

// needs says what has to stand behind a form, so that it is one.
type needs byte

const (
	// anything, even nothing.
	anything needs = iota
	// aNumber of at least minDigits digits. All digits together may be a
	// mobile number of their own; they are one unless a 95, 96 or listed
	// number stands behind.
	aNumber
	// aPhone is a whole mobile number, or a landline with its area code.
	aPhone
)

// form is what a display shows before a number.
type form struct {
	// plus says that a plus stands first, prefix what digits follow it.
	plus   bool
	prefix string
	// drop is how many digits are taken off, at least those of the prefix.
	drop   int
	behind needs
	tells  origin
	// use says how sure the form is.
	use    certainty
	source string
}

// forms is the table of what is taken off, §4; of several rows the first one
// counts. What is judged with its number instead, an area code or a zero before
// a mobile, is no row of it: see locals and the column area of blocks.
func forms() []form {
	const v, s = verified, oneSource
	return []form{
		// China's country code, also before short numbers.
		{true, "86", 2, anything, countryCode, v, "§4; before a 95 number [U]"},
		{false, "0086", 4, anything, countryCode, v, "§4"},

		// A call from outside mainland China.
		{true, "", 0, anything, abroad, v, "§4"},
		{false, "00", 2, anything, abroad, v, "§4"},

		// Calls through an access number: 179xx for IP calls, 125831 to 125833
		// for second numbers of China Mobile. Other numbers of five digits that
		// begin with 11 and 12 are mostly lines of their own, so they count
		// only where no list names them and a whole phone number follows.
		{false, "179", 5, aNumber, 0, s, "§4"},
		{false, "125831", 6, aNumber, 0, s, "§4"},
		{false, "125832", 6, aNumber, 0, s, "§4"},
		{false, "125833", 6, aNumber, 0, s, "§4"},
		{false, "11", 5, aPhone, 0, s, "§4, the rule of libphonenumber"},
		{false, "12", 5, aPhone, 0, s, "§4, the rule of libphonenumber"},
	}
}

// local is what stands behind an area code of a landline.
type local struct {
	// area is the length of the area code, trunk zero included.
	area int
	// min and max bound the local number.
	min, max int
	length   certainty
	source   string
}

// locals is the table of local numbers by their area code. They begin with 2
// to 8 (the rows of blocks) and, behind an area code, with 9; not as a 95 or
// 96 code does.
func locals() []local {
	return []local{
		{3, 8, 8, verified, "§5: 010 and 020 to 029"},
		{4, 7, 8, verified, "§5: all others"},
	}
}

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
