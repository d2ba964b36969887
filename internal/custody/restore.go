package custody

import (
	"context"
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"time"

	"quietline/internal/domain"
	"quietline/internal/progress"
)

// keptPrefix begins the folder that keeps what a restoration replaced.
const keptPrefix = "before-restore-"

// RestoreRequest says what is restored.
type RestoreRequest struct {
	File       string
	Passphrase string
	// Counter may be nil.
	Counter *progress.Counter
}

// Restored is what a restoration brought.
type Restored struct {
	// TakenAt is when the backup was made, Program which version made it.
	TakenAt time.Time
	Program string
	Files   int
	Settled
	// Kept is the folder with what was there before, empty where there was
	// nothing.
	Kept string
}

// Ready is a backup that was verified and unpacked, and that nothing but Replace
// is left to do with. The workspace may be open as long as it is being prepared.
type Ready struct {
	s          *Service
	file, work string
	out        Restored
	withToken  *[]domain.ChannelID
	dropped    bool
}

// TakenAt is when the backup was made.
func (r *Ready) TakenAt() time.Time { return r.out.TakenAt }

// Drop gives up what was prepared. It may be called more than once.
func (r *Ready) Drop() {
	if !r.dropped {
		r.dropped = true
		_ = shredAll(r.work) // the next start tries again
	}
}

// Prepare verifies all of a backup in a folder beside the workspace: that it
// decrypts, that everything in it is what its manifest says, that its databases
// are sound and this program can read them. Nothing that is there is touched.
// The caller calls Replace or Drop. Fails with
//
//   - NotFound "backup.missing", Denied "backup.unreadable";
//   - Invalid "backup.passphrase_needed", "backup.passphrase_wrong";
//   - Corrupt "backup.damaged", Conflict "backup.newer";
//   - Unavailable "custody.no_room", "custody.disk_full".
func (s *Service) Prepare(ctx context.Context, r RestoreRequest) (_ *Ready, err error) {
	const op = "custody.Prepare"
	if r.Counter == nil {
		r.Counter = &progress.Counter{}
	}
	f, size, err := openBackup(r.File)
	if err != nil {
		return nil, err
	}
	defer f.Close() //nolint:errcheck // it was only read
	r.Counter.SetTotal(size)
	if err := s.room(s.p.Dir, 2*size); err != nil { // its databases are brought up to date
		return nil, err
	}
	work, err := s.workFolder()
	if err != nil {
		return nil, err
	}
	ready := &Ready{s: s, file: r.File, work: work}
	defer func() {
		if err != nil {
			ready.Drop()
		}
	}()
	plain, err := decrypt(f, r.Passphrase)
	if err != nil {
		return nil, s.damaged(op, r.File, err)
	}
	mark, files, err := readArchive(ctx, plain, size, work, r.Counter)
	if err != nil {
		return nil, s.damaged(op, r.File, err)
	}
	ready.out = Restored{TakenAt: mark.TakenAt, Program: mark.Program, Files: len(files)}
	ready.withToken = mark.WithToken
	if err := s.verify(ctx, r.File, work); err != nil {
		return nil, err
	}
	return ready, nil
}

func openBackup(path string) (*os.File, int64, error) {
	const op = "custody.openBackup"
	args := domain.Args{"Path": path}
	info, err := os.Stat(path)
	switch {
	case errors.Is(err, fs.ErrNotExist):
		return nil, 0, domain.E(op, domain.NotFound, "backup.missing", args, nil).At("/file")
	case err != nil:
		return nil, 0, domain.E(op, domain.Denied, "backup.unreadable", args, err).At("/file")
	case !info.Mode().IsRegular(): // opening a pipe would wait for its other end
		return nil, 0, domain.E(op, domain.Corrupt, "backup.damaged", args, nil).At("/file")
	}
	f, err := os.Open(path) //nolint:gosec // the user names the file
	if err != nil {
		return nil, 0, domain.E(op, domain.Denied, "backup.unreadable", args, err).At("/file")
	}
	return f, info.Size(), nil
}

// damaged gives what is wrong with a backup its words.
func (s *Service) damaged(op, path string, err error) error {
	args := domain.Args{"Path": path}
	switch {
	case errors.Is(err, errNewer):
		return domain.E(op, domain.Conflict, "backup.newer", args, nil).At("/file")
	case errors.Is(err, errBad):
		return domain.E(op, domain.Corrupt, "backup.damaged", args, nil).At("/file")
	}
	return s.explain(op, s.p.Dir, err)
}

// verify looks at the databases of an unpacked backup.
func (s *Service) verify(ctx context.Context, path, work string) error {
	const op = "custody.verify"
	err := s.p.Databases.Verify(ctx, filepath.Join(work, DatabaseFile))
	if practice := filepath.Join(work, PracticeFile); err == nil && there(practice) {
		err = s.p.Databases.Sound(ctx, practice)
	}
	switch domain.KeyOf(err) {
	case "store.newer":
		return domain.E(op, domain.Conflict, "backup.newer", domain.Args{"Path": path}, err).At("/file")
	case "store.damaged", "store.foreign", "store.not_file", "store.orphan":
		return domain.E(op, domain.Corrupt, "backup.damaged", domain.Args{"Path": path}, nil).At("/file")
	}
	return err
}

