package report_test

import (
	"strings"
	"testing"

	"quietline/internal/domain"
	"quietline/internal/l10n"
	"quietline/internal/report"
	"quietline/internal/testkit"
	"quietline/internal/wording"
)

// What the program proposed as a text stands in the form once: the facts in it
// are not added again, and come back when the text no longer says them.
func TestAssistedSaysNothingTwice(t *testing.T) {
	p := testkit.Printer(t, l10n.Chinese)
	c := filed(func(b *domain.ComplaintBody) {
		b.Techniques, b.ConsentGiven = []domain.Technique{domain.TechniqueRecorded}, ptr(false)
		b.Loss, b.Demands = &domain.Loss{Amount: "12.50", Currency: "USD"}, []domain.Demand{domain.DemandStopCalls}
	})
	text := wording.Propose(p, c.Body, testkit.Epoch()).Text
	written := func(description string) string {
		c.Body.Description = description
		return texts(report.Assisted(p, c))[6]
	}
	if got := written("自称贷款公司。\n" + text); got != "description=自称贷款公司。\n"+text {
		t.Errorf("%q", got)
	}
	if got := written(strings.ReplaceAll(text, "12.50", "13")); strings.Count(got, "12.50（美元）") != 1 || strings.Count(got, "从未同意") != 2 {
		t.Errorf("a text that was changed: %q", got)
	}
}
