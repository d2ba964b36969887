package importer

import (
	"context"
	"database/sql"
	"database/sql/driver"
	"errors"
	"net/url"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"github.com/mattn/go-sqlite3"

	"quietline/internal/domain"
	"quietline/internal/journal"
)

// Database is a SQLite file of another program, read on a private copy. Only
// its tables are looked at: a view or trigger of a hostile file is never run.
type Database struct {
	db     *sql.DB
	copy   *sqliteCopy
	tables []Table
}

// Table is an ordinary table of a Database; views, virtual tables and generated
// columns are not among them.
type Table struct {
	// Name is the name as the schema spells it.
	Name string
	// Columns are the names of the columns in lower case.
	Columns []string
	// rowid is the name by which its row numbers can be asked for, or empty.
	rowid string
}

// has says whether the table is called so and has all of the columns, both in
// lower case.
func (t Table) has(name string, columns ...string) bool {
	for _, c := range columns {
		if !slices.Contains(t.Columns, c) {
			return false
		}
	}
	return strings.EqualFold(t.Name, name)
}

// findTable finds the first table of the name with all of the columns.
func findTable(tables []Table, name string, columns ...string) (Table, bool) {
	for _, t := range tables {
		if t.has(name, columns...) {
			return t, true
		}
	}
	return Table{}, false
}

// maxSchema is how many columns of all tables together are looked at: an
// address book has some hundreds.
const maxSchema = 10_000

// readDatabase recognises a SQLite file by its tables and starts to read it.
func (im *Importers) readDatabase(
	ctx context.Context, raw *counted, sample *Sample, path string, args domain.Args, named Format, o journal.ImportOptions,
) (*source, error) {
	db, err := openDatabase(ctx, im.tempDir, path)
	if err != nil {
		return nil, err
	}
	sample.Tables = db.tables
	format, err := im.recognise(sample, named, args)
	if err == nil {
		s := &source{raw: raw, format: format.Name(), held: db}
		s.rows, err = format.Read(ctx, Input{Path: path, Sample: sample, Database: db, Progress: raw.share, Options: o})
		if err == nil {
			return s, nil
		}
	} else if db.copy.cut {
		err = truncated() // what tells the formats apart was behind the cut
	}
	_ = db.Close() // the error that came before counts
	return nil, readError(err)
}

// openDatabase copies the file and lists its tables. It fails with Corrupt
// "import.truncated" or "import.database_damaged", Invalid
// "import.database_too_large" and Unavailable "import.copy_failed".
func openDatabase(ctx context.Context, tempDir, path string) (*Database, error) {
	private, err := copyDatabase(ctx, tempDir, path)
	if err != nil {
		return nil, err
	}
	d := &Database{copy: private, db: sql.OpenDB(lockedDown{path: private.path})}
	d.db.SetMaxOpenConns(1)
	if d.tables, err = d.list(ctx); err != nil {
		_ = d.Close()
		return nil, err
	}
	return d, nil
}

// Close closes the copy and removes it.
func (d *Database) Close() error {
	return errors.Join(d.db.Close(), d.copy.remove())
}

// list reads the schema.
func (d *Database) list(ctx context.Context) ([]Table, error) {
	rows, err := d.db.QueryContext(ctx, `SELECT t.name, t.wr, c.name FROM pragma_table_list AS t, pragma_table_info(t.name) AS c
		WHERE t.schema = 'main' AND t.type = 'table' LIMIT ?`, maxSchema)
	if err != nil {
		return nil, d.problem(ctx, err)
	}
	defer rows.Close()
	var out []Table
	for rows.Next() {
		var table, column string
		var withoutRowid bool
		if err := rows.Scan(&table, &withoutRowid, &column); err != nil {
			return nil, d.problem(ctx, err)
		}
		if len(out) == 0 || out[len(out)-1].Name != table {
			out = append(out, Table{Name: table})
			if !withoutRowid {
				out[len(out)-1].rowid = "rowid"
			}
		}
		t := &out[len(out)-1]
		column = strings.ToLower(column)
		t.Columns = append(t.Columns, column)
		if column == t.rowid {
			t.rowid = "" // a column of that name hides the row numbers
		}
	}
	if err := rows.Err(); err != nil {
		return nil, d.problem(ctx, err)
	}
	return out, nil
}

