package filing

import (
	"context"
	"log/slog"
	"strings"
	"time"
	"unicode/utf8"

	"quietline/internal/domain"
)

// MaxReason bounds the reason of a withdrawal, in characters (intake-v1.yaml).
const MaxReason = 1000

// atReason is where problems with a reason appear.
const atReason = "/reason"

// WithdrawalState is how far a withdrawal has come.
type WithdrawalState string

// The states of a withdrawal.
const (
	// WithdrawalAsked: the user asked for it, and the endpoint has not answered
	// yet.
	WithdrawalAsked WithdrawalState = "asked"
	// WithdrawalDone: the endpoint has taken the complaint back.
	WithdrawalDone WithdrawalState = "done"
	// WithdrawalClosed: the case was closed already.
	WithdrawalClosed WithdrawalState = "closed"
	// WithdrawalRefused: the endpoint does not take it back.
	WithdrawalRefused WithdrawalState = "refused"
)

// Withdrawal is a complaint on its way back.
type Withdrawal struct {
	ID            domain.ComplaintID
	ChannelID     domain.ChannelID
	ReceiptNumber string
	Reason        string
	State         WithdrawalState
	AskedAt       time.Time
	// EndedAt is zero while it is asked for, DueAt afterwards.
	EndedAt, DueAt time.Time
	// Tries is how often the endpoint was asked.
	Tries int
	// Unanswered says that one of these ended without an answer, so that the
	// endpoint may have closed the case by then.
	Unanswered bool
	// ErrorKey is why it has not come further, and Detail the endpoint's own
	// sentence; both may be empty.
	ErrorKey, Detail string
}

// WithdrawalResult is how one try ended.
type WithdrawalResult struct {
	ID         domain.ComplaintID
	State      WithdrawalState
	Now        time.Time
	DueAt      time.Time
	Unanswered bool
	// Counts says that the endpoint was asked.
	Counts           bool
	ErrorKey, Detail string
}

// WithdrawalQuery picks withdrawals that are asked for. Zero fields do not
// restrict.
type WithdrawalQuery struct {
	ID        domain.ComplaintID
	ChannelID domain.ChannelID
	// DueAt leaves out what is due later.
	DueAt time.Time
	Limit int
}

// WithdrawalStore keeps what the user takes back, so that it is asked for until
// the endpoint has answered.
type WithdrawalStore interface {
	// AskWithdrawal notes the wish, due now, in one transaction. Fails as
	// RefuseWithdrawal says, with Conflict "complaint.withdraw_no_channel" where
	// the channel was removed, and with NotFound "complaint.not_found".
	AskWithdrawal(ctx context.Context, id domain.ComplaintID, reason string, now time.Time) error
	// Withdrawals lists what is asked for, the longest due first.
	Withdrawals(ctx context.Context, q WithdrawalQuery) ([]Withdrawal, error)
	// RecordWithdrawal writes the end of a try. Of two answers to one wish that
	// which says more counts: done before closed before refused before asked.
	// changed says whether the state became another one.
	RecordWithdrawal(ctx context.Context, r WithdrawalResult) (changed bool, err error)
	// Withdrawal gives what there is of a complaint; ok is false for nothing.
	Withdrawal(ctx context.Context, id domain.ComplaintID) (w Withdrawal, ok bool, err error)
}

// Outranks says whether a state of a withdrawal takes the place of another.
func (s WithdrawalState) Outranks(o WithdrawalState) bool {
	rank := map[WithdrawalState]int{WithdrawalAsked: 1, WithdrawalRefused: 2, WithdrawalClosed: 3, WithdrawalDone: 4}
	return rank[s] > rank[o]
}

