package domain

// Family is the kind of line a number belongs to, judged by its form.
type Family string

// The families of cli.md, in the order in which they are listed.
const (
	FamilyEnterprise95    Family = "enterprise_95"
	FamilyCallCentre95    Family = "call_centre_95"
	FamilyPublic95        Family = "public_95"
	FamilyUnassigned95    Family = "unassigned_95"
	FamilyProvincial96    Family = "provincial_96"
	FamilyOperator        Family = "operator"
	FamilyPublicService   Family = "public_service"
	FamilySharedCost      Family = "shared_cost"
	FamilyTollFree        Family = "toll_free"
	FamilyMobile          Family = "mobile"
	FamilyVirtualOperator Family = "virtual_operator"
	FamilyIoT             Family = "iot"
	FamilyLandline        Family = "landline"
	FamilySMSPort         Family = "sms_port"
	FamilyPremium         Family = "premium"
	FamilyInternational   Family = "international"
	FamilyHidden          Family = "hidden"
	FamilyMalformed       Family = "malformed"
)

// Families lists every family.
func Families() []Family {
	return []Family{
		FamilyEnterprise95, FamilyCallCentre95, FamilyPublic95, FamilyUnassigned95,
		FamilyProvincial96, FamilyOperator, FamilyPublicService, FamilySharedCost,
		FamilyTollFree, FamilyMobile, FamilyVirtualOperator, FamilyIoT, FamilyLandline,
		FamilySMSPort, FamilyPremium, FamilyInternational, FamilyHidden, FamilyMalformed,
	}
}

// Verdict is what is honestly known about a number. None of them means
// "safe": a number shown on a display can be forged.
type Verdict string

// The verdicts of cli.md.
const (
	// VerdictListed: the registry names this exact number.
	VerdictListed Verdict = "listed"
	// VerdictListedExtension: a listed, extendable holder code with digits behind it.
	VerdictListedExtension Verdict = "listed_extension"
	// VerdictUnlisted: a well-formed service number that no list names.
	VerdictUnlisted Verdict = "unlisted"
	// VerdictInvalid: no genuine number has this form.
	VerdictInvalid Verdict = "invalid"
	// VerdictNotServiceLine: a mobile, landline or foreign number.
	VerdictNotServiceLine Verdict = "not_service_line"
	// VerdictHidden: the caller withheld the number.
	VerdictHidden Verdict = "hidden"
)

// Verdicts lists every verdict.
func Verdicts() []Verdict {
	return []Verdict{
		VerdictListed, VerdictListedExtension, VerdictUnlisted,
		VerdictInvalid, VerdictNotServiceLine, VerdictHidden,
	}
}

// Severity grades a warning.
type Severity string

// The severities, mildest first.
const (
	SeverityInfo    Severity = "info"
	SeverityCaution Severity = "caution"
	SeverityDanger  Severity = "danger"
)

// Rule names a reason that a check gives. Its text is the message "rule.RULE".
type Rule string

// The rules of cli.md.
const (
	RuleDisplayCanBeForged  Rule = "display_can_be_forged"
	RuleForeignPrefix       Rule = "foreign_prefix"
	RuleExtensionNotAllowed Rule = "extension_not_allowed"
	RuleWrongLength         Rule = "wrong_length"
	RuleOverEightDigits     Rule = "over_eight_digits"
	RuleOverThirteenDigits  Rule = "over_thirteen_digits"
	RulePrefixedCode        Rule = "prefixed_code"
	RuleOtherProvince       Rule = "other_province"
	RuleSeveralHolders      Rule = "several_holders"
	RuleSingleSource        Rule = "single_source"
	RuleCallCentreBlock     Rule = "call_centre_block"
	RuleUnassignedBlock     Rule = "unassigned_block"
	RuleOverseas            Rule = "overseas"
	RuleVirtualOperator     Rule = "virtual_operator"
	RuleShapeException      Rule = "shape_exception"
)

// Rank orders severities: 0 for information and for the unknown, 2 for danger.
func (s Severity) Rank() int {
	switch s {
	case SeverityDanger:
		return 2
	case SeverityCaution:
		return 1
	case SeverityInfo:
	}
	return 0
}

