package filing_test

import (
	"context"
	"errors"
	"slices"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"quietline/internal/domain"
	"quietline/internal/filing"
	"quietline/internal/progress"
	"quietline/internal/testkit"
)

// draft keeps a draft about a call so many minutes ago.
func (d *desk) draft(minutes int, change func(*filing.ComplaintInput)) domain.Complaint {
	d.t.Helper()
	in := filing.ComplaintInput{
		Number: "95013000", At: testkit.Epoch().Add(-time.Duration(minutes) * time.Minute),
		Category: domain.CategoryLoan, Language: "zh-Hans", Draft: true,
	}
	if change != nil {
		change(&in)
	}
	c, err := d.file.New(d.t.Context(), in)
	if err != nil {
		d.t.Fatal(err)
	}
	return c
}

func TestEachRecord(t *testing.T) {
	d := newDesk(t)
	d.channel("wire")
	queued := d.queue(205) // more than a page
	drafts := []domain.ComplaintID{d.draft(500, nil).ID, d.draft(501, nil).ID}
	d.run(filing.RunOptions{})
	for name, tc := range map[string]struct {
		what filing.Selection
		want []domain.ComplaintID // newest first
	}{
		"all":            {filing.Selection{}, append(slices.Clone(queued), drafts...)},
		"one state":      {filing.Selection{States: []domain.SendState{domain.SendDraft}}, drafts},
		"several states": {filing.Selection{States: []domain.SendState{domain.SendSent, domain.SendRetry}}, queued},
		"nothing":        {filing.Selection{Filter: domain.ComplaintFilter{Number: "1"}}, nil},
	} {
		slices.Reverse(tc.want)
		var got []domain.ComplaintID
		var counter progress.Counter
		err := d.file.EachRecord(t.Context(), tc.what, func(x filing.Detail) error {
			got = append(got, x.Complaint.ID)
			whole := d.show(x.Complaint.ID)
			if len(x.Timeline) != len(whole.Timeline) || len(x.Attempts) != len(whole.Attempts) || x.Channel.Name != "wire" {
				t.Fatalf("%s: %+v is not %+v", name, x, whole)
			}
			return nil
		}, &counter)
		if err != nil || !slices.Equal(got, tc.want) || counter.Snapshot().Items != int64(len(got)) {
			t.Errorf("%s: %d of %d (%v)", name, len(got), len(tc.want), err)
		}
		ids, err := d.file.IDs(t.Context(), tc.what)
		slices.Reverse(ids)
		if err != nil || !slices.Equal(ids, tc.want) {
			t.Errorf("%s: %d IDs (%v)", name, len(ids), err)
		}
	}
	var got []domain.ComplaintID
	take := func(x filing.Detail) error { got = append(got, x.Complaint.ID); return nil }
	want := []domain.ComplaintID{queued[3], drafts[0]}
	if err := d.file.EachRecord(t.Context(), filing.Selection{IDs: want}, take, nil); err != nil || !slices.Equal(got, want) {
		t.Errorf("%v %v", got, err)
	}
	if err := d.file.EachRecord(t.Context(), filing.Selection{IDs: []domain.ComplaintID{"00000000"}}, take, nil); domain.KeyOf(err) != "complaint.not_found" {
		t.Error(err)
	}
	full := errors.New("full")
	if err := d.file.EachRecord(t.Context(), filing.Selection{}, func(filing.Detail) error { return full }, nil); !errors.Is(err, full) {
		t.Error(err)
	}
	ctx, stop := context.WithCancel(t.Context())
	n := 0
	err := d.file.EachRecord(ctx, filing.Selection{}, func(filing.Detail) error { n++; stop(); return nil }, nil)
	if domain.KindOf(err) != domain.Cancelled || n != 1 {
		t.Errorf("%d, %v", n, err)
	}
}

// What its author was told counts, whatever is the default by then.
func TestFileDraftThroughTheChannelThatWasNamed(t *testing.T) {
	d := newDesk(t)
	draft := d.draft(10, func(*filing.ComplaintInput) {}) // before there is a channel
	told := d.channel("told")
	d.channel("default by now")
	if err := d.file.SetDefaultChannel(t.Context(), "default by now"); err != nil {
		t.Fatal(err)
	}
	got, err := d.file.FileDraft(t.Context(), string(draft.ID), "told")
	if err != nil || got.ChannelID != told.ID {
		t.Errorf("%+v %v", got, err)
	}
}

