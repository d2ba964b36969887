//go:build unix

package watcher_test

import (
	"os"
	"path/filepath"
	"syscall"
	"testing"

	"quietline/internal/domain"
	"quietline/internal/watcher"
)

// Pipes are not opened, which would wait for their other end, and links are not
// followed.
func TestOnlyRegularFiles(t *testing.T) {
	dir, outside := t.TempDir(), t.TempDir()
	write(t, dir, "a.xml", "a")
	write(t, outside, "b.xml", "b")
	ok(t, syscall.Mkfifo(filepath.Join(dir, "pipe.xml"), 0o600))
	ok(t, os.Symlink(filepath.Join(outside, "b.xml"), filepath.Join(dir, "link.xml")))
	ok(t, os.Symlink(outside, filepath.Join(dir, "linked")))
	ok(t, os.Symlink(dir, filepath.Join(dir, "round")))
	same(t, list(t, dir), []string{"a.xml"})
	for _, name := range []string{"pipe.xml", "link.xml"} {
		if _, err := (watcher.Files{}).Hash(t.Context(), dir, name); domain.KeyOf(err) != "import.not_regular" {
			t.Errorf("%s: %v", name, err)
		}
		if _, ok := (watcher.Files{}).Stat(dir, name); ok {
			t.Errorf("%s is taken for a file", name)
		}
	}
	if _, err := (watcher.Files{}).Resolve(filepath.Join(dir, "pipe.xml")); domain.KeyOf(err) != "folder.not_folder" {
		t.Errorf("pipe: %v", err)
	}
	got, err := (watcher.Files{}).Resolve(filepath.Join(dir, "linked"))
	ok(t, err)
	want, err := filepath.EvalSymlinks(outside)
	ok(t, err)
	same(t, got, want)
}

func TestFoldersThatMayNotBeRead(t *testing.T) {
	if os.Geteuid() == 0 {
		t.Skip("root may read everything")
	}
	dir := t.TempDir()
	write(t, dir, "shut/a.xml", "a")
	write(t, dir, "b.xml", "b")
	shut := filepath.Join(dir, "shut")
	ok(t, os.Chmod(shut, 0))
	defer os.Chmod(shut, 0o700) //nolint:errcheck // the end of the test
	if complete, err := (watcher.Files{}).List(t.Context(), dir, nil, ignore); complete || err != nil {
		t.Errorf("complete %v, %v", complete, err)
	}
	if _, err := (watcher.Files{}).List(t.Context(), shut, nil, ignore); domain.KeyOf(err) != "folder.unreadable" {
		t.Errorf("error %v", err)
	}
}
