//go:build !windows

package platform

import "golang.org/x/sys/unix"

// FreeBytes is how many bytes this user may still write on the disk that holds
// the path.
func FreeBytes(path string) (uint64, error) {
	var s unix.Statfs_t
	if err := unix.Statfs(path, &s); err != nil {
		return 0, err
	}
	return uint64(s.Bavail) * uint64(s.Bsize), nil //nolint:gosec // both are positive
}
