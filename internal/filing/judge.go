package filing

import (
	"time"

	"quietline/internal/domain"
)

// judge turns an endpoint's outcome into what is written down: the next state
// and when it is due. It is pure.
func judge(job Job, out Outcome, now time.Time, jitter float64) Result {
	r := Result{
		ComplaintID: job.ComplaintID, AttemptN: job.AttemptN, Now: now, Counts: true,
		ReceiptNumber: out.ReceiptNumber, Token: out.Token, CaseState: out.CaseState,
		HTTPStatus: out.HTTPStatus, ErrorKey: out.ErrorKey, Detail: out.Detail, Problems: out.Problems,
	}
	later := func() time.Time { return NextTry(job.Tries+1, now, out.RetryAfter, jitter) }
	switch out.Kind {
	case OutcomeSent:
		r.Outcome, r.State = domain.AttemptSent, domain.SendSent
	case OutcomeToken:
		r.Outcome, r.State = domain.AttemptToken, domain.SendToken
		r.DueAt = NextPoll(job.Tries+1, now, out.RetryAfter, jitter)
	case OutcomeUnknown:
		r.Outcome, r.State, r.DueAt = domain.AttemptUnknown, domain.SendUnknown, later()
	case OutcomeUnsettled: // never due: a person settles it
		r.Outcome, r.State = domain.AttemptUnknown, domain.SendUnknown
	case OutcomeRetry:
		r.Outcome, r.State, r.DueAt = domain.AttemptRetry, waitState(job), later()
	case OutcomeRejected:
		r.Outcome, r.State = domain.AttemptFailed, domain.SendFailed
	case OutcomeUnauthorised, OutcomeForbidden:
		// The channel pauses; its complaints stay as they were and do not use
		// up the schedule.
		r.Outcome, r.State, r.DueAt, r.Counts = domain.AttemptPaused, job.StateBefore(), now, false
	case OutcomeWithheld:
		r.Outcome, r.State = domain.AttemptInterrupted, domain.SendCancelled
	case OutcomeNotFound:
		// A token that the endpoint no longer knows may still have become a
		// complaint, so it is cleared up by its key. (A key it does not know was
		// never filed: ask sends it in the same attempt.)
		r.Outcome, r.State, r.DueAt, r.ErrorKey = domain.AttemptRetry, domain.SendUnknown, later(), "channel.token_lost"
	}
	if r.State == domain.SendToken && r.Token == "" {
		r.Token = job.Token
	}
	return r
}

// waitState is the state in which a complaint waits after it did not get
// through: one that may already be filed stays unknown, one that has a token
// keeps it.
func waitState(job Job) domain.SendState {
	switch job.State {
	case domain.SendToken:
		return domain.SendToken
	case domain.SendUnknown, domain.SendSending:
		return domain.SendUnknown
	default:
		return domain.SendRetry
	}
}