// RefuseWithdrawal says why a complaint cannot be taken back from its endpoint:
// Conflict "complaint.withdraw_by_hand" for one that a person files,
// "complaint.withdraw_open311" for a protocol that has no withdrawal,
// "complaint.not_filed" for one that no endpoint has a number for,
// "complaint.withdrawn" for one that was taken back, "complaint.withdrawing" for
// one that is on its way, and "complaint.case_closed" for a closed case. had is
// the withdrawal that there is, zero for none.
func RefuseWithdrawal(op string, c domain.Complaint, had Withdrawal) error {
	key := ""
	switch {
	case c.ChannelKind == domain.ChannelAssisted:
		key = "complaint.withdraw_by_hand"
	case c.ChannelKind == domain.ChannelOpen311:
		key = "complaint.withdraw_open311"
	case c.SendState != domain.SendSent || c.ReceiptNumber == "":
		key = "complaint.not_filed"
	case had.State == WithdrawalDone:
		key = "complaint.withdrawn"
	case had.State == WithdrawalAsked:
		key = "complaint.withdrawing"
	case c.CaseState == domain.CaseClosed, had.State == WithdrawalClosed && c.CaseState != domain.CaseReopened:
		key = "complaint.case_closed"
	default:
		return nil
	}
	return domain.E(op, domain.Conflict, key, nil, nil)
}

// Withdrawable says whether the endpoint of a filed complaint can be asked to
// take it back.
func (d Detail) Withdrawable() bool {
	var had Withdrawal
	if d.Withdrawal != nil {
		had = *d.Withdrawal
	}
	return RefuseWithdrawal("", d.Complaint, had) == nil
}

// Withdraw takes a filed complaint back. The wish is stored before the endpoint
// is asked; where it does not answer now it is asked again later (Outbox.Sync).
// Fails as RefuseWithdrawal says, and with Invalid "withdrawal.reason_required"
// or "withdrawal.reason_invalid". An endpoint that refuses is no failure: the
// result tells.
func (s *Service) Withdraw(ctx context.Context, idOrPrefix, reason string) (Detail, error) {
	const op = "filing.Withdraw"
	c, err := s.p.Store.Complaint(ctx, idOrPrefix)
	if err != nil {
		return Detail{}, err
	}
	had, _, err := s.p.Store.Withdrawal(ctx, c.ID)
	if err != nil {
		return Detail{}, err
	}
	if err := RefuseWithdrawal(op, c, had); err != nil {
		return Detail{}, err
	}
	valid := utf8.ValidString(reason)
	reason = strings.TrimSpace(domain.Undirected(reason))
	switch {
	case reason == "":
		return Detail{}, domain.E(op, domain.Invalid, "withdrawal.reason_required", nil, nil).At(atReason)
	case !valid || utf8.RuneCountInString(reason) > MaxReason:
		return Detail{}, domain.E(op, domain.Invalid, "withdrawal.reason_invalid", domain.Args{"Max": MaxReason}, nil).At(atReason)
	}
	if err := s.p.Store.AskWithdrawal(ctx, c.ID, reason, s.p.Clock.Now()); err != nil {
		return Detail{}, err
	}
	// The wish is kept: from here on nothing is an error to the user.
	if err := s.withdrawNow(ctx, c); err != nil {
		s.p.Log.Warn("withdrawal not asked for", "complaint", c.ID, "err", err)
	}
	return s.Show(context.WithoutCancel(ctx), string(c.ID))
}

// withdrawNow asks the endpoint once, unless its channel rests.
func (s *Service) withdrawNow(ctx context.Context, c domain.Complaint) error {
	list, err := s.p.Store.Withdrawals(ctx, WithdrawalQuery{ID: c.ID, Limit: 1})
	if err != nil || len(list) == 0 {
		return err
	}
	ch, err := s.p.Store.ChannelByID(ctx, c.ChannelID)
	if err != nil || rests(ch, s.p.Clock.Now()) {
		return err
	}
	e, err := s.open(ctx, ch)
	if err != nil {
		return err
	}
	_, _, err = withdrawal{store: s.p.Store, clock: s.p.Clock, source: s.p.Source, log: s.p.Log}.ask(ctx, e, list[0])
	return err
}

// rests says whether a channel is paused or was asked to wait.
func rests(c domain.Channel, now time.Time) bool {
	return c.Paused != "" || c.HoldUntil.After(now) && !c.HoldUntil.After(now.Add(LongestWait))
}

// withdrawal asks endpoints to take complaints back.
type withdrawal struct {
	store  Store
	clock  domain.Clock
	source domain.Source
	log    *slog.Logger
	// tell hears what is new of the case; it may be nil.
	tell func(CaseChange)
}

