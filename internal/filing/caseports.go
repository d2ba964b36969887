package filing

import (
	"context"
	"time"

	"quietline/internal/domain"
)

// Case is what an endpoint says of one complaint that it has taken.
type Case struct {
	ReceiptNumber string
	// State is the endpoint's own word. It is one of domain.CaseStates where the
	// endpoint keeps to the contract, and otherwise kept as it is, printable and
	// bounded (MaxCaseWord).
	State domain.CaseState
	// UpdatedAt is when it last changed by the endpoint's clock; zero where it
	// said none.
	UpdatedAt time.Time
	// Note is the endpoint's sentence about the last change, or empty.
	Note string
	// History are all the states so far, the oldest first. It is empty where the
	// endpoint tells the present state alone.
	History []CaseEntry
}

// CaseEntry is one line of a case's history.
type CaseEntry struct {
	State domain.CaseState
	At    time.Time
	Note  string
}

// The bounds of what is taken over of a case: characters of a state, entries of
// a history.
const (
	MaxCaseWord    = 64
	MaxCaseHistory = 200
)

// CaseResult is how a question about cases, or a withdrawal, ended.
type CaseResult string

// The results.
const (
	// CaseRead: the answer tells the case, or the cases, as asked.
	CaseRead CaseResult = "read"
	// CaseUnchanged: it is still as it was when the ETag was handed out.
	CaseUnchanged CaseResult = "unchanged"
	// CaseMissing: the endpoint knows no case of that number.
	CaseMissing CaseResult = "missing"
	// CaseClosedAlready: it is closed and can no longer be withdrawn.
	CaseClosedAlready CaseResult = "closed_already"
	// CaseFailed: no usable answer came; Failure says what that means.
	CaseFailed CaseResult = "failed"
)

// CaseAnswer is an answer about one case.
type CaseAnswer struct {
	Result CaseResult
	// Case is filled with CaseRead, except after a withdrawal whose answer did
	// not tell it: then it is zero.
	Case Case
	// ETag is to be shown at the next question, empty for none.
	ETag string
	// Failure goes with every Result but CaseRead and CaseUnchanged. Its Kind is
	// retry or unknown (ask again later), unauthorised or forbidden (the channel
	// pauses) or rejected (asking again changes nothing).
	Failure Outcome
}

// CasePage is one page of cases that changed.
type CasePage struct {
	// Result is CaseRead or CaseFailed.
	Result CaseResult
	Cases  []Case
	// Next is the cursor of the next page, empty at the end.
	Next string
	// Date is what time the endpoint had, zero where it did not say.
	Date    time.Time
	Failure Outcome
}

// CaseReader is an Endpoint that tells the state of one case. As with every
// call, one call is one request.
type CaseReader interface {
	// ReadCase asks for one case. etag is that of the last answer about it, or
	// empty.
	ReadCase(ctx context.Context, receiptNumber, etag string) CaseAnswer
}

// CaseLister is an Endpoint that tells which cases changed since a moment of
// its own clock. Failure.Kind rejected means that it does not offer that; the
// cases are then read one by one.
type CaseLister interface {
	// ChangedCases asks for a page; cursor is Next of the page before, or empty
	// for the first.
	ChangedCases(ctx context.Context, since time.Time, cursor string) CasePage
}

// Withdrawer is an Endpoint at which a complaint can be taken back.
type Withdrawer interface {
	// Withdraw asks the endpoint to close the case at the complainant's wish. It
	// may be asked again where no answer came: an endpoint that has closed it by
	// then says so (CaseClosedAlready).
	Withdraw(ctx context.Context, receiptNumber, reason string) CaseAnswer
}
