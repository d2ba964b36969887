//go:build unix

package store

import (
	"errors"
	"os"
	"syscall"
)

// syncFolder puts the names of a folder's files on the disk, where the file
// system can do that.
func syncFolder(dir string) error {
	f, err := os.Open(dir)
	if err != nil {
		return err
	}
	defer quietly(f)
	if err := f.Sync(); !errors.Is(err, syscall.EINVAL) && !errors.Is(err, syscall.ENOTSUP) {
		return err
	}
	return nil
}
