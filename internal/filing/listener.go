package filing

import (
	"context"
	"fmt"
	"time"

	"quietline/internal/domain"
)

// listener hears what one endpoint says of its cases, one request at a time.
type listener struct {
	*syncing
	channel domain.Channel
	open    *openChannel
	// first is when the oldest complaint was queued.
	first time.Time
	// fault is why the endpoint is asked no more for now; rested says that its
	// channel came to rest meanwhile.
	fault  error
	rested bool
	// row counts cases in a row that were not told.
	row int
}

// run asks for everything in turn until something makes it stop. Its error is
// the store's.
func (l *listener) run(ctx context.Context) error {
	if err := l.withdrawals(ctx); err != nil || l.over(ctx) {
		return err
	}
	listed, err := l.list(ctx)
	if err != nil || l.over(ctx) {
		return err
	}
	return l.read(ctx, listed)
}

// over says that nothing more is asked in this run.
func (l *listener) over(ctx context.Context) bool {
	return l.rested || l.fault != nil || ctx.Err() != nil
}

// turn waits for the pace of the channel. It is false where it was stopped or
// the channel was paused meanwhile, by its user or by another worker's answer.
func (l *listener) turn(ctx context.Context) bool {
	x, err := l.channels.turn(ctx, ctx, l.open)
	if err != nil {
		return false
	}
	if l.open = x; x.err != nil {
		l.fault = x.err
		return false
	}
	c, err := l.o.p.Store.ChannelByID(ctx, l.channel.ID)
	if err == nil && rests(c, l.o.p.Clock.Now()) {
		l.rested = true
		return false
	}
	return true
}

// withdrawals asks again for what the user took back.
func (l *listener) withdrawals(ctx context.Context) error {
	p := l.o.p
	list, err := p.Store.Withdrawals(ctx, WithdrawalQuery{ChannelID: l.channel.ID, DueAt: p.Clock.Now(), Limit: readBatch})
	if err != nil {
		return err
	}
	x := withdrawal{store: p.Store, clock: p.Clock, source: p.Source, log: p.Log, tell: l.tell}
	for _, w := range list {
		if !l.turn(ctx) {
			return nil
		}
		answer, changed, err := x.ask(ctx, l.open.endpoint, w)
		if err != nil {
			return err
		}
		if changed {
			if answer.Result == CaseRead {
				l.sum.Withdrawn++
			}
			c, err := p.Store.Complaint(context.WithoutCancel(ctx), string(w.ID))
			if err != nil {
				return err
			}
			l.tell(CaseChange{ID: w.ID, ReceiptNumber: w.ReceiptNumber, SendState: c.SendState, Before: c.CaseState, After: c.CaseState})
		}
		if answer.Result == CaseFailed && l.stop(answer.Failure) {
			return nil
		}
	}
	return nil
}

// list asks for what changed. listed says that the endpoint told it.
func (l *listener) list(ctx context.Context) (listed bool, err error) {
	if _, able := l.open.endpoint.(CaseLister); !able {
		return false, nil
	}
	mark, err := l.o.p.Store.CaseWatermark(ctx, l.channel.ID)
	if err != nil {
		return false, err
	}
	since := mark.Since.Add(-listSkew)
	if mark.Since.IsZero() {
		since = l.first.Add(-firstSkew)
	}
	h, err := l.pages(ctx, since)
	if err == nil && h.whole && !h.clock.IsZero() && h.clock.Before(since) {
		// The endpoint's clock was put back: since then it has stamped changes
		// with times before the one that was asked for.
		h, err = l.pages(ctx, h.clock.Add(-firstSkew))
	}
	if err != nil || !h.whole {
		return false, err
	}
	return true, l.advance(ctx, mark, h)
}

// heard is what a listing told of time.
type heard struct {
	whole bool
	// newest is the youngest change, clock the endpoint's time when it began to
	// answer; both may be zero.
	newest, clock time.Time
}

// pages takes in a listing page by page.
func (l *listener) pages(ctx context.Context, since time.Time) (h heard, err error) {
	cursor, seen := "", map[string]bool{}
	for range maxPages {
		if !l.turn(ctx) {
			return h, nil
		}
		page := l.changes(ctx, since, cursor)
		if page.Result != CaseRead {
			if page.Failure.Kind != OutcomeRejected || cursor != "" {
				l.refused(ctx, page.Failure)
			} // else it has no list: cases are read one by one
			return h, nil
		}
		if cursor == "" {
			h.clock = page.Date
		}
		if err := l.record(ctx, CaseRecord{ChannelID: l.channel.ID, Cases: page.Cases, Whole: !l.reads()}); err != nil {
			return h, err
		}
		l.heard(len(page.Cases))
		for _, c := range page.Cases {
			if c.UpdatedAt.After(h.newest) {
				h.newest = c.UpdatedAt
			}
		}
		if page.Next == "" {
			h.whole = true
			return h, nil
		}
		if seen[page.Next] {
			break // it goes round in circles
		}
		seen[page.Next] = true
		cursor = page.Next
	}
	l.fault = domain.E("filing.Sync", domain.Unavailable, "channel.answer_unusable", nil, nil)
	return h, nil
}