// Severity is the fixed severity of the rule.
func (r Rule) Severity() Severity {
	switch r {
	case RuleForeignPrefix, RuleExtensionNotAllowed, RuleWrongLength, RuleOverThirteenDigits:
		return SeverityDanger
	case RuleOverEightDigits, RulePrefixedCode, RuleOtherProvince,
		RuleCallCentreBlock, RuleUnassignedBlock, RuleOverseas:
		return SeverityCaution
	case RuleDisplayCanBeForged, RuleSeveralHolders, RuleSingleSource,
		RuleVirtualOperator, RuleShapeException:
		return SeverityInfo
	}
	return SeverityInfo
}

// Rules lists every rule.
func Rules() []Rule {
	return []Rule{
		RuleDisplayCanBeForged, RuleForeignPrefix, RuleExtensionNotAllowed, RuleWrongLength,
		RuleOverEightDigits, RuleOverThirteenDigits, RulePrefixedCode, RuleOtherProvince,
		RuleSeveralHolders, RuleSingleSource, RuleCallCentreBlock, RuleUnassignedBlock,
		RuleOverseas, RuleVirtualOperator, RuleShapeException,
	}
}

// Reading is what the form of a number alone tells, without the registry.
type Reading struct {
	// Number is the normalised number: digits only for domestic numbers, the
	// "+" kept for foreign and forged ones, empty for a hidden one. A landline
	// keeps its trunk zero and area code; a 95/96 code loses an area code
	// before it, which moves to AreaCode.
	Number string
	// Family is the family of the number.
	Family Family
	// AreaCode is the area code with its trunk zero ("0551"), or empty.
	AreaCode string
	// Country is the ISO 3166-1 alpha-2 code, or empty where unknown.
	Country string
}

// Holder is one organisation that public lists name for a code.
type Holder struct {
	NameZH string `json:"name_zh"`
	NameEN string `json:"name_en"`
	// Category is the registry's category: bank, insurance, call_centre …
	Category string `json:"category"`
	// Scope is "national" or the Chinese name of a province.
	Scope string `json:"scope"`
	// Confidence is the registry's own mark: "single source" or
	// "verified in 2+ sources" (two lists agree; not a confirmation by MIIT).
	Confidence string `json:"confidence"`
	Source     string `json:"source"`
	// Note is the registry's note of conflict in Chinese, or empty.
	Note string `json:"note,omitempty"`
	// Vintage is the span of years ("2018-2019") of a row that only old lists
	// name, empty for others.
	Vintage string `json:"vintage,omitempty"`
	// Own says that this is the user's own entry, which no list vouches for;
	// Confidence and Source are empty then.
	Own bool `json:"own,omitempty"`
	// OwnNote is the user's note, or empty.
	OwnNote string `json:"own_note,omitempty"`
}

// Check is the full answer about one number as a caller showed it.
type Check struct {
	// Input is what was asked, unchanged.
	Input string
	Reading
	Verdict Verdict
	// Code is the holder code: the registry's code that is the number or its
	// longest prefix; for a 95 or 96 number that no list names, the code its
	// form implies, so that its siblings are still found. Otherwise empty.
	Code string
	// Extension is what stands behind the code.
	Extension string
	// Province is the Chinese name of the province, or empty.
	Province string
	// Holders are the organisations that public lists name, in the order of
	// the registry; those of the asked province first.
	Holders []Holder
	// Rules are the reasons, most severe first.
	Rules []Rule
}

// Words names the messages for the verdict: "verdict.WORDS.title", ".text" and
// ".advice". Letters, which break no rule of numbers because they are none, are
// not called a forged number; and what only the user noted is not called listed.
func (c Check) Words() string {
	own := AllOwn(c.Holders)
	switch {
	case c.Verdict == VerdictInvalid && c.Family == FamilyMalformed && len(c.Rules) == 0:
		return "malformed"
	case c.Verdict == VerdictListed && own:
		return "own"
	case c.Verdict == VerdictListedExtension && own:
		return "own_extension"
	}
	return string(c.Verdict)
}

// AllOwn says whether there are holders and all of them are the user's own
// entries, so that no list vouches for any.
func AllOwn(holders []Holder) bool {
	for i := range holders {
		if !holders[i].Own {
			return false
		}
	}
	return len(holders) > 0
}

// RegistryInfo says which snapshot of the registry answered.
type RegistryInfo struct {
	Version string `json:"version"`
	// Date is the day of the newest source, "2006-01-02".
	Date string `json:"date"`
	// Entries is the number of rows.
	Entries int `json:"-"`
}

// Province is one of the 31 mainland provincial units of GB/T 2260.
type Province struct {
	// Code is the two-digit code of GB/T 2260.
	Code   string
	NameZH string
	NameEN string
	Pinyin string
}
