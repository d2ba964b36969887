package store_test

import (
	"bytes"
	"context"
	"database/sql"
	"errors"
	"os"
	"path/filepath"
	"testing"

	"github.com/google/go-cmp/cmp"

	"quietline/internal/domain"
	"quietline/internal/store"
	"quietline/internal/store/storetest"
	"quietline/internal/testkit"
)

func tryOpen(t *testing.T, path string) (*store.Store, error) {
	t.Helper()
	return store.Open(t.Context(), store.Params{Path: path, Clock: testkit.NewClock(), SelfName: storetest.Owner})
}

func wantError(t *testing.T, err error, kind domain.Kind, key string) {
	t.Helper()
	if domain.KindOf(err) != kind || domain.KeyOf(err) != key {
		t.Fatalf("error = %v (%s %s), want %s %s", err, domain.KindOf(err), domain.KeyOf(err), kind, key)
	}
}

// must asks that the preparations went well.
func must(t *testing.T, errs ...error) {
	t.Helper()
	if err := errors.Join(errs...); err != nil {
		t.Fatal(err)
	}
}

// snapshot is every file of a folder with its contents.
func snapshot(t *testing.T, dir string) map[string]string {
	t.Helper()
	files := map[string]string{}
	entries, err := os.ReadDir(dir)
	if err != nil {
		t.Fatal(err)
	}
	for _, e := range entries {
		if e.IsDir() {
			files[e.Name()] = "folder"
			continue
		}
		b, err := os.ReadFile(filepath.Join(dir, e.Name()))
		if err != nil {
			t.Fatal(err)
		}
		files[e.Name()] = string(b)
	}
	return files
}

// closed is a database with one setting that was closed properly.
func closed(t *testing.T) (path string) {
	t.Helper()
	path = filepath.Join(t.TempDir(), "quietline.db")
	s, err := tryOpen(t, path)
	if err != nil {
		t.Fatal(err)
	}
	if err := s.SetSetting(t.Context(), "k", "v"); err != nil {
		t.Fatal(err)
	}
	if err := s.Close(); err != nil {
		t.Fatal(err)
	}
	return path
}

// runSQL runs SQL on a file as another program would.
func runSQL(t *testing.T, path, query string) {
	t.Helper()
	db, err := sql.Open("sqlite3", path)
	if err != nil {
		t.Fatal(err)
	}
	defer db.Close()
	if _, err := db.ExecContext(t.Context(), query); err != nil {
		t.Fatal(err)
	}
}

func overwrite(t *testing.T, path string, offset int64, with []byte) {
	t.Helper()
	f, err := os.OpenFile(path, os.O_RDWR, 0)
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	if _, err := f.WriteAt(with, offset); err != nil {
		t.Fatal(err)
	}
}

