package storetest

import (
	"testing"
	"time"

	"quietline/internal/domain"
	"quietline/internal/filing"
)

func caseTests() []test {
	return []test{
		{"cases/lines of a history are kept once", caseLinesOnce},
		{"cases/the timeline is in the order of the endpoint", caseOrder},
		{"cases/somebody else's cases", foreignCases},
		{"cases/what is read one by one", casesToRead},
		{"cases/watermark", caseWatermark},
		{"cases/tokens alone", tokensAlone},
		{"withdrawals/asked, tried, done", withdrawalGoes},
		{"withdrawals/the better answer counts", withdrawalRanks},
		{"withdrawals/refused", withdrawalRefused},
	}
}

// filed is a complaint that the endpoint has taken, with the receipt number R-n.
func filed(t tb, s Full, n int, ch domain.Channel) domain.Complaint {
	t.Helper()
	c := newComplaint(n, ch.ID)
	queue(t, s, start(), c)
	job := claimOne(t, s, "w", start())
	same(t, job.ComplaintID, c.ID)
	record(t, s, filing.Result{
		ComplaintID: c.ID, Owner: "w", AttemptN: job.AttemptN, Now: start(), Outcome: domain.AttemptSent, State: domain.SendSent,
		ReceiptNumber: "R-" + c.ID.Short(), CaseState: domain.CaseReceived, HTTPStatus: 201,
	})
	return get(t, s, c.ID)
}

func entry(state domain.CaseState, minutes int, note string) filing.CaseEntry {
	return filing.CaseEntry{State: state, At: after(time.Duration(minutes) * time.Minute), Note: note}
}

// told is a case with this history.
func told(c domain.Complaint, history ...filing.CaseEntry) filing.Case {
	last := history[len(history)-1]
	return filing.Case{ReceiptNumber: c.ReceiptNumber, State: last.State, UpdatedAt: last.At, Note: last.Note, History: history}
}

func hear(t tb, s Full, c domain.Complaint, now time.Time, k filing.Case) []filing.CaseChange {
	t.Helper()
	changes, err := s.RecordCases(t.Context(), filing.CaseRecord{
		ChannelID: c.ChannelID, Cases: []filing.Case{k}, ETag: `"t"`, Whole: len(k.History) > 0, Now: now,
	})
	ok(t, err)
	return changes
}

// caseEvents are the events of the case alone.
func caseEvents(t tb, s Full, id domain.ComplaintID) (out []filing.CaseEntry) {
	t.Helper()
	events, err := s.Timeline(t.Context(), id)
	ok(t, err)
	for _, e := range events {
		if e.Kind == "case_state" {
			out = append(out, filing.CaseEntry{State: e.CaseState, At: e.At, Note: e.Note})
		}
	}
	return out
}

func caseLinesOnce(t *testing.T, s Full) {
	c := filed(t, s, 1, channel(t, s, "a"))
	same(t, caseEvents(t, s, c.ID), []filing.CaseEntry{entry(domain.CaseReceived, 0, "")})
	history := []filing.CaseEntry{entry(domain.CaseReceived, 1, "here"), entry(domain.CaseAccepted, 2, "taken"), entry("under_review", 3, "")}
	now := after(time.Hour)
	same(t, hear(t, s, c, now, told(c, history...)), []filing.CaseChange{{
		ID: c.ID, ReceiptNumber: c.ReceiptNumber, SendState: domain.SendSent,
		Before: domain.CaseReceived, After: "under_review", Last: history[2], Added: 2,
	}})
	got := get(t, s, c.ID)
	same(t, got.CaseState, domain.CaseState("under_review"))
	same(t, got.UpdatedAt, now)
	// The first line takes the place of what the outbox had noted by our clock.
	same(t, caseEvents(t, s, c.ID), history)
	for range 2 {
		same(t, hear(t, s, c, now.Add(time.Hour), told(c, history...)), []filing.CaseChange(nil))
		same(t, hear(t, s, c, now.Add(time.Hour), told(c, history[:2]...)), []filing.CaseChange(nil)) // an old answer
	}
	same(t, caseEvents(t, s, c.ID), history)
	same(t, get(t, s, c.ID), got)
	history[1].Note = "taken in hand" // other words for the same line
	same(t, hear(t, s, c, now.Add(time.Hour), told(c, history...)), []filing.CaseChange(nil))
	same(t, caseEvents(t, s, c.ID), history)
}

