//go:build unix

package feed_test

import (
	"os"
	"path/filepath"
	"syscall"
	"testing"

	"quietline/internal/domain"
	"quietline/internal/feed"
	"quietline/internal/feed/feedtest"
)

func TestOpenDoesNotWaitForAPipe(t *testing.T) {
	key := feedtest.NewKey(t)
	list := key.Publish(t, tables())
	for name := range list {
		path := list.Save(t)
		pipe := filepath.Join(filepath.Dir(path), name)
		if err := os.Remove(pipe); err != nil {
			t.Fatal(err)
		}
		if err := syscall.Mkfifo(pipe, 0o600); err != nil {
			t.Fatal(err)
		}
		_, err := feed.New(feed.Params{}).Open(t.Context(), path, key.Public)
		keyed(t, err, domain.Invalid, "registry.feed_file_irregular", domain.Args{"File": name})
	}
}

func TestOpenMayNotRead(t *testing.T) {
	key := feedtest.NewKey(t)
	list := key.Publish(t, tables())
	dir := filepath.Dir(list.Save(t))
	if err := os.Chmod(filepath.Join(dir, notesName), 0); err != nil {
		t.Fatal(err)
	}
	_, err := feed.New(feed.Params{}).Open(t.Context(), filepath.Join(dir, manifestName), key.Public)
	if os.Geteuid() == 0 { // who may read everything
		if err != nil {
			t.Error(err)
		}
		return
	}
	keyed(t, err, domain.Denied, "registry.feed_file_unreadable", domain.Args{"File": notesName})
}
