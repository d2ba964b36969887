package journal_test

import (
	"context"
	"errors"
	"fmt"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"quietline/internal/domain"
	"quietline/internal/journal"
	"quietline/internal/journal/journaltest"
	"quietline/internal/progress"
	"quietline/internal/testkit"
)

// logged is a bench with n calls, a minute apart, the last one newest.
func logged(t *testing.T, n int) *bench {
	t.Helper()
	b := newBench()
	calls := make([]domain.Call, n)
	for i := range calls {
		calls[i] = domain.Call{
			PersonID: domain.SelfID, Number: fmt.Sprintf("9501%04d", i%7), Direction: domain.DirectionIncoming,
			StartedAt: testkit.Epoch().Add(time.Duration(i-n) * time.Minute),
		}
	}
	_, err := b.store.AddCalls(t.Context(), calls, false)
	ok(t, err)
	return b
}

func TestEachCallGivesWhatAFilterPicks(t *testing.T) {
	const n = 2*domain.MaxPageSize + 7
	b := logged(t, n)
	for _, f := range []domain.CallFilter{{}, {Number: "95010003"}, {Number: "1"}} {
		var got []domain.CallID
		var c progress.Counter
		ok(t, b.EachCall(t.Context(), journal.CallSelection{Filter: f}, func(k domain.Call) error {
			got = append(got, k.ID)
			return nil
		}, &c))
		var want []domain.CallID
		for _, k := range all(t, b.Service, f) {
			want = append(want, k.ID)
		}
		if diff := cmp.Diff(want, got); diff != "" || c.Snapshot().Items != int64(len(want)) {
			t.Errorf("%+v: %d counted, %s", f, c.Snapshot().Items, diff)
		}
	}
}

func TestEachCallOfSome(t *testing.T) {
	b := logged(t, 9)
	var got []domain.CallID
	take := func(k domain.Call) error {
		got = append(got, k.ID)
		return nil
	}
	ok(t, b.EachCall(t.Context(), journal.CallSelection{IDs: []domain.CallID{2, 7, 2, 4}}, take, nil))
	if diff := cmp.Diff([]domain.CallID{7, 4, 2}, got); diff != "" {
		t.Error(diff)
	}
	got = nil
	fails(t, b.EachCall(t.Context(), journal.CallSelection{IDs: []domain.CallID{2, 77}}, take, nil), domain.NotFound, "call.not_found")
	if got != nil {
		t.Errorf("%v before it was said that one is missing", got)
	}
}

func TestEachCallEndsEarly(t *testing.T) {
	b := logged(t, 9)
	full := errors.New("disk full")
	n := 0
	err := b.EachCall(t.Context(), journal.CallSelection{}, func(domain.Call) error {
		if n++; n == 3 {
			return full
		}
		return nil
	}, nil)
	if !errors.Is(err, full) || n != 3 {
		t.Errorf("%v after %d", err, n)
	}
	ctx, cancel := context.WithCancel(t.Context())
	n = 0
	fails(t, b.EachCall(ctx, journal.CallSelection{}, func(domain.Call) error {
		if n++; n == 3 {
			cancel()
		}
		return nil
	}, nil), domain.Cancelled, "cancelled")
	if n != 3 {
		t.Errorf("stopped after %d", n)
	}
}

// The report lists the first rejects; whoever listens hears of all, in a dry run
// too.
func TestEveryRejectIsHeardOf(t *testing.T) {
	const n = journal.MaxRejects + 5
	b := newBench()
	file := journaltest.File{Records: []journal.Record{
		{Line: 1, StartedAt: domain.OldestCall().Add(-time.Hour), Number: "95588", Direction: domain.DirectionIncoming},
		{Line: 2, StartedAt: testkit.Epoch(), Number: "95588", Direction: domain.DirectionIncoming},
	}}
	for i := range n {
		file.Records = append(file.Records, journal.Record{Line: i + 3, Reject: "time", Text: "text"})
	}
	b.files.Files["bad.csv"] = file
	for _, dry := range []bool{true, false} {
		var heard []journal.RowRemark
		r, err := b.Import(t.Context(), journal.ImportRequest{
			Path: "bad.csv", DryRun: dry, OnReject: func(x journal.RowRemark) { heard = append(heard, x) },
		}, nil)
		ok(t, err)
		if len(heard) != n+1 || r.Rejected != n+1 || len(r.Rejects) != journal.MaxRejects {
			t.Fatalf("%d heard, %d rejected, %d listed", len(heard), r.Rejected, len(r.Rejects))
		}
		if diff := cmp.Diff(r.Rejects, heard[:journal.MaxRejects]); diff != "" {
			t.Error(diff)
		}
		if heard[0].Reason != "time_range" || heard[n].Line != n+2 {
			t.Errorf("%+v … %+v", heard[0], heard[n])
		}
	}
}