func caseOrder(t *testing.T, s Full) {
	c := filed(t, s, 1, channel(t, s, "a"))
	bare := told(c, entry(domain.CaseClosed, 9, "over"))
	bare.History = nil
	same(t, len(hear(t, s, c, after(time.Hour), bare)), 1)
	ok(t, s.AskWithdrawal(t.Context(), filed(t, s, 2, channel(t, s, "b")).ID, "x", start())) // another's events
	history := []filing.CaseEntry{
		entry(domain.CaseReceived, 0, ""), entry(domain.CaseAccepted, 5, ""), entry(domain.CaseTransferred, 9, ""), entry(domain.CaseClosed, 9, "over"),
	}
	hear(t, s, c, after(2*time.Hour), told(c, history...))
	same(t, caseEvents(t, s, c.ID), history)
	events, err := s.Timeline(t.Context(), c.ID)
	ok(t, err)
	same(t, events[len(events)-1].Kind, "case_state")
	same(t, events[0].Kind, "created")
}

func foreignCases(t *testing.T, s Full) {
	a, b := channel(t, s, "a"), channel(t, s, "b")
	c := filed(t, s, 1, a)
	waiting := newComplaint(2, a.ID) // has no number yet
	queue(t, s, start(), waiting)
	changes, err := s.RecordCases(t.Context(), filing.CaseRecord{ChannelID: b.ID, Now: after(time.Hour), Cases: []filing.Case{
		told(c, entry(domain.CaseClosed, 1, "")), {State: domain.CaseClosed, UpdatedAt: after(0)},
	}})
	ok(t, err)
	same(t, changes, []filing.CaseChange(nil))
	same(t, get(t, s, c.ID), c)
	same(t, get(t, s, waiting.ID).CaseState, domain.CaseNone)
}

func toRead(t tb, s Full, q filing.CaseQuery) (out []domain.ComplaintID) {
	t.Helper()
	q.Limit = max(q.Limit, 9)
	list, err := s.CasesToRead(t.Context(), q)
	ok(t, err)
	for _, c := range list {
		out = append(out, c.ID)
	}
	return out
}

func casesToRead(t *testing.T, s Full) {
	a := channel(t, s, "a")
	var c []domain.Complaint
	for n := range 5 {
		c = append(c, filed(t, s, n+1, a))
	}
	queue(t, s, start(), newComplaint(9, a.ID))
	first, err := s.FirstFiled(t.Context(), a.ID)
	ok(t, err)
	same(t, first, start())
	q := filing.CaseQuery{ChannelID: a.ID, Unheard: after(time.Hour), Now: after(time.Hour)}
	same(t, len(toRead(t, s, q)), 5) // nothing was ever heard
	hear(t, s, c[0], after(2*time.Hour), told(c[0], entry(domain.CaseReceived, 0, "")))
	hear(t, s, c[1], after(3*time.Hour), told(c[1], entry(domain.CaseClosed, 1, "")))
	bare := told(c[2], entry(domain.CaseAccepted, 2, ""))
	bare.History = nil
	hear(t, s, c[2], after(4*time.Hour), bare) // its history is wanted
	ok(t, s.RecordUnchanged(t.Context(), c[3].ID, "case.missing", after(4*time.Hour)))
	for id, want := range map[domain.ComplaintID]string{c[3].ID: "case.missing", c[2].ID: "", c[4].ID: ""} {
		problem, err := s.CaseProblem(t.Context(), id)
		ok(t, err)
		same(t, problem, want)
	}
	same(t, toRead(t, s, q), []domain.ComplaintID{c[2].ID, c[4].ID})
	ok(t, s.RecordUnchanged(t.Context(), c[4].ID, "", after(4*time.Hour)))
	q.Unheard, q.Now = after(5*time.Hour), after(5*time.Hour)
	// Those heard of for longest first; what is closed is left alone.
	same(t, toRead(t, s, q), []domain.ComplaintID{c[2].ID, c[0].ID, c[3].ID, c[4].ID})
	list, err := s.CasesToRead(t.Context(), filing.CaseQuery{ChannelID: a.ID, Unheard: q.Unheard, Now: q.Now, Limit: 2})
	ok(t, err)
	same(t, list, []filing.CaseToRead{{ID: c[2].ID, ReceiptNumber: c[2].ReceiptNumber}, {ID: c[0].ID, ReceiptNumber: c[0].ReceiptNumber, ETag: `"t"`}})
	hear(t, s, c[2], after(5*time.Hour), told(c[2], entry(domain.CaseReceived, 0, ""), entry(domain.CaseAccepted, 2, "")))
	q.Unheard = after(time.Hour)
	same(t, toRead(t, s, q), []domain.ComplaintID(nil))
	q.Now = start().AddDate(-1, 0, 0) // the clock was a year ahead
	q.Unheard = q.Now
	same(t, len(toRead(t, s, q)), 4)
	same(t, toRead(t, s, filing.CaseQuery{ChannelID: 99, Unheard: after(9 * time.Hour), Now: after(9 * time.Hour)}), []domain.ComplaintID(nil))
}