// A file that is refused stays as it is, and nothing appears beside it.
func TestRefusedFilesStay(t *testing.T) {
	for name, tt := range map[string]struct {
		prepare func(t *testing.T, path string)
		kind    domain.Kind
		key     string
	}{
		"newer": {func(t *testing.T, path string) {
			runSQL(t, path, "PRAGMA user_version = 99")
		}, domain.Conflict, "store.newer"},
		"other application": {func(t *testing.T, path string) {
			runSQL(t, path, "PRAGMA application_id = 7")
		}, domain.Conflict, "store.foreign"},
		"other database": {func(t *testing.T, path string) {
			os.Remove(path)
			runSQL(t, path, "CREATE TABLE person (id); INSERT INTO person VALUES (1)")
		}, domain.Conflict, "store.foreign"},
		"other database in WAL mode": {func(t *testing.T, path string) {
			os.Remove(path)
			runSQL(t, path, "PRAGMA journal_mode = WAL; CREATE TABLE person (id)")
		}, domain.Conflict, "store.foreign"},
		"table missing": {func(t *testing.T, path string) {
			runSQL(t, path, "PRAGMA foreign_keys = off; DROP TABLE setting")
		}, domain.Corrupt, "store.damaged"},
		"no version": {func(t *testing.T, path string) {
			runSQL(t, path, "PRAGMA user_version = 0")
		}, domain.Corrupt, "store.damaged"},
		"header zeroed": {func(t *testing.T, path string) {
			overwrite(t, path, 0, make([]byte, 100))
		}, domain.Corrupt, "store.damaged"},
		"first byte changed": {func(t *testing.T, path string) {
			overwrite(t, path, 0, []byte("X"))
		}, domain.Corrupt, "store.damaged"},
		"page size wrong": {func(t *testing.T, path string) {
			overwrite(t, path, 16, []byte{0x12, 0x34})
		}, domain.Corrupt, "store.damaged"},
		"schema overwritten": {func(t *testing.T, path string) {
			overwrite(t, path, 100, bytes.Repeat([]byte{0xff}, 3996))
		}, domain.Corrupt, "store.damaged"},
		"cut off": {func(t *testing.T, path string) {
			info, err := os.Stat(path)
			must(t, err, os.Truncate(path, info.Size()-4096))
		}, domain.Corrupt, "store.damaged"},
		"cut off inside the header": {func(t *testing.T, path string) {
			must(t, os.Truncate(path, 50))
		}, domain.Corrupt, "store.damaged"},
		"text": {func(t *testing.T, path string) {
			must(t, os.WriteFile(path, bytes.Repeat([]byte("not a database\n"), 1000), 0o600))
		}, domain.Corrupt, "store.damaged"},
		"folder": {func(t *testing.T, path string) {
			must(t, os.Remove(path), os.Mkdir(path, 0o700))
		}, domain.Conflict, "store.not_file"},
		"log without database": {func(t *testing.T, path string) {
			must(t, os.Rename(path, path+"-wal"))
		}, domain.Corrupt, "store.orphan"},
		"journal without database": {func(t *testing.T, path string) {
			must(t, os.Rename(path, path+"-journal"))
		}, domain.Corrupt, "store.orphan"},
		"log with empty database": {func(t *testing.T, path string) {
			must(t, os.Rename(path, path+"-wal"), os.WriteFile(path, nil, 0o600))
		}, domain.Corrupt, "store.damaged"},
	} {
		t.Run(name, func(t *testing.T) {
			path := closed(t)
			tt.prepare(t, path)
			before := snapshot(t, filepath.Dir(path))
			_, err := tryOpen(t, path)
			wantError(t, err, tt.kind, tt.key)
			if d := cmp.Diff(before, snapshot(t, filepath.Dir(path))); d != "" {
				t.Errorf("the refused file changed (-before +after)\n%.500s", d)
			}
			var e *domain.Error
			if !errors.As(err, &e) || e.Args["Path"] != path {
				t.Errorf("the error does not name the file: %+v", e)
			}
		})
	}
}

// A newer version that is still in the log of a process that died: opening and
// closing the file as usual would fold the log into it.
func TestNewerInLog(t *testing.T) {
	path := closed(t)
	db, err := sql.Open("sqlite3", path)
	must(t, err)
	defer db.Close()
	_, err = db.ExecContext(t.Context(), "PRAGMA user_version = 99")
	must(t, err)
	crashed := crash(t, path, "-wal")
	before := snapshot(t, filepath.Dir(crashed))
	_, err = tryOpen(t, crashed)
	wantError(t, err, domain.Conflict, "store.newer")
	after := snapshot(t, filepath.Dir(crashed))
	delete(after, "quietline.db-shm") // what it needs to read the log
	if d := cmp.Diff(before, after); d != "" {
		t.Errorf("the refused file changed (-before +after)\n%.500s", d)
	}
}

// crash is a copy of what a process has on the disk at this moment.
func crash(t *testing.T, path, companion string) (copied string) {
	t.Helper()
	copied = filepath.Join(t.TempDir(), "quietline.db")
	for _, suffix := range []string{"", companion} {
		b, err := os.ReadFile(path + suffix)
		must(t, err, os.WriteFile(copied+suffix, b, 0o600))
	}
	if info, err := os.Stat(copied + companion); err != nil || info.Size() == 0 {
		t.Fatalf("%s is empty: %v", companion, err)
	}
	return copied
}

func TestOpenAgain(t *testing.T) {
	path := closed(t)
	s := open(t, path)
	got, err := s.Settings(t.Context())
	if err != nil || got["k"] != "v" {
		t.Fatalf("settings %v, %v", got, err)
	}
	if people, err := s.People(t.Context()); err != nil || len(people) != 1 {
		t.Fatalf("people %v, %v", people, err)
	}
}

// A process that died leaves its log; what it committed is still there.
func TestOpenAfterCrash(t *testing.T) {
	first := filepath.Join(t.TempDir(), "quietline.db")
	s := open(t, first)
	storetest.Fill(t, s, 3)
	crashed := crash(t, first, "-wal")
	storetest.WorkTogether(t, 1, 3, func(int) storetest.Full { return open(t, crashed) })
}

