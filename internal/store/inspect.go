package store

import (
	"context"
	"errors"
	"io/fs"
	"net/url"
	"os"
	"path/filepath"
	"slices"

	"github.com/mattn/go-sqlite3"

	"quietline/internal/domain"
)

// headerSize is the length of the header that every database file begins with
// (https://www.sqlite.org/fileformat2.html#the_database_header).
const headerSize = 100

// inspect finds out whether the file is a database of this product that this
// version can read; found is false where there is nothing yet. It only reads:
// a file that is refused stays as it is.
//
// It reads by SQLite alone. Whoever closes a descriptor of a file ends every
// lock that its process has on it, also those of a Store that is open; SQLite
// knows its descriptors and keeps such a one until the locks are gone. So
// nobody has to know whether this process has the file open.
func inspect(ctx context.Context, path string, sch schema) (found bool, err error) {
	found, err = present(path)
	if !found || err != nil {
		return false, err
	}
	h, err := peek(ctx, path)
	switch {
	case err != nil:
		return false, err
	case h.applicationID != sch.applicationID:
		return false, fault("store.Open", domain.Conflict, keyForeign, path, nil)
	case h.version > sch.latest():
		return false, fault("store.Open", domain.Conflict, keyNewer, path, nil)
	}
	return true, inspectSchema(ctx, path, sch)
}

// present says whether there is a file that can be a database. One that is
// missing or empty can be made, if nothing is left of an earlier one.
func present(path string) (bool, error) {
	const op = "store.Open"
	// The log is looked for first: another process makes it after the file.
	left := ""
	for _, f := range []string{path + "-journal", path + "-wal"} {
		if hasContent(f) {
			left = f
		}
	}
	info, err := os.Stat(path)
	switch {
	case errors.Is(err, fs.ErrNotExist) && exists(path):
		return false, fault(op, domain.Unavailable, keyIO, path, errors.New("a link to nothing"))
	case errors.Is(err, fs.ErrNotExist) && left != "":
		return false, domain.E(op, domain.Corrupt, keyOrphan, domain.Args{"Path": path, "Name": filepath.Base(left)}, nil)
	case errors.Is(err, fs.ErrNotExist):
		return false, nil
	case err != nil:
		return false, err
	case !info.Mode().IsRegular():
		return false, fault(op, domain.Conflict, keyNoFile, path, nil)
	case info.Size() == 0 && left != "":
		return false, fault(op, domain.Corrupt, keyDamaged, path, errors.New("empty file with a log"))
	case info.Size() == 0:
		return false, nil
	case info.Size() < headerSize:
		return false, fault(op, domain.Corrupt, keyDamaged, path, errors.New("no SQLite header"))
	}
	return true, nil
}

// header is what the first bytes of the file say.
type header struct {
	applicationID int32
	version       int
}

// peek reads the header of the file itself. It takes no lock and looks at no
// log: our files carry their mark in themselves from the moment they exist
// (create), and what belongs to others is not to be touched.
func peek(ctx context.Context, path string) (h header, err error) {
	db := onlooker()
	defer quietly(db)
	if _, err := db.ExecContext(ctx, "ATTACH ? AS file", dsn(path, url.Values{"mode": {"ro"}, "immutable": {"1"}})); err != nil {
		return header{}, err
	}
	if h.applicationID, err = scanValue[int32](db.QueryRowContext(ctx, "PRAGMA file.application_id")); err != nil {
		return header{}, err
	}
	h.version, err = scanValue[int](db.QueryRowContext(ctx, "PRAGMA file.user_version"))
	return h, err
}

// inspectSchema asks for what the header cannot tell, because it may still be
// in the log. Where no other process has the file open, nothing is locked and
// no companion file made.
func inspectSchema(ctx context.Context, path string, sch schema) error {
	db := visitor(path, !exists(path+"-wal") && !exists(path+"-journal"))
	defer quietly(db)
	err := sch.verify(ctx, db, path)
	if needsRecovery(err) {
		return nil // the writer does that
	}
	return cannotWrite(path, err)
}

// verify says whether the database is ours, of a version that is known, and
// has our tables.
func (s schema) verify(ctx context.Context, q querier, path string) error {
	const op = "store.verify"
	id, err := scanValue[int32](q.QueryRowContext(ctx, "PRAGMA application_id"))
	if err != nil {
		return err
	}
	version, err := scanValue[int](q.QueryRowContext(ctx, "PRAGMA user_version"))
	switch {
	case err != nil:
		return err
	case id != s.applicationID:
		return fault(op, domain.Conflict, keyForeign, path, nil)
	case version > s.latest():
		return fault(op, domain.Conflict, keyNewer, path, nil)
	case version < 1:
		return fault(op, domain.Corrupt, keyDamaged, path, errors.New("no version"))
	}
	tables, err := collect(ctx, q, scanValue[string], "SELECT name FROM sqlite_schema WHERE type = 'table'")
	if err != nil {
		return err
	}
	for _, t := range s.tables {
		if !slices.Contains(tables, t) {
			return fault(op, domain.Corrupt, keyDamaged, path, errors.New("table missing: "+t))
		}
	}
	return nil
}

// needsRecovery says that a process died while it wrote, and that reading
// alone cannot put it right.
func needsRecovery(err error) bool {
	e, ok := sqliteError(err)
	return ok && (e.ExtendedCode == sqlite3.ErrReadonlyRollback || e.ExtendedCode == sqlite3.ErrReadonlyRecovery)
}

func exists(path string) bool {
	_, err := os.Lstat(path)
	return err == nil
}

func hasContent(path string) bool {
	info, err := os.Stat(path)
	return err == nil && info.Size() > 0
}