func caseWatermark(t *testing.T, s Full) {
	a := channel(t, s, "a")
	got, err := s.CaseWatermark(t.Context(), a.ID)
	ok(t, err)
	same(t, got, filing.CaseWatermark{})
	first, err := s.FirstFiled(t.Context(), a.ID)
	ok(t, err)
	same(t, first, time.Time{})
	for _, w := range []filing.CaseWatermark{{Since: after(time.Hour), SyncedAt: after(2 * time.Hour)}, {Since: start(), SyncedAt: after(3 * time.Hour)}} {
		ok(t, s.SetCaseWatermark(t.Context(), a.ID, w))
		got, err = s.CaseWatermark(t.Context(), a.ID)
		ok(t, err)
		same(t, got, w) // back, too: the endpoint's clock decides
	}
	ok(t, s.SetCaseWatermark(t.Context(), 99, filing.CaseWatermark{Since: start(), SyncedAt: start()})) // its channel went
}

func tokensAlone(t *testing.T, s Full) {
	a := channel(t, s, "a")
	queue(t, s, start(), newComplaint(1, a.ID))
	job := claimOne(t, s, "w", start())
	record(t, s, filing.Result{
		ComplaintID: job.ComplaintID, Owner: "w", AttemptN: 1, Now: start(), Outcome: domain.AttemptToken, State: domain.SendToken,
		Token: "tok", DueAt: start(),
	})
	queue(t, s, start(), newComplaint(2, a.ID))
	r := filing.ClaimRequest{Owner: "w", Now: start(), Until: after(time.Second), Limit: 9, Tokens: true}
	p, err := s.Pending(t.Context(), r)
	ok(t, err)
	same(t, p, filing.Pending{Due: 1, Tokens: 1})
	jobs, err := s.Claim(t.Context(), r)
	ok(t, err)
	same(t, claimed(jobs), ids(1))
}

func withdrawalGoes(t *testing.T, s Full) {
	a := channel(t, s, "a")
	c := filed(t, s, 1, a)
	_, there, err := s.Withdrawal(t.Context(), c.ID)
	ok(t, err)
	same(t, there, false)
	ok(t, s.AskWithdrawal(t.Context(), c.ID, "settled", after(time.Hour)))
	want := filing.Withdrawal{
		ID: c.ID, ChannelID: a.ID, ReceiptNumber: c.ReceiptNumber, Reason: "settled", State: filing.WithdrawalAsked,
		AskedAt: after(time.Hour), DueAt: after(time.Hour),
	}
	asked := func(due time.Time) []filing.Withdrawal {
		list, err := s.Withdrawals(t.Context(), filing.WithdrawalQuery{ChannelID: a.ID, DueAt: due, Limit: 9})
		ok(t, err)
		return list
	}
	same(t, asked(after(time.Hour)), []filing.Withdrawal{want})
	changed, err := s.RecordWithdrawal(t.Context(), filing.WithdrawalResult{
		ID: c.ID, State: filing.WithdrawalAsked, Now: after(2 * time.Hour), DueAt: after(3 * time.Hour), Unanswered: true, Counts: true,
		ErrorKey: "channel.no_answer",
	})
	ok(t, err)
	same(t, changed, false)
	want.DueAt, want.Tries, want.Unanswered, want.ErrorKey = after(3*time.Hour), 1, true, "channel.no_answer"
	same(t, asked(after(2*time.Hour)), []filing.Withdrawal(nil))
	same(t, asked(time.Time{}), []filing.Withdrawal{want})
	same(t, asked(start().AddDate(-1, 0, 0)), []filing.Withdrawal{want}) // due when the clock was wrong
	fails(t, s.RemoveChannel(t.Context(), a.ID), domain.Conflict, "channel.in_use")
	changed, err = s.RecordWithdrawal(t.Context(), filing.WithdrawalResult{ID: c.ID, State: filing.WithdrawalDone, Now: after(4 * time.Hour), Counts: true})
	ok(t, err)
	same(t, changed, true)
	got, there, err := s.Withdrawal(t.Context(), c.ID)
	ok(t, err)
	same(t, there, true)
	want.State, want.EndedAt, want.DueAt, want.Tries, want.ErrorKey = filing.WithdrawalDone, after(4*time.Hour), time.Time{}, 2, ""
	same(t, got, want)
	events, err := s.Timeline(t.Context(), c.ID)
	ok(t, err)
	last := events[len(events)-2:]
	same(t, last[0].Kind+" "+last[0].Note, "withdrawal_asked settled")
	same(t, last[1].Kind, "withdrawal_done")
	ok(t, s.RemoveChannel(t.Context(), a.ID))
}

