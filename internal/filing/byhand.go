package filing

import (
	"context"
	"strings"
	"time"
	"unicode/utf8"

	"quietline/internal/domain"
)

// maxReceiptLength bounds a receipt number that somebody types, in characters.
const maxReceiptLength = 100

// atReceipt is where problems with a receipt number appear.
const atReceipt = "/receipt_number"

// FiledByHand says that a person filed a complaint and got this number.
type FiledByHand struct {
	ID            domain.ComplaintID
	ReceiptNumber string
	Now           time.Time
}

// ByHandRequest says what is counted. Zero fields do not restrict.
type ByHandRequest struct {
	ChannelID domain.ChannelID
	Batch     string
	// Before is the moment before which something was queued to be overdue.
	Before time.Time
}

// ByHand counts complaints that wait for a person.
type ByHand struct {
	// All is how many a person has to file.
	All int
	// Overdue is how many of these have waited for long.
	Overdue int
	// Unsettled is how many others wait for a person to say whether the endpoint
	// has them.
	Unsettled int
}

// ByHandStore keeps what a person files. Such complaints are queued and frozen
// as all others are, but no worker claims them.
type ByHandStore interface {
	// FileByHand makes the complaint sent, with its number, in one transaction,
	// once. Fails as RefuseByHand says, and with NotFound "complaint.not_found".
	FileByHand(ctx context.Context, f FiledByHand) error
	// CountByHand counts what waits for a person.
	CountByHand(ctx context.Context, r ByHandRequest) (ByHand, error)
}

// RefuseByHand says why a complaint does not wait for a person: Conflict
// "complaint.not_by_hand" for one that the outbox sends,
// "complaint.has_receipt" for one that is filed and "complaint.not_waiting" for
// one that is a draft or was cancelled.
func RefuseByHand(op string, c domain.Complaint) error {
	key := "complaint.not_waiting"
	switch {
	case c.ByHand():
		return nil
	case c.ChannelKind != domain.ChannelAssisted:
		key = "complaint.not_by_hand"
	case c.SendState == domain.SendSent:
		key = "complaint.has_receipt"
	}
	return domain.E(op, domain.Conflict, key, nil, nil)
}

// SetReceipt notes that the user filed a complaint and got this number. It is
// refused as RefuseByHand says, and with Invalid "complaint.receipt_required"
// or "complaint.receipt_invalid" where this is no receipt number.
func (s *Service) SetReceipt(ctx context.Context, idOrPrefix, number string) (domain.Complaint, error) {
	const op = "filing.SetReceipt"
	c, err := s.p.Store.Complaint(ctx, idOrPrefix)
	if err != nil {
		return domain.Complaint{}, err
	}
	if number, err = readReceipt(op, number); err != nil {
		return domain.Complaint{}, err
	}
	if err := RefuseByHand(op, c); err != nil {
		return domain.Complaint{}, err
	}
	if err := s.p.Store.FileByHand(ctx, FiledByHand{ID: c.ID, ReceiptNumber: number, Now: s.p.Clock.Now()}); err != nil {
		return domain.Complaint{}, err
	}
	return s.stored(ctx, c.ID)
}

// readReceipt is the number as it is kept.
func readReceipt(op, number string) (string, error) {
	valid := utf8.ValidString(number) // before anything puts that right
	number = strings.TrimSpace(domain.Undirected(number))
	switch {
	case number == "":
		return "", domain.E(op, domain.Invalid, "complaint.receipt_required", nil, nil).At(atReceipt)
	case utf8.RuneCountInString(number) > maxReceiptLength, !valid, strings.ContainsFunc(number, domain.Control):
		return "", domain.E(op, domain.Invalid, "complaint.receipt_invalid", domain.Args{"Max": maxReceiptLength}, nil).At(atReceipt)
	}
	return number, nil
}

// Assisted gives a complaint that a person files, or has filed, so that it can
// be written out. Fails with Conflict "complaint.not_by_hand" or
// "complaint.not_waiting".
func (s *Service) Assisted(ctx context.Context, idOrPrefix string) (domain.Complaint, error) {
	c, err := s.p.Store.Complaint(ctx, idOrPrefix)
	if err != nil {
		return domain.Complaint{}, err
	}
	if err := RefuseByHand("filing.Assisted", c); err != nil && domain.KeyOf(err) != "complaint.has_receipt" {
		return domain.Complaint{}, err
	}
	return c, nil
}

// CountByHand counts what waits for the user to file it, and how much of it has
// waited for longer than domain.PatienceByHand.
func (s *Service) CountByHand(ctx context.Context) (ByHand, error) {
	return s.p.Store.CountByHand(ctx, ByHandRequest{Before: s.p.Clock.Now().Add(-domain.PatienceByHand)})
}
