package store

import (
	"bytes"
	"context"
	"encoding/binary"
	"errors"
	"io"
	"io/fs"
	"os"
	"slices"

	"github.com/mattn/go-sqlite3"

	"quietline/internal/domain"
)

// header is the part of a database file's first 100 bytes that tells whose it
// is (https://www.sqlite.org/fileformat2.html#the_database_header).
type header struct {
	userVersion   int32
	applicationID int32
}

const (
	headerSize  = 100
	headerMagic = "SQLite format 3\x00"
)

func parseHeader(b []byte) (header, bool) {
	if len(b) < headerSize || !bytes.HasPrefix(b, []byte(headerMagic)) {
		return header{}, false
	}
	be := binary.BigEndian
	// Both are signed in the file format.
	return header{userVersion: int32(be.Uint32(b[60:])), applicationID: int32(be.Uint32(b[68:]))}, true
}

// inspect finds out whether the file is a database of this product that this
// version can read; found is false where there is nothing yet. It only reads:
// a file that is refused stays as it is. Our files carry their identity in
// the main file from the moment they exist (create), so the header is enough
// to tell foreign files without asking SQLite.
func inspect(ctx context.Context, path string, sch schema) (found bool, err error) {
	const op = "store.Open"
	// The log is looked for first: another process makes it after the file.
	orphan := hasContent(path + "-wal")
	info, err := os.Stat(path)
	switch {
	case errors.Is(err, fs.ErrNotExist):
		if orphan {
			return false, fault(op, domain.Corrupt, keyOrphan, path, nil)
		}
		return false, nil
	case err != nil:
		return false, err
	case !info.Mode().IsRegular():
		return false, fault(op, domain.Conflict, keyNoFile, path, nil)
	case info.Size() == 0:
		if orphan {
			return false, fault(op, domain.Corrupt, keyDamaged, path, errors.New("empty file with a log"))
		}
		return false, nil
	}
	start, err := readStart(path)
	if err != nil {
		return false, err
	}
	h, ok := parseHeader(start)
	if !ok {
		return false, fault(op, domain.Corrupt, keyDamaged, path, errors.New("no SQLite header"))
	}
	if h.applicationID != sch.applicationID {
		return false, fault(op, domain.Conflict, keyForeign, path, nil)
	}
	return true, inspectSchema(ctx, path, sch)
}

// inspectSchema asks SQLite for what the header cannot tell: the version, which
// may still be in the log, whether the file is whole and our tables are there.
// Where no other process has the file open, nothing is locked and no companion
// file made.
func inspectSchema(ctx context.Context, path string, sch schema) error {
	const op = "store.Open"
	db := visitor(path, !exists(path+"-wal") && !exists(path+"-journal"))
	defer quietly(db)
	version, err := scanValue[int](db.QueryRowContext(ctx, "PRAGMA user_version"))
	if needsRecovery(err) {
		return nil // the writer does that
	}
	if err != nil {
		return cannotWrite(path, err)
	}
	if version > sch.latest() {
		return fault(op, domain.Conflict, keyNewer, path, nil)
	}
	tables, err := collect(ctx, db, scanValue[string], "SELECT name FROM sqlite_schema WHERE type = 'table'")
	if err != nil {
		return cannotWrite(path, err)
	}
	for _, t := range sch.tables {
		if !slices.Contains(tables, t) {
			return fault(op, domain.Corrupt, keyDamaged, path, errors.New("table missing: "+t))
		}
	}
	if version < 1 {
		return fault(op, domain.Corrupt, keyDamaged, path, errors.New("no version"))
	}
	return nil
}

// needsRecovery says that a process died while it wrote, and that reading
// alone cannot put it right.
func needsRecovery(err error) bool {
	e, ok := sqliteError(err)
	return ok && (e.ExtendedCode == sqlite3.ErrReadonlyRollback || e.ExtendedCode == sqlite3.ErrReadonlyRecovery)
}

func readStart(path string) ([]byte, error) {
	f, err := os.Open(path)
	if err != nil {
		return nil, err
	}
	defer quietly(f)
	b := make([]byte, headerSize)
	n, err := io.ReadFull(f, b)
	if errors.Is(err, io.ErrUnexpectedEOF) {
		err = nil
	}
	return b[:n], err
}

func exists(path string) bool {
	_, err := os.Lstat(path)
	return err == nil
}

func hasContent(path string) bool {
	info, err := os.Stat(path)
	return err == nil && info.Size() > 0
}
