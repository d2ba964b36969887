package filing_test

import (
	"testing"

	"github.com/google/go-cmp/cmp"

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

// TestAStatedComplainantStays: a complaint out of a sheet is never changed into the
// owner's, whatever else is changed, and is not put together with a neighbour's.
func TestAStatedComplainantStays(t *testing.T) {
	d := newDesk(t)
	d.channel("office")
	r := d.importSheet(filing.SheetRequest{Path: sheet(t, "number,called_at,category,complainant_name,complainant_phone,on_behalf_of,relation,authority,province\n"+
		"95013000,2024-05-01 09:00,loan,张三,13912345678,李大爷,志愿者,口头,安徽\n"+
		"95013000,2024-05-02 09:00,loan,王五,13912345679,,,,\n")})
	if r.Queued != 2 {
		t.Fatalf("%+v", r)
	}
	page, err := d.file.BatchRows(t.Context(), r.Batch, filing.BatchRowFilter{}, 0, 10)
	if err != nil {
		t.Fatal(err)
	}
	var drafts []string
	for _, row := range page.Rows {
		before := d.show(row.ComplaintID).Complaint
		for _, draft := range []bool{false, true} { // while it is queued, then as a draft
			list, err := d.file.Edit(t.Context(), string(row.ComplaintID), func(in *filing.ComplaintInput) error {
				in.Description, in.Draft = "more to say", draft
				return nil
			})
			if err != nil || len(list) != 1 {
				t.Fatal(list, err)
			}
			if diff := cmp.Diff(before.Body.Complainant, list[0].Body.Complainant); diff != "" || list[0].PersonID != before.PersonID {
				t.Error(diff, list[0].PersonID)
			}
		}
		drafts = append(drafts, string(row.ComplaintID))
	}
	if _, err := d.file.Merge(t.Context(), drafts...); domain.KeyOf(err) != "complaint.merge_person" {
		t.Errorf("drafts of two neighbours: %v", err)
	}
	filed, err := d.file.FileDraft(t.Context(), drafts[0])
	if err != nil || filed.Body.Complainant.Name != "张三" || filed.Body.Complainant.OnBehalf.Name != "李大爷" {
		t.Errorf("%+v, %v", filed.Body.Complainant, err)
	}
}
