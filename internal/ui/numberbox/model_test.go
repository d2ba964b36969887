package numberbox

import (
	"testing"

	"github.com/google/go-cmp/cmp"

	"quietline/internal/domain"
	"quietline/internal/ui/uitest"
)

func newModel() (*Model, *int) {
	verdicts := 0
	return NewModel(&uitest.Checker{}, func() { verdicts++ }), &verdicts
}

func TestTypedNumberIsJudgedAtOnce(t *testing.T) {
	for _, c := range []struct {
		name       string
		input      string
		incomplete bool
		verdict    domain.Verdict
	}{
		{"nothing", "  ", false, ""},
		{"one digit", "9", true, domain.VerdictInvalid},
		{"half a mobile number", "1380013", true, domain.VerdictInvalid},
		{"full-width digits", "９５", true, domain.VerdictInvalid},
		{"listed", "95588", false, domain.VerdictListed},
		{"no extension allowed: that cannot become right", "9558812", false, domain.VerdictInvalid},
		{"foreign prefix", "+95588", false, domain.VerdictInvalid},
		{"whole mobile number", "13800138000", false, domain.VerdictNotServiceLine},
		{"too long to be half typed", "123456789012", false, domain.VerdictInvalid},
		{"no digits at all", "abc", false, domain.VerdictInvalid},
	} {
		t.Run(c.name, func(t *testing.T) {
			m, _ := newModel()
			m.Type(c.input)
			if m.Incomplete() != c.incomplete || m.Check().Verdict != c.verdict {
				t.Errorf("incomplete %v, verdict %q", m.Incomplete(), m.Check().Verdict)
			}
			m.Settle()
			if m.Incomplete() {
				t.Error("settled, but still incomplete")
			}
		})
	}
}

func TestPastedNumberIsWhole(t *testing.T) {
	m, verdicts := newModel()
	m.Paste(" 1380013\n")
	if m.Input() != "1380013" || m.Incomplete() {
		t.Errorf("%q, incomplete %v", m.Input(), m.Incomplete())
	}
	m.Type("1380013") // what the box reports when it is filled in
	if m.Incomplete() || *verdicts != 1 {
		t.Errorf("incomplete %v after %d verdicts", m.Incomplete(), *verdicts)
	}
	m.Type("13800138")
	if !m.Incomplete() {
		t.Error("typing on makes it half typed again")
	}
}

func TestAnotherProvinceIsAnotherQuestion(t *testing.T) {
	c := &uitest.Checker{}
	verdicts := 0
	m := NewModel(c, func() { verdicts++ })
	m.MoveTo("安徽")
	if verdicts != 0 {
		t.Error("nothing was asked yet")
	}
	m.Type("0551-96588")
	m.MoveTo("江苏")
	m.MoveTo("江苏")
	m.Judge()
	if diff := cmp.Diff([]string{"安徽", "江苏", "江苏"}, c.Provinces); diff != "" {
		t.Error(diff)
	}
	if m.Province() != "江苏" || verdicts != 3 {
		t.Errorf("%q after %d verdicts", m.Province(), verdicts)
	}
}

func TestSubmitWithoutANumberSaysSo(t *testing.T) {
	m, verdicts := newModel()
	m.Submit()
	if !m.Missing() || *verdicts != 1 {
		t.Errorf("missing %v after %d verdicts", m.Missing(), *verdicts)
	}
	m.Type("138")
	if m.Missing() || !m.Incomplete() {
		t.Error("a number is there")
	}
	m.Submit()
	if m.Incomplete() {
		t.Error("the answer is wanted now")
	}
}
