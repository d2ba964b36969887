package storetest

import (
	"testing"
	"time"

	"quietline/internal/domain"
	"quietline/internal/filing"
)

// practiceIsNoTwin: what was filed to practise is filed in earnest afterwards, once,
// and the other way round.
func practiceIsNoTwin(t *testing.T, s Full) {
	builtIn := domain.Channel{Name: "practice", Kind: domain.ChannelIntake, URL: domain.PracticeURL, CreatedAt: start()}
	ok(t, s.AddChannel(t.Context(), &builtIn))
	another, removed := channel(t, s, "another"), channel(t, s, "removed")
	for _, ch := range []domain.Channel{another, removed} {
		ok(t, s.SetCapabilities(t.Context(), ch.ID, domain.Capabilities{Practice: true}))
	}
	earnest, second := channel(t, s, "earnest"), channel(t, s, "second")
	ok(t, s.SetCapabilities(t.Context(), second.ID, domain.Capabilities{}))
	for n, tt := range []struct {
		first, then domain.Channel
		twin        bool
	}{
		{builtIn, earnest, false},
		{another, second, false},
		{earnest, builtIn, false},
		{builtIn, another, true},
		{another, builtIn, true},
		{earnest, second, true},
		{second, earnest, true},
		{removed, earnest, false},
	} {
		base := 10 * (n + 1)
		first := filed(t, s, base, tt.first)
		if tt.first.ID == removed.ID {
			ok(t, s.RemoveChannel(t.Context(), removed.ID))
		}
		then := newComplaint(base+1, tt.then.ID)
		then.Body.Calls = first.Body.Calls
		want := domain.ComplaintID("")
		if tt.twin {
			want = first.ID
		}
		id, found, err := s.FindDuplicate(t.Context(), then)
		ok(t, err)
		many, err := s.FindDuplicates(t.Context(), []domain.Complaint{then})
		ok(t, err)
		if id != want || found != tt.twin || many[0] != want {
			t.Errorf("%s after %s: twin %q and, among many, %q, want %q", tt.then.Name, tt.first.Name, id, many[0], want)
		}
		batch := begin(t, s, tt.then)
		row := rowOf(t, base, func() domain.Complaint { c := then; c.ID, c.Batch = domain.ComplaintID(uuid(base+2)), batch; return c }())
		added := addRows(t, s, batch, row)[0]
		if (added.State == filing.RowDuplicate) != tt.twin {
			t.Errorf("%s after %s: a row is %s", tt.then.Name, tt.first.Name, added.State)
		}
		// By now there is one of the same kind in any case.
		fails(t, s.Queue(t.Context(), request(then, start())), domain.Conflict, "complaint.duplicate")
		if !tt.twin {
			ok(t, s.CancelComplaint(t.Context(), domain.ComplaintID(uuid(base+2)), start()))
		}
	}
}

// withdrawnIsNoTwin: what an endpoint has taken back can be filed anew.
func withdrawnIsNoTwin(t *testing.T, s Full) {
	ch := channel(t, s, "c")
	first := filed(t, s, 1, ch)
	again := newComplaint(2, ch.ID)
	again.Body.Calls = first.Body.Calls
	refused := func(want bool) {
		t.Helper()
		_, found, err := s.FindDuplicate(t.Context(), again)
		ok(t, err)
		many, err := s.FindDuplicates(t.Context(), []domain.Complaint{again})
		ok(t, err)
		if found != want || many[0] != "" != want {
			t.Errorf("a twin: %v and, among many, %q; want %v", found, many[0], want)
		}
	}
	record := func(state filing.WithdrawalState) {
		t.Helper()
		_, err := s.RecordWithdrawal(t.Context(), filing.WithdrawalResult{
			ID: first.ID, State: state, Now: start(), DueAt: after(time.Hour), Counts: true,
		})
		ok(t, err)
	}
	refused(true)
	ok(t, s.AskWithdrawal(t.Context(), first.ID, "settled", start()))
	refused(true)
	record(filing.WithdrawalAsked)
	refused(true)
	record(filing.WithdrawalDone)
	refused(false)
	ok(t, s.Queue(t.Context(), request(again, start())))
}
