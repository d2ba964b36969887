package domain

import "time"

// CorrectionKind is what a user does to the registry for one code in one scope.
type CorrectionKind string

// The kinds of corrections.
const (
	// CorrectionEntry is the user's own entry. It takes the place of the
	// list's row of the same code and scope, where there is one.
	CorrectionEntry CorrectionKind = "entry"
	// CorrectionHide leaves the list's row out.
	CorrectionHide CorrectionKind = "hide"
	// CorrectionNote keeps the list's row and adds a note to it.
	CorrectionNote CorrectionKind = "note"
)

// CorrectionKinds lists every kind.
func CorrectionKinds() []CorrectionKind {
	return []CorrectionKind{CorrectionEntry, CorrectionHide, CorrectionNote}
}

// MaxHolderName is the longest name of an organisation in a correction, in
// characters.
const MaxHolderName = 100

// Correction is what a user says differently from the public lists, or in
// addition to them. It lives in the workspace, wins over every list, and
// outlasts updates. There is at most one for a code and scope.
type Correction struct {
	// Code has 3 to 13 digits.
	Code string
	// Scope is "national", the Chinese name of a province, or empty where the
	// list gives none.
	Scope string
	Kind  CorrectionKind
	// NameZH, NameEN and Category describe the holder of an own entry. One of
	// the names is there.
	NameZH   string
	NameEN   string
	Category string
	// Note is the user's, at most MaxNoteLength characters; of a hidden row it
	// may say why.
	Note      string
	UpdatedAt time.Time
}

// RegistryEntry is one row of the registry as a browser shows it: also the
// rows that the user hid, and what the list says where the user says otherwise.
type RegistryEntry struct {
	Code string
	// Holder is what counts now; of a hidden row it is the list's.
	Holder Holder
	// Kind is what the user did, empty for nothing.
	Kind CorrectionKind
	// Listed is the list's row behind an own entry, nil where there is none
	// and for every other kind.
	Listed *Holder
}

// RegistryBlock is what is known of the numbers that begin with the same
// digits: the rule of the numbering plan and how many of its codes are listed.
type RegistryBlock struct {
	Prefix string
	Family Family
	// Base is the length of a holder code in digits, 0 for numbers without.
	Base int
	// Shortest and Longest bound the length of a plain number in digits.
	Shortest, Longest int
	// Codes is how many rows of the registry lie in the block; where the block
	// has holder codes, those of Base digits alone, and Longer counts the rows
	// with more.
	Codes, Longer int
	// Possible is how many codes of Base digits the block has, 0 where Base is.
	Possible int
	// Use and Length are how certain the use and the lengths are: "V" two
	// independent sources or official text, "S" one source, "U" unverified.
	Use, Length string
	// Source is the section of numbering-rules.md, or what else the rule rests
	// on, in English.
	Source string
}

// RegistryChange is one difference between two versions of the list.
type RegistryChange struct {
	Code, Scope string
	// Before is nil for an added row, After for a removed one.
	Before, After *Holder
}

// VerdictChange is a logged number that is judged otherwise than before.
type VerdictChange struct {
	Number string
	// Calls is how many logged calls show it.
	Calls         int64
	Before, After Verdict
	// CodeBefore and CodeAfter are the holder codes.
	CodeBefore, CodeAfter string
}
