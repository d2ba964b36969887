package filing

import (
	"context"
	"fmt"
	"sync"

	"quietline/internal/domain"
)

// openChannel is a channel ready to send, with its pace, or why it is not.
type openChannel struct {
	id       domain.ChannelID
	token    string
	endpoint Endpoint
	pace     *pacer
	err      error
}

// openChannels opens each channel at its first use, and again when its token was
// replaced.
type openChannels struct {
	o      *Outbox
	rate   float64
	mu     sync.Mutex
	opened map[domain.ChannelID]*opening
}

// opening is the place of one channel. Its lock is held while the channel is
// opened, so that the endpoint is asked for its capabilities once, not by
// every worker, and no other channel waits for it.
type opening struct {
	mu      sync.Mutex
	channel *openChannel
	// version is that of the tokens by which it was opened.
	version string
}

func newOpenChannels(o *Outbox, perSecond float64) *openChannels {
	return &openChannels{o: o, rate: perSecond, opened: map[domain.ChannelID]*opening{}}
}

// get gives the channel, opened if need be.
func (l *openChannels) get(ctx context.Context, id domain.ChannelID) *openChannel {
	place := l.place(id)
	place.mu.Lock()
	defer place.mu.Unlock()
	version := l.o.p.Secrets.Version()
	if place.channel != nil && (place.version == version || l.same(ctx, place.channel)) {
		place.version = version
		return place.channel
	}
	x := l.open(ctx, id)
	if ctx.Err() == nil {
		place.channel, place.version = x, version
	}
	return x
}

// same says that a channel has the token with which it was opened: another one's
// was replaced.
func (l *openChannels) same(ctx context.Context, x *openChannel) bool {
	token, err := l.o.p.Secrets.Token(ctx, x.id)
	return err == nil && x.err == nil && token == x.token
}

// turn waits until the channel may be asked and gives it as it is then: its token
// may have been replaced meanwhile. The wait ends with ctx; work is what requests
// run under.
func (l *openChannels) turn(ctx, work context.Context, x *openChannel) (*openChannel, error) {
	if x.err != nil {
		return x, nil //nolint:nilerr // it bears it itself
	}
	if err := x.pace.wait(ctx); err != nil {
		return x, err
	}
	return l.get(work, x.id), nil
}

// outdated says that an endpoint refused a token that is not the channel's any
// more: that says nothing of the channel.
func (l *openChannels) outdated(ctx context.Context, x *openChannel, out Outcome) bool {
	if out.Kind != OutcomeUnauthorised && out.Kind != OutcomeForbidden {
		return false
	}
	now := l.get(ctx, x.id)
	return now.err == nil && now.token != x.token
}

func (l *openChannels) place(id domain.ChannelID) *opening {
	l.mu.Lock()
	defer l.mu.Unlock()
	if l.opened[id] == nil {
		l.opened[id] = &opening{}
	}
	return l.opened[id]
}

// forget lets every channel be opened anew.
func (l *openChannels) forget() {
	l.mu.Lock()
	defer l.mu.Unlock()
	clear(l.opened)
}

func (l *openChannels) open(ctx context.Context, id domain.ChannelID) *openChannel {
	p := l.o.p
	c, err := p.Store.ChannelByID(ctx, id)
	if err != nil {
		return &openChannel{id: id, err: err}
	}
	token, err := p.Secrets.Token(ctx, id)
	if err != nil {
		return &openChannel{id: id, err: err}
	}
	e, err := p.Endpoints.Open(ctx, c, token)
	if err != nil {
		return &openChannel{id: id, err: err}
	}
	limits := []float64{c.Rate}
	// Reading the capabilities may fail; sending will then fail too and say
	// why in the complaint's own record.
	caps, err := e.Capabilities(ctx)
	switch {
	case domain.KeyOf(err) == "channel.version_unsupported":
		return &openChannel{id: id, err: err}
	case err != nil:
		p.Log.Warn("capabilities", "channel", id, "err", err)
	default:
		if caps.RateLimitPerSecond != nil {
			limits = append(limits, *caps.RateLimitPerSecond)
		}
		if err := p.Store.SetCapabilities(ctx, id, caps); err != nil {
			p.Log.Warn("store capabilities", "channel", id, "err", err)
		}
	}
	return &openChannel{id: id, token: token, endpoint: e, pace: newPacer(l.o, id, l.rate, limits...)}
}

