package filing

import (
	"context"
	"log/slog"
	"time"

	"quietline/internal/domain"
)

// The times of a lease. A lease is short, so that the complaints of a worker
// that died are taken over soon, and is renewed while its worker lives.
const (
	LeaseTime = 10 * time.Second
	// MaxLease is the longest lease there can be (intake-api.md, decisions).
	MaxLease   = 30 * time.Second
	leaseRenew = 3 * time.Second
	// grace is how long Run waits for something that is due soon instead of
	// ending: an endpoint's "in a second", another worker's lease.
	grace = LeaseTime + 2*time.Second
	// drain is how long a stopped worker lets requests under way finish.
	drain = 3 * time.Second
	// pollOthers is how often the store is asked while others hold leases or
	// something is due soon.
	pollOthers = 250 * time.Millisecond
	// idlePoll is how often a staying worker looks without being called,
	// because other processes queue too.
	idlePoll = 15 * time.Second
	// MaxConcurrency is the most requests at the same time.
	MaxConcurrency = 64
)

// OutboxParams are what an Outbox needs.
type OutboxParams struct {
	Store     Store
	Endpoints Endpoints
	Secrets   Secrets
	// Vault keeps the files that are sent after their complaints; nil for none.
	Vault  Vault
	Clock  domain.Clock
	Source domain.Source
	Log    *slog.Logger
	// Wait sleeps for d or until the context ends or wake is closed or
	// receives; tests move their clock instead.
	Wait func(ctx context.Context, d time.Duration, wake <-chan struct{})
}

// Outbox sends what is queued. Several may work on one store at once, in one
// process or in several.
type Outbox struct {
	p    OutboxParams
	wake chan struct{}
}

// NewOutbox makes an Outbox.
func NewOutbox(p OutboxParams) *Outbox {
	if p.Wait == nil {
		p.Wait = waitTimer
	}
	return &Outbox{p: p, wake: make(chan struct{}, 1)}
}

// Kick makes a staying worker look at once. It does not block.
func (o *Outbox) Kick() {
	select {
	case o.wake <- struct{}{}:
	default:
	}
}

func waitTimer(ctx context.Context, d time.Duration, wake <-chan struct{}) {
	t := time.NewTimer(d)
	defer t.Stop()
	select {
	case <-ctx.Done():
	case <-t.C:
	case <-wake:
	}
}

// RunOptions say what a run works on and how.
type RunOptions struct {
	// Channel is the name of a channel, Batch of a batch; empty means all.
	Channel string
	Batch   string
	// Concurrency is the number of requests at the same time, 1 to
	// MaxConcurrency.
	Concurrency int
	// Rate is the most requests a second for each channel, 0 for the
	// channel's own limit.
	Rate float64
	// Now first makes everything of the selection due that waits for a later
	// try.
	Now bool
	// Tokens works only on what is filed and waits for its receipt number.
	Tokens bool
	// Stay keeps the worker running when nothing is due, until the context
	// ends.
	Stay bool
	// OnResult is called after each recorded result, by one goroutine at a
	// time; it may be nil.
	OnResult func(Result, bool)
	// OnUpload is called after each recorded file, as OnResult is; it may be nil.
	OnUpload func(UploadResult)
}

// Summary counts how the complaints of a run ended.
type Summary struct {
	Sent, Token, Failed, Unknown, Retry, Skipped int
	// Remaining is what the selection still holds in the outbox.
	Remaining int
	// Waiting is how many of these are not filed yet: all but those that only
	// wait for their receipt number.
	Waiting int
	// Paused is how many of these wait behind a paused channel.
	Paused int
	// ByHand is how many more wait for the user to file them: none of these is
	// remaining, for this worker has nothing to do with them.
	ByHand int
	// Unsettled is how many more wait for the user to say whether the endpoint has
	// them; none of these is remaining either.
	Unsettled int
	// Uploads counts files of evidence.
	Uploads UploadSummary
	// NextAt is when the next one is due; zero where none waits.
	NextAt  time.Time
	Elapsed time.Duration
}

// Complete says that everything is filed, files included: nothing failed in this
// run, and nothing waits for a later try or is unsettled, from this run or from an
// earlier one.
func (s Summary) Complete() bool {
	return s.Failed+s.Skipped+s.Waiting+s.Unsettled+s.Uploads.Failed+s.Uploads.Waiting == 0
}

// Run works the outbox until nothing is due, or, with Stay, until the context
// ends. When the context ends it stops claiming, lets requests under way
// finish for a short while, gives the rest back and returns the context's
// error with the summary so far. OnResult's second argument says whether the
// complaint has ended for this run.
func (o *Outbox) Run(ctx context.Context, opts RunOptions) (Summary, error) {
	r, err := o.newRun(ctx, opts)
	if err != nil {
		return Summary{}, err
	}
	return r.loop(ctx)
}
