package store

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"quietline/internal/domain"
	"quietline/internal/testkit"
)

// longer is the present schema with more migrations behind it.
func longer(t *testing.T, more ...string) schema {
	t.Helper()
	sch, err := presentSchema()
	if err != nil {
		t.Fatal(err)
	}
	for _, text := range more {
		sch.migrations = append(sch.migrations, migration{name: "test", sql: text})
	}
	return sch
}

func openAs(t *testing.T, path string, clock domain.Clock, sch schema) (*Store, error) {
	t.Helper()
	s, err := open(t.Context(), Params{Path: path, Clock: clock, SelfName: "Owner"}, sch)
	if err == nil {
		t.Cleanup(func() { s.Close() })
	}
	return s, err
}

// old is a closed database of the present version with one person and a call.
func old(t *testing.T) (path string, clock *testkit.Clock) {
	t.Helper()
	path, clock = filepath.Join(t.TempDir(), "quietline.db"), testkit.NewClock()
	s, err := openAs(t, path, clock, longer(t))
	if err != nil {
		t.Fatal(err)
	}
	p := domain.Person{Name: "Aunt", Relation: domain.RelationChild}
	if err := s.AddPerson(t.Context(), &p); err != nil {
		t.Fatal(err)
	}
	c := domain.Call{PersonID: p.ID, Number: "95588", Direction: domain.DirectionMissed, Note: "note", StartedAt: clock.Now()}
	if _, err := s.AddCalls(t.Context(), []domain.Call{c}, false); err != nil {
		t.Fatal(err)
	}
	if err := s.Close(); err != nil {
		t.Fatal(err)
	}
	return path, clock
}

func backups(t *testing.T, path string) []string {
	t.Helper()
	names, err := filepath.Glob(filepath.Join(filepath.Dir(path), "quietline-backup-*"))
	if err != nil {
		t.Fatal(err)
	}
	for i := range names {
		names[i] = filepath.Base(names[i])
	}
	return names
}

// backupOf names the backup of the present version, or of a later one.
func backupOf(t *testing.T, later int, at string) string {
	t.Helper()
	return fmt.Sprintf("quietline-backup-v%d-%s.db", longer(t).latest()+later, at)
}

func versionOf(t *testing.T, path string) int {
	t.Helper()
	h, err := peek(t.Context(), path)
	if err != nil || h.applicationID != applicationID {
		t.Fatalf("header %+v: %v", h, err)
	}
	return h.version
}

func TestMigrationsAreInOrder(t *testing.T) {
	sch, err := presentSchema()
	if err != nil || sch.latest() < 1 {
		t.Fatalf("%d migrations, %v", sch.latest(), err)
	}
}

func TestMigrateKeepsDataAndBacksUp(t *testing.T) {
	path, clock := old(t)
	// A rebuilt table is what goes wrong with foreign keys switched on.
	sch := longer(t,
		"ALTER TABLE person ADD COLUMN nick TEXT NOT NULL DEFAULT ''",
		`CREATE TABLE person2 (id INTEGER PRIMARY KEY AUTOINCREMENT, name TEXT NOT NULL UNIQUE, relation TEXT NOT NULL,
			authority TEXT NOT NULL DEFAULT '', province TEXT NOT NULL DEFAULT '', created_at INTEGER NOT NULL, removed_at INTEGER);
		 INSERT INTO person2 SELECT id, name, relation, authority, province, created_at, removed_at FROM person;
		 DROP TABLE person;
		 ALTER TABLE person2 RENAME TO person;`)
	from := sch.latest() - 2
	s, err := openAs(t, path, clock, sch)
	if err != nil {
		t.Fatal(err)
	}
	calls, err := s.Calls(t.Context(), domain.CallFilter{Text: "note"}, domain.Page{Limit: 9})
	if err != nil || len(calls.Calls) != 1 || calls.Calls[0].Person != "Aunt" {
		t.Fatalf("calls %+v, %v", calls, err)
	}
	if err := s.Check(t.Context()); err != nil {
		t.Fatal(err)
	}
	stray := calls.Calls[0]
	stray.PersonID = 4711
	if _, err := s.AddCalls(t.Context(), []domain.Call{stray}, false); domain.KeyOf(err) != keyGone {
		t.Errorf("foreign keys are off after the migration: %v", err)
	}
	if err := s.Close(); err != nil {
		t.Fatal(err)
	}
	if v := versionOf(t, path); v != sch.latest() {
		t.Errorf("version %d", v)
	}
	want := []string{backupOf(t, 0, "20240520T010000.000Z")}
	if d := cmp.Diff(want, backups(t, path)); d != "" {
		t.Fatal(d)
	}
	copied := filepath.Join(filepath.Dir(path), want[0])
	if info, err := os.Stat(copied); err != nil || info.Mode().Perm()&0o077 != 0 {
		t.Errorf("backup: %v, %v", info, err)
	}
	if v := versionOf(t, copied); v != from {
		t.Errorf("the backup has version %d, want %d", v, from)
	}
	b, err := openAs(t, copied, clock, longer(t))
	if err != nil {
		t.Fatal(err)
	}
	if calls, err := b.Calls(t.Context(), domain.CallFilter{}, domain.Page{Limit: 9}); err != nil || len(calls.Calls) != 1 {
		t.Errorf("backup: %+v, %v", calls, err)
	}
}

