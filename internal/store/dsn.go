package store

import (
	"context"
	"database/sql"
	"database/sql/driver"
	"net/url"
	"path/filepath"
	"strings"

	"github.com/mattn/go-sqlite3"
)

// readers is how many connections may read at once; one more hears of changes
// (type changes), and one writes.
const readers = 4

// connector opens connections with the pragmas of one pool. It replaces
// sql.Register, which would be state of the whole program.
type connector struct {
	driver *sqlite3.SQLiteDriver
	dsn    string
}

func (c connector) Connect(context.Context) (driver.Conn, error) { return c.driver.Open(c.dsn) }
func (c connector) Driver() driver.Driver                        { return c.driver }

// writer is the pool that writes: one connection, so that writers of one
// process wait in Go and only those of other processes in SQLite. Every
// transaction takes the write lock at its beginning, because one that takes it
// later cannot wait for it. A receipt must survive a power cut, therefore
// synchronous FULL (and F_FULLFSYNC on macOS).
func writer(path string) *sql.DB {
	db := sql.OpenDB(connector{dsn: dsn(path, url.Values{
		"mode":             {"rw"},
		"_mutex":           {oneAtATime},
		"_txlock":          {"immediate"},
		"_journal_mode":    {"WAL"},
		"_synchronous":     {"FULL"},
		"_foreign_keys":    {"on"},
		"_secure_delete":   {"on"},
		"_busy_timeout":    {"10000"},
		"_cache_size":      {"-28672"}, // KiB: half of the index of calls by number, at a million
		"_stmt_cache_size": {"64"},
	}), driver: hooked(`PRAGMA fullfsync = on; PRAGMA checkpoint_fullfsync = on; PRAGMA journal_size_limit = 16777216;`)})
	db.SetMaxOpenConns(1)
	db.SetMaxIdleConns(1)
	return db
}

// reader is the pool that reads; it could not write if it wanted to.
func reader(path string) *sql.DB {
	db := sql.OpenDB(connector{dsn: dsn(path, url.Values{
		"mode":             {"ro"},
		"_mutex":           {oneAtATime},
		"_query_only":      {"on"},
		"_busy_timeout":    {"10000"},
		"_cache_size":      {"-8192"},
		"_stmt_cache_size": {"64"},
	}), driver: hooked("")})
	db.SetMaxOpenConns(readers + 1)
	db.SetMaxIdleConns(readers + 1)
	return db
}

// visitor opens a file whose nature is not known yet. Immutable means: take no
// lock, write nothing, look at no write-ahead log.
func visitor(path string, immutable bool) *sql.DB {
	v := url.Values{"mode": {"ro"}, "_query_only": {"on"}, "_busy_timeout": {"10000"}}
	if immutable {
		v.Set("immutable", "1")
	}
	db := sql.OpenDB(connector{dsn: dsn(path, v), driver: hooked("")})
	db.SetMaxOpenConns(1)
	return db
}

// onlooker is an empty database in memory to which a file can be attached that
// makes no sense now: a process that died while it folded its log in leaves one
// that is shorter than its header says. A connection to the file itself would
// read the schema before anything else.
func onlooker() *sql.DB {
	db := sql.OpenDB(connector{dsn: "file::memory:", driver: hooked("PRAGMA writable_schema = on")})
	db.SetMaxOpenConns(1) // each has a memory of its own
	return db
}

// hooked is a driver that sets what has no parameter in the DSN of the driver:
// a database file from elsewhere must not run functions by its schema, cells
// are checked when read, and nothing is put into temporary files.
func hooked(more string) *sqlite3.SQLiteDriver {
	return &sqlite3.SQLiteDriver{ConnectHook: func(c *sqlite3.SQLiteConn) error {
		_, err := c.Exec(`PRAGMA trusted_schema = off; PRAGMA cell_size_check = on; PRAGMA temp_store = memory; `+more, nil)
		return err
	}}
}

// oneAtATime leaves out the locks with which SQLite lets several threads share a
// connection: database/sql gives one to a single user at a time
// (https://www.sqlite.org/threadsafe.html, "multi-thread").
const oneAtATime = "no"

// dsn is the URI of the file (https://www.sqlite.org/uri.html), safe for every
// character that a path may have.
func dsn(path string, v url.Values) string {
	p := filepath.ToSlash(path)
	if !strings.HasPrefix(p, "/") {
		p = "/" + p // a drive letter
	}
	return (&url.URL{Scheme: "file", Path: p, RawQuery: v.Encode()}).String()
}
