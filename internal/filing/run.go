package filing

import (
	"context"
	"time"

	"quietline/internal/domain"
)

// run is one call of Outbox.Run.
type run struct {
	o        *Outbox
	opts     RunOptions
	owner    string
	claim    ClaimRequest
	channels *openChannels
	gates    *gates
	leases   *leases
	crew     *crew
	tally    tally
	uploads  uploads
	started  time.Time
	clock    time.Time // as it was last seen
}

func (o *Outbox) newRun(ctx context.Context, opts RunOptions) (*run, error) {
	const op = "filing.Run"
	if opts.Concurrency < 1 || opts.Concurrency > MaxConcurrency {
		return nil, domain.E(op, domain.Invalid, "outbox.concurrency_range", domain.Args{"Max": MaxConcurrency}, nil)
	}
	if !validRate(opts.Rate) {
		return nil, domain.E(op, domain.Invalid, "channel.rate_invalid", domain.Args{"Max": maxRate}, nil)
	}
	r := &run{
		o: o, opts: opts, owner: o.p.Source.UUID(), tally: newTally(), uploads: uploads{ended: make(chan uploadEnd, maxUploads)},
		crew: &crew{size: opts.Concurrency}, gates: newGates(o), leases: newLeases(), started: o.p.Clock.Now(),
	}
	r.claim = ClaimRequest{Owner: r.owner, Batch: opts.Batch, Tokens: opts.Tokens}
	if opts.Channel != "" {
		c, err := o.p.Store.ChannelByName(ctx, opts.Channel)
		if err != nil {
			return nil, err
		}
		r.claim.ChannelID = c.ID
	}
	if opts.Now {
		h := HastenRequest{Now: r.started, ChannelID: r.claim.ChannelID, Batch: opts.Batch}
		err := o.p.Store.Hasten(ctx, h)
		if err == nil {
			err = o.p.Store.HastenUploads(ctx, h)
		}
		if err != nil {
			return nil, err
		}
	}
	r.channels = newOpenChannels(o, opts.Rate)
	return r, r.mindClock(ctx)
}

// mindClock makes due what was queued while the clock was ahead, at the start
// and whenever the clock was put back since.
func (r *run) mindClock(ctx context.Context) error {
	now := r.o.p.Clock.Now().Round(0) // as it is set, not as time goes on
	before := r.clock
	r.clock = now
	if !before.IsZero() && before.Sub(now) < time.Minute {
		return nil
	}
	return r.o.p.Store.Hasten(ctx, HastenRequest{Now: now, Untried: true})
}

// loop claims, hands out and records until there is nothing left to do. Only
// this goroutine touches the crew's counts and the tally and calls OnResult.
func (r *run) loop(ctx context.Context) (Summary, error) {
	// Requests under way outlive ctx by the drain time: cutting them at once
	// would only make their results unknown.
	work, stop := context.WithCancel(context.WithoutCancel(ctx))
	defer stop()
	unhook := context.AfterFunc(ctx, func() { time.AfterFunc(drain, stop) })
	defer unhook()
	renewing := r.keepLeases(work)
	r.crew.start(func(job Job) finished { return r.work(ctx, work, job) })
	defer close(r.crew.jobs)
	var fault error
	for fault == nil && ctx.Err() == nil {
		more, err := r.step(ctx, work)
		if err == nil && !more {
			break
		}
		if err != nil && r.opts.Stay {
			// A worker that stays outlives a full disk or a locked database.
			r.o.p.Log.Error("outbox", "err", err)
			r.o.p.Wait(ctx, idlePoll, r.o.wake)
			err = nil
		}
		fault = err
	}
	if err := r.wind(work); fault == nil {
		fault = err
	}
	stop()
	<-renewing
	return r.finish(ctx, fault)
}

// wind puts back what nobody has begun and records what is still under way, as
// it comes.
func (r *run) wind(work context.Context) error {
	fault := r.record(work, r.crew.takeBack())
	for r.crew.open > 0 {
		if err := r.record(work, r.crew.gather(context.WithoutCancel(work), nil)); fault == nil {
			fault = err
		}
	}
	if err := r.windUploads(); fault == nil {
		fault = err
	}
	return fault
}

// step claims what fits and waits for something to happen; more is false when
// the run has nothing left to do.
func (r *run) step(ctx, work context.Context) (more bool, err error) {
	if err := r.mindClock(ctx); err != nil {
		return true, ignoreStopped(ctx, err)
	}
	if err := r.fill(ctx); err != nil {
		return false, err
	}
	if err := r.startUploads(ctx, work); err != nil {
		return false, err
	}
	if r.crew.open > 0 {
		return true, r.record(work, r.crew.gather(ctx, r.o.wake))
	}
	if r.uploads.inFlight.Load() > 0 {
		return true, r.whileUploading(ctx)
	}
	p, err := r.pending(ctx)
	if err == nil {
		err = r.addUploads(ctx, r.now(), &p)
	}
	if err != nil {
		return true, ignoreStopped(ctx, err)
	}
	now := r.o.p.Clock.Now()
	wait := pollOthers
	switch soon := !p.NextAt.IsZero() && !p.NextAt.After(now.Add(grace)); {
	case p.Due > 0:
		return true, nil
	case r.opts.Stay:
		// Settings may change while nothing is sent: open channels anew.
		r.channels.forget()
		wait = idlePoll
		if !p.NextAt.IsZero() {
			wait = min(wait, max(pollOthers, p.NextAt.Sub(now)))
		}
	case p.Leased == 0 && !soon:
		return false, nil
	case soon && p.NextAt.After(now):
		wait = min(wait, p.NextAt.Sub(now))
	}
	r.o.p.Wait(ctx, wait, r.o.wake)
	return true, nil
}