func TestFileDraft(t *testing.T) {
	d := newDesk(t)
	d.channel("wire")
	yes, length := true, 65*time.Second
	draft := d.draft(10, func(in *filing.ComplaintInput) {
		in.Techniques, in.Harm, in.Description = []domain.Technique{domain.TechniqueRecorded}, 2, "推销"
		in.RefusedAt, in.LossAmount, in.ConsentGiven = testkit.Epoch().Add(-time.Hour), "12.5", &yes
		in.Demands, in.Duration, in.Direction = domain.Demands(), &length, domain.DirectionMissed
	})
	got, err := d.file.FileDraft(t.Context(), string(draft.ID), "")
	if err != nil || got.SendState != domain.SendQueued || got.ID != draft.ID {
		t.Fatalf("%+v %v", got, err)
	}
	if diff := cmp.Diff(got.Body, draft.Body); diff != "" {
		t.Error(diff)
	}
	if _, err := d.file.FileDraft(t.Context(), string(draft.ID), ""); domain.KeyOf(err) != "complaint.not_draft" {
		t.Error(err)
	}
	// What cannot be filed stays a draft, with the reason.
	for name, tc := range map[string]struct {
		change func(*filing.ComplaintInput)
		key    string
	}{
		"no category": {func(in *filing.ComplaintInput) { in.Category = "" }, "complaint.category_required"},
		"duplicate":   {func(in *filing.ComplaintInput) { in.At = testkit.Epoch().Add(-10 * time.Minute) }, "complaint.duplicate"},
		"police":      {func(in *filing.ComplaintInput) { in.Number = "110" }, "complaint.number_is_public"},
	} {
		c := d.draft(20, tc.change)
		_, err := d.file.FileDraft(t.Context(), string(c.ID), "")
		var list domain.Problems
		if errors.As(err, &list) {
			err = list[0]
		}
		if domain.KeyOf(err) != tc.key || d.show(c.ID).Complaint.SendState != domain.SendDraft {
			t.Errorf("%s: %v", name, err)
		}
	}
}

func TestADraftIsFiledWithCallsThatAreInNoLog(t *testing.T) {
	d := newDesk(t)
	d.channel("wire")
	c := d.draft(10, nil)
	c.Body.Calls = append(c.Body.Calls, domain.CallRef{StartedAt: testkit.Epoch().Add(-time.Hour), Direction: domain.DirectionIncoming})
	if err := d.store.SaveDraft(t.Context(), c, d.clock.Now()); err != nil {
		t.Fatal(err)
	}
	got, err := d.file.FileDraft(t.Context(), string(c.ID), "")
	if err != nil || len(got.Body.Calls) != 2 || got.SendState != domain.SendQueued {
		t.Errorf("%+v %v", got, err)
	}
}

func TestADraftGoesAndComesBack(t *testing.T) {
	d := newDesk(t)
	draft := d.draft(10, nil)
	gone, err := d.file.RemoveDraft(t.Context(), string(draft.ID))
	if err != nil {
		t.Fatal(err)
	}
	if _, err := d.file.Show(t.Context(), string(draft.ID)); domain.KeyOf(err) != "complaint.not_found" {
		t.Error(err)
	}
	if err := gone.Undo(t.Context()); err != nil {
		t.Fatal(err)
	}
	got := d.show(draft.ID).Complaint
	if diff := cmp.Diff(got.Body, draft.Body); diff != "" {
		t.Error(diff)
	}
	if !got.CreatedAt.Equal(draft.CreatedAt) || got.SendState != domain.SendDraft {
		t.Errorf("%+v", got)
	}
}

func TestCorrectReceipt(t *testing.T) {
	d := byHand(t)
	id := string(d.queue(1)[0])
	if _, err := d.file.CorrectReceipt(t.Context(), id, "", "2"); domain.KeyOf(err) != "complaint.no_receipt" {
		t.Error(err)
	}
	if _, err := d.file.SetReceipt(t.Context(), id, "1"); err != nil {
		t.Fatal(err)
	}
	for _, tc := range []struct{ was, number, key, then string }{
		{"1", " ", "complaint.receipt_required", "1"},
		{"1", "a\nb", "complaint.receipt_invalid", "1"},
		{"0", "2", "complaint.receipt_changed", "1"},
		{"1", " 2 ", "", "2"},
		{"2", "2", "", "2"},
	} {
		_, err := d.file.CorrectReceipt(t.Context(), id, tc.was, tc.number)
		if got := d.show(domain.ComplaintID(id)); domain.KeyOf(err) != tc.key || got.Complaint.ReceiptNumber != tc.then {
			t.Errorf("%q for %q: %v, %q", tc.number, tc.was, err, got.Complaint.ReceiptNumber)
		}
	}
	if n := len(d.show(domain.ComplaintID(id)).Timeline); n != 4 {
		t.Errorf("%d events: the same number again is none", n)
	}
}