// Every released version leads to the present one with its data.
func TestEveryVersionIsBroughtUp(t *testing.T) {
	present := longer(t)
	for version := 1; version < present.latest(); version++ {
		path, clock := filepath.Join(t.TempDir(), "quietline.db"), testkit.NewClock()
		before := present
		before.migrations = present.migrations[:version]
		s, err := openAs(t, path, clock, before)
		if err != nil {
			t.Fatal(err)
		}
		c := domain.Call{PersonID: domain.SelfID, Number: "95588", Direction: domain.DirectionMissed, Note: "note", StartedAt: clock.Now()}
		if _, err := s.AddCalls(t.Context(), []domain.Call{c}, false); err != nil {
			t.Fatal(err)
		}
		if version < 7 {
			textsByID(t, s)
		}
		if err := s.Close(); err != nil {
			t.Fatal(err)
		}
		s, err = openAs(t, path, clock, present)
		if err != nil {
			t.Fatal(err)
		}
		if err := s.Check(t.Context()); err != nil {
			t.Error(err)
		}
		calls, err := s.Calls(t.Context(), domain.CallFilter{Text: "note"}, domain.Page{Limit: 9})
		if err != nil || len(calls.Calls) != 1 {
			t.Errorf("version %d: %+v, %v", version, calls, err)
		}
		if n, err := s.Generation(t.Context()); err != nil || n != 0 {
			t.Errorf("version %d: generation %d, %v", version, n, err)
		}
	}
}

func TestNewDatabaseNeedsNoBackup(t *testing.T) {
	path := filepath.Join(t.TempDir(), "quietline.db")
	if _, err := openAs(t, path, testkit.NewClock(), longer(t, "CREATE TABLE extra (x)")); err != nil {
		t.Fatal(err)
	}
	if names := backups(t, path); len(names) > 0 {
		t.Error(names)
	}
}

func TestThreeBackupsStay(t *testing.T) {
	path, clock := old(t)
	var more []string
	for range 5 {
		clock.Advance(time.Hour)
		more = append(more, "SELECT 1")
		s, err := openAs(t, path, clock, longer(t, more...))
		if err != nil {
			t.Fatal(err)
		}
		if err := s.Close(); err != nil {
			t.Fatal(err)
		}
	}
	want := []string{
		backupOf(t, 2, "20240520T040000.000Z"),
		backupOf(t, 3, "20240520T050000.000Z"),
		backupOf(t, 4, "20240520T060000.000Z"),
	}
	slices.Sort(want) // v10 comes before v9
	if d := cmp.Diff(want, backups(t, path)); d != "" {
		t.Error(d)
	}
}

// A backup that was just made stays whatever lies beside it: copies from a time
// when the clock was wrong, copies that the user has renamed, a folder.
func TestNewBackupStays(t *testing.T) {
	path, clock := old(t)
	made := backupOf(t, 0, "20240520T010000.000Z")
	want := []string{made}
	for _, name := range []string{
		"quietline-backup-v1-20990101T000000.000Z.db", "quietline-backup-v1-20990102T000000.000Z.db",
		"quietline-backup-v1-20980101T000000.000Z.db", // the oldest of three
		"quietline-backup-v1-mine.db", "quietline-backup-v1-of-mum.db", "quietline-backup-v1-zz.db",
	} {
		want = append(want, name)
		if err := os.WriteFile(filepath.Join(filepath.Dir(path), name), nil, 0o600); err != nil {
			t.Fatal(err)
		}
	}
	full := filepath.Join(filepath.Dir(path), "quietline-backup-v1-20200101T000000.000Z.db", "photo")
	if err := os.MkdirAll(full, 0o700); err != nil {
		t.Fatal(err)
	}
	want = append(want, filepath.Base(filepath.Dir(full)))
	if _, err := openAs(t, path, clock, longer(t, "SELECT 1")); err != nil {
		t.Fatal(err)
	}
	slices.Sort(want)
	want = slices.DeleteFunc(want, func(name string) bool { return strings.Contains(name, "2098") })
	if d := cmp.Diff(want, backups(t, path)); d != "" {
		t.Error(d)
	}
}

