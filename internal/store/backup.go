package store

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"io/fs"
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
// when it is whole and on the disk.
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
	start, err := readStart(f.Name())
	if err != nil {
		return err
	}
	if h, ok := parseHeader(start); !ok || int(h.userVersion) != version {
		return nil
	}
	if err := f.Sync(); err != nil {
		return err
	}
	if err := f.Close(); err != nil {
		return err
	}
	// Another process may do the same in the same millisecond.
	for at := p.Clock.Now().UTC(); ; at = at.Add(time.Millisecond) {
		name := fmt.Sprintf("%s%d-%s%s", backupPrefix, version, at.Format(backupTime), backupSuffix)
		if exists(filepath.Join(dir, name)) {
			continue
		}
		if err := os.Rename(f.Name(), filepath.Join(dir, name)); err != nil {
			return err
		}
		break
	}
	return dropOldBackups(dir)
}

// dropOldBackups keeps the newest backups by the time in their names.
func dropOldBackups(dir string) error {
	entries, err := os.ReadDir(dir)
	if err != nil {
		return err
	}
	var names []string
	for _, e := range entries {
		if strings.HasPrefix(e.Name(), backupPrefix) && strings.HasSuffix(e.Name(), backupSuffix) {
			names = append(names, e.Name())
		}
	}
	stamp := func(name string) string { return name[strings.LastIndexByte(name, '-')+1:] }
	slices.SortFunc(names, func(a, b string) int { return strings.Compare(stamp(b), stamp(a)) })
	for _, old := range names[min(backupsKept, len(names)):] {
		if err := os.Remove(filepath.Join(dir, old)); err != nil && !errors.Is(err, fs.ErrNotExist) {
			return err
		}
	}
	return nil
}
