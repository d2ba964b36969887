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
	leases   *leases
	last     map[domain.ComplaintID]domain.SendState
	inFlight int
	uploads  uploads
	done     chan finished
	started  time.Time
}

// finished is what a worker hands back to the loop.
type finished struct {
	result Result
	upload *UploadResult // in place of a result
	held   bool
	err    error
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
		o: o, opts: opts, owner: o.p.Source.UUID(), last: map[domain.ComplaintID]domain.SendState{},
		done: make(chan finished, opts.Concurrency+maxUploads), leases: newLeases(), started: o.p.Clock.Now(),
	}
	r.claim = ClaimRequest{Owner: r.owner, Batch: opts.Batch}
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
	return r, nil
}

// loop claims, hands out and collects until there is nothing left to do. Only
// this goroutine touches the run's maps and calls OnResult.
func (r *run) loop(ctx context.Context) (Summary, error) {
	// Requests under way outlive ctx by the drain time: cutting them at once
	// would only make their results unknown.
	work, stop := context.WithCancel(context.WithoutCancel(ctx))
	defer stop()
	unhook := context.AfterFunc(ctx, func() { time.AfterFunc(drain, stop) })
	defer unhook()
	renewing := r.keepLeases(work)
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
	for r.inFlight+int(r.uploads.inFlight.Load()) > 0 {
		if err := r.collect(<-r.done); err != nil && fault == nil {
			fault = err
		}
	}
	stop()
	<-renewing
	return r.finish(ctx, fault)
}

// step claims what fits and waits for something to happen; more is false when
// the run has nothing left to do.
func (r *run) step(ctx, work context.Context) (more bool, err error) {
	if err := r.fill(ctx, work); err != nil {
		return false, err
	}
	if err := r.startUploads(ctx, work); err != nil {
		return false, err
	}
	if r.inFlight > 0 {
		return true, r.next(ctx)
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

// next waits for a result, or, while a worker is free, for something to do.
func (r *run) next(ctx context.Context) error {
	if r.inFlight == r.opts.Concurrency {
		return r.collect(<-r.done)
	}
	select {
	case f := <-r.done:
		return r.collect(f)
	case <-r.o.wake:
	case <-ctx.Done():
	}
	return nil
}

// fill claims as many jobs as there are free workers and starts them.
func (r *run) fill(ctx, work context.Context) error {
	free := r.opts.Concurrency - r.inFlight
	if free == 0 {
		return nil
	}
	now := r.o.p.Clock.Now()
	req := r.claim
	req.Now, req.Until, req.Limit = now, now.Add(LeaseTime), free
	jobs, err := r.o.p.Store.Claim(ctx, req)
	if err != nil {
		return ignoreStopped(ctx, err)
	}
	for _, job := range jobs {
		r.inFlight++
		r.leases.add(job.ComplaintID)
		go func() { r.done <- r.work(ctx, work, job) }()
	}
	return nil
}

// ignoreStopped hides an error that is only the run being stopped.
func ignoreStopped(ctx context.Context, err error) error {
	if ctx.Err() == nil {
		return err
	}
	return nil
}

func (r *run) collect(f finished) error {
	if f.upload != nil {
		return r.collectUpload(f)
	}
	r.inFlight--
	r.leases.remove(f.result.ComplaintID)
	if f.err != nil {
		return f.err
	}
	if !f.held {
		// Another worker took the complaint over; its result counts.
		r.o.p.Log.Warn("lease lost", "complaint", f.result.ComplaintID)
		return nil
	}
	ended := r.ended(f.result)
	if ended {
		r.last[f.result.ComplaintID] = f.result.State
	}
	if r.opts.OnResult != nil {
		r.opts.OnResult(f.result, ended)
	}
	return nil
}

// ended says whether this run is through with the complaint: it is finished,
// or nothing can be done about it soon.
func (r *run) ended(res Result) bool {
	switch res.State {
	case domain.SendSent, domain.SendFailed, domain.SendSkipped, domain.SendCancelled:
		return true
	default:
		return res.Outcome == domain.AttemptPaused || res.Outcome == domain.AttemptInterrupted ||
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
	s := Summary{Elapsed: r.o.p.Clock.Now().Sub(r.started)}
	for _, state := range r.last {
		s.count(state)
	}
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
	s.ByHand = hand.All
	if fault == nil && ctx.Err() != nil {
		fault = domain.E("filing.Run", domain.Cancelled, "cancelled", nil, ctx.Err())
	}
	return s, fault
}

func (s *Summary) count(state domain.SendState) {
	switch state {
	case domain.SendSent:
		s.Sent++
	case domain.SendToken:
		s.Token++
	case domain.SendFailed:
		s.Failed++
	case domain.SendUnknown:
		s.Unknown++
	case domain.SendRetry:
		s.Retry++
	case domain.SendSkipped, domain.SendCancelled:
		s.Skipped++
	case domain.SendDraft, domain.SendQueued, domain.SendSending:
	}
}
