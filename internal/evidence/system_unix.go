//go:build unix

package evidence

import (
	"errors"
	"os"
	"syscall"
)

// openFlags keep a link from being followed and a pipe from being waited for.
const openFlags = syscall.O_NOFOLLOW | syscall.O_NONBLOCK

func isDiskFull(e syscall.Errno) bool { return e == syscall.ENOSPC || e == syscall.EDQUOT }

// syncFolder brings a new name to the disk. Some file systems cannot.
func syncFolder(path string) error {
	f, err := os.Open(path) //nolint:gosec // a folder of the vault
	if err != nil {
		return err
	}
	err = f.Sync()
	if errors.Is(err, syscall.EINVAL) || errors.Is(err, syscall.ENOTSUP) {
		err = nil
	}
	return errors.Join(err, f.Close())
}
