package watcher_test

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"runtime"
	"slices"
	"testing"

	"github.com/google/go-cmp/cmp"

	"quietline/internal/domain"
	"quietline/internal/folders"
	"quietline/internal/watcher"
)

func ok(t *testing.T, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

func same(t *testing.T, got, want any) {
	t.Helper()
	if d := cmp.Diff(want, got); d != "" {
		t.Fatalf("(-want +got)\n%s", d)
	}
}

func write(t *testing.T, dir, name, text string) {
	t.Helper()
	path := filepath.Join(dir, filepath.FromSlash(name))
	ok(t, os.MkdirAll(filepath.Dir(path), 0o700))
	ok(t, os.WriteFile(path, []byte(text), 0o600))
}

func ignore(folders.Entry) {}

func list(t *testing.T, dir string, except ...string) (names []string) {
	t.Helper()
	complete, err := (watcher.Files{}).List(t.Context(), dir, except, func(e folders.Entry) { names = append(names, e.Path) })
	ok(t, err)
	if !complete {
		t.Error("not complete")
	}
	slices.Sort(names)
	return names
}

func TestListGoesOneLevelDown(t *testing.T) {
	dir := t.TempDir()
	for _, name := range []string{"b.xml", "phone/a.xml", "phone/deep/c.xml", ".st/d.xml", "other/e.xml", "x.part", "phone/~$f.xlsx"} {
		write(t, dir, name, "text")
	}
	same(t, list(t, dir, filepath.Join(dir, "other")), []string{"b.xml", "phone/a.xml"})
}

func TestListOfManyFiles(t *testing.T) {
	dir := t.TempDir()
	for i := range 1500 {
		write(t, dir, fmt.Sprint(i), "")
	}
	same(t, len(list(t, dir)), 1500)
	ctx, stop := context.WithCancel(t.Context())
	n := 0
	_, err := (watcher.Files{}).List(ctx, dir, nil, func(folders.Entry) { n++; stop() })
	if !errors.Is(err, context.Canceled) || n == 1500 {
		t.Errorf("%d files after the stop, %v", n, err)
	}
}

func TestListFails(t *testing.T) {
	dir := t.TempDir()
	write(t, dir, "file", "text")
	for name, key := range map[string]string{"none": "folder.missing", "file": "folder.not_folder"} {
		path := filepath.Join(dir, name)
		if _, err := (watcher.Files{}).List(t.Context(), path, nil, ignore); domain.KeyOf(err) != key {
			t.Errorf("list %s: %v", name, err)
		}
		if _, err := (watcher.Files{}).Resolve(path); domain.KeyOf(err) != key {
			t.Errorf("resolve %s: %v", name, err)
		}
	}
}

func TestHash(t *testing.T) {
	dir := t.TempDir()
	write(t, dir, "in/a", "abc")
	got, err := (watcher.Files{}).Hash(t.Context(), dir, "in/a")
	ok(t, err)
	same(t, got, "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad") // FIPS 180-2, B.1
	if _, err := (watcher.Files{}).Hash(t.Context(), dir, "none"); domain.KeyOf(err) != "import.file_missing" {
		t.Errorf("error %v", err)
	}
	ctx, stop := context.WithCancel(t.Context())
	stop()
	if _, err := (watcher.Files{}).Hash(ctx, dir, "in/a"); !errors.Is(err, context.Canceled) {
		t.Errorf("error %v", err)
	}
	e, there := (watcher.Files{}).Stat(dir, "in/a")
	if !there || e.Path != "in/a" || e.Size != 3 || e.Modified == 0 {
		t.Errorf("entry %+v", e)
	}
}

// hears runs one change on a notifier of its own, so that nothing heard before
// counts.
func hears(t *testing.T, dirs []string, change func()) {
	t.Helper()
	n, err := watcher.NewNotifier()
	ok(t, err)
	n.Watch(dirs)
	change()
	<-n.Changed() // never comes where it is not heard
	ok(t, n.Close())
	n.Watch(dirs) // too late, and no harm
}

func noHints(t *testing.T) {
	t.Helper()
	if runtime.GOOS != "linux" && runtime.GOOS != "windows" {
		t.Skip("slow scan only")
	}
}

func TestNotifierHears(t *testing.T) {
	noHints(t)
	dir, outside := t.TempDir(), t.TempDir()
	dirs := []string{dir, filepath.Join(dir, "not yet")}
	hears(t, dirs, func() { write(t, dir, "a.xml", "a") })
	write(t, dir, "a.xml.part", "whole")
	hears(t, dirs, func() { ok(t, os.Rename(filepath.Join(dir, "a.xml.part"), filepath.Join(dir, "b.xml"))) })
	write(t, outside, "c.xml", "c")
	hears(t, dirs, func() { ok(t, os.Rename(filepath.Join(outside, "c.xml"), filepath.Join(dir, "c.xml"))) })
	hears(t, dirs, func() { ok(t, os.Mkdir(filepath.Join(dir, "phone"), 0o700)) })
}

// A folder that was taken away and is back is listened to again, and one that is
// watched no longer is not.
func TestNotifierFollowsTheList(t *testing.T) {
	noHints(t)
	n, err := watcher.NewNotifier()
	ok(t, err)
	defer n.Close()
	dir, other := filepath.Join(t.TempDir(), "dir"), t.TempDir()
	n.Watch([]string{dir, other})
	same(t, n.List(), []string{other})
	ok(t, os.Mkdir(dir, 0o700))
	n.Watch([]string{dir})
	same(t, n.List(), []string{dir})
	ok(t, os.Remove(dir))
	<-n.Changed()
	ok(t, os.Mkdir(dir, 0o700))
	n.Watch([]string{dir})
	write(t, dir, "a.xml", "a")
	<-n.Changed()
	same(t, n.List(), []string{dir})
}
