package complaints

import (
	"context"
	"strings"
	"testing"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/test"

	"quietline/internal/domain"
	"quietline/internal/filing"
	"quietline/internal/l10n"
	"quietline/internal/testkit"
	"quietline/internal/ui/kit"
	"quietline/internal/ui/uitest"
)

// Withdrawal and its neighbours keep what the user takes back.
func (d *desk) Withdrawal(_ context.Context, id domain.ComplaintID) (filing.Withdrawal, bool, error) {
	w, ok := d.withdrawals[id]
	return w, ok, d.err
}

func (d *desk) CaseProblem(context.Context, domain.ComplaintID) (string, error) {
	return d.problem, d.err
}

func (d *desk) AskWithdrawal(_ context.Context, id domain.ComplaintID, reason string, now time.Time) error {
	if d.withdrawals == nil {
		d.withdrawals = map[domain.ComplaintID]filing.Withdrawal{}
	}
	d.withdrawals[id] = filing.Withdrawal{ID: id, Reason: reason, State: filing.WithdrawalAsked, AskedAt: now, DueAt: now}
	return d.err
}

func (d *desk) Withdrawals(_ context.Context, q filing.WithdrawalQuery) ([]filing.Withdrawal, error) {
	return []filing.Withdrawal{d.withdrawals[q.ID]}, d.err
}

// withdrawn gives the filed complaint of the history a withdrawal.
func withdrawn(o *office, w filing.Withdrawal) {
	o.history()
	c := &o.desk.complaints[1]
	c.ChannelKind = domain.ChannelIntake
	if w.State == "" {
		return
	}
	w.ID, w.Reason = c.ID, "对方已道歉，不再来电。"
	o.desk.withdrawals = map[domain.ComplaintID]filing.Withdrawal{c.ID: w}
	o.desk.timeline[c.ID] = append(o.desk.timeline[c.ID],
		domain.TimelineEvent{At: c.CreatedAt.Add(time.Hour), Kind: "case_state", CaseState: "under_review", Note: "The clerk reads it."},
		domain.TimelineEvent{At: c.CreatedAt.Add(2 * time.Hour), Kind: "withdrawal_asked", Note: w.Reason},
		domain.TimelineEvent{At: c.CreatedAt.Add(2 * time.Hour), Kind: "withdrawal_" + string(w.State), Note: w.ErrorKey})
	if w.State == filing.WithdrawalAsked {
		o.desk.timeline[c.ID] = o.desk.timeline[c.ID][:len(o.desk.timeline[c.ID])-1]
	}
}

func TestWithdrawalPages(t *testing.T) {
	uitest.Matrix(t, func(t *testing.T, o uitest.Options) {
		o.Size = fyne.NewSize(1200, 1700)
		for _, c := range []struct {
			name   string
			w      filing.Withdrawal
			do     func(*stage)
			golden bool
		}{
			{"withdraw_ask", filing.Withdrawal{}, func(s *stage) {
				s.Press("complaints.withdraw")
				s.Press("complaints.withdraw.yes") // without a reason
			}, true},
			{"withdraw_asked", filing.Withdrawal{
				State: filing.WithdrawalAsked, ErrorKey: "channel.no_answer", Unanswered: true, DueAt: testkit.Epoch().Add(5 * time.Minute),
			}, nil, true},
			{"withdraw_done", filing.Withdrawal{State: filing.WithdrawalDone}, nil, false},
			{"withdraw_closed", filing.Withdrawal{State: filing.WithdrawalClosed, Unanswered: true, ErrorKey: "withdrawal.closed", Detail: "Closed on Monday."}, nil, false},
			{"withdraw_refused", filing.Withdrawal{State: filing.WithdrawalRefused, ErrorKey: "channel.rejected", Detail: "Say more."}, nil, false},
		} {
			t.Run(c.name, func(t *testing.T) {
				s := show(t, o, kit.RouteComplaint("00000002"), func(o *office) { withdrawn(o, c.w) })
				if c.do != nil {
					c.do(s)
				}
				s.Check()
				s.Draw("complaints." + c.name)
				if c.golden {
					s.Golden(c.name)
				}
			})
		}
	})
}

// The user takes a filed complaint back: with a reason, once, and it is kept
// though the endpoint cannot be reached.
func TestWithdrawing(t *testing.T) {
	s := show(t, uitest.Options{Language: l10n.English}, kit.RouteComplaint("00000002"), func(o *office) {
		o.history()
		o.desk.complaints[1].ChannelKind = domain.ChannelIntake
	})
	id := s.desk.complaints[1].ID
	s.Press("complaints.withdraw")
	s.Press("complaints.withdraw.yes")
	if !s.Shows("err.withdrawal.reason_required") || len(s.desk.withdrawals) != 0 {
		t.Fatalf("%q", s.Texts())
	}
	reason, ok := s.Window.Canvas().Focused().(*kit.Entry)
	if !ok {
		t.Fatalf("the keyboard is on %T", s.Window.Canvas().Focused())
	}
	test.Type(reason, "They apologised.")
	s.Press("complaints.withdraw.yes")
	if w := s.desk.withdrawals[id]; w.Reason != "They apologised." || w.State != filing.WithdrawalAsked {
		t.Errorf("%+v", w)
	}
	if !s.Shows("withdrawal.state.asked") || s.Shows("complaints.withdraw") || s.Shows("complaints.withdraw.ask") {
		t.Errorf("%q", s.Texts())
	}
}

// What the user filed elsewhere cannot be taken back here, and is said so before
// anybody tries.
func TestWhereThereIsNoWithdrawal(t *testing.T) {
	for kind, key := range map[domain.ChannelKind]string{
		domain.ChannelAssisted: "err.complaint.withdraw_by_hand", domain.ChannelOpen311: "err.complaint.withdraw_open311",
	} {
		s := show(t, uitest.Options{Language: l10n.English}, kit.RouteComplaint("00000002"), func(o *office) {
			o.history()
			o.desk.complaints[1].ChannelKind = kind
		})
		if !s.Shows(key) || !s.Shows(key+".hint") || s.Shows("complaints.withdraw") {
			t.Errorf("%s: %q", kind, s.Texts())
		}
	}
}

func TestACaseThatTheEndpointDoesNotKnow(t *testing.T) {
	s := show(t, uitest.Options{Language: l10n.English}, kit.RouteComplaint("00000002"), func(o *office) {
		o.history()
		o.desk.problem = "case.missing"
	})
	if !s.Shows("err.case.missing") || !s.Shows("err.case.missing.hint") {
		t.Errorf("%q", s.Texts())
	}
}

// A complaint that went to a practice endpoint says so in the list, whatever the
// default channel is.
func TestPractisedIsMarked(t *testing.T) {
	s := show(t, uitest.Options{Language: l10n.English, Size: fyne.NewSize(1400, 900)}, kit.RouteComplaints("filed"), func(o *office) {
		o.history()
		o.desk.channels[0].Default, o.desk.channels[1].Default = false, true
		other := o.file(domain.SendSent, 8)
		other.ChannelID = 2
	})
	if s.page.Practice() {
		t.Error("the default channel is a real one")
	}
	all := strings.Join(s.Texts(), "\n")
	if strings.Count(all, "Sent (practice)") != 1 || strings.Count(all, "Sent") != 2 {
		t.Errorf("%q", all)
	}
}
