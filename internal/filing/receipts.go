package filing

import (
	"context"

	"quietline/internal/domain"
)

// CorrectedReceipt says that the number that was entered was a slip.
type CorrectedReceipt struct {
	FiledByHand
	// Was is the number that it replaces.
	Was string
}

// ReceiptStore corrects what a person entered.
type ReceiptStore interface {
	// CorrectReceipt replaces the receipt number of a complaint that a person
	// filed, in one transaction; the timeline keeps both. Fails as RefuseCorrection
	// says, with Conflict "complaint.receipt_changed" where another number than Was
	// is there by now, and with NotFound "complaint.not_found".
	CorrectReceipt(ctx context.Context, c CorrectedReceipt) error
}

// RefuseCorrection says why a receipt number cannot be corrected by hand:
// Conflict "complaint.not_by_hand" for the number of an endpoint and
// "complaint.no_receipt" where none was entered yet.
func RefuseCorrection(op string, c domain.Complaint) error {
	switch {
	case c.ChannelKind != domain.ChannelAssisted:
		return domain.E(op, domain.Conflict, "complaint.not_by_hand", nil, nil)
	case c.SendState != domain.SendSent:
		return domain.E(op, domain.Conflict, "complaint.no_receipt", nil, nil)
	}
	return nil
}

// CorrectReceipt replaces the receipt number was, which the user entered, by
// another one. The same number again changes nothing. It is refused as
// ReceiptStore says, and with Invalid "complaint.receipt_required" or
// "complaint.receipt_invalid" where this is no receipt number.
func (s *Service) CorrectReceipt(ctx context.Context, idOrPrefix, was, number string) (domain.Complaint, error) {
	const op = "filing.CorrectReceipt"
	c, err := s.p.Store.Complaint(ctx, idOrPrefix)
	if err != nil {
		return domain.Complaint{}, err
	}
	if err := RefuseCorrection(op, c); err != nil {
		return domain.Complaint{}, err
	}
	if number, err = readReceipt(op, number); err != nil {
		return domain.Complaint{}, err
	}
	if number == c.ReceiptNumber {
		return c, nil
	}
	err = s.p.Store.CorrectReceipt(ctx, CorrectedReceipt{
		FiledByHand: FiledByHand{ID: c.ID, ReceiptNumber: number, Now: s.p.Clock.Now()}, Was: was,
	})
	if err != nil {
		return domain.Complaint{}, err
	}
	return s.stored(ctx, c.ID)
}
