package complaints

import (
	"context"

	"quietline/internal/domain"
)

// The deeds of a user who looked whether the endpoint has a complaint; the events
// of its timeline are called the same.
const (
	DeedSettledFiled Deed = "settled_filed"
	DeedSettledAgain Deed = "settled_again"
)

// Unsettled is how many complaints wait for the user to say whether the endpoint
// has them.
func (m *Model) Unsettled() int { return m.byHand.Unsettled }

// SettleFiled notes that the endpoint has the open complaint, under the number that
// was typed.
func (m *Model) SettleFiled() {
	number := m.Receipt()
	m.enterReceipt(DeedSettledFiled, func(ctx context.Context, id domain.ComplaintID) (domain.Complaint, error) {
		return m.p.Filing.SettleFiled(ctx, string(id), number)
	})
}

// SettleAgain notes that the endpoint does not have the open complaint; it is filed
// once more.
func (m *Model) SettleAgain() {
	m.enterReceipt(DeedSettledAgain, func(ctx context.Context, id domain.ComplaintID) (domain.Complaint, error) {
		return m.p.Filing.SettleAgain(ctx, string(id))
	})
}