// advance moves the watermark after a listing that came to its end: to what
// time the endpoint had when it began. One that tells no time is known by the
// youngest change; but a single case with a time of the far future must not hide
// all others, so ours bounds it.
func (l *listener) advance(ctx context.Context, mark CaseWatermark, h heard) error {
	mark.SyncedAt = l.o.p.Clock.Now()
	switch {
	case !h.clock.IsZero():
		mark.Since = h.clock
	case h.newest.IsZero():
		return nil // nothing was told: ask for the same again
	case h.newest.Before(l.started):
		mark.Since = h.newest
	default:
		mark.Since = l.started
	}
	return l.o.p.Store.SetCaseWatermark(context.WithoutCancel(ctx), l.channel.ID, mark)
}

// reads says whether single cases can be read.
func (l *listener) reads() bool {
	_, ok := l.open.endpoint.(CaseReader)
	return ok
}

// read asks one by one: for histories that are wanted, for cases of which
// nothing was ever heard or not for long, and, where there is no list, for all
// that are not settled.
func (l *listener) read(ctx context.Context, listed bool) error {
	if !l.reads() {
		return nil
	}
	now := l.o.p.Clock.Now()
	q := CaseQuery{ChannelID: l.channel.ID, Unheard: now.Add(-staleAfter), Now: now, Limit: readBatch}
	switch {
	case listed:
	case l.opts.Quiet:
		q.Unheard = now.Add(-restlessAfter)
	default:
		q.Unheard = now
	}
	asked := map[domain.ComplaintID]bool{}
	for {
		list, err := l.o.p.Store.CasesToRead(ctx, q)
		if err != nil {
			return err
		}
		fresh := false
		for _, c := range list {
			if asked[c.ID] {
				continue
			}
			if l.opts.Quiet && len(asked) == quietReads || !l.turn(ctx) {
				return nil
			}
			asked[c.ID], fresh = true, true
			if err := l.readOne(ctx, c); err != nil || l.over(ctx) {
				return err
			}
		}
		if !fresh {
			return nil
		}
	}
}

func (l *listener) readOne(ctx context.Context, c CaseToRead) error {
	a := l.readCase(ctx, c)
	l.sum.Read++
	if a.Result != CaseFailed {
		l.heard(1)
	}
	keep, now := context.WithoutCancel(ctx), l.o.p.Clock.Now()
	switch a.Result {
	case CaseRead:
		l.row = 0
		a.Case.ReceiptNumber = c.ReceiptNumber
		err := l.record(ctx, CaseRecord{ChannelID: l.channel.ID, Cases: []Case{a.Case}, ETag: a.ETag, Whole: true})
		l.flush(c.ID)
		return err
	case CaseUnchanged:
		l.row = 0
		return l.o.p.Store.RecordUnchanged(keep, c.ID, "", now)
	case CaseMissing, CaseClosedAlready:
		l.row = 0
		l.sum.Missing++
		return l.o.p.Store.RecordUnchanged(keep, c.ID, "case.missing", now)
	case CaseFailed:
	}
	if l.row++; l.row >= inARow || l.stop(a.Failure) {
		l.refused(ctx, a.Failure)
		return nil
	}
	// This one alone may be at fault: it must not stand in the way of others.
	return l.o.p.Store.RecordUnchanged(keep, c.ID, a.Failure.ErrorKey, now)
}

// stop says whether a failure is one of the channel, not of one case.
func (l *listener) stop(out Outcome) bool {
	switch out.Kind {
	case OutcomeUnauthorised, OutcomeForbidden:
		return true
	default:
		return out.Hold || out.HTTPStatus == 0
	}
}

// refused notes why the endpoint is asked no more, and what it wants of the
// channel.
func (l *listener) refused(ctx context.Context, out Outcome) {
	l.fault = domain.E("filing.Sync", domain.Unavailable, out.ErrorKey, domain.Args{"Status": out.HTTPStatus}, out.Cause)
	if l.channels.outdated(ctx, l.open, out) {
		return
	}
	if err := heedChannel(context.WithoutCancel(ctx), l.o.p.Store, l.channel.ID, out, l.o.p.Clock.Now()); err != nil {
		l.o.p.Log.Error("hold channel", "channel", l.channel.ID, "err", err)
	}
}

// record stores what was heard and tells what is new.
func (l *listener) record(ctx context.Context, r CaseRecord) error {
	r.Now = l.o.p.Clock.Now()
	changes, err := l.o.p.Store.RecordCases(context.WithoutCancel(ctx), r)
	for _, c := range changes {
		l.tell(c)
	}
	return err
}

// changes and readCase ask the endpoint, which can tell that; a panic of its client
// must not end the program at every start.
func (l *listener) changes(ctx context.Context, since time.Time, cursor string) (p CasePage) {
	defer func() {
		if v := recover(); v != nil {
			p = CasePage{Result: CaseFailed, Failure: panicked(v)}
		}
	}()
	return l.open.endpoint.(CaseLister).ChangedCases(ctx, since, cursor)
}

func (l *listener) readCase(ctx context.Context, c CaseToRead) (a CaseAnswer) {
	defer func() {
		if v := recover(); v != nil {
			a = CaseAnswer{Result: CaseFailed, Failure: panicked(v)}
		}
	}()
	return l.open.endpoint.(CaseReader).ReadCase(ctx, c.ReceiptNumber, c.ETag)
}

func panicked(v any) Outcome {
	return Outcome{Kind: OutcomeUnknown, ErrorKey: "internal", Cause: fmt.Errorf("panic of type %T", v)}
}
