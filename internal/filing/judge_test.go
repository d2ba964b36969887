package filing

import (
	"testing"
	"time"

	"pgregory.net/rapid"

	"quietline/internal/domain"
	"quietline/internal/testkit"
)

func TestJudge(t *testing.T) {
	now := testkit.Epoch()
	at := now.Add
	for _, tc := range []struct {
		name    string
		job     Job
		out     Outcome
		outcome domain.AttemptOutcome
		state   domain.SendState
		due     time.Time
		counts  bool
	}{
		{"filed", Job{State: domain.SendQueued}, Outcome{Kind: OutcomeSent}, domain.AttemptSent, domain.SendSent, time.Time{}, true},
		{"token with a time", Job{State: domain.SendQueued}, Outcome{Kind: OutcomeToken, RetryAfter: time.Minute}, domain.AttemptToken, domain.SendToken, at(time.Minute), true},
		{"token without a time", Job{State: domain.SendQueued}, Outcome{Kind: OutcomeToken}, domain.AttemptToken, domain.SendToken, at(5 * time.Second), true},
		{"no answer", Job{State: domain.SendQueued}, Outcome{Kind: OutcomeUnknown}, domain.AttemptUnknown, domain.SendUnknown, now, true},
		{"no answer twice", Job{State: domain.SendUnknown, Tries: 1}, Outcome{Kind: OutcomeUnknown}, domain.AttemptUnknown, domain.SendUnknown, at(5 * time.Minute), true},
		{"busy", Job{State: domain.SendQueued}, Outcome{Kind: OutcomeRetry}, domain.AttemptRetry, domain.SendRetry, now, true},
		{"busy, come back later", Job{State: domain.SendQueued}, Outcome{Kind: OutcomeRetry, RetryAfter: time.Hour}, domain.AttemptRetry, domain.SendRetry, at(time.Hour), true},
		{"busy while it may be filed", Job{State: domain.SendUnknown, Tries: 1}, Outcome{Kind: OutcomeRetry}, domain.AttemptRetry, domain.SendUnknown, at(5 * time.Minute), true},
		{"busy after its worker died", Job{State: domain.SendSending}, Outcome{Kind: OutcomeRetry}, domain.AttemptRetry, domain.SendUnknown, now, true},
		{"busy while polling a token", Job{State: domain.SendToken, Token: "t"}, Outcome{Kind: OutcomeRetry}, domain.AttemptRetry, domain.SendToken, now, true},
		{"refused for good", Job{State: domain.SendRetry, Tries: 2}, Outcome{Kind: OutcomeRejected}, domain.AttemptFailed, domain.SendFailed, time.Time{}, true},
		{"unauthorised", Job{State: domain.SendQueued}, Outcome{Kind: OutcomeUnauthorised}, domain.AttemptPaused, domain.SendQueued, now, false},
		{"forbidden after its worker died", Job{State: domain.SendSending}, Outcome{Kind: OutcomeForbidden}, domain.AttemptPaused, domain.SendUnknown, now, false},
		{"unauthorised with a token", Job{State: domain.SendToken, Token: "t"}, Outcome{Kind: OutcomeUnauthorised}, domain.AttemptPaused, domain.SendToken, now, false},
		{"token forgotten", Job{State: domain.SendToken, Token: "t"}, Outcome{Kind: OutcomeNotFound}, domain.AttemptRetry, domain.SendUnknown, now, true},
	} {
		t.Run(tc.name, func(t *testing.T) {
			r := judge(tc.job, tc.out, now, 0.5)
			if r.Outcome != tc.outcome || r.State != tc.state || !r.DueAt.Equal(tc.due) || r.Counts != tc.counts {
				t.Errorf("got %s %s due %v counts %v,\nwant %s %s due %v counts %v",
					r.Outcome, r.State, r.DueAt, r.Counts, tc.outcome, tc.state, tc.due, tc.counts)
			}
			if r.State == domain.SendToken && r.Token == "" && tc.job.Token != "" {
				t.Error("the token got lost")
			}
		})
	}
}

// A complaint that may already be filed never becomes one that is sent without
// asking first, whatever the endpoint answers.
func TestJudgeNeverForgetsThatItMayBeFiled(t *testing.T) {
	kinds := []OutcomeKind{
		OutcomeSent, OutcomeToken, OutcomeUnknown, OutcomeRetry, OutcomeRejected,
		OutcomeUnauthorised, OutcomeForbidden, OutcomeNotFound,
	}
	states := []domain.SendState{domain.SendQueued, domain.SendRetry, domain.SendUnknown, domain.SendToken, domain.SendSending}
	rapid.Check(t, func(t *rapid.T) {
		job := Job{State: rapid.SampledFrom(states).Draw(t, "state"), Tries: rapid.IntRange(0, 9).Draw(t, "tries"), Token: "t"}
		out := Outcome{Kind: rapid.SampledFrom(kinds).Draw(t, "kind")}
		r := judge(job, out, testkit.Epoch(), rapid.Float64Range(0, 0.99).Draw(t, "jitter"))
		mayBeFiled := job.State == domain.SendUnknown || job.State == domain.SendSending || job.State == domain.SendToken
		asked := out.Kind == OutcomeNotFound && job.State != domain.SendToken
		if mayBeFiled && !asked && (r.State == domain.SendQueued || r.State == domain.SendRetry) {
			t.Fatalf("%s and %s became %s", job.State, out.Kind, r.State)
		}
		final := r.State == domain.SendSent || r.State == domain.SendFailed
		if final != r.DueAt.IsZero() {
			t.Fatalf("%s is due at %v", r.State, r.DueAt)
		}
	})
}
