package filing

import (
	"context"
	"slices"
	"time"

	"quietline/internal/domain"
	"quietline/internal/progress"
)

// The times and bounds of listening to endpoints.
const (
	// listSkew is how far back of what is known endpoints are asked again,
	// because what they stamp may become visible a little later.
	listSkew = 10 * time.Minute
	// firstSkew is the same for the very first time, when only our own clock
	// says since when.
	firstSkew = 48 * time.Hour
	// staleAfter is how long nothing may be heard of a case that is not settled
	// before it is read, whatever the list says: a list goes by clocks.
	staleAfter = 24 * time.Hour
	// restlessAfter is the same for a quiet run at an endpoint without a list.
	restlessAfter = time.Hour
	// maxPages bounds one listing, so that an endless one ends.
	maxPages = 1000
	// quietReads is the most cases that a quiet run reads of a channel.
	quietReads = 50
	// readBatch is how many cases to read are fetched from the store at once.
	readBatch = 100
	// inARow is how many cases in a row may fail before a channel is left for
	// this time.
	inARow = 3
	// syncPace is how often a staying listener asks.
	syncPace = 10 * time.Minute
)

// SyncOptions say what a run listens to.
type SyncOptions struct {
	// Channel is the name of a channel, empty for all.
	Channel string
	// Rate is the most requests a second for each channel, 0 for the channel's
	// own limit.
	Rate float64
	// Quiet asks for less, because nobody waits for it, and leaves tokens to the
	// outbox that runs beside it.
	Quiet bool
	// Counter counts the cases of which an endpoint told something; it may be nil.
	Counter *progress.Counter
	// OnChange is called after something new of a complaint was stored; it may
	// be nil.
	OnChange func(CaseChange)
}

// SyncSummary counts what a run did.
type SyncSummary struct {
	// Changed is how many complaints have something new.
	Changed int
	// Numbers is how many receipt numbers came for tokens.
	Numbers int
	// Withdrawn is how many complaints were taken back.
	Withdrawn int
	// Missing is how many cases the endpoint does not know.
	Missing int
	// Read is how many cases were asked for one by one.
	Read int
	// Failed are the channels that could not be asked to the end, with why.
	Failed []ChannelFailure
	// Resting is how many channels were left out because they are paused or
	// asked to wait.
	Resting int
	// Waiting is how many tokens and withdrawals still wait for an answer.
	Waiting int
	Elapsed time.Duration
}

// ChannelFailure is why a channel could not be asked to the end.
type ChannelFailure struct {
	Channel string
	Err     error
}

// Complete says that every channel was asked to the end, and that nothing waits.
func (s SyncSummary) Complete() bool { return len(s.Failed)+s.Resting+s.Waiting == 0 }

// syncing is one run.
type syncing struct {
	o        *Outbox
	opts     SyncOptions
	channels *openChannels
	started  time.Time
	only     domain.ChannelID // of the selected channel, 0 for all
	changed  map[domain.ComplaintID]bool
	held     []CaseChange // what is not told yet
	sum      SyncSummary
}

// Sync hears what became of the filed complaints: it asks for receipt numbers
// that are due, sends withdrawals that have not been answered, and fetches the
// states of cases. Several may run at once, in one process or in several. When
// the context ends, what was heard is kept, and the context's error comes with
// the summary so far.
func (o *Outbox) Sync(ctx context.Context, opts SyncOptions) (SyncSummary, error) {
	const op = "filing.Sync"
	if !validRate(opts.Rate) {
		return SyncSummary{}, domain.E(op, domain.Invalid, "channel.rate_invalid", domain.Args{"Max": maxRate}, nil)
	}
	r := &syncing{o: o, opts: opts, started: o.p.Clock.Now(), changed: map[domain.ComplaintID]bool{}}
	r.channels = newOpenChannels(o, opts.Rate)
	list, err := r.selected(ctx)
	if err != nil {
		return SyncSummary{}, err
	}
	if !opts.Quiet {
		if err := r.tokens(ctx); err != nil {
			return r.end(ctx, err)
		}
	}
	for _, c := range list {
		if err := r.channel(ctx, c); err != nil {
			return r.end(ctx, err)
		}
	}
	return r.end(ctx, nil)
}

// selected are the channels to listen to.
func (r *syncing) selected(ctx context.Context) ([]domain.Channel, error) {
	store := r.o.p.Store
	if r.opts.Channel == "" {
		return store.Channels(ctx)
	}
	c, err := store.ChannelByName(ctx, r.opts.Channel)
	r.only = c.ID
	return []domain.Channel{c}, err
}

