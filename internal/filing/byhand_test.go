package filing_test

import (
	"strings"
	"testing"
	"time"

	"quietline/internal/domain"
	"quietline/internal/filing"
	"quietline/internal/testkit"
)

// byHand is a desk with an assisted channel as the default.
func byHand(t *testing.T) *desk {
	t.Helper()
	d := newDesk(t)
	if _, err := d.file.AddChannel(t.Context(), filing.ChannelInput{Name: "12321", Kind: domain.ChannelAssisted}); err != nil {
		t.Fatal(err)
	}
	return d
}

// The outbox sends what is its own, and says how much is left to the user.
func TestOutboxLeavesToThePersonWhatIsTheirs(t *testing.T) {
	d := byHand(t)
	mine := d.queue(2)
	d.channel("wire")
	if err := d.file.SetDefaultChannel(t.Context(), "wire"); err != nil {
		t.Fatal(err)
	}
	c, err := d.file.New(t.Context(), filing.ComplaintInput{
		Number: "95013000", At: testkit.Epoch().Add(-time.Hour), Category: domain.CategoryLoan, Language: "zh-Hans",
	})
	if err != nil {
		t.Fatal(err)
	}
	for _, o := range []filing.RunOptions{{}, {Now: true}} {
		s := d.run(o)
		if s.ByHand != 2 || s.Remaining != 0 || !s.Complete() || !s.NextAt.IsZero() {
			t.Errorf("%+v", s)
		}
	}
	if s := d.run(filing.RunOptions{Channel: "wire"}); s.ByHand != 0 {
		t.Errorf("another channel's: %+v", s)
	}
	if s := d.run(filing.RunOptions{Channel: "12321"}); s.ByHand != 2 || s.Sent != 0 {
		t.Errorf("%+v", s)
	}
	if got := d.show(c.ID).Complaint; got.SendState != domain.SendSent {
		t.Errorf("%+v", got)
	}
	for _, id := range mine {
		got := d.show(id)
		if got.Complaint.SendState != domain.SendQueued || !got.Complaint.ByHand() || len(got.Attempts) != 0 {
			t.Errorf("%+v", got)
		}
	}
}

func TestSetReceipt(t *testing.T) {
	d := byHand(t)
	ids := d.queue(2)
	for number, key := range map[string]string{
		" ": "complaint.receipt_required", "\u200e": "complaint.receipt_required", "a\nb": "complaint.receipt_invalid",
		"a\xffb": "complaint.receipt_invalid", strings.Repeat("1", 101): "complaint.receipt_invalid",
	} {
		if _, err := d.file.SetReceipt(t.Context(), string(ids[0]), number); domain.KeyOf(err) != key {
			t.Errorf("%q: %v, want %s", number, err, key)
		}
	}
	c, err := d.file.SetReceipt(t.Context(), string(ids[0]), " JB20240520001 ")
	if err != nil || c.SendState != domain.SendSent || c.ReceiptNumber != "JB20240520001" {
		t.Errorf("%+v, %v", c, err)
	}
	if _, err := d.file.SetReceipt(t.Context(), string(ids[0]), "2"); domain.KeyOf(err) != "complaint.has_receipt" {
		t.Errorf("%v", err)
	}
	if _, err := d.file.Assisted(t.Context(), string(ids[0])); err != nil {
		t.Errorf("what is filed can be printed still: %v", err)
	}
	if _, err := d.file.Cancel(t.Context(), string(ids[1])); err != nil {
		t.Fatal(err)
	}
	for _, f := range []func() error{
		func() error { _, err := d.file.Assisted(t.Context(), string(ids[1])); return err },
		func() error { _, err := d.file.SetReceipt(t.Context(), string(ids[1]), "3"); return err },
	} {
		if err := f(); domain.KeyOf(err) != "complaint.not_waiting" {
			t.Errorf("%v", err)
		}
	}
}

func TestReceiptOfWhatTheOutboxSends(t *testing.T) {
	d := newDesk(t)
	d.channel("wire")
	id := d.queue(1)[0]
	if _, err := d.file.SetReceipt(t.Context(), string(id), "1"); domain.KeyOf(err) != "complaint.not_by_hand" {
		t.Errorf("%v", err)
	}
	if _, err := d.file.Assisted(t.Context(), string(id)); domain.KeyOf(err) != "complaint.not_by_hand" {
		t.Errorf("%v", err)
	}
}

// What the user has not filed after three days is counted.
func TestWaitsForLong(t *testing.T) {
	d := byHand(t)
	id := d.queue(1)[0]
	count := func() filing.ByHand {
		n, err := d.file.CountByHand(t.Context())
		if err != nil {
			t.Fatal(err)
		}
		return n
	}
	d.clock.Advance(domain.PatienceByHand)
	if n := count(); n != (filing.ByHand{All: 1}) {
		t.Errorf("%+v", n)
	}
	d.clock.Advance(time.Second)
	if n := count(); n != (filing.ByHand{All: 1, Overdue: 1}) {
		t.Errorf("%+v", n)
	}
	if _, err := d.file.SetReceipt(t.Context(), string(id), "1"); err != nil {
		t.Fatal(err)
	}
	if n := count(); n != (filing.ByHand{}) {
		t.Errorf("%+v", n)
	}
}
