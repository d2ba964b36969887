package practice

import (
	"context"
	"database/sql"
	_ "embed"
	"encoding/binary"
	"errors"
	"fmt"
	"io"
	"net/url"
	"os"
	"path/filepath"
	"strings"

	_ "github.com/mattn/go-sqlite3" // the driver "sqlite3"

	"quietline/internal/domain"
)

//go:embed schema.sql
var schema string

const (
	// applicationID marks our files ("QLPr"), so that no other database is
	// taken for one.
	applicationID = 0x514c5072
	// schemaVersion is what this version writes.
	schemaVersion = 2
	// secondVersion stands in the schema before what version 1 lacks.
	secondVersion = "-- Version 2:"
	// magic begins every SQLite file (sqlite.org/fileformat.html, 1.3).
	magic = "SQLite format 3\x00"
)

// database is the file with everything the endpoint received.
type database struct {
	sql *sql.DB
	// most is how large the file may become, in bytes.
	most int64
	// temporary is the folder to remove at the end, or empty.
	temporary string
}

// openDatabase opens, or makes, the file; see New for the errors.
func openDatabase(ctx context.Context, path string) (_ *database, err error) {
	const op = "practice.openDatabase"
	d := &database{most: maxData}
	defer func() {
		if err != nil {
			_ = d.close() // the first error is the one to tell
		}
	}()
	if path == "" {
		if d.temporary, err = os.MkdirTemp("", "quietline-practice-"); err != nil {
			return nil, unusable(op, err)
		}
		path = filepath.Join(d.temporary, "practice.db")
	}
	if path, err = filepath.Abs(path); err != nil {
		return nil, unusable(op, err)
	}
	if err := checkFile(path); err != nil {
		return nil, err
	}
	if err := createSchema(ctx, path); err != nil {
		return nil, err
	}
	// WAL with synchronous=NORMAL: what was answered survives the end of this
	// process at any moment; a power cut may take the last moments of practice.
	if d.sql, err = sql.Open("sqlite3", dsn(path, "_journal_mode=WAL&_synchronous=NORMAL")); err != nil {
		return nil, unusable(op, err)
	}
	d.sql.SetMaxOpenConns(1) // one writer at a time anyway, and no busy answers among ourselves
	if err := d.sql.PingContext(ctx); err != nil {
		return nil, unusable(op, err)
	}
	return d, nil
}

func (d *database) close() error {
	var errs []error
	if d.sql != nil {
		errs = append(errs, d.sql.Close())
	}
	if d.temporary != "" {
		errs = append(errs, os.RemoveAll(d.temporary))
	}
	if err := errors.Join(errs...); err != nil {
		return unusable("practice.Close", err)
	}
	return nil
}

func unusable(op string, cause error) error {
	return domain.E(op, domain.Unavailable, "practice.data_unusable", nil, cause)
}

// checkFile makes the file private before SQLite would make it with mode 0644,
// and looks into an existing one without changing a byte of it.
func checkFile(path string) error {
	const op = "practice.checkFile"
	f, err := os.OpenFile(path, os.O_RDWR|os.O_CREATE, 0o600) //nolint:gosec // the user names the file
	if err != nil {
		return unusable(op, err)
	}
	var header [100]byte
	n, err := io.ReadFull(f, header[:])
	_ = f.Close() // only read
	switch {
	case n == 0 && errors.Is(err, io.EOF):
		return nil
	case err != nil && !errors.Is(err, io.ErrUnexpectedEOF):
		return unusable(op, err)
	}
	// Offsets 60 and 68 hold user_version and application_id.
	version := binary.BigEndian.Uint32(header[60:64])
	switch {
	case string(header[:len(magic)]) != magic, binary.BigEndian.Uint32(header[68:72]) != applicationID:
		return domain.E(op, domain.Corrupt, "practice.data_foreign", nil, nil)
	case version > schemaVersion:
		return domain.E(op, domain.Conflict, "practice.data_newer", nil, nil)
	}
	return nil
}

// createSchema writes the tables and the marks of the file in one transaction,
// where another process has not done it already. It does so before the file
// goes into WAL mode: until then the marks in the header are those of the
// contents, and checkFile can rely on them.
func createSchema(ctx context.Context, path string) (err error) {
	const op = "practice.createSchema"
	db, err := sql.Open("sqlite3", dsn(path, ""))
	if err != nil {
		return unusable(op, err)
	}
	defer func() { err = errors.Join(err, db.Close()) }()
	tx, err := db.BeginTx(ctx, nil)
	if err != nil {
		return unusable(op, err)
	}
	defer tx.Rollback()
	var version int
	if err := tx.QueryRowContext(ctx, "PRAGMA user_version").Scan(&version); err != nil {
		return unusable(op, err)
	}
	switch {
	case version == schemaVersion:
		return nil
	case version > schemaVersion:
		return domain.E(op, domain.Conflict, "practice.data_newer", nil, nil)
	}
	steps := schema
	if version > 0 {
		_, steps, _ = strings.Cut(schema, secondVersion)
		steps = "--" + steps // the rest of that line
	}
	marks := fmt.Sprintf("PRAGMA application_id = %d; PRAGMA user_version = %d;", applicationID, schemaVersion)
	if _, err := tx.ExecContext(ctx, marks+steps); err != nil {
		return unusable(op, err)
	}
	if err := tx.Commit(); err != nil {
		return unusable(op, err)
	}
	return nil
}

// dsn names the file as a URI, in which a question mark, a per cent sign or a
// hash in its path must not be taken for syntax.
func dsn(path, options string) string {
	path = filepath.ToSlash(path)
	if !strings.HasPrefix(path, "/") {
		path = "/" + path // a drive letter
	}
	const always = "_txlock=immediate&_busy_timeout=5000"
	escaped := strings.ReplaceAll((&url.URL{Path: path}).EscapedPath(), "//", "/")
	return "file:" + escaped + "?" + strings.TrimSuffix(always+"&"+options, "&")
}
