package custody

import (
	"context"
	"errors"
	"path/filepath"
	"slices"
	"strings"

	"quietline/internal/domain"
	"quietline/internal/progress"
)

// EraseRequest says who or what is erased.
type EraseRequest struct {
	// Person is a name; empty for everything.
	Person string
	// GiveUp erases also complaints that may have reached an endpoint and whose
	// receipt number is not there yet.
	GiveUp bool
	// Keep are names of the folder that a running window needs; it empties them
	// itself.
	Keep []string
	// Counter may be nil.
	Counter *progress.Counter
}

// Outlook adds to what a database says of a person what is known of the folder,
// while others may have it open.
func (s *Service) Outlook(ctx context.Context, open Reader, person string) (Toll, error) {
	t, err := open.Toll(ctx, person)
	for _, name := range s.copies(nil) {
		if !strings.HasPrefix(name, DatabaseFile+"-") { // its log while it is open
			t.Copies++
		}
	}
	return t, err
}

// Erase leaves nothing readable of a person, or of anything, in the files of the
// data directory, which nobody may have open. Where it fails or is stopped before
// the new database has taken the place of the old one, nothing has changed; what
// comes after is brought to its end at the next start. Fails with
//
//   - NotFound "person.not_found";
//   - Conflict "workspace.in_use", "erase.unsettled";
//   - Unavailable "custody.no_room", "custody.disk_full".
func (s *Service) Erase(ctx context.Context, r EraseRequest) (Toll, error) {
	if r.Counter == nil {
		r.Counter = &progress.Counter{}
	}
	claim, err := s.alone("")
	if err != nil {
		return Toll{}, err
	}
	defer func() { _ = claim.Release() }()
	if there(s.path(DatabaseFile)) {
		if err := s.fold(ctx); err != nil {
			return Toll{}, err
		}
	}
	if r.Person == "" {
		return s.eraseAll(ctx, r)
	}
	return s.erasePerson(ctx, r)
}

func (s *Service) erasePerson(ctx context.Context, r EraseRequest) (Toll, error) {
	const op = "custody.Erase"
	size := sizeOf(s.path(DatabaseFile))
	if size == 0 {
		return Toll{}, domain.E(op, domain.NotFound, "person.not_found", domain.Args{"Name": r.Person}, nil)
	}
	if err := s.room(s.p.Dir, 2*size); err != nil {
		return Toll{}, err
	}
	work, err := s.workFolder()
	if err != nil {
		return Toll{}, err
	}
	defer func() { _ = shredAll(work) }()
	next := filepath.Join(work, DatabaseFile)
	if err := empty(next); err != nil {
		return Toll{}, s.explain(op, s.p.Dir, err)
	}
	r.Counter.SetTotal(ExpungeSteps + 1)
	out, err := s.p.Databases.Expunge(ctx, Expunging{
		From: s.path(DatabaseFile), To: next, Person: r.Person, Step: func() { r.Counter.AddDone(1) },
	})
	if err != nil {
		return Toll{}, err
	}
	if out.Unsettled > 0 && !r.GiveUp {
		return Toll{}, domain.E(op, domain.Conflict, "erase.unsettled", domain.Args{"Count": out.Unsettled}, nil)
	}
	if err := ctx.Err(); err != nil {
		return Toll{}, err
	}
	goes := s.copies(r.Keep)
	out.Copies = len(goes)
	aside, err := s.workFolder()
	if err != nil {
		return Toll{}, err
	}
	p := plan{
		Aside: filepath.Base(aside), Staged: filepath.Base(work), Items: []string{DatabaseFile},
		Then: append(goes, filepath.Base(aside)), Shown: true,
		Evidence: append(slices.Clone(out.Evidence), s.unneeded(out.Needed)...),
	}
	err = p.carry(s.p.Dir, s.move, nil)
	if err == nil {
		err = p.finish(s.p.Dir)
	}
	if err != nil {
		return Toll{}, s.explain(op, s.p.Dir, err)
	}
	r.Counter.AddDone(1)
	return out, nil
}

// eraseAll leaves a folder without a workspace: the next start makes a new one.
func (s *Service) eraseAll(ctx context.Context, r EraseRequest) (Toll, error) {
	// The tokens come first: the folder says which ones the keyring has.
	if err := s.p.Tokens.Keep(ctx, "", nil, false); err != nil {
		return Toll{}, err
	}
	goes := append(s.copies(r.Keep), s.named(func(n string) bool {
		return n == DatabaseFile || n == EvidenceFolder || n == TokensFile || n == TokensFile+".lock"
	})...)
	out := Toll{Copies: len(goes)}
	r.Counter.SetTotal(int64(len(goes)))
	var errs []error
	for _, name := range goes {
		errs = append(errs, shredAll(s.path(name)))
		r.Counter.AddDone(1)
	}
	out.Left = s.named(func(n string) bool { return !machinery(n) && !slices.Contains(r.Keep, n) })
	return out, s.explain("custody.Erase", s.p.Dir, errors.Join(errs...))
}

// copies lists what may hold what the database held, or was said of it, and that
// nobody needs: backups of migrations, what restorations replaced, the practice
// endpoint, drafts, logs and traces of crashes.
func (s *Service) copies(keep []string) []string {
	return s.named(func(n string) bool {
		if slices.Contains(keep, n) {
			return false
		}
		database := strings.HasPrefix(n, DatabaseFile+"-") || strings.HasPrefix(n, PracticeFile)
		older := strings.HasPrefix(n, "quietline-backup-v") || strings.HasPrefix(n, keptPrefix)
		drafts := strings.HasPrefix(n, ".quietline") || strings.HasPrefix(n, ".tokens-")
		traces := strings.HasPrefix(n, "quietline") && strings.HasSuffix(n, ".log") || strings.HasPrefix(n, "crash") && strings.HasSuffix(n, ".txt")
		return database || older || drafts || traces
	})
}

// machinery says whether a file is one by which programs know of each other; it
// holds nothing of the user.
func machinery(name string) bool {
	return name == LockFile || name == "quietline.lock" || name == "instance.sock" || name == "quietline.db.lock"
}
