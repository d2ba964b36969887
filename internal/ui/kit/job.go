package kit

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"runtime"
	"runtime/debug"
	"sync"
	"time"

	"quietline/internal/domain"
	"quietline/internal/progress"
)

// JobsParams is what NewJobs needs.
type JobsParams struct {
	// Base ends when the program ends.
	Base context.Context
	// Dispatch brings results back to the widgets.
	Dispatch Dispatch
	// Start begins work: Go in the program, Inline in tests.
	Start func(func())
	// After runs a function after a while, on any goroutine, and gives a way
	// to stop it; nil for a real timer.
	After func(d time.Duration, f func()) (stop func())
	Log   *slog.Logger
}

// Jobs runs what may wait, off the goroutine that owns the widgets.
type Jobs struct {
	base context.Context
	stop context.CancelFunc
	// shown ends before base: from then on nothing is shown any more.
	shown    context.Context
	hide     context.CancelFunc
	dispatch Dispatch
	start    func(func())
	after    func(time.Duration, func()) func()
	log      *slog.Logger
	// pages counts jobs that end with a page, writes those that outlast it.
	pages, writes tally
}

// Go starts a goroutine. It is the Start of the program.
func Go(f func()) { go f() }

// NewJobs makes a Jobs.
func NewJobs(p JobsParams) *Jobs {
	j := &Jobs{dispatch: p.Dispatch, start: p.Start, after: p.After, log: p.Log}
	j.base, j.stop = context.WithCancel(p.Base)
	j.shown, j.hide = context.WithCancel(j.base)
	if j.after == nil {
		j.after = func(d time.Duration, f func()) func() {
			t := time.AfterFunc(d, f)
			return func() { t.Stop() }
		}
	}
	return j
}

// Base is the context of work that outlasts a page: what is stored must be
// stored, also when the page, or the program, is left meanwhile. Only work
// begun with this very context is waited for at the end.
func (j *Jobs) Base() context.Context { return j.base }

// Settle calls then on the widgets' goroutine once the work on Base has ended
// and shown its results, or when the patience has ended; all says which.
func (j *Jobs) Settle(patience time.Duration, then func(all bool)) {
	none := j.writes.none()
	if within(0, none) {
		then(true)
		return
	}
	j.start(func() {
		all := within(patience, none)
		j.dispatch(func() { then(all) })
	})
}

// grace is what work whose context has ended is given to come back.
const grace = time.Second

// Stop ends the jobs of pages at once. It waits for the work on Base, at most
// as long as told, and ends that too then. It says whether all of them ended.
// Nothing is shown from here on.
func (j *Jobs) Stop(patience time.Duration) bool {
	j.hide()
	within(patience, j.writes.none())
	j.stop()
	return within(grace, j.writes.none()) && within(grace, j.pages.none())
}

// within says whether c is closed in time.
func within(patience time.Duration, c <-chan struct{}) bool {
	select {
	case <-c:
		return true
	default:
	}
	t := time.NewTimer(patience)
	defer t.Stop()
	select {
	case <-c:
		return true
	case <-t.C:
		return false
	}
}

// tally counts jobs under way.
type tally struct {
	mu   sync.Mutex
	n    int
	done chan struct{} // closed when n falls to nothing
}

func (t *tally) begin() {
	t.mu.Lock()
	defer t.mu.Unlock()
	if t.n == 0 {
		t.done = make(chan struct{})
	}
	t.n++
}

func (t *tally) end() {
	t.mu.Lock()
	defer t.mu.Unlock()
	if t.n--; t.n == 0 {
		close(t.done)
	}
}

// none is closed once no job is under way of those that are now.
func (t *tally) none() <-chan struct{} {
	t.mu.Lock()
	defer t.mu.Unlock()
	if t.done == nil {
		t.done = make(chan struct{})
		close(t.done)
	}
	return t.done
}

// Task is a job that was started.
type Task struct{ cancel context.CancelFunc }

// Cancel ends the context of the work. Done is still called, with whatever
// the work returns. It may be called on a nil Task and more than once.
func (t *Task) Cancel() {
	if t != nil {
		t.cancel()
	}
}

