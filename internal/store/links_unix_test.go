//go:build unix

package store_test

import (
	"database/sql"
	"os"
	"path/filepath"
	"testing"

	"github.com/google/go-cmp/cmp"

	"quietline/internal/domain"
)

// linked is a link to the file from another folder.
func linked(t *testing.T, path string) (link string) {
	t.Helper()
	link = filepath.Join(t.TempDir(), "quietline.db")
	must(t, os.Symlink(path, link))
	return link
}

// The log lies beside the database and not beside the link to it.
func TestLogBehindLink(t *testing.T) {
	path := closed(t)
	db, err := sql.Open("sqlite3", path)
	must(t, err)
	defer db.Close()
	_, err = db.ExecContext(t.Context(), "PRAGMA user_version = 99")
	must(t, err)
	crashed := crash(t, path, "-wal")
	before := snapshot(t, filepath.Dir(crashed))
	_, err = tryOpen(t, linked(t, crashed))
	wantError(t, err, domain.Conflict, "store.newer")
	after := snapshot(t, filepath.Dir(crashed))
	delete(after, "quietline.db-shm") // what it needs to read the log
	if d := cmp.Diff(before, after); d != "" {
		t.Errorf("the refused file changed (-before +after)\n%.500s", d)
	}
}

// A link to nothing may lead to a disk that is not there now.
func TestLinkToNothing(t *testing.T) {
	link := linked(t, filepath.Join(t.TempDir(), "quietline.db"))
	_, err := tryOpen(t, link)
	wantError(t, err, domain.Unavailable, "store.io")
	if entries, _ := os.ReadDir(filepath.Dir(link)); len(entries) != 1 || entries[0].Type() != os.ModeSymlink {
		t.Errorf("the link did not stay alone: %v", entries)
	}
}

func TestLinkToEmptyFile(t *testing.T) {
	path := filepath.Join(t.TempDir(), "target.db")
	must(t, os.WriteFile(path, nil, 0o600))
	link := linked(t, path)
	must(t, open(t, link).SetSetting(t.Context(), "k", "v"))
	got, err := open(t, path).Settings(t.Context())
	if err != nil || got["k"] != "v" {
		t.Errorf("the link was replaced: %v, %v", got, err)
	}
}
