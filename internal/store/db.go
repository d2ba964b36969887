// Package store keeps a workspace in one SQLite file: people, calls, channels,
// complaints, the outbox and settings. It answers the ports of journal, filing
// and settings; package storetest holds their promises as tests.
//
// The file is in WAL mode with one connection that writes and several that
// read. Several processes may use it at once.
package store

import (
	"context"
	"database/sql"
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"time"

	"github.com/gofrs/flock"
	"github.com/mattn/go-sqlite3"

	"quietline/internal/domain"
	"quietline/internal/insight"
	"quietline/internal/journal"
	"quietline/internal/lookout"
)

// Params are what Open needs.
type Params struct {
	// Path is the database file. It and its folder are made where missing,
	// for nobody but the user.
	Path string
	// Clock names backups and dates what has no date of its own.
	Clock domain.Clock
	// SelfName is what the owner of a new database is called.
	SelfName string
}

// Store is an open database. It is safe for concurrent use.
type Store struct {
	path        string
	clock       domain.Clock
	schema      schema
	write, read *sql.DB
	// file is what had the path when it was opened.
	file fs.FileInfo
	// near is how many of the newest calls are looked at before a filter is
	// taken apart.
	near    int
	numbers callNumbers
	words   callWords
	changes changes
	// Answers of a version of the file, and one of a state of the log.
	stats      recall[version, lookout.StatsFilter, insight.Stats]
	indexes    recall[version, int, journal.CallIndex]
	logIndexes recall[logState, int, journal.CallIndex]
}

// Open opens the database, makes it where it is missing and brings it to the
// present version, after a backup. What is not a database of this product, is
// damaged or newer, is refused and stays as it is, byte for byte. Fails with
//
//   - Corrupt "store.damaged", "store.orphan";
//   - Conflict "store.foreign", "store.newer", "store.not_file";
//   - Denied "store.denied", "store.read_only", "store.no_folder";
//   - Unavailable "store.disk_full", "store.busy", "store.io".
func Open(ctx context.Context, p Params) (*Store, error) {
	sch, err := presentSchema()
	if err != nil {
		return nil, err
	}
	return open(ctx, p, sch)
}

func open(ctx context.Context, p Params, sch schema) (*Store, error) {
	const op = "store.Open"
	path, err := locate(p.Path)
	if err != nil {
		return nil, explain(ctx, op, p.Path, err)
	}
	p.Path = path
	if err := os.MkdirAll(filepath.Dir(path), 0o700); err != nil {
		return nil, fault(op, domain.Denied, keyNoFolder, path, err)
	}
	found, err := inspect(ctx, path, sch)
	if err != nil {
		return nil, explain(ctx, op, path, err)
	}
	if !found {
		if err := create(ctx, p, sch); err != nil {
			return nil, explain(ctx, op, path, cannotWrite(path, err))
		}
	}
	if info, err := os.Stat(path); err == nil && protected(info.Mode(), os.Geteuid()) {
		return nil, fault(op, domain.Denied, keyReadOnly, path, fs.ErrPermission)
	}
	tighten(path)
	s := &Store{path: path, clock: p.Clock, schema: sch, near: nearCalls, write: writer(path)}
	if err := s.start(ctx, p); err != nil {
		quietly(s)
		return nil, explain(ctx, op, path, cannotWrite(path, err))
	}
	return s, nil
}

// locate gives the absolute path of the file itself: the log and everything
// else that belongs to it lie beside it and not beside a link to it.
func locate(path string) (string, error) {
	path, err := filepath.Abs(path)
	if err != nil {
		return "", err
	}
	if _, err := os.Readlink(path); err != nil {
		return path, nil //nolint:nilerr // it is no link
	}
	file, err := filepath.EvalSymlinks(path)
	if errors.Is(err, fs.ErrNotExist) {
		return path, nil // a link to nothing, of which inspect tells
	}
	return file, err
}

// start connects the writer, migrates and connects the readers, which need the
// files that the writer makes.
func (s *Store) start(ctx context.Context, p Params) (err error) {
	if err := connect(ctx, s.write); err != nil {
		return err
	}
	if s.file, err = os.Stat(s.path); err != nil {
		return err
	}
	if err := migrate(ctx, s.write, p, s.schema); err != nil {
		return err
	}
	if err := tryWriting(ctx, s.write); err != nil {
		return err
	}
	s.read = reader(s.path)
	return s.read.PingContext(ctx)
}

// tryWriting finds a file that cannot be written now and not at the first
// complaint. SQLite begins a transaction on it without a murmur, so something
// has to be written, which is then taken back.
func tryWriting(ctx context.Context, db *sql.DB) error {
	return inTx(ctx, db, func(tx *sql.Tx) error {
		if _, err := tx.ExecContext(ctx, "PRAGMA user_version = 0"); err != nil {
			return err
		}
		return errRollback
	})
}

