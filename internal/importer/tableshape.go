package importer

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"slices"
	"strings"
)

// titleRow is a row of a table that may hold its titles.
type titleRow struct {
	delimiter byte
	row       int // counted from 0
	cells     []string
}

// delimiters are those that a table may have: the one that its first line
// names, or all.
func delimiters(sample []byte) []byte {
	first := sample[:max(0, bytes.IndexAny(sample, "\r\n"))]
	if len(first) == len("sep=;") && bytes.HasPrefix(bytes.ToLower(first), []byte("sep=")) {
		return []byte{first[4]}
	}
	return []byte(",;\t~|")
}

// titleRows lists the rows in the beginning of a table that may hold its
// titles: those of two cells or more, by every delimiter.
func titleRows(sample []byte) []titleRow {
	var out []titleRow
	for _, d := range delimiters(sample) {
		in := newLines(bytes.NewReader(sample), d)
		for n := range headerWithin {
			got, err := in.next()
			if err != nil {
				break
			}
			if got.damage == "" && len(got.fields) > 1 {
				out = append(out, titleRow{d, n, texts(got.fields)})
			}
		}
	}
	return out
}

func texts(fields [][]byte) []string {
	out := make([]string, len(fields))
	for i, f := range fields {
		out[i] = string(f)
	}
	return out
}

// fingerprint stands for the titles in all spellings that mean the same to
// foldTitle, but for their units: minutes are not seconds. It tells nothing of
// what they are.
func (t titleRow) fingerprint() string {
	h := sha256.New()
	h.Write([]byte{t.delimiter})
	for _, cell := range t.cells {
		title, unit := foldTitle(cell)
		h.Write([]byte("\x1f" + title + "\x1e" + unit))
	}
	return hex.EncodeToString(h.Sum(nil))
}

// column finds a column by its title or its place, -1 for none.
func (t titleRow) column(name string) int {
	if at, ok := columnPlace(name); ok && at < len(t.cells) {
		return at
	}
	if at := slices.Index(t.cells, name); at >= 0 {
		return at
	}
	want, unit := foldTitle(name)
	return slices.IndexFunc(t.cells, func(cell string) bool {
		title, u := foldTitle(cell)
		return title != "" && title == want && (unit == "" || unit == u)
	})
}

// columnPlace reads "3" and "#3", counted from 1, as 2.
func columnPlace(name string) (at int, ok bool) {
	n := strings.TrimPrefix(name, "#")
	if n == "" || len(n) > 4 || strings.Trim(n, "0123456789") != "" {
		return 0, false
	}
	at = digits(n) - 1
	return at, at >= 0
}

// shapeRows is how many rows are looked at to tell the shape of a table.
const shapeRows = 30

// findShape guesses which row holds the titles of a table that are in no
// vocabulary: by the delimiter that cuts most rows into equally many cells, the
// first of those rows, if none of its cells is a time or a number. Otherwise
// the table has no titles, and titled is false; the row is the one before the
// first of the table then, -1 where that is the first of the file.
func findShape(sample []byte) (t titleRow, titled, ok bool) {
	best, bestCells := 1, 1
	for _, d := range delimiters(sample) {
		rows := rowsOf(sample, d)
		cells, count := usualLength(rows)
		if cells < 2 || count < best || count == best && cells <= bestCells {
			continue
		}
		first := slices.IndexFunc(rows, func(r []string) bool { return len(r) == cells })
		best, bestCells, ok = count, cells, true
		t, titled = titleRow{d, first, rows[first]}, !slices.ContainsFunc(rows[first], isValue)
	}
	ok = ok && best > 1
	if ok && !titled {
		t.row, t.cells = t.row-1, make([]string, len(t.cells))
	}
	return t, titled, ok
}

// isValue says whether a cell is what calls have and no title.
func isValue(cell string) bool { return cell != "" && isTimeOrNumber([]byte(cell)) }

// rowsOf are the first rows of a sample; a damaged one has no cells.
func rowsOf(sample []byte, delimiter byte) [][]string {
	var out [][]string
	in := newLines(bytes.NewReader(sample), delimiter)
	for len(out) < shapeRows {
		got, err := in.next()
		if err != nil {
			break
		}
		out = append(out, texts(got.fields))
	}
	return out
}

// usualLength is the length that most rows of two cells or more have, and how
// many those are; of two as frequent the longer.
func usualLength(rows [][]string) (cells, count int) {
	counts := map[int]int{}
	for _, r := range rows {
		if n := len(r); n > 1 {
			counts[n]++
			if counts[n] > count || counts[n] == count && n > cells {
				cells, count = n, counts[n]
			}
		}
	}
	return cells, count
}
