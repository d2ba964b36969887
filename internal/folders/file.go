package folders

import (
	"context"
	"errors"
	"fmt"
	"path"
	"runtime/debug"
	"sync"
	"time"

	"quietline/internal/domain"
	"quietline/internal/journal"
)

// file takes one file, if no other program has it, and writes what became of
// it. It fails where the store does, and with the error of ctx where that
// ended meanwhile; the file is given back then.
func (r *run) file(ctx context.Context, f Folder, e Entry) error {
	now := r.s.p.Clock.Now()
	before, claimed, err := r.s.p.Store.ClaimFile(ctx, Claim{
		Folder: f.ID, Entry: e, Reader: r.reader, Owner: r.owner, Now: now, Until: now.Add(Lease),
	})
	if err != nil || !claimed {
		return err
	}
	t := treated{f: f, e: e, before: before, tries: before.TriesOf(e)}
	stop := r.keep(ctx)
	err = r.guarded(ctx, &t)
	stop()
	if err != nil && ctx.Err() != nil {
		r.pass.Calls += t.report.Imported // they are in the log
		return ctx.Err()
	}
	r.judge(&t, err)
	t.done.Folder, t.done.Path, t.done.Owner, t.done.Now = f.ID, e.Path, r.owner, r.s.p.Clock.Now()
	if t.done.State == StateLater {
		t.done.RetryAt = t.done.Now.Add(retryAfter(t.done.Tries))
	}
	held, err := r.s.p.Store.FinishFile(context.WithoutCancel(ctx), t.done)
	if err == nil && held {
		r.tell(t)
	}
	return err
}

// treated is a file under way.
type treated struct {
	f      Folder
	e      Entry
	before Known
	tries  int
	done   Finish
	report journal.ImportReport
	err    error
	silent bool
}

// guarded treats the file so that none of them ends the program, now or again
// and again at each start.
func (r *run) guarded(ctx context.Context, t *treated) (err error) {
	const op = "folders.treat"
	if t.before.State == StateClaimed && t.tries >= mostDeaths {
		return domain.E(op, domain.Corrupt, "folder.gave_up", domain.Args{"File": path.Base(t.e.Path)}, nil)
	}
	defer func() {
		if p := recover(); p != nil {
			// What panicked may hold what was read, so only its type is logged.
			r.s.p.Log.Error("import panicked", "type", fmt.Sprintf("%T", p), "stack", string(debug.Stack()))
			err = domain.E(op, domain.Corrupt, "folder.gave_up", domain.Args{"File": path.Base(t.e.Path)}, nil)
		}
	}()
	return r.treat(ctx, t)
}

// treat imports the file unless its content is known. What is no call log is
// found out before it is read as a whole: it may be a film.
func (r *run) treat(ctx context.Context, t *treated) error {
	file := r.s.p.Files.Path(t.f.Dir, t.e.Path)
	t.report = journal.ImportReport{File: path.Base(t.e.Path), PersonID: t.f.PersonID, Person: t.f.Person}
	if _, err := r.s.p.Importer.Recognise(ctx, file); err != nil {
		return err
	}
	sum, err := r.s.p.Files.Hash(ctx, t.f.Dir, t.e.Path)
	if err != nil {
		return err
	}
	t.done.SHA256 = sum
	if t.before.State == StateFailed && t.before.SHA256 == sum && t.before.Reader == r.reader {
		t.silent = true // only its date is new
		return t.before.Reason.Err()
	}
	known, err := r.s.p.Store.Imported(ctx, t.f.PersonID, sum)
	if err != nil {
		return err
	}
	if known {
		t.done.State, t.silent = StateCopy, true
		return nil
	}
	t.report, err = r.s.p.Importer.Import(ctx, journal.ImportRequest{Path: file, PersonID: t.f.PersonID}, nil)
	t.done.Imported = t.report.Imported
	if e, ok := r.s.p.Files.Stat(t.f.Dir, t.e.Path); !ok || e != t.e {
		// It changed meanwhile, so nobody knows which content was read. The
		// next look takes it for another file than that which is noted.
		t.done.SHA256 = ""
	}
	return err
}

// judge says what a file is after its treatment: whether what went wrong is its
// content or may pass by itself.
func (r *run) judge(t *treated, err error) {
	kind, key := domain.KindOf(err), domain.KeyOf(err)
	switch {
	case err == nil && t.done.State == "":
		t.done.State = StateImported
		return
	case err == nil:
		return
	case key == "import.format_unknown":
		t.done.State, t.silent = StateForeign, true
		return
	case key == "import.file_missing":
		t.done.State, t.silent = StateLater, true // the next look forgets it
		return
	}
	t.err, t.done.Reason = err, reasonOf(err)
	switch kind {
	case domain.Invalid, domain.Corrupt, domain.Conflict:
		t.done.State = StateFailed
	default:
		t.done.State, t.done.Tries = StateLater, t.tries+1
		t.silent = t.silent || t.tries > 0 && t.before.Reason.Key == key
	}
}

// reasonOf is the error in the form in which it is kept.
func reasonOf(err error) Reason {
	r := Reason{Kind: domain.KindOf(err), Key: domain.KeyOf(err), Args: map[string]string{}}
	if r.Key == "" {
		r.Key = "internal"
	}
	var e *domain.Error
	if errors.As(err, &e) {
		for k, v := range e.Args {
			r.Args[k] = domain.Clip(fmt.Sprint(v), 200)
		}
	}
	return r
}

// tell counts the file and says what is worth saying of it.
func (r *run) tell(t treated) {
	switch {
	case t.silent:
		r.pass.Silent++
		return
	case t.err != nil:
		r.pass.Failed++
	default:
		r.pass.Files++
	}
	r.pass.Calls += t.report.Imported
	if r.o.OnResult != nil {
		r.o.OnResult(Result{Folder: t.f, Path: t.e.Path, Report: t.report, Err: t.err})
	}
}

// keep renews the claims until it is stopped.
func (r *run) keep(ctx context.Context) (stop func()) {
	ctx, cancel := context.WithCancel(ctx)
	var group sync.WaitGroup
	group.Go(func() {
		r.s.p.Every(ctx, Lease/3, func() {
			err := r.s.p.Store.RenewClaims(ctx, r.owner, r.s.p.Clock.Now().Add(Lease))
			if err != nil && ctx.Err() == nil {
				r.s.p.Log.Warn("claims on files not renewed", "cause", domain.Nameless(err))
			}
		})
	})
	return func() {
		cancel()
		group.Wait()
	}
}

// every calls f in that rhythm until ctx ends.
func every(ctx context.Context, d time.Duration, f func()) {
	t := time.NewTicker(d)
	defer t.Stop()
	for {
		select {
		case <-t.C:
			f()
		case <-ctx.Done():
			return
		}
	}
}
