package kit_test

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"github.com/google/go-cmp/cmp"

	"quietline/internal/domain"
	"quietline/internal/progress"
	"quietline/internal/ui/kit"
)

// queue collects functions, to be run one by one by the test.
type queue struct{ fs []func() }

func (q *queue) add(f func()) { q.fs = append(q.fs, f) }

func (q *queue) run() {
	for len(q.fs) > 0 {
		f := q.fs[0]
		q.fs = q.fs[1:]
		f()
	}
}

// bench is a Jobs whose work and results wait until the test runs them.
type bench struct {
	*kit.Jobs
	work, ui queue
	timers   []func()
	log      strings.Builder
}

func newBench(t *testing.T) *bench {
	t.Helper()
	b := &bench{}
	b.Jobs = kit.NewJobs(kit.JobsParams{
		Base: t.Context(), Start: b.work.add, Dispatch: b.ui.add,
		After: func(_ time.Duration, f func()) func() {
			stopped := false
			b.timers = append(b.timers, func() {
				if !stopped {
					f()
				}
			})
			return func() { stopped = true }
		},
		Log: slog.New(slog.NewTextHandler(&b.log, nil)),
	})
	return b
}

func (b *bench) fire() {
	now := b.timers
	b.timers = nil
	for _, f := range now {
		f()
	}
	b.ui.run()
}

func answer(v int, err error) func(context.Context) (int, error) {
	return func(context.Context) (int, error) { return v, err }
}

func TestRunHandsTheResultToTheWidgets(t *testing.T) {
	b := newBench(t)
	var got []int
	kit.Run(t.Context(), b.Jobs, answer(7, nil), func(v int, _ error) { got = append(got, v) })
	if b.work.run(); len(got) != 0 {
		t.Fatal("done was called off the widgets' goroutine")
	}
	b.ui.run()
	if diff := cmp.Diff([]int{7}, got); diff != "" {
		t.Fatal(diff)
	}
}

func TestRunIsSilentOnceThePageIsLeft(t *testing.T) {
	for _, when := range []string{"before the work", "before the result is shown"} {
		b := newBench(t)
		ctx, leave := context.WithCancel(t.Context())
		called, seen := false, error(nil)
		kit.Run(ctx, b.Jobs, func(ctx context.Context) (int, error) {
			seen = ctx.Err()
			return 0, nil
		}, func(int, error) { called = true })
		if when == "before the work" {
			leave()
		}
		b.work.run()
		leave()
		b.ui.run()
		if called {
			t.Errorf("%s: done was called", when)
		}
		if (seen != nil) != (when == "before the work") {
			t.Errorf("%s: the work saw %v", when, seen)
		}
	}
}

func TestCancelStopsTheWorkButTells(t *testing.T) {
	b := newBench(t)
	var got error
	task := kit.Do(t.Context(), b.Jobs, func(ctx context.Context) error { return ctx.Err() }, func(err error) { got = err })
	task.Cancel()
	task.Cancel()
	b.work.run()
	b.ui.run()
	if !errors.Is(got, context.Canceled) {
		t.Fatalf("got %v", got)
	}
	(*kit.Task)(nil).Cancel()
}

func TestPanicBecomesAnError(t *testing.T) {
	for name, tc := range map[string]struct {
		work       func(context.Context) error
		want, hide string
	}{
		"runtime": {func(context.Context) error { return errors.New([]string{}[len(t.Name())*0]) }, "index out of range", "-"},
		"private": {func(context.Context) error { panic("13900000001") }, "panic of type string", "13900000001"},
	} {
		b := newBench(t)
		var got error
		kit.Do(t.Context(), b.Jobs, tc.work, func(err error) { got = err })
		b.work.run()
		b.ui.run()
		if domain.KindOf(got) != domain.Internal || domain.KeyOf(got) != "internal" {
			t.Errorf("%s: got %v", name, got)
		}
		if !strings.Contains(b.log.String(), tc.want) || strings.Contains(b.log.String(), tc.hide) && tc.hide != "-" {
			t.Errorf("%s: logged %s", name, b.log.String())
		}
	}
}

func TestStopWaitsForJobs(t *testing.T) {
	j := kit.NewJobs(kit.JobsParams{
		Base: t.Context(), Start: kit.Go, Dispatch: func(func()) { t.Error("a result after the end") }, Log: slog.New(slog.DiscardHandler),
	})
	started, ended := make(chan struct{}), false
	kit.Do(t.Context(), j, func(ctx context.Context) error {
		close(started)
		<-ctx.Done()
		ended = true
		return nil
	}, func(error) {})
	<-started
	if !j.Stop(time.Minute) || !ended {
		t.Fatal("Stop did not wait")
	}
}

// What a page does is cancelled when the program ends; what outlasts a page is
// waited for.
func TestStopCancelsPagesAndWaitsForWrites(t *testing.T) {
	j := kit.NewJobs(kit.JobsParams{
		Base: t.Context(), Start: kit.Go, Dispatch: func(func()) { t.Error("a result after the end") }, Log: slog.New(slog.DiscardHandler),
	})
	left, written := make(chan struct{}), errors.New("never came to it")
	page, leave := context.WithCancel(j.Base())
	defer leave()
	kit.Do(page, j, func(ctx context.Context) error {
		<-ctx.Done()
		close(left)
		return nil
	}, func(error) {})
	kit.Do(j.Base(), j, func(ctx context.Context) error {
		<-left
		written = ctx.Err()
		return nil
	}, func(error) {})
	if !j.Stop(time.Minute) || written != nil {
		t.Fatalf("the write saw %v", written)
	}
}

