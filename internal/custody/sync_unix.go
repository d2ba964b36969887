//go:build unix

package custody

import (
	"errors"
	"os"
	"syscall"
)

// syncDir puts the names of a folder's files on the disk, where the file
// system can do that.
func syncDir(dir string) error {
	f, err := os.Open(dir)
	if err != nil {
		return err
	}
	defer f.Close() //nolint:errcheck // it was only read
	if err := f.Sync(); !errors.Is(err, syscall.EINVAL) && !errors.Is(err, syscall.ENOTSUP) {
		return err
	}
	return nil
}