func TestBackupByItself(t *testing.T) {
	path, clock := old(t)
	s, err := openAs(t, path, clock, longer(t))
	if err != nil {
		t.Fatal(err)
	}
	conn, err := s.write.Conn(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	defer conn.Close()
	// The first: another process has migrated meanwhile, so this copy is not
	// what it would be called. The others come in the same millisecond.
	present := longer(t).latest()
	for _, version := range []int{99, present, present} {
		if err := backup(t.Context(), conn, Params{Path: path, Clock: clock}, version); err != nil {
			t.Fatal(err)
		}
	}
	want := []string{backupOf(t, 0, "20240520T010000.000Z"), backupOf(t, 0, "20240520T010000.001Z")}
	if d := cmp.Diff(want, backups(t, path)); d != "" {
		t.Error(d)
	}
}

// A migration that fails, at any statement, leaves the version, the data and
// every later chance as they were.
func TestFailedMigrationLeavesNoTrace(t *testing.T) {
	stop := errors.New("killed")
	for name, broken := range map[string]migration{
		"SQL":            {sql: "CREATE TABLE extra (x); DELETE FROM call; INSERT INTO nowhere VALUES (1)"},
		"last moment":    {sql: "DELETE FROM call", after: func(context.Context, *sql.Tx, Params) error { return stop }},
		"dangling":       {sql: "UPDATE call SET person_id = 4711"},
		"own versioning": {sql: "PRAGMA user_version = 50; PRAGMA application_id = 3; SELECT no_such_function()"},
	} {
		t.Run(name, func(t *testing.T) {
			path, clock := old(t)
			sch := longer(t, "CREATE TABLE fine (x)")
			sch.migrations = append(sch.migrations, broken)
			_, err := openAs(t, path, clock, sch)
			if err == nil {
				t.Fatal("a broken migration went through")
			}
			if name == "last moment" && !errors.Is(err, stop) {
				t.Errorf("the cause is lost: %v", err)
			}
			if v := versionOf(t, path); v != sch.latest()-1 {
				t.Errorf("version %d, want that before the broken step", v)
			}
			s, err := openAs(t, path, clock, longer(t, "CREATE TABLE fine (x)", "CREATE TABLE extra (x)"))
			if err != nil {
				t.Fatal(err)
			}
			if page, err := s.Calls(t.Context(), domain.CallFilter{}, domain.Page{Limit: 9}); err != nil || len(page.Calls) != 1 {
				t.Errorf("calls %+v, %v", page, err)
			}
		})
	}
}

func TestFailedCreationLeavesNothing(t *testing.T) {
	path := filepath.Join(t.TempDir(), "quietline.db")
	_, err := openAs(t, path, testkit.NewClock(), longer(t, "INSERT INTO nowhere VALUES (1)"))
	if err == nil {
		t.Fatal("a broken migration went through")
	}
	if names, _ := os.ReadDir(filepath.Dir(path)); len(names) > 0 {
		t.Errorf("%v was left", names)
	}
}

// A new database whose log could not be folded in, as on a full disk, is not
// all there: nothing takes its place.
func TestHalfCreationLeavesNothing(t *testing.T) {
	path := filepath.Join(t.TempDir(), "quietline.db")
	sch := longer(t)
	sch.migrations = append(sch.migrations, migration{sql: "SELECT 1", after: func(ctx context.Context, _ *sql.Tx, p Params) error {
		// A reader of what is there now holds up everything after it.
		db := reader(p.Path)
		t.Cleanup(func() { db.Close() })
		tx, err := db.BeginTx(ctx, nil)
		if err != nil {
			return err
		}
		t.Cleanup(func() { tx.Rollback() })
		_, err = scanValue[int](tx.QueryRowContext(ctx, "SELECT count(*) FROM person"))
		return err
	}})
	if _, err := openAs(t, path, testkit.NewClock(), sch); domain.KeyOf(err) != keyBusy {
		t.Error(err)
	}
	if exists(path) {
		t.Error("it was given its name")
	}
}

// Several processes of a new version start at once.
func TestMigrateTogether(t *testing.T) {
	path, clock := old(t)
	sch := longer(t, "ALTER TABLE setting ADD COLUMN a TEXT", "ALTER TABLE setting ADD COLUMN b TEXT")
	var group sync.WaitGroup
	for range 6 {
		group.Go(func() {
			s, err := open(t.Context(), Params{Path: path, Clock: clock}, sch)
			if err != nil {
				t.Error(err)
				return
			}
			s.Close()
		})
	}
	group.Wait()
	// Not from the header: of those that close at once, none may be the last
	// one, which empties the log into the file.
	db := visitor(path, false)
	v, err := scanValue[int](db.QueryRowContext(t.Context(), "PRAGMA user_version"))
	quietly(db)
	if err != nil || v != sch.latest() {
		t.Errorf("version %d, %v", v, err)
	}
	for _, b := range backups(t, path) {
		copied := filepath.Join(filepath.Dir(path), b)
		if want := fmt.Sprintf("%s%d-", backupPrefix, versionOf(t, copied)); !strings.HasPrefix(b, want) {
			t.Errorf("%s is of another version: %s", b, want)
		}
		// Elsewhere, because it makes a backup of its own.
		moved := filepath.Join(t.TempDir(), "quietline.db")
		if err := os.Rename(copied, moved); err != nil {
			t.Fatal(err)
		}
		s, err := openAs(t, moved, clock, sch)
		if err != nil {
			t.Fatalf("%s: %v", b, err)
		}
		if err := s.Check(t.Context()); err != nil {
			t.Errorf("%s: %v", b, err)
		}
	}
	if entries, _ := os.ReadDir(filepath.Dir(path)); slices.ContainsFunc(entries, func(e os.DirEntry) bool {
		return strings.HasPrefix(e.Name(), ".")
	}) {
		t.Errorf("left behind: %v", entries)
	}
}