// fill claims jobs for the workers that are free, and some ahead.
func (r *run) fill(ctx context.Context) error {
	limit := r.crew.wanted()
	if limit == 0 {
		return nil
	}
	now := r.o.p.Clock.Now()
	r.crew.pace(now)
	req := r.claim
	req.Now, req.Until, req.Limit, req.Ahead = now, now.Add(LeaseTime), limit, limit-r.crew.free()
	jobs, err := r.o.p.Store.Claim(ctx, req)
	if err != nil {
		return ignoreStopped(ctx, err)
	}
	for _, job := range jobs {
		r.leases.add(job.ComplaintID)
	}
	r.crew.give(jobs, limit)
	return nil
}

// ignoreStopped hides an error that is only the run being stopped.
func ignoreStopped(ctx context.Context, err error) error {
	if ctx.Err() == nil {
		return err
	}
	return nil
}

// record writes down what workers handed back. What is told to OnResult is
// durable by then.
func (r *run) record(ctx context.Context, list []finished) error {
	ctx = context.WithoutCancel(ctx)
	var results []Result
	var back []Job
	for _, f := range list {
		r.leases.remove(f.job.ComplaintID)
		if f.begun {
			results = append(results, f.result)
		} else {
			back = append(back, f.job)
		}
	}
	var fault error
	if len(back) > 0 {
		fault = r.o.p.Store.PutBack(ctx, r.owner, back)
	}
	if len(results) == 0 {
		return fault
	}
	held, err := r.o.p.Store.Record(ctx, results)
	if err != nil {
		return err
	}
	for i, res := range results {
		if held[i] {
			r.tell(res)
		} else {
			// Another worker took the complaint over; its result counts.
			r.o.p.Log.Warn("lease lost", "complaint", res.ComplaintID)
		}
	}
	return fault
}

func (r *run) tell(res Result) {
	r.o.p.Log.Debug("tried", "complaint", res.ComplaintID, "n", res.AttemptN, "outcome", res.Outcome,
		"state", res.State, "status", res.HTTPStatus, "key", res.ErrorKey)
	ended := r.ended(res)
	if ended {
		r.tally.add(res)
	}
	if r.opts.OnResult != nil {
		r.opts.OnResult(res, ended)
	}
}

// ended says whether this run is through with the complaint: it is finished,
// or nothing can be done about it soon.
func (r *run) ended(res Result) bool {
	switch res.State {
	case domain.SendSent, domain.SendFailed, domain.SendSkipped, domain.SendCancelled:
		return true
	default:
		return res.DueAt.IsZero() || res.Outcome == domain.AttemptPaused || res.Outcome == domain.AttemptInterrupted ||
			res.DueAt.After(r.o.p.Clock.Now().Add(grace))
	}
}

func (r *run) pending(ctx context.Context) (Pending, error) {
	return r.o.p.Store.Pending(ctx, r.now())
}

// now is what the run works on, at this moment.
func (r *run) now() ClaimRequest {
	req := r.claim
	req.Now = r.o.p.Clock.Now()
	return req
}

// finish gives back what is still held and counts.
func (r *run) finish(ctx context.Context, fault error) (Summary, error) {
	keep := context.WithoutCancel(ctx)
	if err := r.o.p.Store.Release(keep, r.owner, r.o.p.Clock.Now()); err != nil && fault == nil {
		fault = err
	}
	s := r.tally.summary()
	s.Elapsed = r.o.p.Clock.Now().Sub(r.started)
	if p, err := r.pending(keep); err == nil {
		s.Remaining, s.Paused, s.NextAt = p.Due+p.Leased+p.Waiting+p.Paused, p.Paused, p.NextAt
		s.Waiting = s.Remaining - p.Tokens
	} else if fault == nil {
		fault = err
	}
	if err := r.finishUploads(keep, &s); err != nil && fault == nil {
		fault = err
	}
	hand, err := r.o.p.Store.CountByHand(keep, ByHandRequest{ChannelID: r.claim.ChannelID, Batch: r.claim.Batch})
	if err != nil && fault == nil {
		fault = err
	}
	s.ByHand, s.Unsettled = hand.All, hand.Unsettled
	r.o.p.Log.Debug("outbox done", "sent", s.Sent, "token", s.Token, "failed", s.Failed, "unknown", s.Unknown,
		"retry", s.Retry, "remaining", s.Remaining, "elapsed", s.Elapsed)
	if fault == nil && ctx.Err() != nil {
		fault = domain.E("filing.Run", domain.Cancelled, "cancelled", nil, ctx.Err())
	}
	return s, fault
}
