package domain

import "time"

// AttemptOutcome is how one attempt ended.
type AttemptOutcome string

// The outcomes of an attempt.
const (
	AttemptRunning     AttemptOutcome = "running"
	AttemptInterrupted AttemptOutcome = "interrupted"
	AttemptSent        AttemptOutcome = "sent"
	AttemptToken       AttemptOutcome = "token"
	AttemptUnknown     AttemptOutcome = "unknown"
	AttemptRetry       AttemptOutcome = "retry"
	AttemptFailed      AttemptOutcome = "failed"
	AttemptPaused      AttemptOutcome = "paused"
)

// Attempt is one try of the outbox.
type Attempt struct {
	// N counts from 1.
	N                  int
	StartedAt, EndedAt time.Time
	Outcome            AttemptOutcome
	// HTTPStatus is 0 where there was no answer.
	HTTPStatus int
	// ErrorKey is the message key of the reason, or empty.
	ErrorKey string
	// Detail is the endpoint's own sentence, bounded, or empty.
	Detail string
}

// TimelineEvent is one thing that happened to a complaint.
type TimelineEvent struct {
	At time.Time
	// Kind is a message key "event.KIND": created, queued, attempt_sent,
	// attempt_retry …, filed_by_hand, settled_filed, settled_again, cancelled,
	// case_state.
	Kind      string
	SendState SendState
	CaseState CaseState
	// Note is the endpoint's note, the error key or the receipt number.
	Note string
}
