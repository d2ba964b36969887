package filing_test

import (
	"errors"
	"testing"
	"time"

	"quietline/internal/domain"
	"quietline/internal/filing"
)

func TestDetailsOfAFraud(t *testing.T) {
	d := newDesk(t)
	d.channel("c")
	for _, tc := range []struct {
		name   string
		change func(*filing.ComplaintInput)
		want   string
	}{
		{"a kind", func(in *filing.ComplaintInput) { in.Category, in.FraudKind = domain.CategoryFraud, domain.FraudRomance }, ""},
		{"none said", func(in *filing.ComplaintInput) { in.Category = domain.CategoryFraud }, ""},
		{"no kind", func(in *filing.ComplaintInput) { in.Category, in.FraudKind = domain.CategoryFraud, "magic" }, "/fraud_kind complaint.fraud_kind_unknown"},
		{"of a loan", func(in *filing.ComplaintInput) { in.FraudKind = domain.FraudLoan }, "/fraud_kind complaint.fraud_kind_elsewhere"},
		{"dollars", func(in *filing.ComplaintInput) { in.LossAmount, in.LossCurrency = "5", "usd" }, ""},
		{"no currency", func(in *filing.ComplaintInput) { in.LossAmount, in.LossCurrency = "5", "XXX" }, "/loss/currency complaint.currency_unknown"},
		{"a currency of nothing", func(in *filing.ComplaintInput) { in.LossCurrency = "XXX" }, ""},
	} {
		in := good()
		tc.change(&in)
		var list domain.Problems
		got := ""
		if errors.As(d.file.Validate(t.Context(), in), &list) {
			got = list[0].Field + " " + list[0].Key
		}
		if got != tc.want {
			t.Errorf("%s: %q, want %q", tc.name, got, tc.want)
		}
	}
}

func TestOutlookOfABatch(t *testing.T) {
	d := newDesk(t)
	ch := d.channel("slow")
	half := 0.5
	if err := d.store.SetCapabilities(t.Context(), ch.ID, domain.Capabilities{RateLimitPerSecond: &half}); err != nil {
		t.Fatal(err)
	}
	d.queue(21)
	list, err := d.file.Outlook(t.Context(), "", "")
	if err != nil || len(list) != 1 || list[0].Due != 21 || list[0].Pace != 40*time.Second {
		t.Errorf("%+v %v", list, err)
	}
	for _, none := range [][2]string{{"another", ""}, {"", "another"}} {
		if list, err := d.file.Outlook(t.Context(), none[0], none[1]); err != nil || len(list) != 0 {
			t.Errorf("%v: %+v %v", none, list, err)
		}
	}
}
