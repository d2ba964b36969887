package custody_test

import (
	"database/sql"
	"path/filepath"
	"testing"

	_ "github.com/mattn/go-sqlite3" // the driver

	"quietline/internal/custody"
)

func database(t *testing.T, dir string) *sql.DB {
	t.Helper()
	db, err := sql.Open("sqlite3", filepath.Join(dir, custody.DatabaseFile))
	must(t, err)
	t.Cleanup(func() { db.Close() })
	return db
}

func exec(t *testing.T, dir, query string, args ...any) {
	t.Helper()
	db := database(t, dir)
	_, err := db.ExecContext(t.Context(), query, args...)
	must(t, err)
	must(t, db.Close())
}

func ask[T any](t *testing.T, dir, query string, args ...any) (v T) {
	t.Helper()
	db := database(t, dir)
	must(t, db.QueryRowContext(t.Context(), query, args...).Scan(&v))
	must(t, db.Close())
	return v
}
