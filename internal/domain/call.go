package domain

import "time"

// CallID identifies a call within one workspace.
type CallID int64

// Direction is the kind of a call-log row.
type Direction string

// The directions of enums.md C.4.
const (
	DirectionIncoming          Direction = "incoming"
	DirectionOutgoing          Direction = "outgoing"
	DirectionMissed            Direction = "missed"
	DirectionRejected          Direction = "rejected"
	DirectionBlocked           Direction = "blocked"
	DirectionVoicemail         Direction = "voicemail"
	DirectionAnsweredElsewhere Direction = "answered_elsewhere"
	DirectionForwarded         Direction = "forwarded"
	DirectionUnknown           Direction = "unknown"
)

// Directions lists every direction.
func Directions() []Direction {
	return []Direction{
		DirectionIncoming, DirectionOutgoing, DirectionMissed, DirectionRejected,
		DirectionBlocked, DirectionVoicemail, DirectionAnsweredElsewhere,
		DirectionForwarded, DirectionUnknown,
	}
}

// Call is one row of a person's call log.
type Call struct {
	ID       CallID
	PersonID PersonID
	// Number is the normalised number; empty where the caller withheld it,
	// with "+" for foreign and forged ones.
	Number string
	// Display is the number as the source showed it, of an imported call at
	// most MaxDisplay characters of it (Clip).
	Display string
	// AreaCode is the area code with trunk zero that stood before a short
	// code or belongs to a landline, or empty.
	AreaCode string
	// Code is the holder code, or empty.
	Code    string
	Family  Family
	Verdict Verdict
	// StartedAt has millisecond precision at most.
	StartedAt time.Time
	// Duration is nil where the source does not tell it.
	Duration *time.Duration
	// Ring is how long it rang, nil where unknown.
	Ring      *time.Duration
	Direction Direction
	// Ordinal tells apart equal rows of one file (same person, number, start
	// and direction): 0 for the first.
	Ordinal int
	// Name is the contact name that the source gave, or empty.
	Name string
	// Category and Techniques are the user's own marks; empty where unset.
	Category   Category
	Techniques []Technique
	Note       string
	// Source is the format name of the importer, or "manual".
	Source string
	// Person is the name of the person; filled when reading, ignored when
	// writing.
	Person string
}

// SourceManual marks a call that was typed in.
const SourceManual = "manual"

// MaxTalk is the longest call there can be; more is a number in the wrong
// column.
const MaxTalk = 7 * 24 * time.Hour

// OldestCall is the earliest time a call can have: before 1980 no phone kept a
// log, and a clock that lost its battery begins in 1970 or in 1980 itself.
func OldestCall() time.Time { return time.Date(1980, 1, 2, 0, 0, 0, 0, China()) }

// MaxNoteLength is the longest note, in characters.
const MaxNoteLength = 4000

// WholeSeconds is a duration as the contracts write it, nil for nil.
func WholeSeconds(d *time.Duration) *int64 {
	if d == nil {
		return nil
	}
	n := int64(*d / time.Second)
	return &n
}

// CallFilter picks calls; a zero field does not restrict.
type CallFilter struct {
	PersonID  PersonID
	Number    string
	Code      string
	From, To  time.Time // From inclusive, To exclusive
	Direction Direction
	Family    Family
	Verdict   Verdict
	// Text is searched in name, note and number; Chinese of two characters
	// or more is found inside a sentence.
	Text string
}

// Page asks for a slice of a list by keyset.
type Page struct {
	// Limit is the most rows to return, 1 to MaxPageSize.
	Limit int
	// After is the cursor that ended the page before; empty for the first.
	After string
}

// MaxPageSize is the largest Limit of a Page.
const MaxPageSize = 1000

// MaxDisplay is how much of a number an import keeps as it was shown, in
// characters.
const MaxDisplay = 64