func TestStopCancelsWritesWhenPatienceEnds(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		var log strings.Builder
		j := kit.NewJobs(kit.JobsParams{Base: t.Context(), Start: kit.Go, Dispatch: kit.Inline, Log: slog.New(slog.NewTextHandler(&log, nil))})
		begun, cancelled := time.Now(), time.Duration(0)
		kit.Do(j.Base(), j, func(ctx context.Context) error {
			<-ctx.Done()
			cancelled = time.Since(begun)
			return domain.E("t", domain.Cancelled, "cancelled", domain.Args{"Number": "95013000"}, ctx.Err())
		}, nil)
		if !j.Stop(time.Minute) || cancelled != time.Minute {
			t.Fatalf("cancelled after %v", cancelled)
		}
		if !strings.Contains(log.String(), "cancelled") || strings.Contains(log.String(), "95013000") {
			t.Errorf("what was lost is in the log, but no number: %s", log.String())
		}
	})
}

func TestStopGivesUp(t *testing.T) {
	for _, outlasts := range []bool{false, true} {
		synctest.Test(t, func(t *testing.T) {
			j := kit.NewJobs(kit.JobsParams{Base: t.Context(), Start: kit.Go, Dispatch: kit.Inline, Log: slog.New(slog.DiscardHandler)})
			ctx := t.Context()
			if outlasts {
				ctx = j.Base()
			}
			release := make(chan struct{})
			defer close(release)
			kit.Do(ctx, j, func(context.Context) error { <-release; return nil }, nil)
			if j.Stop(time.Minute) {
				t.Errorf("outlasts its page %v: Stop says that a stubborn job ended", outlasts)
			}
		})
	}
}

func TestSettleComesAfterTheResultsOfWrites(t *testing.T) {
	b := newBench(t)
	var got []string
	note := func(s string) func(error) { return func(error) { got = append(got, s) } }
	settle := func() {
		b.Settle(time.Minute, func(all bool) { got = append(got, fmt.Sprint("settled ", all)) })
	}
	settle() // nothing is under way
	kit.Do(t.Context(), b.Jobs, func(context.Context) error { return nil }, note("page"))
	settle() // a page's job is not waited for
	kit.Do(b.Base(), b.Jobs, func(context.Context) error { return nil }, note("write"))
	settle()
	b.work.run()
	b.ui.run()
	if diff := cmp.Diff([]string{"settled true", "settled true", "page", "write", "settled true"}, got); diff != "" {
		t.Fatal(diff)
	}
}

func TestSettleGivesUp(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		j := kit.NewJobs(kit.JobsParams{Base: t.Context(), Start: kit.Go, Dispatch: kit.Inline, Log: slog.New(slog.DiscardHandler)})
		release := make(chan struct{})
		kit.Do(j.Base(), j, func(ctx context.Context) error { <-release; return ctx.Err() }, func(err error) {
			if err != nil {
				t.Errorf("waiting in vain ended the work: %v", err)
			}
		})
		settled := make(chan bool)
		j.Settle(time.Minute, func(all bool) { settled <- all })
		if <-settled {
			t.Error("Settle says that a stubborn job ended")
		}
		close(release)
		synctest.Wait()
	})
}

func TestAfter(t *testing.T) {
	b := newBench(t)
	ctx, leave := context.WithCancel(t.Context())
	var got []string
	note := func(s string) func() { return func() { got = append(got, s) } }
	b.After(t.Context(), time.Second, note("kept"))
	b.After(ctx, time.Second, note("left"))
	stop := b.After(t.Context(), time.Second, note("stopped"))
	stop()
	leave()
	b.fire()
	if diff := cmp.Diff([]string{"kept"}, got); diff != "" {
		t.Fatal(diff)
	}
}

func TestDebounceCallsTheLast(t *testing.T) {
	b := newBench(t)
	d := kit.NewDebounce(b.Jobs, time.Second)
	var got []int
	for i := range 3 {
		d.Call(t.Context(), func() { got = append(got, i) })
	}
	b.fire()
	d.Call(t.Context(), func() { got = append(got, 9) })
	b.fire()
	if diff := cmp.Diff([]int{2, 9}, got); diff != "" {
		t.Fatal(diff)
	}
}

func TestWatchEndsWithTheFinalReport(t *testing.T) {
	b := newBench(t)
	var c progress.Counter
	var got []progress.Snapshot
	stop := b.Watch(t.Context(), &c, func(s progress.Snapshot) { got = append(got, s) })
	c.AddItems(1)
	b.fire()
	c.AddItems(1)
	b.fire()
	c.AddItems(1)
	stop()
	stop()
	b.fire()
	if diff := cmp.Diff([]progress.Snapshot{{Items: 1}, {Items: 2}, {Items: 3, Final: true}}, got); diff != "" {
		t.Fatal(diff)
	}
}
