package report_test

import (
	"strings"
	"testing"

	"quietline/internal/domain"
	"quietline/internal/l10n"
	"quietline/internal/report"
	"quietline/internal/testkit"
)

func said(p *l10n.Printer, c domain.Capabilities) string {
	var b strings.Builder
	for _, f := range report.Endpoint(p, c) {
		b.WriteString(f.Label + ": " + f.Text + "\n")
	}
	return b.String()
}

func TestWhatAnEndpointSaysInWords(t *testing.T) {
	p := testkit.Printer(t, l10n.English)
	days, quick, slow := 1, 2.5, 0.2
	for name, tc := range map[string]struct {
		caps domain.Capabilities
		want []string
	}{
		"nothing is limited": {
			domain.Capabilities{Name: "Office", APIVersion: "1"},
			[]string{"Office (interface version 1)", "As many as you like", "Of any age", "Everything that Quietline knows", "only complaints of your own", "As fast as it goes", "No files"},
		},
		"everything is": {
			domain.Capabilities{
				Name: "Office\nof Anhui\x1b[1m", APIVersion: "1", MaxCallsPerComplaint: 1, MaxCallAgeDays: &days, OnBehalfAllowed: true,
				Categories: []domain.Category{domain.CategoryLoan}, Techniques: domain.Techniques()[1:], RateLimitPerSecond: &quick,
				MaxEvidenceBytes: 1536 << 10, EvidenceTypes: []string{"image/png", "image/*"},
			},
			[]string{"Office of Anhui", "At most 1 call;", "At most 1 day\n", ": Loans", "Everything but: ", "At most 2.5 complaints", "1.5 MB each: PNG"},
		},
		"slow": {domain.Capabilities{RateLimitPerSecond: &slow}, []string{"one complaint in 5 seconds"}},
		"civic": {
			domain.Capabilities{Service: &domain.CivicService{Code: "7", Name: "Noise", Type: domain.ServiceBatch, Attributes: []domain.ServiceAttribute{
				{Code: "A", Description: "Number", Required: true}, {Code: "B", Description: "Note"},
			}}},
			[]string{"Noise (7)", "later", "What it requires: Number\n"},
		},
		"civic without a service": {domain.Capabilities{Services: []domain.CivicService{{Code: "7"}}}, []string{"1 service;"}},
	} {
		got := said(p, tc.caps)
		for _, want := range tc.want {
			if !strings.Contains(got, want) {
				t.Errorf("%s: no %q in\n%s", name, want, got)
			}
		}
		if strings.ContainsAny(got, "\x1b") {
			t.Errorf("%s: a control character in %q", name, got)
		}
	}
}

func TestSizes(t *testing.T) {
	p := testkit.Printer(t, l10n.English)
	for n, want := range map[int64]string{12: "12 bytes", 1536: "1.5 KB", 10 << 20: "10 MB"} {
		if got := report.Size(p, n); got != want {
			t.Errorf("%d: %q", n, got)
		}
	}
}
