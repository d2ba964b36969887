package custody_test

import (
	"errors"
	"os"
	"path/filepath"
	"slices"
	"syscall"
	"testing"

	"quietline/internal/custody"
	"quietline/internal/domain"
	"quietline/internal/filing"
	"quietline/internal/store"
	"quietline/internal/testkit"
	"quietline/internal/workspace"
)

// smallDisk is a workspace on a disk of its own; full fills that up, and empty
// makes room again.
func smallDisk(t *testing.T) (dir string, full, empty func()) {
	t.Helper()
	root := t.TempDir()
	if err := syscall.Mount("tmpfs", root, "tmpfs", 0, "size=8m,mode=700"); err != nil {
		t.Skip("only who may mount has a small disk:", err)
	}
	t.Cleanup(func() {
		if err := syscall.Unmount(root, syscall.MNT_DETACH); err != nil {
			t.Error(err)
		}
	})
	dir = filepath.Join(root, "data")
	must(t, os.CopyFS(dir, os.DirFS(lived(t))))
	must(t, filepath.WalkDir(dir, func(path string, d os.DirEntry, err error) error {
		if err == nil && d.IsDir() {
			return os.Chmod(path, 0o700)
		}
		return errors.Join(err, os.Chmod(path, 0o600))
	}))
	ballast := filepath.Join(root, "ballast")
	return dir, func() {
			f, err := os.Create(ballast)
			must(t, err)
			for err == nil {
				_, err = f.Write(make([]byte, 4096))
			}
			if !errors.Is(err, syscall.ENOSPC) {
				t.Fatal(err)
			}
			must(t, f.Close())
		}, func() {
			must(t, os.Remove(ballast))
		}
}

// Where the disk is full that is said, and nothing is lost or half done.
func TestFullDisk(t *testing.T) {
	dir, full, roomy := smallDisk(t)
	file := backup(t, dir, passphrase)
	before := files(t, dir)
	full()
	fullKeys := []string{"store.disk_full", "custody.disk_full"}
	want := func(what string, err error) {
		t.Helper()
		if !slices.Contains(fullKeys, domain.KeyOf(err)) {
			t.Errorf("%s: %v", what, err)
		}
		if err != nil {
			x := testkit.Printer(t, "en").Explain(err)
			if x.Message == "" || x.Hint == "" {
				t.Errorf("%s: %+v", what, x)
			}
		}
	}
	_, err := service(dir, anyRoom).Restore(t.Context(), custody.RestoreRequest{File: file, Passphrase: passphrase})
	want("restore", err)
	_, err = service(dir, anyRoom).Erase(t.Context(), custody.EraseRequest{Person: aunt})
	want("erase", err)
	roomy()
	same(t, before, files(t, dir))

	// A backup that fills the disk leaves no file.
	db, err := store.Open(t.Context(), store.Params{Path: filepath.Join(dir, custody.DatabaseFile), Clock: testkit.NewClock()})
	must(t, err)
	full()
	target := filepath.Join(filepath.Dir(dir), "b")
	_, err = service(dir, anyRoom).Backup(t.Context(), custody.BackupRequest{Open: db, File: target})
	want("backup", err)
	must(t, db.Close())
	roomy()
	if _, err := os.Stat(target); err == nil {
		t.Error("half a backup was left")
	}
	shut(t, open(t, dir)) // folds in the log, for which there was no room
	same(t, before, files(t, dir))
}

// A complaint that finds the disk full is refused as a whole; those before stay.
func TestFullDiskWhileFiling(t *testing.T) {
	dir, full, roomy := smallDisk(t)
	w := open(t, dir)
	full()
	var err error
	stored := 0
	for i := range 500 { // what is in memory already may go on for a while
		in := filing.ComplaintInput{
			Number: "95023112233", At: testkit.Epoch().AddDate(0, 0, -i-1), Category: domain.CategoryLoan,
			Techniques: []domain.Technique{domain.TechniqueHuman}, Description: "again", Channel: "centre", Language: "en",
		}
		if _, err = w.Filing.New(t.Context(), in); err != nil {
			break
		}
		stored++
	}
	wantKey(t, err, "store.disk_full")
	roomy()
	queue(t, w, other, "95023112299", "after room was made", 30)
	if r := w.Examine(t.Context()); !r.OK {
		t.Errorf("%+v", r)
	}
	shut(t, w)
	if n := ask[int](t, dir, "SELECT count(*) FROM complaint"); n != 2+stored+1 {
		t.Errorf("%d complaints, want %d", n, 2+stored+1)
	}
}

// On a disk that cannot be written everything says so, and the files stay.
func TestReadOnlyDisk(t *testing.T) {
	dir, _, _ := smallDisk(t)
	file := backup(t, dir, "")
	outside := filepath.Join(t.TempDir(), "b")
	data, err := os.ReadFile(file)
	must(t, err, os.WriteFile(outside, data, 0o600))
	before := files(t, dir)
	root := filepath.Dir(dir)
	must(t, syscall.Mount("", root, "", syscall.MS_REMOUNT|syscall.MS_RDONLY, ""))
	_, err = workspace.Open(t.Context(), params(t, dir))
	wantKey(t, err, "store.read_only")
	_, err = service(dir).Restore(t.Context(), custody.RestoreRequest{File: outside})
	wantKey(t, err, "data_dir.unwritable")
	for _, person := range []string{aunt, ""} {
		_, err = service(dir).Erase(t.Context(), custody.EraseRequest{Person: person})
		wantKey(t, err, "data_dir.unwritable")
	}
	same(t, before, files(t, dir))
	must(t, syscall.Mount("", root, "", syscall.MS_REMOUNT, ""))
	_, err = service(dir, anyRoom).Restore(t.Context(), custody.RestoreRequest{File: outside})
	must(t, err)
}
