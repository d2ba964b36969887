package domain

import "time"

// ContactMark is what somebody says of a number: whether they know it.
type ContactMark string

// The marks of a contact.
const (
	// ContactKnown: the number is of somebody known; it raises no alert and is
	// not complained about by mistake.
	ContactKnown ContactMark = "known"
	// ContactUnwanted: the number is not to count as known for this person,
	// although it may be known to the others.
	ContactUnwanted ContactMark = "unwanted"
)

// ContactMarks lists every mark.
func ContactMarks() []ContactMark { return []ContactMark{ContactKnown, ContactUnwanted} }

// Where a contact comes from.
const (
	ContactFromUser  = "user"
	ContactFromVCard = "vcard"
)

// Contact is a number with a name, kept for one person or for everybody.
type Contact struct {
	// PersonID is whose contact it is; 0 means everybody's.
	PersonID PersonID
	// Person is the name of that person, empty for everybody.
	Person string
	// Number is normalised, as calls keep it.
	Number string
	// Name is at most 2 * MaxNameLength characters in one line.
	Name      string
	Mark      ContactMark
	Source    string
	CreatedAt time.Time
}
