package check

import (
	"bytes"
	"encoding/csv"
	"errors"
	"io"
	"strings"
	"time"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/encoding"
	"golang.org/x/text/encoding/simplifiedchinese"
	xunicode "golang.org/x/text/encoding/unicode"

	"quietline/internal/domain"
)

const (
	// MostLines is how many numbers are judged at once.
	MostLines = 100_000
	// MostBytes bounds a file that is read: a line of a table is rarely longer
	// than a few hundred bytes.
	MostBytes = 64 << 20
	// sampled is how many lines tell which column holds the numbers.
	sampled = 200
)

// decode reads bytes as text: UTF-8 or UTF-16 with a mark, UTF-8, or else what
// Chinese spreadsheets write, GB 18030.
func decode(data []byte) (string, error) {
	var e encoding.Encoding
	switch {
	case bytes.HasPrefix(data, []byte{0xef, 0xbb, 0xbf}):
		return strings.ToValidUTF8(string(data[3:]), "\uFFFD"), nil
	case bytes.HasPrefix(data, []byte{0xff, 0xfe}), bytes.HasPrefix(data, []byte{0xfe, 0xff}):
		e = xunicode.UTF16(xunicode.LittleEndian, xunicode.ExpectBOM)
	case utf8.Valid(data):
		return string(data), nil
	default:
		e = simplifiedchinese.GB18030
	}
	out, err := e.NewDecoder().Bytes(data)
	if err != nil || bytes.IndexByte(out, 0) >= 0 {
		return "", domain.E("check.decode", domain.Invalid, "check.no_text", nil, err)
	}
	return string(out), nil
}

// readLines takes the numbers out of a text: one a line, or the first column
// of a table that holds numbers. What is empty is left out, and so is a
// heading, but not what stands in place of a hidden number. judge says how a
// cell reads as a number. It fails with Invalid "check.nothing" or
// "check.too_many".
func readLines(text string, judge func(string) domain.Verdict) ([]string, error) {
	const op = "check.readLines"
	isNumber := func(s string) bool {
		v := judge(s)
		return v != domain.VerdictInvalid && v != domain.VerdictHidden
	}
	rows, err := table(text)
	if err != nil {
		return nil, err
	}
	column := numberColumn(rows, isNumber)
	var out []string
	for _, row := range rows {
		if column >= len(row) {
			continue
		}
		cell := strings.TrimSpace(row[column])
		if cell == "" || len(out) == 0 && heading(cell) && judge(cell) != domain.VerdictHidden {
			continue
		}
		out = append(out, cell)
	}
	switch {
	case len(out) == 0:
		return nil, domain.E(op, domain.Invalid, "check.nothing", nil, nil)
	case len(out) > MostLines:
		return nil, domain.E(op, domain.Invalid, "check.too_many", domain.Args{"N": len(out), "Most": MostLines}, nil)
	}
	return out, nil
}

// heading says whether a first cell names the column rather than a number.
func heading(cell string) bool {
	return !strings.ContainsFunc(cell, unicode.IsDigit) && strings.ContainsFunc(cell, unicode.IsLetter)
}

// table cuts a text into rows and cells. Without tabs, commas and semicolons
// every line is one cell.
func table(text string) ([][]string, error) {
	separator := separatorOf(text)
	if separator == 0 {
		var out [][]string
		for line := range strings.Lines(text) {
			out = append(out, []string{strings.TrimRight(line, "\r\n")})
		}
		return out, nil
	}
	r := csv.NewReader(strings.NewReader(text))
	r.Comma, r.FieldsPerRecord, r.LazyQuotes, r.ReuseRecord = separator, -1, true, false
	var out [][]string
	for {
		row, err := r.Read()
		if errors.Is(err, io.EOF) {
			return out, nil
		}
		if err != nil {
			return nil, domain.E("check.table", domain.Invalid, "check.no_table", nil, nil)
		}
		out = append(out, row)
	}
}

// separatorOf is what parts the cells of a table, by its first lines; 0 where
// nothing does.
func separatorOf(text string) rune {
	n := 0
	counts := map[rune]int{}
	for line := range strings.Lines(text) {
		for _, r := range "\t,;" {
			if strings.ContainsRune(line, r) {
				counts[r]++
			}
		}
		if n++; n == sampled {
			break
		}
	}
	for _, r := range "\t,;" {
		if counts[r] > 0 && 2*counts[r] >= n {
			return r
		}
	}
	return 0
}

// numberColumn is the first column of which at least half reads as numbers,
// else the one with the most.
func numberColumn(rows [][]string, isNumber func(string) bool) int {
	var cells, hits []int
	for i, row := range rows[:min(len(rows), sampled)] {
		for c, cell := range row {
			if c == len(cells) {
				cells, hits = append(cells, 0), append(hits, 0)
			}
			cell = strings.TrimSpace(cell)
			if cell == "" || i == 0 && heading(cell) {
				continue
			}
			cells[c]++
			if !moment(cell) && isNumber(cell) {
				hits[c]++
			}
		}
	}
	best := 0
	for c := range cells {
		if cells[c] > 0 && 2*hits[c] >= cells[c] {
			return c
		}
		if hits[c] > hits[best] {
			best = c
		}
	}
	return best
}

// moment says whether a cell is a date, with or without a time: its digits
// could be those of a number.
func moment(cell string) bool {
	if _, err := domain.ParseTime(cell, domain.China()); err == nil {
		return true
	}
	for _, layout := range []string{time.DateOnly, "2006/1/2", "2006.1.2"} {
		if _, err := time.Parse(layout, cell); err == nil {
			return true
		}
	}
	return false
}