// A backup has no WAL mode; a copy may stand at any path, with any rights.
func TestOpenCopies(t *testing.T) {
	source := closed(t)
	for _, name := range []string{
		"with space.db", "with?question#hash%41&and=;.db", "静线 数据.db", "-dash.db", "quote'\".db", "file:x.db",
	} {
		t.Run(name, func(t *testing.T) {
			path := filepath.Join(t.TempDir(), "deep", "er", name)
			if err := os.MkdirAll(filepath.Dir(path), 0o700); err != nil {
				t.Fatal(err)
			}
			db, err := sql.Open("sqlite3", source)
			if err != nil {
				t.Fatal(err)
			}
			defer db.Close()
			if _, err := db.ExecContext(t.Context(), "VACUUM INTO ?", path); err != nil {
				t.Fatal(err)
			}
			s := open(t, path)
			got, err := s.Settings(t.Context())
			if err != nil || got["k"] != "v" {
				t.Fatalf("settings %v, %v", got, err)
			}
			if _, err := os.Stat(path + "-wal"); err != nil {
				t.Errorf("not in WAL mode: %v", err)
			}
		})
	}
}

func TestOpenEmptyFileAndNewFolders(t *testing.T) {
	dir := t.TempDir()
	empty := filepath.Join(dir, "empty.db")
	if err := os.WriteFile(empty, nil, 0o600); err != nil {
		t.Fatal(err)
	}
	open(t, empty)
	open(t, filepath.Join(dir, "a", "b", "quietline.db"))
	for _, e := range []string{dir, filepath.Join(dir, "a", "b")} {
		for name := range snapshot(t, e) {
			if name[0] == '.' {
				t.Errorf("%s was left behind", name)
			}
		}
	}
	_, err := tryOpen(t, filepath.Join(empty, "quietline.db"))
	wantError(t, err, domain.Denied, "store.no_folder")
}

func TestStoppedContext(t *testing.T) {
	s := open(t, filepath.Join(t.TempDir(), "quietline.db"))
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	_, err := s.People(ctx)
	if !errors.Is(err, context.Canceled) || domain.KeyOf(err) != "" {
		t.Errorf("reading: %v", err)
	}
	if err := s.SetSetting(ctx, "k", "v"); !errors.Is(err, context.Canceled) {
		t.Errorf("writing: %v", err)
	}
	if _, err := store.Open(ctx, store.Params{Path: filepath.Join(t.TempDir(), "x.db"), Clock: testkit.NewClock()}); !errors.Is(err, context.Canceled) {
		t.Errorf("opening: %v", err)
	}
}

// Work that is stopped in the middle is done completely or not at all.
func TestStoppedInTheMiddle(t *testing.T) {
	s := open(t, filepath.Join(t.TempDir(), "quietline.db"))
	stored := 0
	for round := range 30 {
		ctx, cancel := context.WithCancel(t.Context())
		begun := make(chan struct{})
		go func() {
			<-begun
			cancel()
		}()
		close(begun)
		r, err := s.AddCalls(ctx, someCalls(round*100, 100), false)
		switch {
		case err == nil:
			stored += r.Added
		case !errors.Is(err, context.Canceled) || domain.KeyOf(err) != "":
			t.Fatal(err)
		}
		cancel()
	}
	index, err := s.IndexCalls(t.Context(), domain.CallFilter{}, 1000)
	if err != nil || int(index.Count) != stored {
		t.Errorf("%d calls, %d reported: %v", index.Count, stored, err)
	}
}

// A copy without WAL mode whose process died while it wrote: SQLite takes the
// half-done work back.
func TestOpenAfterCrashWithJournal(t *testing.T) {
	source := filepath.Join(t.TempDir(), "quietline.db")
	db, err := sql.Open("sqlite3", closed(t))
	must(t, err)
	defer db.Close()
	_, err = db.ExecContext(t.Context(), "VACUUM INTO ?", source)
	must(t, err)
	other, err := sql.Open("sqlite3", source)
	must(t, err)
	defer other.Close()
	conn, err := other.Conn(t.Context())
	must(t, err)
	defer conn.Close()
	// A cache of one page makes it write before the end.
	_, err = conn.ExecContext(t.Context(), `
		PRAGMA cache_size = 1; PRAGMA cache_spill = 1; BEGIN;
		WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 500)
		INSERT INTO setting SELECT 'k' || i, hex(randomblob(500)) FROM n;
		UPDATE setting SET value = 'half-done' WHERE key = 'k'`)
	must(t, err)
	crashed := crash(t, source, "-journal")
	got, err := open(t, crashed).Settings(t.Context())
	if err != nil || len(got) != 1 || got["k"] != "v" {
		t.Errorf("%d settings, k = %q: %v", len(got), got["k"], err)
	}
}
