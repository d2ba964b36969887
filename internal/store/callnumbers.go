package store

import (
	"context"
	"database/sql"
	"iter"
	"maps"
	"slices"
	"strings"
	"sync"
)

// callNumbers are the different numbers of the log with what was shown of them,
// to find those that hold some digits: no index of SQLite finds a part of a
// word. They are read when first asked for, and then only those of newer calls, and
// of those that come back: the number of a call never changes, and one whose calls
// are gone finds nothing.
type callNumbers struct {
	mu sync.Mutex
	// lines are "NUMBER" or "NUMBER\tSHOWN", SHOWN without separators.
	lines []string
	// holding are the lines with three digits, by their value.
	holding [1000][]int32
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
	look := func(line string) bool {
		if strings.Contains(line, digits) {
			number, _, _ := strings.Cut(line, "\t")
			found[number] = true
		}
		return len(found) < most
	}
	if few, ok := n.fewest(digits); ok {
		for _, i := range few {
			if !look(n.lines[i]) {
				break
			}
		}
	} else {
		for _, line := range n.lines {
			if !look(line) {
				break
			}
		}
	}
	return slices.Collect(maps.Keys(found)), nil
}

// fewest are the lines that hold those three of the digits that the fewest do;
// ok is false for less than three.
func (n *callNumbers) fewest(digits string) (lines []int32, ok bool) {
	for three := range threes(digits) {
		if list := n.holding[three]; !ok || len(list) < len(lines) {
			lines, ok = list, true
		}
	}
	return lines, ok
}

// threes gives the value of each three digits that follow each other.
func threes(text string) iter.Seq[int] {
	return func(yield func(int) bool) {
		value, run := 0, 0
		for i := range len(text) {
			if text[i] < '0' || text[i] > '9' {
				run = 0
				continue
			}
			value = (value*10 + int(text[i]-'0')) % 1000
			if run++; run >= 3 && !yield(value) {
				return
			}
		}
	}
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
	if err := n.gather(ctx, tx, newer, args...); err != nil {
		return err
	}
	n.last = last
	return nil
}

// back takes in the numbers of calls that are there again under their IDs, which
// read would take for known. Where the transaction fails they are some too many,
// which find nothing.
func (n *callNumbers) back(ctx context.Context, tx *sql.Tx, ids string) error {
	n.mu.Lock()
	defer n.mu.Unlock()
	return n.gather(ctx, tx, " AND c.id IN (SELECT value FROM json_each(?))", ids)
}

// gather adds the lines of the calls that the term picks.
func (n *callNumbers) gather(ctx context.Context, tx *sql.Tx, which string, args ...any) error {
	// Joining the lines where they are is several times quicker than reading them
	// one by one.
	for _, query := range []string{
		"SELECT group_concat(number, char(10)) FROM (SELECT DISTINCT c.number FROM call c WHERE true" + which + ")",
		// What was shown may be a pasted cell with a tab or of several lines.
		`SELECT group_concat(number || char(9) || replace(replace(shown, char(9), ' '), char(10), ' '), char(10))
			FROM (SELECT DISTINCT c.number, ` + undialled + ` AS shown FROM call c NOT INDEXED WHERE c.display IS NOT NULL` + which + ")",
	} {
		lines, err := scanValue[sql.NullString](tx.QueryRowContext(ctx, query, args...))
		if err != nil {
			return err
		}
		for line := range strings.SplitSeq(lines.String, "\n") {
			n.add(line)
		}
	}
	return nil
}

func (n *callNumbers) add(line string) {
	at := int32(len(n.lines)) //nolint:gosec // far fewer numbers than that
	n.lines = append(n.lines, line)
	for three := range threes(line) {
		list := n.holding[three]
		if len(list) == 0 || list[len(list)-1] != at {
			n.holding[three] = append(list, at)
		}
	}
}
