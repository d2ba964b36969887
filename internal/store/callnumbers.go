package store

import (
	"context"
	"database/sql"
	"maps"
	"slices"
	"strings"
	"sync"
)

// callNumbers are the different numbers of the log with what was shown of them,
// to find those that hold some digits: no index of SQLite finds a part of a
// word. They are read when first asked for, and then only those of newer calls:
// the number of a call never changes, and one whose calls are gone finds nothing.
type callNumbers struct {
	mu sync.Mutex
	// lines are "\nNUMBER\tSHOWN\n" one after the other; SHOWN is without
	// separators, and the tab is missing where it is the number.
	lines strings.Builder
	// last is the ID of the newest call that was read.
	last int64
}

// with gives the numbers that hold the digits, in themselves or in what was
// shown, at most so many.
func (n *callNumbers) with(ctx context.Context, tx *sql.Tx, digits string, most int) ([]string, error) {
	n.mu.Lock()
	defer n.mu.Unlock()
	if err := n.read(ctx, tx); err != nil {
		return nil, err
	}
	found := map[string]bool{} // a number may have several lines
	for rest := n.lines.String(); len(found) < most; {
		at := strings.Index(rest, digits)
		if at < 0 {
			break
		}
		begin := strings.LastIndexByte(rest[:at], '\n') + 1
		end := at + strings.IndexByte(rest[at:], '\n')
		number, _, _ := strings.Cut(rest[begin:end], "\t")
		found[number] = true
		rest = rest[end:]
	}
	return slices.Collect(maps.Keys(found)), nil
}

// read takes in what came since. The first time it reads whole indexes.
func (n *callNumbers) read(ctx context.Context, tx *sql.Tx) error {
	last, err := scanValue[int64](tx.QueryRowContext(ctx, "SELECT ifnull(max(id), 0) FROM call"))
	if err != nil || last == n.last {
		return err
	}
	newer, args := "", []any{}
	if n.last > 0 {
		newer, args = " AND c.id > ?", []any{n.last}
	}
	// Joining the lines where they are is several times quicker than reading them
	// one by one.
	for _, query := range []string{
		"SELECT group_concat(number, char(10)) FROM (SELECT DISTINCT c.number FROM call c WHERE true" + newer + ")",
		`SELECT group_concat(number || char(9) || shown, char(10))
			FROM (SELECT DISTINCT c.number, ` + undialled + ` AS shown FROM call c NOT INDEXED WHERE c.display IS NOT NULL` + newer + `)
			WHERE instr(shown, char(9)) + instr(shown, char(10)) = 0`,
	} {
		lines, err := scanValue[sql.NullString](tx.QueryRowContext(ctx, query, args...))
		if err != nil {
			return err
		}
		n.lines.WriteString("\n" + lines.String + "\n")
	}
	n.last = last
	return nil
}
