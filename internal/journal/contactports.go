package journal

import (
	"context"
	"io"

	"quietline/internal/domain"
)

// ContactStore keeps contacts. Numbers are in their normalised form.
type ContactStore interface {
	// AddContacts stores in one transaction the contacts that are not there yet
	// (person and number); those that are stay as they are. added[i] says which
	// of the two contacts[i] was. With dryRun nothing is written and the answer
	// is the same.
	AddContacts(ctx context.Context, contacts []domain.Contact, dryRun bool) (added []bool, err error)
	// SaveContact stores a contact in place of another of the same person and
	// number.
	SaveContact(ctx context.Context, c domain.Contact) error
	// Contacts lists by name and number: all of them, or, with a person, those
	// that count for this person. Contacts of removed people are left out.
	Contacts(ctx context.Context, person domain.PersonID) ([]domain.Contact, error)
	// RemoveContacts removes in one transaction those of the contacts (person
	// and number) that are there, and says how many were.
	RemoveContacts(ctx context.Context, contacts []domain.Contact) (removed int, err error)
	// ContactOf gives what counts for the person of the number: what the person
	// says, else what is said for everybody.
	ContactOf(ctx context.Context, person domain.PersonID, number string) (c domain.Contact, ok bool, err error)
	ContactReader
}

// ContactReader tells whom a person knows. Everybody's contacts count for each
// person, unless the person says otherwise of the number.
type ContactReader interface {
	// Known says under which name the person knows the number.
	Known(ctx context.Context, person domain.PersonID, number string) (name string, ok bool, err error)
	// KnownNumbers gives the names of those of the numbers that the person
	// knows.
	KnownNumbers(ctx context.Context, person domain.PersonID, numbers []string) (map[string]string, error)
}

// ContactCard is one card of an address book.
type ContactCard struct {
	// Line is the line of its beginning, from 1.
	Line int
	// Name is empty where the card has none.
	Name string
	// Numbers are as the card has them, without protocol and extension.
	Numbers []string
	// Reject is a reason key (ContactRejectWords + KEY) for a card that cannot be
	// read.
	Reject string
	// Text is what could be read of it, at most 200 characters in one line; set
	// with Reject only.
	Text string
}

// ContactSource is an address book that was opened.
type ContactSource interface {
	// Encoding is the name of its character set, such as "UTF-8".
	Encoding() string
	// Next gives the next card and io.EOF at the end. Any other error ends the
	// import; what was read before stays.
	Next() (ContactCard, error)
	// Progress is how many bytes were read of how many.
	Progress() (done, total int64)
	io.Closer
}

// ContactFiles open address books.
type ContactFiles interface {
	// OpenContacts fails with what Importers.Open says of files, and with
	// Invalid "contacts.not_vcard" for one that is no address book.
	OpenContacts(ctx context.Context, path string) (ContactSource, error)
}
