//go:build unix

package store

import (
	"errors"
	"io/fs"
	"syscall"
	"testing"

	"github.com/mattn/go-sqlite3"

	"quietline/internal/domain"
)

// What SQLite says may be vague where the system has told it the reason.
func TestSystemErrors(t *testing.T) {
	sq := func(code sqlite3.ErrNo, errno syscall.Errno) error {
		return sqlite3.Error{Code: code, SystemErrno: errno}
	}
	for _, tt := range []struct {
		err  error
		kind domain.Kind
		key  string
	}{
		{sq(sqlite3.ErrIoErr, syscall.ENOSPC), domain.Unavailable, keyFull},
		{sq(sqlite3.ErrIoErr, syscall.EDQUOT), domain.Unavailable, keyFull},
		{sq(sqlite3.ErrIoErr, syscall.EIO), domain.Unavailable, keyIO},
		{sq(sqlite3.ErrIoErr, syscall.EROFS), domain.Denied, keyReadOnly},
		{sq(sqlite3.ErrCantOpen, syscall.EROFS), domain.Denied, keyReadOnly},
		{sq(sqlite3.ErrCantOpen, syscall.ENOSPC), domain.Unavailable, keyFull},
		{sq(sqlite3.ErrCantOpen, syscall.EACCES), domain.Denied, keyDenied},
		{&fs.PathError{Op: "open", Err: syscall.EACCES}, domain.Denied, keyDenied},
		{&fs.PathError{Op: "write", Err: syscall.ENOSPC}, domain.Unavailable, keyFull},
		{&fs.PathError{Op: "write", Err: syscall.EROFS}, domain.Denied, keyReadOnly},
		{&fs.PathError{Op: "read", Err: syscall.EIO}, domain.Unavailable, keyIO},
	} {
		got := explain(t.Context(), "store.X", "/p/quietline.db", tt.err)
		if domain.KindOf(got) != tt.kind || domain.KeyOf(got) != tt.key || !errors.Is(got, tt.err) {
			t.Errorf("%v: %v", tt.err, got)
		}
	}
	// After the file could be read, a refusal is one of writing.
	for err, key := range map[error]string{
		sq(sqlite3.ErrCantOpen, syscall.EACCES): keyReadOnly,
		sq(sqlite3.ErrCantOpen, syscall.ENOSPC): keyFull,
		&fs.PathError{Err: syscall.EACCES}:      keyReadOnly,
		sq(sqlite3.ErrCorrupt, 0):               keyDamaged,
	} {
		if got := explain(t.Context(), "store.X", "p", cannotWrite("p", err)); domain.KeyOf(got) != key {
			t.Errorf("%v: %v", err, got)
		}
	}
}
