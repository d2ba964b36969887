package filing_test

import (
	"context"
	"slices"
	"strings"
	"testing"
	"time"

	"quietline/internal/domain"
	"quietline/internal/filing"
)

// A listing that breaks off keeps what it told, and is asked for from the same
// moment again.
func TestSyncGoesOnWhereAListingBrokeOff(t *testing.T) {
	d, f, list := listening(t, 5)
	d.sync(filing.SyncOptions{})
	d.clock.Advance(48 * time.Hour)
	for _, c := range list {
		f.change(c.ReceiptNumber, d.clock.Now().Add(-24*time.Hour), domain.CaseAccepted, "")
	}
	f.fail = func(call string) (filing.Outcome, bool) {
		return filing.Outcome{Kind: filing.OutcomeUnknown, ErrorKey: "channel.no_answer"}, strings.HasPrefix(call, "list R")
	}
	if s, told := d.sync(filing.SyncOptions{}); len(told) != 2 || len(s.Failed) != 1 {
		t.Fatalf("%+v, %+v", s, told)
	}
	f.fail = nil
	d.clock.Advance(48 * time.Hour)
	if s, told := d.sync(filing.SyncOptions{}); len(told) != 3 || !s.Complete() {
		t.Errorf("%+v, %+v", s, told)
	}
}

func TestSyncStopsCleanly(t *testing.T) {
	d, f, list := listening(t, 3)
	for _, c := range list {
		f.change(c.ReceiptNumber, d.clock.Now().Add(time.Minute), domain.CaseAccepted, "here")
	}
	ctx, stop := context.WithCancel(t.Context())
	f.fail = func(call string) (filing.Outcome, bool) {
		if strings.HasPrefix(call, "read") {
			stop()
		}
		return filing.Outcome{}, false
	}
	told := 0
	s, err := d.outbox.Sync(ctx, filing.SyncOptions{OnChange: func(filing.CaseChange) { told++ }})
	if domain.KindOf(err) != domain.Cancelled || told != 3 || s.Changed != 3 || f.count("read") != 1 {
		t.Errorf("%+v, told %d, %v, %q", s, told, err, f.asked)
	}
	// The histories that are left hold nothing that the list had not told.
	if s, _ := d.sync(filing.SyncOptions{}); s.Read != 2 || s.Changed != 0 {
		t.Errorf("what was left: %+v", s)
	}
	for _, c := range list {
		if got := d.lines(c.ID); !slices.Equal(got, []string{"received ", "accepted here"}) {
			t.Errorf("%q", got)
		}
	}
}

// One case that cannot be read stands in nobody's way; several in a row are the
// endpoint's fault.
func TestSyncLeavesABrokenCaseAside(t *testing.T) {
	d, f, list := listening(t, 4)
	for _, c := range list {
		f.change(c.ReceiptNumber, d.clock.Now().Add(time.Minute), domain.CaseAccepted, "here")
	}
	broken := filing.Outcome{Kind: filing.OutcomeUnknown, HTTPStatus: 200, ErrorKey: "channel.answer_unusable"}
	f.fail = func(call string) (filing.Outcome, bool) { return broken, call == "read "+list[1].ReceiptNumber }
	if s, told := d.sync(filing.SyncOptions{}); s.Read != 4 || len(told) != 4 || len(s.Failed) != 0 {
		t.Errorf("%+v, %+v", s, told)
	}
	for _, c := range list {
		f.change(c.ReceiptNumber, d.clock.Now().Add(time.Hour), domain.CaseClosed, "over")
	}
	d.clock.Advance(2 * time.Hour)
	f.fail = func(call string) (filing.Outcome, bool) { return broken, strings.HasPrefix(call, "read") }
	s, _ := d.sync(filing.SyncOptions{})
	if s.Read != 3 || len(s.Failed) != 1 {
		t.Errorf("%+v", s)
	}
	if got := d.show(list[0].ID).Complaint.CaseState; got != domain.CaseClosed {
		t.Errorf("the list told it is closed, yet it is %s", got)
	}
}
