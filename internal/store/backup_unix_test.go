//go:build unix

package store

import (
	"errors"
	"io/fs"
	"path/filepath"
	"testing"
)

// A folder that cannot be synced stops the migration, unless its file system
// cannot do that at all.
func TestSyncFolder(t *testing.T) {
	dir := t.TempDir()
	if err := syncFolder(dir); err != nil {
		t.Error(err)
	}
	if err := syncFolder(filepath.Join(dir, "missing")); !errors.Is(err, fs.ErrNotExist) {
		t.Errorf("a missing folder: %v", err)
	}
	if exists("/proc/self") {
		if err := syncFolder("/proc"); err != nil {
			t.Errorf("a file system without: %v", err)
		}
	}
}
