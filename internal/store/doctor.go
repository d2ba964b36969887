package store

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strings"

	"github.com/mattn/go-sqlite3"

	"quietline/internal/domain"
)

// Info describes the open database for the diagnostics.
type Info struct {
	// Path is the absolute path of the file.
	Path string
	// SchemaVersion is the version of the file; LatestVersion is the newest
	// that this program knows.
	SchemaVersion, LatestVersion int
	// SQLiteVersion is the version of the library.
	SQLiteVersion string
	// SizeBytes is the size of the file, LogBytes that of its write-ahead log.
	SizeBytes, LogBytes int64
	// FileMode and DirMode are the permission bits.
	FileMode, DirMode fs.FileMode
	// People, Calls and Complaints are numbers of rows; hidden people count.
	People, Calls, Complaints int64
}

// Info reads the state of the open database.
func (s *Store) Info(ctx context.Context) (Info, error) {
	const op = "store.Info"
	version, _, _ := sqlite3.Version()
	info := Info{Path: s.path, LatestVersion: s.latest, SQLiteVersion: version}
	err := s.view(ctx, op, func(tx *sql.Tx) error {
		return tx.QueryRowContext(ctx, `
			SELECT (SELECT user_version FROM pragma_user_version), (SELECT count(*) FROM person),
				(SELECT count(*) FROM call), (SELECT count(*) FROM complaint)`).
			Scan(&info.SchemaVersion, &info.People, &info.Calls, &info.Complaints)
	})
	if err != nil {
		return Info{}, err
	}
	file, err := os.Stat(s.path)
	if err != nil {
		return Info{}, explain(ctx, op, s.path, err)
	}
	dir, err := os.Stat(filepath.Dir(s.path))
	if err != nil {
		return Info{}, explain(ctx, op, s.path, err)
	}
	info.SizeBytes, info.FileMode, info.DirMode = file.Size(), file.Mode().Perm(), dir.Mode().Perm()
	if log, err := os.Stat(s.path + "-wal"); err == nil {
		info.LogBytes = log.Size()
	}
	return info, nil
}

// maxFindings is how much of a damage is looked for: one finding is enough.
const maxFindings = 20

// Check reads the whole database and compares every index (also the one for
// text) with its table and every reference with its row. It takes a while on a
// big file. Fails with Corrupt "store.damaged"; the cause lists what is wrong,
// without any contents.
func (s *Store) Check(ctx context.Context) error {
	const op = "store.Check"
	var findings []string
	err := s.view(ctx, op, func(tx *sql.Tx) error {
		list, err := collect(ctx, tx, scanValue[string], fmt.Sprintf("PRAGMA integrity_check(%d)", maxFindings))
		if err != nil {
			return err
		}
		for _, f := range list {
			if f != "ok" {
				findings = append(findings, f)
			}
		}
		tables, err := collect(ctx, tx, scanValue[string],
			`SELECT DISTINCT "table" FROM pragma_foreign_key_check LIMIT ?`, maxFindings)
		for _, t := range tables {
			findings = append(findings, "dangling rows in "+t)
		}
		return err
	})
	if err == nil && len(findings) > 0 {
		err = fault(op, domain.Corrupt, keyDamaged, s.path, errors.New(strings.Join(findings, "; ")))
	}
	return err
}
