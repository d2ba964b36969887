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

// LongestWait is the most that the outbox ever puts a complaint or a channel
// off, so that one bad Retry-After costs hours, not weeks. Whatever is due
// later than that was written while the clock was wrong.
const LongestWait = 6 * time.Hour

// LongestUntried is the most that a complaint is put off before it was ever
// tried: its channel could not be opened here.
const LongestUntried = secondRetry

// firstPoll is how soon the receipt number behind a token is asked for at
// first, where the endpoint names no later time.
const firstPoll = 5 * time.Second

// NextTry says when to try again after `tries` counted attempts (1 or more).
// retryAfter is the least time the endpoint asked for: the later of it and the
// schedule wins, up to LongestWait. jitter is in [0, 1).
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
	return now.Add(min(max(wait, retryAfter), LongestWait))
}

// NextPoll says when to ask for the receipt number behind a token again after
// `tries` counted attempts (1 or more): when the endpoint said, but each time
// after at least twice the wait of the time before, from firstPoll up to the
// pace of later retries. So an endpoint that says "in a second" for ever is
// not asked for ever.
func NextPoll(tries int, now time.Time, retryAfter time.Duration, jitter float64) time.Time {
	wait := NextTry(3, now, 0, jitter).Sub(now)
	if doublings := tries - 1; doublings < 9 { // firstPoll doubled nine times is longer
		wait = firstPoll << max(0, doublings)
	}
	return now.Add(min(max(wait, retryAfter), LongestWait))
}
