package storetest

import (
	"os"
	"syscall"
	"testing"
)

// WatchLock gives a function that says whether SQLite's shared lock on the
// database is held by a handle of this or of another process. It asks through
// a descriptor that stays open to the end of the test, for closing one ends
// the locks of this process; so it is called before the database is opened.
func WatchLock(t *testing.T, path string) (held func() bool) {
	t.Helper()
	f, err := os.Open(path)
	ok(t, err)
	t.Cleanup(func() { _ = f.Close() })
	return func() bool {
		const ofdGetLock = 36 // F_OFD_GETLK, which also sees the locks of the process that asks
		// Where the lock lies: https://www.sqlite.org/src/file/src/os.h
		lock := syscall.Flock_t{Type: syscall.F_WRLCK, Start: 0x40000002, Len: 510}
		ok(t, syscall.FcntlFlock(f.Fd(), ofdGetLock, &lock))
		return lock.Type != syscall.F_UNLCK
	}
}
