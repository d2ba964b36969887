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
	base     context.Context
	stop     context.CancelFunc
	dispatch Dispatch
	start    func(func())
	after    func(time.Duration, func()) func()
	log      *slog.Logger
	running  sync.WaitGroup
}

// Go starts a goroutine. It is the Start of the program.
func Go(f func()) { go f() }

// NewJobs makes a Jobs.
func NewJobs(p JobsParams) *Jobs {
	j := &Jobs{dispatch: p.Dispatch, start: p.Start, after: p.After, log: p.Log}
	j.base, j.stop = context.WithCancel(p.Base)
	if j.after == nil {
		j.after = func(d time.Duration, f func()) func() {
			t := time.AfterFunc(d, f)
			return func() { t.Stop() }
		}
	}
	return j
}

// Base is the context of work that outlasts a page; it ends with the program.
func (j *Jobs) Base() context.Context { return j.base }

// Stop cancels every job and waits for them, at most as long as told. It says
// whether all of them ended.
func (j *Jobs) Stop(patience time.Duration) bool {
	j.stop()
	done := make(chan struct{})
	go func() { j.running.Wait(); close(done) }()
	select {
	case <-done:
		return true
	case <-time.After(patience):
		return false
	}
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
// ctx (usually that of the page) has ended by then, done is not called. A
// panic in the work becomes an error of kind Internal. Where errors only need
// to be shown, see Env.Try.
func Run[T any](ctx context.Context, j *Jobs, work func(context.Context) (T, error), done func(T, error)) *Task {
	inner, cancel := context.WithCancel(ctx)
	stopAtEnd := context.AfterFunc(j.base, cancel)
	j.running.Add(1)
	j.start(func() {
		defer j.running.Done()
		defer stopAtEnd()
		v, err := guard(inner, j.log, work)
		cancel()
		if ctx.Err() != nil || j.base.Err() != nil {
			return
		}
		j.dispatch(func() {
			if ctx.Err() == nil && done != nil {
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
			if inner.Err() == nil && j.base.Err() == nil {
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
