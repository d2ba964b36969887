package store

import (
	"context"
	"errors"
	"io/fs"
	"path/filepath"
	"strings"
	"syscall"

	"github.com/mattn/go-sqlite3"

	"quietline/internal/domain"
)

// The keys of this package's own failures. The keys that the ports promise
// ("person.not_found" …) stand where they are returned.
const (
	keyDamaged  = "store.damaged"   // the file cannot be trusted
	keyForeign  = "store.foreign"   // a database of another program
	keyNewer    = "store.newer"     // written by a later version
	keyNoFile   = "store.not_file"  // a directory or a device
	keyOrphan   = "store.orphan"    // a write-ahead log without its database
	keyNoFolder = "store.no_folder" // its folder cannot be made
	keyDenied   = "store.denied"    // the file system refuses reading
	keyReadOnly = "store.read_only" // the file system refuses writing
	keyFull     = "store.disk_full"
	keyBusy     = "store.busy"  // another process writes for too long
	keyIO       = "store.io"    // the disk answers with an error
	keyMoved    = "store.moved" // the path names another file by now, or none
	keyGone     = "store.gone"  // a row refers to another that is not there
)

// errStoredJSON is JSON in a row that is not what was put there.
var errStoredJSON = errors.New("store: JSON of another shape")

// fault makes one of this package's own errors about the file.
func fault(op string, kind domain.Kind, key, path string, cause error) *domain.Error {
	return domain.E(op, kind, key, domain.Args{"Path": path, "Name": filepath.Base(path)}, cause)
}

// explain gives an error of SQLite or of the file system its key. An error
// that has one keeps it, and a stopped context stays what it is. No value of a
// row gets into the result: SQLite names columns, not contents.
func explain(ctx context.Context, op, path string, err error) error {
	if err == nil {
		return nil
	}
	var known *domain.Error
	if errors.As(err, &known) {
		return err
	}
	if ctx.Err() != nil && isStop(err) {
		return ctx.Err()
	}
	if errors.Is(err, errStoredJSON) {
		return fault(op, domain.Corrupt, keyDamaged, path, err)
	}
	if e, ok := sqliteError(err); ok {
		kind, key := keyOfSQLite(e)
		return fault(op, kind, key, path, err)
	}
	kind, key := keyOfFile(err)
	return fault(op, kind, key, path, err)
}

// isStop says whether an error can be the doing of a stopped context: a
// statement reports its interruption, a transaction that it is over and a
// statement of one that it is closed, but not why. The last has no name in
// database/sql, all of whose errors begin alike.
func isStop(err error) bool {
	return errors.Is(err, context.Canceled) || errors.Is(err, context.DeadlineExceeded) ||
		strings.HasPrefix(err.Error(), "sql: ") || isCode(err, sqlite3.ErrInterrupt)
}

// keyOfSQLite sorts the result codes of https://www.sqlite.org/rescode.html.
func keyOfSQLite(e sqlite3.Error) (domain.Kind, string) {
	switch e.Code {
	case sqlite3.ErrCorrupt, sqlite3.ErrNotADB, sqlite3.ErrFormat:
		return domain.Corrupt, keyDamaged
	case sqlite3.ErrBusy, sqlite3.ErrLocked, sqlite3.ErrProtocol:
		return domain.Unavailable, keyBusy
	case sqlite3.ErrFull:
		return domain.Unavailable, keyFull
	case sqlite3.ErrReadonly:
		return domain.Denied, keyReadOnly
	case sqlite3.ErrPerm, sqlite3.ErrAuth, sqlite3.ErrCantOpen:
		return keyOfErrno(e.SystemErrno, domain.Denied, keyDenied)
	case sqlite3.ErrIoErr:
		// Reading less than was expected means that the file was cut off.
		if e.ExtendedCode == sqlite3.ErrIoErrShortRead {
			return domain.Corrupt, keyDamaged
		}
		return keyOfErrno(e.SystemErrno, domain.Unavailable, keyIO)
	case sqlite3.ErrConstraint:
		if e.ExtendedCode == sqlite3.ErrConstraintForeignKey {
			return domain.Conflict, keyGone
		}
	}
	return domain.Internal, "internal"
}

// keyOfFile sorts the errors of the file system.
func keyOfFile(err error) (domain.Kind, string) {
	var errno syscall.Errno
	switch {
	case errors.Is(err, fs.ErrPermission):
		return domain.Denied, keyDenied
	case errors.As(err, &errno):
		return keyOfErrno(errno, domain.Unavailable, keyIO)
	}
	return domain.Internal, "internal"
}

func keyOfErrno(errno syscall.Errno, kind domain.Kind, key string) (domain.Kind, string) {
	switch {
	case isDiskFull(errno):
		return domain.Unavailable, keyFull
	case isReadOnlyDisk(errno):
		return domain.Denied, keyReadOnly
	}
	return kind, key
}

func sqliteError(err error) (sqlite3.Error, bool) {
	var e sqlite3.Error
	ok := errors.As(err, &e)
	return e, ok
}

func isCode(err error, code sqlite3.ErrNo) bool {
	e, ok := sqliteError(err)
	return ok && e.Code == code
}

// isUnique says whether the error is a broken UNIQUE constraint.
func isUnique(err error) bool {
	e, ok := sqliteError(err)
	return ok && (e.ExtendedCode == sqlite3.ErrConstraintUnique || e.ExtendedCode == sqlite3.ErrConstraintPrimaryKey)
}

// DiskFull says whether an error means that no room is left.
func DiskFull(err error) bool {
	var errno syscall.Errno
	return errors.As(err, &errno) && isDiskFull(errno) || isCode(err, sqlite3.ErrFull)
}
