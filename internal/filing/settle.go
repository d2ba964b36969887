package filing

import (
	"context"
	"time"

	"quietline/internal/domain"
)

// Settlement is what a person says of a complaint of which nobody could tell
// whether the endpoint has it.
type Settlement struct {
	ID domain.ComplaintID
	// Again says that the endpoint does not have it: it is filed once more. Else
	// the endpoint has it, under the number.
	Again         bool
	ReceiptNumber string
	Now           time.Time
}

// SettleStore keeps complaints of a kind of channel without keys
// (domain.ChannelKind.Keyless) from being filed twice. One of these whose worker
// died, lost its lease or got no answer is unsettled: unknown, without a due
// time, so that no worker ever sees it, not even after Hasten.
type SettleStore interface {
	// Settle writes what a person says, in one transaction: the complaint is sent
	// with its number, or queued again and due now, with the same payload. Fails as
	// RefuseSettle says, and with NotFound "complaint.not_found".
	Settle(ctx context.Context, s Settlement) error
	// SetServiceCode gives an Open311 channel another service; what is known of the
	// old one is forgotten. Fails with NotFound "channel.not_found".
	SetServiceCode(ctx context.Context, id domain.ChannelID, code string) error
}

// RefuseSettle says why there is nothing to settle: Conflict
// "complaint.not_unsettled". A complaint that the endpoint took over under a
// token can be given its number too, but never be filed again.
func RefuseSettle(op string, c domain.Complaint, again bool) error {
	taken := c.SendState == domain.SendToken && c.ChannelKind.Keyless()
	if c.Unsettled() || taken && !again {
		return nil
	}
	return domain.E(op, domain.Conflict, "complaint.not_unsettled", nil, nil)
}

// SettleFiled notes that the endpoint has a complaint, under this number. It may
// be empty for a service that gives none. It is refused as RefuseSettle says, and
// with Invalid "complaint.receipt_required" or "complaint.receipt_invalid" where
// this is no number.
func (s *Service) SettleFiled(ctx context.Context, idOrPrefix, number string) (domain.Complaint, error) {
	const op = "filing.SettleFiled"
	c, err := s.unsettled(ctx, op, idOrPrefix, false)
	if err != nil {
		return domain.Complaint{}, err
	}
	number, err = readReceipt(op, number)
	if domain.KeyOf(err) == "complaint.receipt_required" {
		ch, unread := s.p.Store.ChannelByID(ctx, c.ChannelID)
		if unread != nil {
			return domain.Complaint{}, unread
		}
		if givesNoNumber(ch) {
			err = nil
		}
	}
	if err != nil {
		return domain.Complaint{}, err
	}
	return s.settle(ctx, Settlement{ID: c.ID, ReceiptNumber: number})
}

// SettleAgain notes that the endpoint does not have a complaint, which is then
// filed once more. It is refused as RefuseSettle says.
func (s *Service) SettleAgain(ctx context.Context, idOrPrefix string) (domain.Complaint, error) {
	c, err := s.unsettled(ctx, "filing.SettleAgain", idOrPrefix, true)
	if err != nil {
		return domain.Complaint{}, err
	}
	k, err := s.settle(ctx, Settlement{ID: c.ID, Again: true})
	if err == nil {
		s.p.Queued()
	}
	return k, err
}

func (s *Service) unsettled(ctx context.Context, op, idOrPrefix string, again bool) (domain.Complaint, error) {
	c, err := s.p.Store.Complaint(ctx, idOrPrefix)
	if err == nil {
		err = RefuseSettle(op, c, again)
	}
	return c, err
}

func (s *Service) settle(ctx context.Context, x Settlement) (domain.Complaint, error) {
	x.Now = s.p.Clock.Now()
	if err := s.p.Store.Settle(ctx, x); err != nil {
		return domain.Complaint{}, err
	}
	return s.stored(ctx, x.ID)
}

// givesNoNumber says whether the service of a channel takes complaints without
// ever giving a number.
func givesNoNumber(c domain.Channel) bool {
	caps := c.Capabilities
	return caps != nil && caps.Service != nil && caps.Service.Type == domain.ServiceBlackbox
}