// Replace puts what was prepared in the place of the workspace, which nobody may
// have open. What was there is kept in a folder beside it, and stands in its
// place again where anything fails. Tokens stay for endpoints that are the same.
// Fails with Conflict "workspace.in_use".
func (r *Ready) Replace(ctx context.Context) (Restored, error) {
	s := r.s
	defer r.Drop()
	claim, err := s.alone(filepath.Base(r.work))
	if err != nil {
		return Restored{}, err
	}
	defer func() { _ = claim.Release() }()
	return r.replace(ctx)
}

// Restore prepares and replaces in one go, with the workspace to itself from
// beginning to end. It fails as Prepare and Replace do.
func (s *Service) Restore(ctx context.Context, r RestoreRequest) (Restored, error) {
	claim, err := s.alone("")
	if err != nil {
		return Restored{}, err
	}
	defer func() { _ = claim.Release() }()
	ready, err := s.Prepare(ctx, r)
	if err != nil {
		return Restored{}, err
	}
	defer ready.Drop()
	return ready.replace(ctx)
}

func (r *Ready) replace(ctx context.Context) (Restored, error) {
	const op = "custody.Replace"
	s := r.s
	if !there(filepath.Join(r.work, DatabaseFile)) { // swept by a start that came in between
		return Restored{}, inUse(op, s.p.Dir, nil)
	}
	now := s.p.Clock.Now()
	in := Settlement{TakenAt: r.out.TakenAt, Now: now, WithToken: r.withToken}
	before := there(s.path(DatabaseFile))
	if before {
		if err := s.fold(ctx); err != nil {
			return Restored{}, err
		}
		// What is there may be what made the user restore: it is replaced then.
		in.Workspace, in.Channels, _ = s.p.Databases.Channels(ctx, s.path(DatabaseFile))
	}
	out, err := r.out, error(nil)
	if out.Settled, err = s.p.Databases.Settle(ctx, filepath.Join(r.work, DatabaseFile), in); err != nil {
		if domain.KindOf(err) == domain.Corrupt {
			err = domain.E(op, domain.Corrupt, "backup.damaged", domain.Args{"Path": r.file}, nil).At("/file")
		}
		return Restored{}, err
	}
	old := s.kept()
	kept := keptPrefix + now.UTC().Format("20060102T150405Z")
	if err := os.MkdirAll(s.path(kept), 0o700); err != nil {
		return Restored{}, s.explain(op, s.p.Dir, err)
	}
	p := plan{Aside: kept, Staged: filepath.Base(r.work), Items: items()}
	for _, name := range old {
		if name != kept {
			p.Then = append(p.Then, name) // the last one is enough
		}
	}
	if err := ctx.Err(); err != nil {
		return Restored{}, errors.Join(err, os.Remove(s.path(kept)))
	}
	// From here on there is no way to stop, only to the end or back. A number may
	// mean another endpoint now: as long as its token is there, there is a way back.
	err = p.carry(s.p.Dir, s.move, func() error {
		return s.p.Tokens.Keep(context.WithoutCancel(ctx), in.Workspace, out.Channels, true)
	})
	if err != nil {
		return Restored{}, s.explain(op, s.p.Dir, err)
	}
	_ = p.finish(s.p.Dir) // it is restored; the next start tries again
	if before {
		out.Kept = s.path(kept)
	} else {
		_ = os.Remove(s.path(kept)) // where nothing was before, it is empty
	}
	return out, nil
}

// fold makes one file of the database. Who has it open is a program of a version
// that knows no lock, or another that keeps SQLite files.
func (s *Service) fold(ctx context.Context) error {
	err := s.p.Databases.Fold(ctx, s.path(DatabaseFile))
	switch domain.KeyOf(err) {
	case "store.busy":
		return inUse("custody.fold", s.p.Dir, err)
	case "store.damaged", "store.foreign":
		return nil // it is moved as it is
	}
	return err
}

// items are what is replaced. A database that could not be folded has companions,
// which would be taken for those of the new one.
func items() []string {
	out := []string{EvidenceFolder}
	for _, name := range []string{DatabaseFile, PracticeFile} {
		out = append(out, name)
		for _, companion := range companions() {
			out = append(out, name+companion)
		}
	}
	return out
}

// companions are the endings of the files that SQLite keeps beside a database.
func companions() []string { return []string{"-wal", "-shm", "-journal"} }

// kept lists the folders of earlier restorations.
func (s *Service) kept() []string {
	return s.named(func(n string) bool { return strings.HasPrefix(n, keptPrefix) })
}

// named lists what lies in the data directory under such names.
func (s *Service) named(ours func(name string) bool) []string {
	entries, _ := os.ReadDir(s.p.Dir) // what cannot be read is told by the next step
	var out []string
	for _, e := range entries {
		if ours(e.Name()) {
			out = append(out, e.Name())
		}
	}
	return out
}
