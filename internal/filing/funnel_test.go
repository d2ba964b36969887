package filing_test

import (
	"testing"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"quietline/internal/domain"
	"quietline/internal/filing"
)

func TestFunnel(t *testing.T) {
	got := filing.FunnelOf([]filing.StateCount{
		{domain.SendDraft, "", 3},
		{domain.SendQueued, "", 2},
		{domain.SendToken, "", 1},
		{domain.SendFailed, "", 4},
		{domain.SendSkipped, "", 1},
		{domain.SendCancelled, "", 2},
		{domain.SendSent, "", 5},
		{domain.SendSent, domain.CaseReceived, 7},
		{domain.SendSent, "own word", 1},
		{domain.SendSent, domain.CaseClosed, 2},
		{domain.SendSent, domain.CaseAccepted, 6},
	})
	want := filing.Funnel{
		Written: 34, Queued: 31, Filed: 21, Answered: 9, Drafts: 3, Waiting: 3, Refused: 4, Aside: 3,
		Cases: []filing.CaseCount{{domain.CaseAccepted, 6}, {domain.CaseClosed, 2}, {"own word", 1}},
	}
	if d := cmp.Diff(want, got); d != "" {
		t.Error(d)
	}
}

// Whatever there is, nobody is lost between two stages.
func TestFunnelLosesNobody(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		counts := rapid.SliceOf(rapid.Custom(func(t *rapid.T) filing.StateCount {
			return filing.StateCount{
				Send: rapid.SampledFrom(domain.SendStates()).Draw(t, "send"),
				Case: rapid.SampledFrom(append(domain.CaseStates(), domain.CaseNone, "own")).Draw(t, "case"),
				N:    rapid.Int64Range(0, 1e6).Draw(t, "n"),
			}
		})).Draw(t, "counts")
		f := filing.FunnelOf(counts)
		var answered int64
		for _, c := range f.Cases {
			answered += c.N
		}
		if f.Written != f.Drafts+f.Queued || f.Queued != f.Waiting+f.Refused+f.Aside+f.Filed || f.Answered != answered || f.Answered > f.Filed {
			t.Fatalf("%+v", f)
		}
	})
}
