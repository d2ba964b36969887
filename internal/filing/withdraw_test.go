package filing_test

import (
	"slices"
	"strings"
	"testing"
	"time"

	"quietline/internal/domain"
	"quietline/internal/filing"
)

// taken is the answer of an endpoint that closes the case.
func (f *cases) taken(number string, at time.Time) filing.CaseAnswer {
	f.change(number, at, domain.CaseClosed, "withdrawn")
	s := f.stories[number]
	c := s.whole(len(s) - 1)
	c.ReceiptNumber = number
	return filing.CaseAnswer{Result: filing.CaseRead, Case: c, ETag: `"w"`}
}

func closedAlready() filing.CaseAnswer {
	return filing.CaseAnswer{Result: filing.CaseClosedAlready, Failure: filing.Outcome{
		Kind: filing.OutcomeRejected, HTTPStatus: 409, ErrorKey: "withdrawal.closed", Detail: "too late",
	}}
}

func withoutAnswer() filing.CaseAnswer {
	return filing.CaseAnswer{Result: filing.CaseFailed, Failure: filing.Outcome{Kind: filing.OutcomeUnknown, ErrorKey: "channel.no_answer"}}
}

func (d *desk) withdraw(c domain.Complaint, reason string) filing.Detail {
	d.t.Helper()
	got, err := d.file.Withdraw(d.t.Context(), string(c.ID), reason)
	if err != nil || got.Withdrawal == nil {
		d.t.Fatalf("%+v, %v", got.Withdrawal, err)
	}
	return got
}

// kinds are the events of withdrawals.
func kinds(d filing.Detail) (out []string) {
	for _, e := range d.Timeline {
		if strings.HasPrefix(e.Kind, "withdrawal_") {
			out = append(out, strings.TrimSpace(e.Kind+" "+e.Note))
		}
	}
	return out
}

func TestWithdraw(t *testing.T) {
	d, f, list := listening(t, 1)
	f.withdrawals = []filing.CaseAnswer{f.taken(list[0].ReceiptNumber, d.clock.Now().Add(time.Minute))}
	if !d.show(list[0].ID).Withdrawable() {
		t.Fatal("a filed complaint can be withdrawn")
	}
	got := d.withdraw(list[0], "  settled ")
	if got.Withdrawal.State != filing.WithdrawalDone || got.Complaint.CaseState != domain.CaseClosed || got.Withdrawable() {
		t.Errorf("%+v", got.Withdrawal)
	}
	if want := []string{"withdrawal_asked settled", "withdrawal_done"}; !slices.Equal(kinds(got), want) {
		t.Errorf("%q", kinds(got))
	}
	if f.asked[len(f.asked)-1] != "withdraw "+list[0].ReceiptNumber+" settled" {
		t.Errorf("%q", f.asked)
	}
	if _, err := d.file.Withdraw(t.Context(), string(list[0].ID), "again"); domain.KeyOf(err) != "complaint.withdrawn" {
		t.Errorf("again: %v", err)
	}
}

func TestAWithdrawalWithoutAnAnswerIsClearedUp(t *testing.T) {
	d, f, list := listening(t, 1)
	f.withdrawals = []filing.CaseAnswer{withoutAnswer()}
	got := d.withdraw(list[0], "settled")
	if w := got.Withdrawal; w.State != filing.WithdrawalAsked || !w.Unanswered || w.Tries != 1 || w.ErrorKey != "channel.no_answer" {
		t.Fatalf("%+v", w)
	}
	if _, err := d.file.Withdraw(t.Context(), string(list[0].ID), "again"); domain.KeyOf(err) != "complaint.withdrawing" {
		t.Errorf("again: %v", err)
	}
	if err := d.file.RemoveChannel(t.Context(), "office"); domain.KeyOf(err) != "channel.in_use" {
		t.Errorf("removing its channel: %v", err)
	}
	// The endpoint had closed it by then, and says so.
	f.change(list[0].ReceiptNumber, d.clock.Now(), domain.CaseClosed, "withdrawn")
	f.withdrawals = []filing.CaseAnswer{closedAlready()}
	s, told := d.sync(filing.SyncOptions{})
	if len(told) != 1 || s.Changed != 1 || !s.Complete() {
		t.Errorf("%+v, %+v", s, told)
	}
	got = d.show(list[0].ID)
	if w := got.Withdrawal; w.State != filing.WithdrawalClosed || !w.Unanswered || w.Tries != 2 || w.Detail != "too late" {
		t.Errorf("%+v", w)
	}
	if err := filing.RefuseWithdrawal("test", domain.Complaint{SendState: domain.SendSent, ReceiptNumber: "R", CaseState: domain.CaseReceived}, *got.Withdrawal); domain.KeyOf(err) != "complaint.case_closed" {
		t.Errorf("closed, says the endpoint, whatever state it told before: %v", err)
	}
	if err := filing.RefuseWithdrawal("test", domain.Complaint{SendState: domain.SendSent, ReceiptNumber: "R", CaseState: domain.CaseReopened}, *got.Withdrawal); err != nil {
		t.Errorf("reopened: %v", err)
	}
	if got.Complaint.CaseState != domain.CaseClosed || !slices.Equal(kinds(got), []string{"withdrawal_asked settled", "withdrawal_closed"}) {
		t.Errorf("%s, %q", got.Complaint.CaseState, kinds(got))
	}
}

