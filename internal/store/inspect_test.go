package store_test

import (
	"database/sql"
	"os"
	"path/filepath"
	"testing"

	"quietline/internal/domain"
)

// A process that died while it folded its log in has written the first page,
// which counts more pages than the file has by then. The log has them all.
func TestOpenAfterCrashWhileFolding(t *testing.T) {
	path := closed(t)
	db, err := sql.Open("sqlite3", path)
	must(t, err)
	defer db.Close()
	_, err = db.ExecContext(t.Context(), `
		WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 50)
		INSERT INTO setting SELECT 'k' || i, hex(randomblob(500)) FROM n`)
	must(t, err)
	crashed := crash(t, path, "-wal")
	must(t, db.Close())
	whole, err := os.ReadFile(path)
	must(t, err)
	half, err := os.Stat(crashed)
	must(t, err)
	if half.Size() >= int64(len(whole)) {
		t.Fatal("the log added no pages")
	}
	overwrite(t, crashed, 0, whole[:4096])
	got, err := open(t, crashed).Settings(t.Context())
	if err != nil || len(got) != 51 {
		t.Errorf("%d settings: %v", len(got), err)
	}
}

// A newer version may describe its tables in words that this one does not know.
func TestNewerInOtherWords(t *testing.T) {
	path := closed(t)
	runSQL(t, path, `PRAGMA user_version = 99; PRAGMA writable_schema = on;
		UPDATE sqlite_schema SET sql = replace(sql, 'TEXT', 'TEXT HITHERTO UNKNOWN (((') WHERE name = 'setting'`)
	_, err := tryOpen(t, path)
	wantError(t, err, domain.Conflict, "store.newer")
}

// The mark of the file decides, before anything is made beside it.
func TestForeignFileInUse(t *testing.T) {
	path := filepath.Join(t.TempDir(), "quietline.db")
	db, err := sql.Open("sqlite3", path)
	must(t, err)
	defer db.Close()
	_, err = db.ExecContext(t.Context(), "PRAGMA journal_mode = WAL; CREATE TABLE person (id)")
	must(t, err)
	crashed := crash(t, path, "-wal")
	before := snapshot(t, filepath.Dir(crashed))
	_, err = tryOpen(t, crashed)
	wantError(t, err, domain.Conflict, "store.foreign")
	if after := snapshot(t, filepath.Dir(crashed)); len(after) != len(before) {
		t.Errorf("%d files became %d", len(before), len(after))
	}
}
