package store

import (
	"context"
	"database/sql"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"time"
)

const (
	backupPrefix = "quietline-backup-v"
	backupSuffix = ".db"
	// backupsKept is how many backups of migrations stay.
	backupsKept = 3
	// backupTime sorts as text. It is UTC, so it never goes back an hour.
	backupTime = "20060102T150405.000Z"
)

// backup writes a complete copy of the database beside it, before a migration
// changes it: quietline-backup-vVERSION-TIME.db, 0600. It gets its name only
// when it is whole and on the disk, and nothing is changed before the name is
// there as well.
func backup(ctx context.Context, conn *sql.Conn, p Params, version int) error {
	dir := filepath.Dir(p.Path)
	f, err := os.CreateTemp(dir, ".quietline-backup-*") // mode 0600
	if err != nil {
		return err
	}
	defer func() { _ = os.Remove(f.Name()) }() // gone if all went well
	defer quietly(f)
	// VACUUM INTO takes an existing file if it is empty.
	if _, err := conn.ExecContext(ctx, "VACUUM INTO ?", f.Name()); err != nil {
		return err
	}
	// Another process may have migrated before the copy was made; then it has
	// also made the backup.
	if copied, err := peek(ctx, f.Name()); err != nil || copied.version != version {
		return err
	}
	if err := f.Sync(); err != nil {
		return err
	}
	if err := f.Close(); err != nil {
		return err
	}
	made := freeName(dir, version, p.Clock.Now().UTC())
	if err := os.Rename(f.Name(), filepath.Join(dir, made)); err != nil {
		return err
	}
	if err := syncFolder(dir); err != nil {
		return err
	}
	dropOldBackups(dir, made)
	return nil
}

// freeName is what a backup of this moment is called. Another process may make
// one in the same millisecond.
func freeName(dir string, version int, at time.Time) string {
	for ; ; at = at.Add(time.Millisecond) {
		name := fmt.Sprintf("%s%d-%s%s", backupPrefix, version, at.Format(backupTime), backupSuffix)
		if !exists(filepath.Join(dir, name)) {
			return name
		}
	}
}

// dropOldBackups keeps the one that was just made and the newest of the others
// by the time in their names. What cannot be removed stays: that is no reason
// not to start.
func dropOldBackups(dir, made string) {
	entries, _ := os.ReadDir(dir)
	var others []string
	for _, e := range entries {
		if e.Name() != made && e.Type().IsRegular() && stamp(e.Name()) != "" {
			others = append(others, e.Name())
		}
	}
	slices.SortFunc(others, func(a, b string) int { return strings.Compare(stamp(b), stamp(a)) })
	for _, old := range others[min(backupsKept-1, len(others)):] {
		_ = os.Remove(filepath.Join(dir, old))
	}
}

// stamp is the time in the name of a backup, or empty for what the user has
// named otherwise.
func stamp(name string) string {
	rest, ours := strings.CutPrefix(name, backupPrefix)
	_, rest, _ = strings.Cut(rest, "-")
	text, db := strings.CutSuffix(rest, backupSuffix)
	if _, err := time.Parse(backupTime, text); err != nil || !ours || !db {
		return ""
	}
	return text
}
