package filing_test

import (
	"testing"
	"time"

	"pgregory.net/rapid"

	"quietline/internal/filing"
	"quietline/internal/testkit"
)

func TestNextTry(t *testing.T) {
	now := testkit.Epoch()
	for _, tc := range []struct {
		name       string
		tries      int
		retryAfter time.Duration
		jitter     float64
		want       time.Duration
	}{
		{"first failure: at once", 1, 0, 0.5, 0},
		{"first failure, asked to wait", 1, time.Minute, 0.5, time.Minute},
		{"second failure: five minutes", 2, 0, 0.9, 5 * time.Minute},
		{"second failure, asked for less", 2, time.Second, 0.5, 5 * time.Minute},
		{"second failure, asked for more", 2, time.Hour, 0.5, time.Hour},
		{"third failure, middle of the jitter", 3, 0, 0.5, 30 * time.Minute},
		{"third failure, least jitter", 3, 0, 0, 27 * time.Minute},
		{"hundredth failure is like the third", 100, 0, 0.5, 30 * time.Minute},
		{"no counted attempt yet", 0, 0, 0.5, 0},
	} {
		t.Run(tc.name, func(t *testing.T) {
			if got := filing.NextTry(tc.tries, now, tc.retryAfter, tc.jitter).Sub(now); got != tc.want {
				t.Errorf("waits %v, want %v", got, tc.want)
			}
		})
	}
}

func TestNextTryNeverGoesBackAndNeverIgnoresRetryAfter(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		now := testkit.Epoch()
		tries := rapid.IntRange(0, 1000).Draw(t, "tries")
		after := time.Duration(rapid.Int64Range(0, int64(48*time.Hour)).Draw(t, "after"))
		jitter := rapid.Float64Range(0, 0.999).Draw(t, "jitter")
		got := filing.NextTry(tries, now, after, jitter).Sub(now)
		if got < after {
			t.Fatalf("waits %v although asked for %v", got, after)
		}
		if got > max(after, 33*time.Minute) {
			t.Fatalf("waits %v, longer than the schedule", got)
		}
	})
}