func withdrawalRanks(t *testing.T, s Full) {
	c := filed(t, s, 1, channel(t, s, "a"))
	ok(t, s.AskWithdrawal(t.Context(), c.ID, "x", start()))
	for _, tc := range []struct {
		state   filing.WithdrawalState
		changed bool
		then    filing.WithdrawalState
	}{
		{filing.WithdrawalRefused, true, filing.WithdrawalRefused},
		{filing.WithdrawalAsked, false, filing.WithdrawalRefused},
		{filing.WithdrawalClosed, true, filing.WithdrawalClosed},
		{filing.WithdrawalDone, true, filing.WithdrawalDone},
		{filing.WithdrawalClosed, false, filing.WithdrawalDone},
	} {
		changed, err := s.RecordWithdrawal(t.Context(), filing.WithdrawalResult{ID: c.ID, State: tc.state, Now: after(time.Hour), DueAt: after(time.Hour), Counts: true})
		ok(t, err)
		same(t, changed, tc.changed)
		got, _, err := s.Withdrawal(t.Context(), c.ID)
		ok(t, err)
		same(t, got.State, tc.then)
	}
	_, err := s.RecordWithdrawal(t.Context(), filing.WithdrawalResult{ID: newComplaint(7, 0).ID, State: filing.WithdrawalDone, Now: start()})
	fails(t, err, domain.NotFound, "complaint.not_found")
}

func withdrawalRefused(t *testing.T, s Full) {
	a, hand := channel(t, s, "a"), assisted(t, s, "hand")
	c := filed(t, s, 1, a)
	queue(t, s, start(), newComplaint(2, a.ID), newComplaint(3, hand.ID))
	ask := func(n int) error { return s.AskWithdrawal(t.Context(), newComplaint(n, 0).ID, "x", start()) }
	fails(t, ask(2), domain.Conflict, "complaint.not_filed")
	fails(t, ask(3), domain.Conflict, "complaint.withdraw_by_hand")
	fails(t, ask(4), domain.NotFound, "complaint.not_found")
	ok(t, ask(1))
	fails(t, ask(1), domain.Conflict, "complaint.withdrawing")
	_, err := s.RecordWithdrawal(t.Context(), filing.WithdrawalResult{ID: c.ID, State: filing.WithdrawalRefused, Now: start(), Counts: true})
	ok(t, err)
	ok(t, ask(1)) // with another reason, perhaps
	_, err = s.RecordWithdrawal(t.Context(), filing.WithdrawalResult{ID: c.ID, State: filing.WithdrawalDone, Now: start(), Counts: true})
	ok(t, err)
	fails(t, ask(1), domain.Conflict, "complaint.withdrawn")
	gone := channel(t, s, "gone")
	other := newComplaint(5, gone.ID)
	ok(t, s.CancelComplaint(t.Context(), newComplaint(2, 0).ID, start()))
	queue(t, s, start(), other)
	job := claimOne(t, s, "w", start())
	record(t, s, filing.Result{
		ComplaintID: other.ID, Owner: "w", AttemptN: job.AttemptN, Now: start(), Outcome: domain.AttemptSent, State: domain.SendSent, ReceiptNumber: "R",
	})
	ok(t, s.RemoveChannel(t.Context(), gone.ID))
	fails(t, ask(5), domain.Conflict, "complaint.withdraw_no_channel")
}