// Run does the work off the widgets' goroutine and then calls done on it. If
// ctx (that of the page, or Base) has ended by then, done is not called. A
// panic in the work becomes an error of kind Internal. Where errors only need
// to be shown, see Env.Try.
func Run[T any](ctx context.Context, j *Jobs, work func(context.Context) (T, error), done func(T, error)) *Task {
	end, under := j.shown, &j.pages
	if ctx == j.base {
		end, under = j.base, &j.writes
	}
	inner, cancel := context.WithCancel(ctx)
	stopAtEnd := context.AfterFunc(end, cancel)
	under.begin()
	j.start(func() {
		defer under.end()
		defer stopAtEnd()
		v, err := guard(inner, j.log, work)
		cancel()
		if j.shown.Err() != nil {
			if under == &j.writes && err != nil {
				j.log.Warn("work failed while the program ended", "cause", domain.Nameless(err))
			}
			return
		}
		if ctx.Err() != nil {
			return
		}
		j.dispatch(func() {
			if ctx.Err() == nil && j.shown.Err() == nil && done != nil {
				done(v, err)
			}
		})
	})
	return &Task{cancel: cancel}
}

// Do is Run for work without a result.
func Do(ctx context.Context, j *Jobs, work func(context.Context) error, done func(error)) *Task {
	return Run(ctx, j,
		func(ctx context.Context) (struct{}, error) { return struct{}{}, work(ctx) },
		func(_ struct{}, err error) {
			if done != nil {
				done(err)
			}
		})
}

// guard turns a panic into an error. What a panic says may hold private data,
// so the log gets its type, its place and, for a runtime error, its text.
func guard[T any](ctx context.Context, log *slog.Logger, work func(context.Context) (T, error)) (v T, err error) {
	defer func() {
		p := recover()
		if p == nil {
			return
		}
		cause := fmt.Errorf("panic of type %T", p)
		var broken runtime.Error
		if e, ok := p.(error); ok && errors.As(e, &broken) {
			cause = fmt.Errorf("panic: %w", broken)
		}
		log.ErrorContext(ctx, "job panicked", "cause", cause, "stack", string(debug.Stack()))
		err = domain.E("kit.Run", domain.Internal, "internal", nil, cause)
	}()
	return work(ctx)
}

// After calls f on the widgets' goroutine after a while, unless ctx ends or
// the returned stop is called before.
func (j *Jobs) After(ctx context.Context, d time.Duration, f func()) (stop func()) {
	inner, cancel := context.WithCancel(ctx)
	halt := j.after(d, func() {
		j.dispatch(func() {
			if inner.Err() == nil && j.shown.Err() == nil {
				f()
			}
			cancel()
		})
	})
	return func() {
		cancel()
		halt()
	}
}

// Watch reports a counter to f on the widgets' goroutine until the returned
// stop is called, which gives the last report at once; call it there.
func (j *Jobs) Watch(ctx context.Context, c *progress.Counter, f func(progress.Snapshot)) (stop func()) {
	var over bool // only touched on the widgets' goroutine
	var tick func() func()
	var halt func()
	tick = func() func() {
		return j.After(ctx, progress.Interval, func() {
			if !over {
				f(c.Snapshot())
				halt = tick()
			}
		})
	}
	halt = tick()
	return func() {
		if over {
			return
		}
		over = true
		halt()
		s := c.Snapshot()
		s.Final = true
		f(s)
	}
}

// Debounce calls the function given last after a pause in calling, on the
// widgets' goroutine. The zero value is not ready; see NewDebounce.
type Debounce struct {
	jobs  *Jobs
	pause time.Duration
	stop  func()
}

// NewDebounce makes a Debounce; a quarter of a second suits typing.
func NewDebounce(j *Jobs, pause time.Duration) *Debounce { return &Debounce{jobs: j, pause: pause} }

// Call puts f off until nothing was called for the pause.
func (d *Debounce) Call(ctx context.Context, f func()) {
	if d.stop != nil {
		d.stop()
	}
	d.stop = d.jobs.After(ctx, d.pause, f)
}
