package store

import (
	"context"
	"database/sql"
	"embed"
	"errors"
	"fmt"
	"io/fs"
	"strconv"
	"strings"

	"quietline/internal/domain"
)

//go:embed migrations/*.sql
var migrationFiles embed.FS

// applicationID marks our files in their header ("QLIN" in ASCII).
const applicationID = 0x514c494e

// migration takes a database from one version to the next.
type migration struct {
	name string
	sql  string
	// after does what needs a value of this run; it may be nil.
	after func(ctx context.Context, tx *sql.Tx, p Params) error
}

// schema is everything that tells our files from others; tests use their own.
type schema struct {
	applicationID int32
	// migrations[i] leads to version i+1.
	migrations []migration
	// tables are there in every version from 1 on.
	tables []string
}

func (s schema) latest() int { return len(s.migrations) }

// presentSchema reads the embedded migrations NNNN_name.sql, which count from
// 0001 without a gap.
func presentSchema() (schema, error) {
	const op = "store.presentSchema"
	files, err := fs.Glob(migrationFiles, "migrations/*.sql") // sorted
	if err != nil {
		return schema{}, domain.E(op, domain.Internal, "internal", nil, err)
	}
	s := schema{
		applicationID: applicationID,
		tables:        []string{"person", "call", "call_text", "channel", "complaint", "outbox", "attempt", "event", "setting"},
	}
	for i, name := range files {
		text, err := migrationFiles.ReadFile(name)
		number, _, _ := strings.Cut(strings.TrimPrefix(name, "migrations/"), "_")
		if n, bad := strconv.Atoi(number); err != nil || bad != nil || n != i+1 {
			return schema{}, domain.E(op, domain.Internal, "internal", nil, fmt.Errorf("migration out of order: %s", name))
		}
		s.migrations = append(s.migrations, migration{name: name, sql: string(text)})
	}
	s.migrations[0].after = addSelf
	return s, nil
}

// addSelf adds the person who owns the workspace.
func addSelf(ctx context.Context, tx *sql.Tx, p Params) error {
	name := p.SelfName
	if name == "" {
		name = string(domain.RelationSelf)
	}
	_, err := tx.ExecContext(ctx, "INSERT INTO person (id, name, relation, created_at) VALUES (?, ?, ?, ?)",
		domain.SelfID, name, domain.RelationSelf, p.Clock.Now().UnixMilli())
	return err
}

// migrate brings the database to the latest version. Each step is one
// transaction that also writes the new version, so a step that fails leaves no
// trace. Processes that migrate at the same time take turns, and each looks at
// the version again before it does anything.
func migrate(ctx context.Context, db *sql.DB, p Params, sch schema) error {
	conn, err := db.Conn(ctx)
	if err != nil {
		return err
	}
	defer quietly(conn)
	version, err := scanValue[int](conn.QueryRowContext(ctx, "PRAGMA user_version"))
	if err != nil || version == sch.latest() {
		return err
	}
	if version > 0 && version < sch.latest() {
		if err := backup(ctx, conn, p, version); err != nil {
			return err
		}
	}
	// Rebuilding a table drops it for a moment; step checks every key itself.
	if _, err := conn.ExecContext(ctx, "PRAGMA foreign_keys = off"); err != nil {
		return err
	}
	for done := false; !done && err == nil; {
		done, err = step(ctx, conn, p, sch)
	}
	_, errOn := conn.ExecContext(context.WithoutCancel(ctx), "PRAGMA foreign_keys = on")
	return errors.Join(err, errOn)
}

// step does the next migration; done is true where none is left.
func step(ctx context.Context, conn *sql.Conn, p Params, sch schema) (done bool, err error) {
	tx, err := conn.BeginTx(ctx, nil)
	if err != nil {
		return false, err
	}
	defer tx.Rollback()
	version, err := scanValue[int](tx.QueryRowContext(ctx, "PRAGMA user_version"))
	switch {
	case err != nil:
		return false, err
	case version < 0:
		return false, fault("store.migrate", domain.Corrupt, keyDamaged, p.Path, errors.New("negative version"))
	case version > sch.latest():
		return false, fault("store.migrate", domain.Conflict, keyNewer, p.Path, nil)
	case version == sch.latest():
		return true, nil
	}
	m := sch.migrations[version]
	if _, err := tx.ExecContext(ctx, m.sql); err != nil {
		return false, fmt.Errorf("%s: %w", m.name, err)
	}
	if m.after != nil {
		if err := m.after(ctx, tx, p); err != nil {
			return false, fmt.Errorf("%s: %w", m.name, err)
		}
	}
	// The check reports by rows, not by an error.
	broken, err := collect(ctx, tx, scanValue[string], `SELECT "table" FROM pragma_foreign_key_check LIMIT 1`)
	if err != nil {
		return false, err
	}
	if len(broken) > 0 {
		return false, fault("store.migrate", domain.Corrupt, keyDamaged, p.Path, fmt.Errorf("%s: dangling rows in %s", m.name, broken[0]))
	}
	_, err = tx.ExecContext(ctx, fmt.Sprintf("PRAGMA application_id = %d; PRAGMA user_version = %d", sch.applicationID, version+1))
	if err != nil {
		return false, err
	}
	return false, tx.Commit()
}