// ask asks once and writes down what came of it. answer is what the endpoint
// said; a channel that has to rest is told to the store.
func (x withdrawal) ask(ctx context.Context, e Endpoint, w Withdrawal) (answer CaseAnswer, changed bool, err error) {
	keep := context.WithoutCancel(ctx)
	able, ok := e.(Withdrawer)
	if !ok {
		changed, err = x.store.RecordWithdrawal(keep, WithdrawalResult{
			ID: w.ID, State: WithdrawalRefused, Now: x.clock.Now(), ErrorKey: "complaint.withdraw_unsupported",
		})
		return CaseAnswer{Result: CaseMissing}, changed, err
	}
	answer = safely(ctx, able, w)
	if answer.Failure.Cause != nil {
		x.log.Warn("withdrawal", "complaint", w.ID, "outcome", answer.Failure.Kind, "status", answer.Failure.HTTPStatus, "err", answer.Failure.Cause)
	}
	if answer.Result == CaseRead && answer.Case.ReceiptNumber != "" {
		changes, err := x.store.RecordCases(keep, CaseRecord{
			ChannelID: w.ChannelID, Cases: []Case{answer.Case}, ETag: answer.ETag, Whole: true, Now: x.clock.Now(),
		})
		if err != nil {
			return answer, false, err
		}
		for _, c := range changes {
			if x.tell != nil {
				x.tell(c)
			}
		}
	}
	if err := heedChannel(keep, x.store, w.ChannelID, answer.Failure, x.clock.Now()); err != nil {
		x.log.Error("hold channel", "channel", w.ChannelID, "err", err)
	}
	changed, err = x.store.RecordWithdrawal(keep, judgeWithdrawal(w, answer, x.clock.Now(), x.source.Float64()))
	return answer, changed, err
}

// safely asks; a panic of the endpoint's client must not end the program at every
// start, and what it had sent by then is not known.
func safely(ctx context.Context, able Withdrawer, w Withdrawal) (a CaseAnswer) {
	defer func() {
		if v := recover(); v != nil {
			a = CaseAnswer{Result: CaseFailed, Failure: panicked(v)}
		}
	}()
	return able.Withdraw(ctx, w.ReceiptNumber, w.Reason)
}

// judgeWithdrawal says what an answer to a withdrawal means. It is pure.
func judgeWithdrawal(w Withdrawal, a CaseAnswer, now time.Time, jitter float64) WithdrawalResult {
	f := a.Failure
	r := WithdrawalResult{ID: w.ID, Now: now, Counts: true, ErrorKey: f.ErrorKey, Detail: f.Detail}
	switch a.Result {
	case CaseRead, CaseUnchanged:
		r.State = WithdrawalDone
		return r
	case CaseClosedAlready:
		r.State = WithdrawalClosed
		return r
	case CaseMissing:
		r.State, r.ErrorKey = WithdrawalRefused, "case.missing"
		return r
	case CaseFailed:
	}
	r.State, r.DueAt = WithdrawalAsked, NextTry(w.Tries+1, now, f.RetryAfter, jitter)
	switch f.Kind {
	case OutcomeRejected:
		r.State, r.DueAt = WithdrawalRefused, time.Time{}
	case OutcomeUnauthorised, OutcomeForbidden:
		r.DueAt, r.Counts = now, false // the channel pauses
	case OutcomeUnknown:
		r.Unanswered = true
	default:
	}
	return r
}

// heedChannel obeys what an answer says about the whole channel.
func heedChannel(ctx context.Context, store ChannelStore, id domain.ChannelID, out Outcome, now time.Time) error {
	switch {
	case out.Kind == OutcomeUnauthorised:
		return store.PauseChannel(ctx, id, domain.PausedUnauthorised)
	case out.Kind == OutcomeForbidden:
		return store.PauseChannel(ctx, id, domain.PausedForbidden)
	case out.Hold && out.RetryAfter > 0:
		return store.HoldChannel(ctx, id, now.Add(min(out.RetryAfter, LongestWait)))
	}
	return nil
}

// Standing is the message key of how far a withdrawal has come.
func (w Withdrawal) Standing() string {
	if w.State == WithdrawalClosed && w.Unanswered {
		return "withdrawal.state.closed_maybe"
	}
	return "withdrawal.state." + string(w.State)
}
