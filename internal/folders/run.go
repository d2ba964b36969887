package folders

import (
	"context"
	"strings"
	"time"

	"quietline/internal/domain"
	"quietline/internal/journal"
)

// RunOptions say how a run behaves. Its functions are called on the goroutine
// of Run and may be nil.
type RunOptions struct {
	// Settle is how long a file must stay as it is before it is read, at least
	// 0; DefaultSettle is right for people.
	Settle time.Duration
	// Once ends the run when no file waits to settle any longer; otherwise it
	// stays until the context ends.
	Once bool
	// OnResult hears of every file that was imported or could not be. A file
	// that fails again for the same reason, a copy and what is no call log are
	// not told.
	OnResult func(Result)
	// OnTrouble hears once of a folder that cannot be read, and once again,
	// with no Problem, when it can.
	OnTrouble func(Folder)
	// OnPass hears what a look through all folders changed, if it did.
	OnPass func(Pass)
}

// DefaultSettle is longer than programs pause while they write a file.
const DefaultSettle = 10 * time.Second

// slowScan is how often the folders are looked through without a hint, because
// folders on a network give none; minGap is between two looks in any case,
// because a file that is being written hints all the time.
const (
	slowScan = time.Minute
	minGap   = time.Second
)

// Result is what became of one file.
type Result struct {
	Folder Folder
	// Path is below the folder, with slashes.
	Path   string
	Report journal.ImportReport
	// Err is nil where the file was imported.
	Err error
}

// Pass counts what one look changed.
type Pass struct {
	// Files were imported, with so many new Calls.
	Files, Calls int
	// Failed files could not be.
	Failed int
	// Silent files were copies or no call logs, or failed as before.
	Silent int
	// Troubled folders cannot be read since this look; Recovered ones can.
	Troubled, Recovered int
}

// run is one call of Run.
type run struct {
	s        *Service
	o        RunOptions
	owner    string
	reader   string
	notifier Notifier
	// seen holds, by folder and path, what waits to settle.
	seen map[FolderID]map[string]sight
	// inner are the folders within a folder that hold files.
	inner map[FolderID][]string
	// said is the trouble that was told, by folder.
	said map[FolderID]string
	pass Pass
}

// sight is a file as it was when it was first seen like that.
type sight struct {
	entry Entry
	since time.Time
}

// Run looks through the watched folders and imports what is new, until ctx
// ends or, with Once, nothing is left. It fails with the error of ctx; that of
// the store ends it only with Once, otherwise it is logged and tried again. Any
// number of runs may work on one store.
func (s *Service) Run(ctx context.Context, o RunOptions) error {
	r := &run{
		s: s, o: o, owner: s.p.Source.UUID(), reader: strings.Join(s.p.Importer.Formats(), ","),
		seen: map[FolderID]map[string]sight{}, inner: map[FolderID][]string{}, said: map[FolderID]string{},
	}
	if s.p.Notify != nil && !o.Once {
		n, err := s.p.Notify()
		if err != nil {
			s.p.Log.Warn("folders are only looked through slowly", "cause", domain.Nameless(err))
		} else {
			r.notifier = n
			defer n.Close() //nolint:errcheck // it was only listened to
		}
	}
	err := r.loop(ctx)
	if rerr := s.p.Store.ReleaseClaims(context.WithoutCancel(ctx), r.owner, s.p.Clock.Now()); err == nil {
		err = rerr
	}
	return err
}

func (r *run) loop(ctx context.Context) error {
	var changed <-chan struct{}
	if r.notifier != nil {
		changed = r.notifier.Changed()
	}
	for {
		next, waiting, err := r.look(ctx)
		switch {
		case ctx.Err() != nil:
			return ctx.Err()
		case err != nil && r.o.Once:
			return err
		case err != nil:
			r.s.p.Log.Error("watched folders", "cause", domain.Nameless(err))
			next = slowScan
		case r.o.Once && !waiting:
			return nil
		}
		began := r.s.p.Clock.Now()
		r.s.p.Wait(ctx, next, r.s.wake, changed)
		if rest := minGap - r.s.p.Clock.Now().Sub(began); rest > 0 && rest <= minGap {
			r.s.p.Wait(ctx, rest, nil, nil)
		}
		if ctx.Err() != nil {
			return ctx.Err()
		}
	}
}

// look goes through all folders once. It says when to look again, and whether
// a file waits until then.
func (r *run) look(ctx context.Context) (next time.Duration, waiting bool, err error) {
	all, err := r.s.p.Store.Folders(ctx)
	if err != nil {
		return 0, false, err
	}
	r.forget(all)
	r.hint(all)
	r.pass = Pass{}
	defer func() {
		if r.o.OnPass != nil && r.pass != (Pass{}) {
			r.o.OnPass(r.pass)
		}
	}()
	dirs := make([]string, len(all))
	for i, f := range all {
		dirs[i] = f.Dir
	}
	next = slowScan
	for _, f := range all {
		soon, err := r.scan(ctx, f, dirs)
		if err != nil {
			return 0, false, err
		}
		if soon > 0 {
			next, waiting = min(next, soon), true
		}
	}
	return next, waiting, nil
}

// forget drops what is remembered of folders that are watched no longer.
func (r *run) forget(all []Folder) {
	here := map[FolderID]bool{}
	for _, f := range all {
		here[f.ID] = true
	}
	for id := range r.seen {
		if !here[id] {
			delete(r.seen, id)
		}
	}
	for id := range r.inner {
		if !here[id] {
			delete(r.inner, id)
		}
	}
	for id := range r.said {
		if !here[id] {
			delete(r.said, id)
		}
	}
}

// hint tells the notifier where to listen.
func (r *run) hint(all []Folder) {
	if r.notifier == nil {
		return
	}
	var dirs []string
	for _, f := range all {
		dirs = append(dirs, f.Dir)
		for _, inner := range r.inner[f.ID] {
			dirs = append(dirs, r.s.p.Files.Path(f.Dir, inner))
		}
	}
	r.notifier.Watch(dirs)
}

// trouble notes why the folder cannot be read, nil for that it can, and tells
// it once.
func (r *run) trouble(ctx context.Context, f Folder, cause error) error {
	f.Problem = domain.KeyOf(cause)
	changed, err := r.s.p.Store.SetProblem(ctx, f.ID, f.Problem)
	if err != nil {
		return err
	}
	before := r.said[f.ID]
	r.said[f.ID] = f.Problem
	if before == f.Problem {
		return nil
	}
	switch {
	case f.Problem != "":
		r.pass.Troubled++
	case changed:
		r.pass.Recovered++
	}
	if r.o.OnTrouble != nil {
		r.o.OnTrouble(f)
	}
	return nil
}