// connect opens the first connection. Where the file comes out of a backup it
// is switched to WAL now, and SQLite does not wait for other processes that do
// the same; so this does.
func connect(ctx context.Context, db *sql.DB) error {
	const tries, pause = 40, 50 * time.Millisecond
	for i := 1; ; i++ {
		err := db.PingContext(ctx)
		if err == nil || i == tries || !isCode(err, sqlite3.ErrBusy) {
			return err
		}
		select {
		case <-ctx.Done():
			return ctx.Err()
		case <-time.After(pause):
		}
	}
}

// Close closes the database; the last one to close it in any process folds
// the write-ahead log into the file.
func (s *Store) Close() error {
	errs := []error{s.changes.Close()}
	if s.read != nil {
		errs = append(errs, s.read.Close())
	}
	errs = append(errs, s.write.Close())
	return explain(context.Background(), "store.Close", s.path, errors.Join(errs...))
}

// create builds a new database beside the path and puts it there complete, so
// that a crash leaves no half-made file which nobody could tell from a damaged
// one. Where another process was faster, its file stays.
func create(ctx context.Context, p Params, sch schema) (err error) {
	f, err := os.CreateTemp(filepath.Dir(p.Path), "."+filepath.Base(p.Path)+"-new-*") // mode 0600
	if err != nil {
		return err
	}
	draft := f.Name()
	defer func() {
		for _, suffix := range []string{"", "-wal", "-shm", "-journal"} {
			_ = os.Remove(draft + suffix) // most of them are not there
		}
	}()
	if err := f.Close(); err != nil {
		return err
	}
	db := writer(draft)
	err = migrate(ctx, db, Params{Path: draft, Clock: p.Clock, SelfName: p.SelfName}, sch)
	if err == nil {
		err = foldLog(ctx, db, p.Path)
	}
	if err := errors.Join(err, db.Close()); err != nil {
		return err
	}
	return publish(ctx, draft, p.Path)
}

// foldLog puts everything into the file itself. Closing would do so too, but
// says nothing where it cannot, as on a full disk.
func foldLog(ctx context.Context, db *sql.DB, path string) error {
	var busy, logged, folded int
	err := db.QueryRowContext(ctx, "PRAGMA wal_checkpoint").Scan(&busy, &logged, &folded)
	if err == nil && (busy != 0 || folded != logged) {
		err = fault("store.create", domain.Unavailable, keyBusy, path, errors.New("the log is in use"))
	}
	return err
}

// publish gives the finished draft its name without ever replacing a database.
func publish(ctx context.Context, draft, path string) error {
	// A link replaces nothing, whoever else is about to make one.
	if os.Link(draft, path) == nil || !vacant(path) {
		return nil
	}
	// An empty file has the name, or the file system has no hard links (FAT).
	// Only renaming is left, and that replaces what another process may have
	// put there a moment ago: so they look and rename one after the other.
	const pause = 5 * time.Millisecond
	lock := flock.New(path + ".lock")
	if _, err := lock.TryLockContext(ctx, pause); err != nil {
		return err
	}
	err := error(nil)
	if vacant(path) {
		err = os.Rename(draft, path)
	}
	_ = lock.Unlock()
	if err == nil {
		// Nobody renames any longer, whatever lock they hold.
		_ = os.Remove(lock.Path())
	}
	return err
}

// vacant says whether a new database may take the name. An empty file is an
// empty database: nothing can be lost.
func vacant(path string) bool {
	info, err := os.Lstat(path)
	if err != nil {
		return errors.Is(err, fs.ErrNotExist)
	}
	return info.Mode().IsRegular() && info.Size() == 0
}

// protected says whether a file of this mode is closed to writing for the user
// (-1 where the system has no such numbers). It is asked before SQLite is: that
// would make companions of the same mode, and they would stay closed after the
// file has been opened again.
func protected(mode fs.FileMode, user int) bool { return mode&0o222 == 0 && user != 0 }

// tighten takes the rights of other users off files that were copied here from
// elsewhere, and gives the companions back to their user. SQLite gives new ones
// the mode of the database. Where it fails, the diagnostics say so.
func tighten(path string) {
	if info, err := os.Stat(path); err == nil && info.Mode().Perm()&0o077 != 0 {
		_ = os.Chmod(path, info.Mode().Perm()&0o700)
	}
	for _, f := range []string{path + "-wal", path + "-shm"} {
		if info, err := os.Stat(f); err == nil && info.Mode().Perm() != 0o600 {
			_ = os.Chmod(f, 0o600)
		}
	}
}

// cannotWrite marks a refusal that came after the file, if it is there, could
// be read: then it is writing that is not allowed.
func cannotWrite(path string, err error) error {
	e, ok := sqliteError(err)
	refused := ok && (e.Code == sqlite3.ErrCantOpen || e.Code == sqlite3.ErrPerm)
	if !refused && !errors.Is(err, fs.ErrPermission) {
		return err
	}
	kind, key := keyOfErrno(e.SystemErrno, domain.Denied, keyReadOnly)
	return fault("store.Open", kind, key, path, err)
}
