package filing

import (
	"context"
	"time"

	"quietline/internal/domain"
)

// CaseStore keeps what endpoints say of their cases. Several processes may write
// to it at once: what is taken in does not depend on the order (KnownCase.Take).
type CaseStore interface {
	// RecordCases takes in what an endpoint said, in one transaction. Cases that
	// are none of the channel's complaints are left out. The result has the
	// complaints whose state or history became another one.
	RecordCases(ctx context.Context, r CaseRecord) ([]CaseChange, error)
	// RecordUnchanged notes that a case is as it was, or, with a problem (an
	// error key), that the endpoint did not tell it.
	RecordUnchanged(ctx context.Context, id domain.ComplaintID, problem string, now time.Time) error
	// CaseProblem is the error key of why the endpoint did not tell a case the
	// last time, empty where it did.
	CaseProblem(ctx context.Context, id domain.ComplaintID) (string, error)
	// CasesToRead lists filed complaints to be asked about one by one, those
	// whose history is wanted first, then those not heard of for longest.
	CasesToRead(ctx context.Context, q CaseQuery) ([]CaseToRead, error)
	// CaseWatermark is the zero value for a channel that was never asked.
	CaseWatermark(ctx context.Context, id domain.ChannelID) (CaseWatermark, error)
	// SetCaseWatermark notes up to when everything is known.
	SetCaseWatermark(ctx context.Context, id domain.ChannelID, w CaseWatermark) error
	// FirstFiled is when the oldest complaint of the channel that has a receipt
	// number was queued; zero where there is none.
	FirstFiled(ctx context.Context, id domain.ChannelID) (time.Time, error)
}

// CaseRecord is what an endpoint said of some cases.
type CaseRecord struct {
	ChannelID domain.ChannelID
	Cases     []Case
	// ETag goes with the answer about one case.
	ETag string
	// Whole says that the cases came with all that the endpoint tells of them,
	// so that nothing more is to be asked.
	Whole bool
	Now   time.Time
}

// CaseChange is a complaint of which something new is known.
type CaseChange struct {
	ID            domain.ComplaintID
	ReceiptNumber string
	SendState     domain.SendState
	Before, After domain.CaseState
	// Last is the newest line that was added.
	Last CaseEntry
	// Added is how many there were.
	Added int
}

// CaseQuery says what is read one by one.
type CaseQuery struct {
	ChannelID domain.ChannelID
	// Unheard is the moment since which a case that is not settled, or that was
	// not told the last time, must have been heard of. Histories that are wanted
	// and cases of which nothing was ever heard are asked for in any case.
	Unheard time.Time
	// Now tells what was written while the clock was wrong.
	Now   time.Time
	Limit int
}

// CaseToRead is a complaint to ask about.
type CaseToRead struct {
	ID            domain.ComplaintID
	ReceiptNumber string
	ETag          string
}

// CaseWatermark is how far a channel has been listened to.
type CaseWatermark struct {
	// Since is by the endpoint's clock: what changed before is known.
	Since time.Time
	// SyncedAt is by ours.
	SyncedAt time.Time
}

// Settled says that nothing more is expected of a case in this state, although
// an endpoint may reopen it.
func Settled(s domain.CaseState) bool {
	switch s {
	case domain.CaseRejectedInsufficient, domain.CaseRejectedOutOfScope, domain.CaseDuplicate, domain.CaseClosed:
		return true
	default:
		return false
	}
}