// end counts what is left.
func (r *syncing) end(ctx context.Context, fault error) (SyncSummary, error) {
	r.flush("")
	keep := context.WithoutCancel(ctx)
	list, err := r.o.p.Store.Withdrawals(keep, WithdrawalQuery{ChannelID: r.only, Limit: maxPages})
	if err != nil && fault == nil {
		fault = err
	}
	r.sum.Waiting += len(list)
	r.sum.Changed = len(r.changed)
	r.sum.Elapsed = r.o.p.Clock.Now().Sub(r.started)
	if ctx.Err() != nil {
		fault = domain.E("filing.Sync", domain.Cancelled, "cancelled", nil, ctx.Err())
	}
	return r.sum, fault
}

// tokens has the outbox ask for the receipt numbers that are due.
func (r *syncing) tokens(ctx context.Context) error {
	s, err := r.o.Run(ctx, RunOptions{
		Channel: r.opts.Channel, Rate: r.opts.Rate, Concurrency: 1, Tokens: true,
		OnResult: func(res Result, _ bool) {
			if res.State != domain.SendSent {
				return
			}
			r.sum.Numbers++
			r.heard(1)
			r.tell(CaseChange{
				ID: res.ComplaintID, ReceiptNumber: res.ReceiptNumber, SendState: res.State, After: res.CaseState,
			})
		},
	})
	r.sum.Waiting = s.Remaining - s.Waiting
	r.flush("")
	return err
}

// heard counts cases of which an endpoint told something.
func (r *syncing) heard(n int) {
	if r.opts.Counter != nil {
		r.opts.Counter.AddItems(int64(n))
	}
}

// tell holds back what is new of a complaint until everything about it has been
// heard, so that it is told once.
func (r *syncing) tell(c CaseChange) {
	i := slices.IndexFunc(r.held, func(h CaseChange) bool { return h.ID == c.ID })
	if i < 0 {
		r.held = append(r.held, c)
		return
	}
	c.Before = r.held[i].Before
	c.Added += r.held[i].Added
	if c.Last.State != c.After { // a line that was missing, older than the state
		c.Last = r.held[i].Last
	}
	r.held[i] = c
}

// flush tells what is held back of one complaint, or of all where id is empty.
func (r *syncing) flush(id domain.ComplaintID) {
	r.held = slices.DeleteFunc(r.held, func(c CaseChange) bool {
		if id != "" && c.ID != id {
			return false
		}
		r.changed[c.ID] = true
		if r.opts.OnChange != nil {
			r.opts.OnChange(c)
		}
		return true
	})
}

// channel listens to one channel. What its endpoint does wrong is noted, and the
// next channel is asked; only a fault of the store ends the run.
func (r *syncing) channel(ctx context.Context, c domain.Channel) error {
	if c.Kind == domain.ChannelAssisted {
		return nil
	}
	now := r.o.p.Clock.Now()
	first, err := r.o.p.Store.FirstFiled(ctx, c.ID)
	if err != nil || first.IsZero() {
		return ignoreStopped(ctx, err)
	}
	if rests(c, now) {
		r.sum.Resting++
		return nil
	}
	x := r.channels.get(ctx, c.ID)
	if x.err != nil {
		r.failed(ctx, c, x.err)
		return nil //nolint:nilerr // the endpoint's fault, not the run's
	}
	l := &listener{syncing: r, channel: c, open: x, first: first}
	err = l.run(ctx)
	r.flush("")
	switch {
	case l.rested:
		r.sum.Resting++
	case l.fault != nil:
		r.failed(ctx, c, l.fault)
	}
	return ignoreStopped(ctx, err)
}

func (r *syncing) failed(ctx context.Context, c domain.Channel, err error) {
	if ctx.Err() != nil {
		return
	}
	r.o.p.Log.Warn("cases not fetched", "channel", c.ID, "err", err)
	r.sum.Failed = append(r.sum.Failed, ChannelFailure{Channel: c.Name, Err: err})
}

// Listen runs quietly until the context ends: at once, then at its pace.
func (o *Outbox) Listen(ctx context.Context, changed func(CaseChange)) {
	for ctx.Err() == nil {
		if _, err := o.Sync(ctx, SyncOptions{Quiet: true, OnChange: changed}); err != nil && ctx.Err() == nil {
			o.p.Log.Error("cases", "err", err)
		}
		spread := time.Duration(o.p.Source.Float64() * jitterShare * float64(syncPace))
		o.p.Wait(ctx, syncPace+spread, nil)
	}
}