// work does one job. ctx is the run's: when it ends, a job that has not asked
// yet is given back. work is what requests run under.
func (r *run) work(ctx, work context.Context, job Job) finished {
	x, stopped := r.channels.turn(ctx, work, r.channels.get(work, job.ChannelID))
	f := finished{job: job, begun: true}
	switch {
	case x.err != nil:
		f.result = r.unopened(job, x.err)
	case stopped != nil, r.gates.stopped(work, job):
		f.begun = false
	default:
		x, out := r.ask(work, x, job)
		f.result = r.judge(job, out)
		if r.channels.outdated(work, x, out) {
			f.result.Outcome = domain.AttemptRetry // at once, with the new one
		} else {
			r.heed(work, job, out)
		}
	}
	f.result.Owner = r.owner
	return f
}

func (r *run) judge(job Job, out Outcome) Result {
	if out.Cause != nil {
		r.o.p.Log.Warn("attempt", "complaint", job.ComplaintID, "n", job.AttemptN,
			"outcome", out.Kind, "status", out.HTTPStatus, "err", out.Cause)
	}
	return judge(job, out, r.o.p.Clock.Now(), r.o.p.Source.Float64())
}

// unopened puts a job back whose channel could not be opened here: nothing left
// this machine, so the attempt counts for nothing and the state stays.
func (r *run) unopened(job Job, err error) Result {
	r.o.p.Log.Warn("channel not opened", "channel", job.ChannelID, "err", err)
	now := r.o.p.Clock.Now()
	return Result{
		ComplaintID: job.ComplaintID, AttemptN: job.AttemptN, Now: now, Outcome: domain.AttemptRetry,
		State: job.StateBefore(), DueAt: now.Add(secondRetry), Token: job.Token,
		ErrorKey: domain.KeyOf(err), Err: err,
	}
}

// heed obeys what an answer says about the whole channel.
func (r *run) heed(ctx context.Context, job Job, out Outcome) {
	var err error
	ctx = context.WithoutCancel(ctx)
	switch {
	case out.Kind == OutcomeUnauthorised:
		r.channels.forget() // its token may be another one by the time it resumes
		err = r.o.p.Store.PauseChannel(ctx, job.ChannelID, domain.PausedUnauthorised)
	case out.Kind == OutcomeForbidden:
		err = r.o.p.Store.PauseChannel(ctx, job.ChannelID, domain.PausedForbidden)
	case out.Hold && out.RetryAfter > 0:
		wait := min(out.RetryAfter, LongestWait)
		err = r.o.p.Store.HoldChannel(ctx, job.ChannelID, r.o.p.Clock.Now().Add(wait))
	default:
		return
	}
	r.gates.changed(job.ChannelID)
	if err != nil {
		r.o.p.Log.Error("hold channel", "channel", job.ChannelID, "err", err)
	}
}

// ask puts the one question that fits the state of the complaint. Only what is
// certain not to be there is sent again, under the same key with the same
// bytes. A panic of the endpoint's client must not end the program at every
// start, and what it had sent by then is not known. It gives the channel as it was
// asked last.
func (r *run) ask(ctx context.Context, x *openChannel, job Job) (asked *openChannel, out Outcome) {
	asked = x
	defer func() {
		if p := recover(); p != nil {
			out = Outcome{Kind: OutcomeUnknown, ErrorKey: "internal", Cause: fmt.Errorf("panic of type %T", p)}
		}
	}()
	switch job.State {
	case domain.SendToken:
		return x, onlyLookup(x.endpoint.PollToken(ctx, job.Token))
	case domain.SendUnknown, domain.SendSending:
		out = onlyLookup(x.endpoint.FindByKey(ctx, job.Key))
		if out.Kind != OutcomeNotFound {
			return x, out
		}
		now, err := r.channels.turn(ctx, ctx, x) // a second request
		switch {
		case err != nil:
			return x, Outcome{Kind: OutcomeRetry, ErrorKey: "cancelled", Cause: err}
		case now.err != nil:
			return x, Outcome{Kind: OutcomeRetry, ErrorKey: domain.KeyOf(now.err), Cause: now.err}
		case r.withheld(ctx, job):
			return x, Outcome{Kind: OutcomeWithheld, ErrorKey: "batch.withheld"}
		}
		asked = now
	default:
	}
	return asked, asked.endpoint.Submit(ctx, job.Key, job.Payload)
}

// withheld says whether a complaint that the endpoint does not have is not wanted
// there any more.
func (r *run) withheld(ctx context.Context, job Job) bool {
	if job.Batch == "" {
		return false
	}
	_, cancelled, err := r.o.p.Store.BatchRests(ctx, job.Batch)
	return err == nil && cancelled
}

// onlyLookup keeps a refused question from becoming a refused complaint.
func onlyLookup(out Outcome) Outcome {
	if out.Kind == OutcomeRejected || out.Kind == OutcomeUnknown {
		out.Kind, out.Problems = OutcomeRetry, nil
	}
	return out
}