// problem is what an error of SQLite means for the file.
func (d *Database) problem(ctx context.Context, err error) error {
	if ctx.Err() != nil {
		return ctx.Err()
	}
	if d.copy.cut {
		return truncated()
	}
	var e sqlite3.Error
	if errors.As(err, &e) && (e.Code == sqlite3.ErrIoErr || e.Code == sqlite3.ErrFull || e.Code == sqlite3.ErrNomem) {
		return domain.E(opNext, domain.Unavailable, "import.read_failed", nil, withoutText(e))
	}
	return damagedDatabase(withoutText(err))
}

// withoutText is what SQLite said by its code: the words may quote the file.
func withoutText(err error) error {
	var e sqlite3.Error
	if errors.As(err, &e) {
		return e.ExtendedCode
	}
	return errors.New("sqlite")
}

func damagedDatabase(cause error) error {
	return domain.E(opNext, domain.Corrupt, "import.database_damaged", nil, cause)
}

// lockedDown opens connections that can read tables and nothing else.
type lockedDown struct{ path string }

// Driver is the driver of the connections.
func (lockedDown) Driver() driver.Driver { return &sqlite3.SQLiteDriver{} }

// Connect opens the private copy. It is opened for writing, because only then
// SQLite finishes in it what the other program had begun: the newest calls may
// lie in the log beside the file.
func (c lockedDown) Connect(context.Context) (driver.Conn, error) {
	p := filepath.ToSlash(c.path)
	if !strings.HasPrefix(p, "/") {
		p = "/" + p // a drive letter
	}
	name := url.URL{Scheme: "file", Path: p, RawQuery: url.Values{
		"mode": {"rw"}, "_query_only": {"on"}, "_busy_timeout": {"1000"}, "_cache_size": {"-4096"},
	}.Encode()}
	d := sqlite3.SQLiteDriver{ConnectHook: lockDown}
	return d.Open(name.String())
}

// lockDown leaves a connection nothing but reading. A schema may not run
// functions, nothing is attached, and no statement is prepared that does more
// than to look at tables.
func lockDown(c *sqlite3.SQLiteConn) error {
	_, err := c.Exec(`PRAGMA trusted_schema = off; PRAGMA cell_size_check = on; PRAGMA mmap_size = 0; PRAGMA temp_store = memory;`, nil)
	if err != nil {
		return err
	}
	const maxColumns, maxExpression, maxVMSteps = 2000, 200, 100_000
	c.SetLimit(sqlite3.SQLITE_LIMIT_ATTACHED, 0)
	c.SetLimit(sqlite3.SQLITE_LIMIT_COLUMN, maxColumns)
	c.SetLimit(sqlite3.SQLITE_LIMIT_EXPR_DEPTH, maxExpression)
	c.SetLimit(sqlite3.SQLITE_LIMIT_VDBE_OP, maxVMSteps)
	c.SetLimit(sqlite3.SQLITE_LIMIT_TRIGGER_DEPTH, 1)
	c.RegisterAuthorizer(func(action int, arg1, _, _ string) int {
		switch action {
		case sqlite3.SQLITE_SELECT, sqlite3.SQLITE_READ:
			return sqlite3.SQLITE_OK
		case sqlite3.SQLITE_PRAGMA:
			if arg1 == "table_list" || arg1 == "table_info" {
				return sqlite3.SQLITE_OK
			}
		case sqlite3.SQLITE_FUNCTION:
			return sqlite3.SQLITE_OK // only functions of this program's own queries are reached
		}
		return sqlite3.SQLITE_DENY
	})
	return nil
}

// removeAll removes a folder of a private copy with all that is in it.
func removeAll(dir string) error {
	if err := os.RemoveAll(dir); err != nil {
		return withoutPath(err)
	}
	return nil
}