func TestAWithdrawalKeepsTheSchedule(t *testing.T) {
	d, f, list := listening(t, 1)
	busy := filing.CaseAnswer{Result: filing.CaseFailed, Failure: filing.Outcome{Kind: filing.OutcomeRetry, HTTPStatus: 500, ErrorKey: "channel.endpoint_fault"}}
	f.withdrawals = []filing.CaseAnswer{busy, busy, f.taken(list[0].ReceiptNumber, d.clock.Now().Add(time.Minute))}
	d.withdraw(list[0], "settled")
	if s, _ := d.sync(filing.SyncOptions{}); s.Waiting != 1 { // at once
		t.Errorf("%+v", s)
	}
	if s, _ := d.sync(filing.SyncOptions{}); s.Waiting != 1 || f.count("withdraw") != 2 { // not before five minutes
		t.Errorf("%+v, %q", s, f.asked)
	}
	d.clock.Advance(5 * time.Minute)
	if s, _ := d.sync(filing.SyncOptions{}); s.Withdrawn != 1 || !s.Complete() {
		t.Errorf("%+v", s)
	}
	if got := d.show(list[0].ID); got.Withdrawal.State != filing.WithdrawalDone {
		t.Errorf("%+v", got.Withdrawal)
	}
}

func TestAWithdrawalThatIsRefused(t *testing.T) {
	d, f, list := listening(t, 1)
	f.withdrawals = []filing.CaseAnswer{{Result: filing.CaseFailed, Failure: filing.Outcome{
		Kind: filing.OutcomeRejected, HTTPStatus: 422, ErrorKey: "channel.fields_rejected", Detail: "say more",
	}}}
	got := d.withdraw(list[0], "x")
	if w := got.Withdrawal; w.State != filing.WithdrawalRefused || w.Detail != "say more" || !got.Withdrawable() {
		t.Errorf("%+v", w)
	}
	f.withdrawals = []filing.CaseAnswer{f.taken(list[0].ReceiptNumber, d.clock.Now().Add(time.Minute))}
	if got = d.withdraw(list[0], "they apologised"); got.Withdrawal.State != filing.WithdrawalDone || got.Withdrawal.Reason != "they apologised" {
		t.Errorf("%+v", got.Withdrawal)
	}
}

func TestAWithdrawalWaitsForItsChannel(t *testing.T) {
	d, f, list := listening(t, 1)
	f.withdrawals = []filing.CaseAnswer{{Result: filing.CaseFailed, Failure: filing.Outcome{Kind: filing.OutcomeUnauthorised, HTTPStatus: 401, ErrorKey: "channel.unauthorised"}}}
	if got := d.withdraw(list[0], "settled"); got.Withdrawal.State != filing.WithdrawalAsked || got.Withdrawal.Tries != 0 {
		t.Errorf("%+v", got.Withdrawal)
	}
	if s, _ := d.sync(filing.SyncOptions{}); s.Resting != 1 || s.Waiting != 1 || f.count("withdraw") != 1 {
		t.Errorf("%+v, %q", s, f.asked)
	}
	if err := d.file.ResumeChannel(t.Context(), "office"); err != nil {
		t.Fatal(err)
	}
	f.withdrawals = []filing.CaseAnswer{f.taken(list[0].ReceiptNumber, d.clock.Now().Add(time.Minute))}
	if s, _ := d.sync(filing.SyncOptions{}); s.Withdrawn != 1 {
		t.Errorf("%+v", s)
	}
}

func TestWithdrawRefusals(t *testing.T) {
	d, f, list := listening(t, 1)
	for reason, key := range map[string]string{
		" ": "withdrawal.reason_required", "\u202e": "withdrawal.reason_required",
		strings.Repeat("x", 1001): "withdrawal.reason_invalid", "a\xffb": "withdrawal.reason_invalid",
	} {
		if _, err := d.file.Withdraw(t.Context(), string(list[0].ID), reason); domain.KeyOf(err) != key {
			t.Errorf("%.10q: %v", reason, err)
		}
	}
	queued := d.another()
	if _, err := d.file.Withdraw(t.Context(), string(queued), "x"); domain.KeyOf(err) != "complaint.not_filed" {
		t.Errorf("queued: %v", err)
	}
	for kind, key := range map[domain.ChannelKind]string{
		domain.ChannelAssisted: "complaint.withdraw_by_hand", domain.ChannelOpen311: "complaint.withdraw_open311",
	} {
		c := list[0]
		c.ChannelKind = kind
		if err := filing.RefuseWithdrawal("test", c, filing.Withdrawal{}); domain.KeyOf(err) != key {
			t.Errorf("%s: %v", kind, err)
		}
	}
	f.change(list[0].ReceiptNumber, d.clock.Now().Add(time.Second), domain.CaseClosed, "")
	d.sync(filing.SyncOptions{})
	if _, err := d.file.Withdraw(t.Context(), string(list[0].ID), "x"); domain.KeyOf(err) != "complaint.case_closed" {
		t.Errorf("closed: %v", err)
	}
	if f.count("withdraw") != 0 {
		t.Errorf("%q", f.asked)
	}
}

func TestAnEndpointWithoutWithdrawal(t *testing.T) {
	d, _, list := listening(t, 1)
	d.ends.cases = nil // the plain one
	if got := d.withdraw(list[0], "x"); got.Withdrawal.State != filing.WithdrawalRefused || got.Withdrawal.ErrorKey != "complaint.withdraw_unsupported" {
		t.Errorf("%+v", got.Withdrawal)
	}
}

// A client that panics may have sent something: the wish stays.
func TestAClientThatPanics(t *testing.T) {
	d, f, list := listening(t, 1)
	f.withdrawals = nil // and taking the first of none panics
	if got := d.withdraw(list[0], "x"); got.Withdrawal.State != filing.WithdrawalAsked || !got.Withdrawal.Unanswered {
		t.Errorf("%+v", got.Withdrawal)
	}
}
