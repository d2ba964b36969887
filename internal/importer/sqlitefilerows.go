package importer

import (
	"context"
	"database/sql"
	"fmt"
	"io"
	"math"
	"strconv"
	"strings"
	"time"

	"quietline/internal/domain"
	"quietline/internal/journal"
)

// maxCell is the longest text that is taken out of a database or a workbook,
// in bytes. No part of a call comes near it.
const maxCell = 4096

// databaseRows reads the rows of one table. A format says how a row becomes a
// record.
type databaseRows struct {
	ctx      context.Context
	db       *Database
	rows     *sql.Rows
	cells    []any
	targets  []any
	tooLong  bool
	rowid    sql.NullInt64
	span     [2]float64 // the lowest and the highest row number
	line     int
	progress func(share float64)
	fill     func(rec *journal.Record, cells []any)
}

// read starts to read the columns of the table, in the order in which it was
// filled. Columns that it does not have are NULL. Every value is taken by an
// expression: the driver would turn the numbers of a column that was declared
// a TIMESTAMP into times, and a text of a gigabyte must not be fetched.
func (d *Database) read(
	ctx context.Context, in Input, t Table, columns []string, fill func(rec *journal.Record, cells []any),
) (Rows, error) {
	r := &databaseRows{ctx: ctx, db: d, cells: make([]any, len(columns)), progress: in.Progress, fill: fill}
	var values, long []string
	for i, c := range columns {
		r.targets = append(r.targets, &r.cells[i])
		if !t.has(t.Name, c) {
			values = append(values, "NULL")
			continue
		}
		c = identifier(c)
		long = append(long, fmt.Sprintf("coalesce(octet_length(%s), 0) > %d", c, maxCell))
		values = append(values, fmt.Sprintf("CASE WHEN octet_length(%s) <= %d THEN %s END", c, maxCell, c))
	}
	rowid := "NULL"
	if t.rowid != "" {
		rowid = t.rowid
		// A table that is damaged says so when it is read.
		_ = d.db.QueryRowContext(ctx, "SELECT min(rowid), max(rowid) FROM "+identifier(t.Name)+" NOT INDEXED").Scan(&r.span[0], &r.span[1])
	}
	values = append(values, strings.Join(long, " OR "), rowid)
	r.targets = append(r.targets, &r.tooLong, &r.rowid)
	var err error
	// An index of a hostile file may hold other values than its table.
	query := "SELECT " + strings.Join(values, ", ") + " FROM " + identifier(t.Name) + " NOT INDEXED"
	r.rows, err = d.db.QueryContext(ctx, query) //nolint:rowserrcheck // Next does
	if err != nil {
		return nil, d.problem(ctx, err)
	}
	return r, nil
}

// identifier quotes a name for SQL.
func identifier(name string) string { return `"` + strings.ReplaceAll(name, `"`, `""`) + `"` }

// Next gives the next record.
func (r *databaseRows) Next() (journal.Record, error) {
	if !r.rows.Next() {
		if err := r.rows.Err(); err != nil {
			return journal.Record{}, r.db.problem(r.ctx, err)
		}
		return journal.Record{}, r.end()
	}
	before := r.rowid
	if err := r.rows.Scan(r.targets...); err != nil {
		return journal.Record{}, r.db.problem(r.ctx, err)
	}
	// Where pages of a damaged file name each other, its rows come again and
	// again: row numbers go back, or there are more rows than have room.
	const smallestRow = 4 // bytes: a pointer, the length and the number
	r.line++
	if before.Valid && r.rowid.Int64 <= before.Int64 || int64(r.line) > r.db.copy.size/smallestRow {
		return journal.Record{}, damagedDatabase(nil)
	}
	if r.rowid.Valid && r.span[1] > r.span[0] {
		r.progress((float64(r.rowid.Int64) - r.span[0]) / (r.span[1] - r.span[0]))
	}
	rec := journal.Record{Line: r.line, Direction: domain.DirectionUnknown}
	if r.tooLong {
		rec.Reject = rejectTooLong
	} else {
		r.fill(&rec, r.cells)
	}
	if rec.Reject != "" || rec.Note != "" {
		rec.Text = r.excerpt()
	}
	return rec, nil
}

// end tells the end of the table from that of a file that was cut off.
func (r *databaseRows) end() error {
	r.progress(1)
	if r.db.copy.cut {
		return truncated()
	}
	return io.EOF
}

// Close ends the query.
func (r *databaseRows) Close() error { return r.rows.Close() }

// excerpt is the row as one line.
func (r *databaseRows) excerpt() string {
	parts := make([]string, len(r.cells))
	for i, v := range r.cells {
		parts[i] = domain.Clip(textOf(v), 40)
	}
	return excerpt([]byte(strings.Join(parts, " | ")))
}

// textOf is a value as text: SQLite lets any column hold anything.
func textOf(v any) string {
	switch v := v.(type) {
	case string:
		return strings.TrimSpace(strings.ToValidUTF8(v, "\ufffd"))
	case []byte:
		return strings.TrimSpace(strings.ToValidUTF8(string(v), "\ufffd"))
	case int64:
		return strconv.FormatInt(v, 10)
	case float64:
		return strconv.FormatFloat(v, 'f', -1, 64)
	}
	return ""
}

// numberOf is a value as a number; ok is false where it is none.
func numberOf(v any) (n float64, ok bool) {
	switch v := v.(type) {
	case int64:
		return float64(v), true
	case float64:
		return v, !math.IsNaN(v) && !math.IsInf(v, 0)
	}
	n, err := strconv.ParseFloat(textOf(v), 64)
	return n, err == nil && !math.IsNaN(n) && !math.IsInf(n, 0)
}

// momentOf is the instant so many milliseconds after 1970; ok is false for
// what is no time of a call: before 1970, or after the year 9999.
func momentOf(ms float64, zone *time.Location) (t time.Time, ok bool) {
	const last = 253402300799999
	if !(ms > 0 && ms <= last) {
		return time.Time{}, false
	}
	return time.UnixMilli(int64(math.Round(ms))).In(zone), true
}

// secondsOf is a value that counts seconds as a duration, nil where it is
// empty; ok is false where it is none.
func secondsOf(v any) (d *time.Duration, ok bool) {
	if v == nil || isNothing(textOf(v)) {
		return nil, true
	}
	n, ok := numberOf(v)
	if !ok || n < 0 || n > domain.MaxTalk.Seconds() {
		return nil, false
	}
	length := time.Duration(math.Round(n * float64(time.Second)))
	return &length, true
}

// fillDuration puts the value of a duration into the record, or a note.
func fillDuration(rec *journal.Record, v any) {
	var ok bool
	if rec.Duration, ok = secondsOf(v); !ok {
		rec.Note = noteDuration
	}
}

// fillNumber puts the number and the name into the record.
func fillNumber(rec *journal.Record, number, name string) {
	if !isHidden(number) {
		rec.Number = number
	}
	if !isNoName(name) {
		rec.Name = name
	}
}
