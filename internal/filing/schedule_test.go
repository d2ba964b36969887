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
		{"asked for a month", 1, 30 * 24 * time.Hour, 0.5, filing.LongestWait},
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

func TestNextPoll(t *testing.T) {
	now := testkit.Epoch()
	for _, tc := range []struct {
		name       string
		tries      int
		retryAfter time.Duration
		want       time.Duration
	}{
		{"no time named", 1, 0, 5 * time.Second},
		{"in a second", 1, time.Second, 5 * time.Second},
		{"in a minute", 1, time.Minute, time.Minute},
		{"in a second, again and again", 3, time.Second, 20 * time.Second},
		{"the last doubling", 9, time.Second, 1280 * time.Second},
		{"at the pace of retries", 10, time.Second, 30 * time.Minute},
		{"for ever", 1000, time.Second, 30 * time.Minute},
		{"in a month", 1, 30 * 24 * time.Hour, filing.LongestWait},
		{"no counted attempt yet", 0, 0, 5 * time.Second},
	} {
		t.Run(tc.name, func(t *testing.T) {
			if got := filing.NextPoll(tc.tries, now, tc.retryAfter, 0.5).Sub(now); got != tc.want {
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
		if got < min(after, filing.LongestWait) {
			t.Fatalf("waits %v although asked for %v", got, after)
		}
		if got > min(max(after, 33*time.Minute), filing.LongestWait) {
			t.Fatalf("waits %v, longer than the schedule", got)
		}
	})
}
