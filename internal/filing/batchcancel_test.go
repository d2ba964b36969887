package filing_test

import (
	"testing"

	"quietline/internal/domain"
	"quietline/internal/filing"
)

// TestCancelledBatchGoesNoFurther: what was claimed ahead when the batch was
// cancelled is not sent, and none of it stays in the outbox.
func TestCancelledBatchGoesNoFurther(t *testing.T) {
	d := newDesk(t)
	d.channel("office")
	const rows = 400
	r := d.importSheet(filing.SheetRequest{Path: sheet(t, mixed(rows))})
	var done filing.BatchCancelled
	s := d.run(filing.RunOptions{Concurrency: 4, OnResult: func(filing.Result, bool) {
		if done.TakenBack == 0 {
			var err error
			if done, err = d.file.CancelBatch(t.Context(), r.Batch); err != nil {
				t.Error(err)
			}
		}
	}})
	b, err := d.file.Batch(t.Context(), r.Batch)
	if err != nil {
		t.Fatal(err)
	}
	gone, filed := b.States[domain.SendCancelled], b.States[domain.SendSent]
	if gone+filed != r.Queued || filed != s.Sent || b.Open() != 0 || gone < done.TakenBack || filed >= r.Queued/2 {
		t.Errorf("%d taken back at once, %v, %+v", done.TakenBack, b.States, s)
	}
}

// TestCancelledBatchIsClearedUp: what may be at the endpoint when its batch is
// cancelled is asked about and not sent again; what is there is known as sent.
func TestCancelledBatchIsClearedUp(t *testing.T) {
	for name, first := range map[string]answer{
		"a clear no of the server": {out: filing.Outcome{Kind: filing.OutcomeRetry, HTTPStatus: 503, ErrorKey: "channel.busy"}},
		"no answer":                {out: filing.Outcome{Kind: filing.OutcomeUnknown, ErrorKey: "channel.no_answer"}},
		"stored, and no answer":    {out: filing.Outcome{Kind: filing.OutcomeUnknown, ErrorKey: "channel.no_answer"}, stored: true},
	} {
		t.Run(name, func(t *testing.T) {
			d := newDesk(t)
			d.channel("office")
			r := d.importSheet(filing.SheetRequest{Path: sheet(t, "number,called_at,category\n95013000,2024-05-01 09:00,loan\n")})
			d.ends.fake.script = []answer{first, {out: filing.Outcome{Kind: filing.OutcomeRetry, ErrorKey: "channel.unreachable"}}}
			cancelled := false
			s := d.run(filing.RunOptions{OnResult: func(filing.Result, bool) {
				if !cancelled {
					cancelled = true
					if _, err := d.file.CancelBatch(t.Context(), r.Batch); err != nil {
						t.Error(err)
					}
				}
			}})
			for range 5 {
				if s.Remaining == 0 {
					break
				}
				s = d.run(filing.RunOptions{Now: true})
			}
			b, err := d.file.Batch(t.Context(), r.Batch)
			if err != nil {
				t.Fatal(err)
			}
			want := domain.SendCancelled
			if first.stored {
				want = domain.SendSent
			}
			if s.Remaining != 0 || b.States[want] != 1 || len(d.ends.fake.bodies) != 1 {
				t.Errorf("%v, %+v, calls %v", b.States, s, d.ends.fake.calls)
			}
			submits := 0
			for _, c := range d.ends.fake.calls {
				if c == "submit" {
					submits++
				}
			}
			if submits != 1 {
				t.Errorf("calls %v", d.ends.fake.calls)
			}
		})
	}
}
