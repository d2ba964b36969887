package filing

import "time"

// The retry schedule of intake-api.md: at once, then after 5 minutes, then
// every 30 minutes with jitter.
const (
	secondRetry = 5 * time.Minute
	laterRetry  = 30 * time.Minute
	// jitterShare spreads later retries over ±10 %, so that many clients that
	// lost the same endpoint do not come back in the same second.
	jitterShare = 0.1
)

// NextTry says when to try again after `tries` counted attempts (1 or more).
// retryAfter is the least time the endpoint asked for: the later of it and the
// schedule wins. jitter is in [0, 1).
func NextTry(tries int, now time.Time, retryAfter time.Duration, jitter float64) time.Time {
	var wait time.Duration
	switch {
	case tries <= 1:
		wait = 0
	case tries == 2:
		wait = secondRetry
	default:
		wait = laterRetry + time.Duration((2*jitter-1)*jitterShare*float64(laterRetry))
	}
	return now.Add(max(wait, retryAfter))
}
