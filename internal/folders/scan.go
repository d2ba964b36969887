package folders

import (
	"cmp"
	"context"
	"slices"
	"strings"
	"time"
)

// mostDue is how many files of a folder one look deals with, the newest first;
// the next look finds the others. mostInner is how many folders in it are
// listened to; the slow scan finds what is in others.
const (
	mostDue   = 1000
	mostInner = 64
)

// scan looks through one folder and imports what has settled. soon is when to
// look again for what waits, 0 where nothing does.
func (r *run) scan(ctx context.Context, f Folder, except []string) (soon time.Duration, err error) {
	known, err := r.s.p.Store.KnownFiles(ctx, f.ID)
	if err != nil {
		return 0, err
	}
	l := listing{known: known, reader: r.reader, now: r.s.p.Clock.Now(), present: map[string]bool{}}
	complete, err := r.s.p.Files.List(ctx, f.Dir, except, l.see)
	if ctx.Err() != nil {
		return 0, ctx.Err()
	}
	if terr := r.trouble(ctx, f, err); terr != nil {
		return 0, terr
	}
	if err != nil {
		return 0, nil //nolint:nilerr // it was told; the next slow scan tries again
	}
	r.inner[f.ID] = l.inner
	if complete && l.files > 0 { // an empty folder may be one that is not mounted
		if gone := l.gone(); len(gone) > 0 {
			if err := r.s.p.Store.ForgetFiles(ctx, f.ID, gone); err != nil {
				return 0, err
			}
		}
	}
	ready, soon := r.settled(f.ID, l.newest(), l.now)
	if l.more {
		soon = minGap
	}
	for _, e := range ready {
		if err := r.file(ctx, f, e); err != nil {
			return 0, err
		}
	}
	return soon, nil
}

// settled divides what is due: what stayed as it is for long enough is ready,
// the rest is remembered; soon is when the first of that is ready, 0 for none.
func (r *run) settled(id FolderID, due []Entry, now time.Time) (ready []Entry, soon time.Duration) {
	before, seen := r.seen[id], map[string]sight{}
	for _, e := range due {
		s, ok := before[e.Path]
		if !ok || s.entry != e || s.since.After(now) {
			s = sight{entry: e, since: now}
		}
		rest := r.o.Settle - now.Sub(s.since)
		if rest <= 0 {
			ready = append(ready, e)
			continue
		}
		seen[e.Path] = s
		if soon == 0 || rest < soon {
			soon = rest
		}
	}
	r.seen[id] = seen
	return ready, soon
}

// listing gathers what is due while a folder is listed, in bounded memory.
type listing struct {
	known  map[string]Known
	reader string
	now    time.Time

	files   int
	present map[string]bool
	inner   []string
	due     []Entry
	// more says that there was more than one look deals with.
	more bool
}

func (l *listing) see(e Entry) {
	l.files++
	if dir, _, ok := strings.Cut(e.Path, "/"); ok && len(l.inner) < mostInner && !slices.Contains(l.inner, dir) {
		l.inner = append(l.inner, dir)
	}
	k, ok := l.known[e.Path]
	if ok {
		l.present[e.Path] = true
	}
	// What is empty has only been begun.
	if e.Size == 0 || ok && !k.Due(e, l.reader, l.now) {
		return
	}
	l.due = append(l.due, e)
	if len(l.due) == 2*mostDue {
		l.cut()
	}
}

// cut keeps the newest.
func (l *listing) cut() {
	slices.SortFunc(l.due, func(a, b Entry) int {
		return cmp.Or(cmp.Compare(b.Modified, a.Modified), strings.Compare(a.Path, b.Path))
	})
	if len(l.due) > mostDue {
		l.due, l.more = l.due[:mostDue], true
	}
}

// newest is what is due, the newest first.
func (l *listing) newest() []Entry {
	l.cut()
	return l.due
}

// gone is what is known and there no longer, but for what stays known.
func (l *listing) gone() []string {
	var out []string
	for path, k := range l.known {
		if !l.present[path] && k.State != StateImported && k.State != StateCopy && k.State != StateClaimed {
			out = append(out, path)
		}
	}
	return out
}
