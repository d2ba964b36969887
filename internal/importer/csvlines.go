package importer

import (
	"bufio"
	"bytes"
	"errors"
	"io"
)

// row is one row of a table, valid until the next call.
type row struct {
	// line is the line on which it begins.
	line int
	// raw is the row as it stands in the file without its line end; of a row
	// that is too long the beginning.
	raw []byte
	// fields are its cells without quotes and outer spaces; nil for a damaged
	// row.
	fields [][]byte
	// damage is a reject key, or empty.
	damage string
	// ended tells that a line end stands behind the row: what a file that was
	// cut off lacks.
	ended bool
}

// maxQuotedLines is how many lines one row may span: titles have line breaks
// inside their quotes, calls hardly ever.
const maxQuotedLines = 8

// lines cuts a table into rows. encoding/csv is not used because it reads a
// quote that is never closed to the end of the file into memory, and stops at
// what it cannot read; here a row is bounded, and a damaged one costs itself
// only. Quotes are read as that package reads lazy ones. Lines end in CR, LF or
// CRLF, in the quotes of a cell too, where all of them come out as LF.
type lines struct {
	in        *bufio.Reader // twice as large as a row, so that most are in it
	delimiter byte
	quoted    int // the most lines of a row
	// alone says of a line inside quotes whether it is a row of its own, which a
	// stray quote must not swallow; nil where that is not asked.
	alone    func(fields [][]byte) bool
	line     int // lines read so far
	unquoted []byte
	fields   [][]byte
}

func newLines(r io.Reader, delimiter byte) *lines {
	return &lines{in: bufio.NewReaderSize(newLineEnds(r), 2*maxRecordBytes), delimiter: delimiter, quoted: maxQuotedLines}
}

// restart begins another table in the same buffer.
func (l *lines) restart(r io.Reader, delimiter byte) {
	l.in.Reset(newLineEnds(r))
	l.delimiter, l.line = delimiter, 0
}

// next gives the next row. Blank lines are passed over.
func (l *lines) next() (row, error) {
	for {
		window, size, err := l.window(0)
		if err != nil {
			return row{}, err
		}
		l.line++
		got := row{line: l.line, raw: window[:size], ended: size < len(window)}
		switch {
		case size == maxRecordBytes:
			got.raw, got.damage, got.ended = bytes.Clone(window[:1024]), rejectTooLong, true
			return got, l.skipLine()
		case len(bytes.TrimSpace(got.raw)) == 0:
			if err := l.discard(size, got.ended); err != nil {
				return row{}, err
			}
			continue
		}
		if l.split(got.raw) && (!got.ended || !l.join(&got, &size)) {
			got.damage = rejectQuotes
		} else {
			got.fields = l.fields
		}
		return got, l.discard(size, got.ended)
	}
}

// window shows what comes next: bytes and the length of the line in them that
// begins at the offset, counted from the start of the window and without its
// "\n". A line without an end has the length of the window, maxRecordBytes
// where it is longer than that. It ends with io.EOF.
func (l *lines) window(offset int) (window []byte, size int, err error) {
	window, _ = l.in.Peek(l.in.Buffered())
	end := bytes.IndexByte(window[min(offset, len(window)):], '\n')
	if end < 0 || offset+end >= maxRecordBytes {
		window, err = l.in.Peek(maxRecordBytes)
		if len(window) <= offset {
			if err == nil {
				err = bufio.ErrBufferFull
			}
			return nil, 0, err
		}
		if err != nil && !errors.Is(err, io.EOF) {
			return nil, 0, err
		}
		end = bytes.IndexByte(window[offset:], '\n')
	}
	if end < 0 {
		return window, len(window), nil
	}
	return window, offset + end, nil
}

// join finds the end of a row whose quote is open, some lines further on.
// Where there is none soon, the quote was a stray one: the row is its first
// line alone, and what follows are rows of their own.
func (l *lines) join(got *row, size *int) bool {
	end := *size
	for n := 1; n < l.quoted; n++ {
		window, next, err := l.window(end + 1)
		if err != nil || next >= maxRecordBytes || l.standsAlone(window[min(end+1, next):next]) {
			break
		}
		if !l.split(window[:next]) {
			got.raw, got.ended, *size = window[:next], next < len(window), next
			l.line += n
			return true
		}
		if end = next; end == len(window) {
			break
		}
	}
	window, _, _ := l.window(0) // it was there before; the bytes may have moved
	got.raw = window[:*size]
	return false
}

// standsAlone says whether a line is a row of its own: one whose quotes, if any,
// open where cells begin.
func (l *lines) standsAlone(line []byte) bool {
	if l.alone == nil {
		return false
	}
	if at := bytes.IndexByte(line, '"'); at >= 0 {
		before := bytes.TrimRight(line[:at], " ")
		if len(before) > 0 && before[len(before)-1] != l.delimiter {
			return false
		}
	}
	return !l.split(line) && l.alone(l.fields)
}

// discard takes a row of the size and its line end out of the buffer, where
// the bytes stay valid until the next read.
func (l *lines) discard(size int, ended bool) error {
	if ended {
		size++
	}
	_, err := l.in.Discard(size)
	return err
}

// skipLine reads to the end of a line, keeping nothing.
func (l *lines) skipLine() error {
	for {
		_, err := l.in.ReadSlice('\n')
		if err == nil || errors.Is(err, io.EOF) {
			return nil
		}
		if !errors.Is(err, bufio.ErrBufferFull) {
			return err
		}
	}
}

// split cuts a row into l.fields and tells whether it ends inside quotes.
func (l *lines) split(b []byte) (open bool) {
	l.fields, l.unquoted = l.fields[:0], l.unquoted[:0]
	for {
		b = trimLeft(b, l.delimiter)
		if len(b) > 0 && b[0] == '"' {
			field, rest, more, open := l.inQuotes(b[1:])
			l.fields = append(l.fields, bytes.TrimSpace(field))
			if open || !more {
				return open
			}
			b = rest
			continue
		}
		end := bytes.IndexByte(b, l.delimiter)
		if end < 0 {
			l.fields = append(l.fields, bytes.TrimSpace(b))
			return false
		}
		l.fields = append(l.fields, bytes.TrimSpace(b[:end]))
		b = b[end+1:]
	}
}

// inQuotes reads a cell behind its opening quote. A quote that neither ends the
// cell nor is doubled stands for itself.
func (l *lines) inQuotes(b []byte) (field, rest []byte, more, open bool) {
	begun, from := len(l.unquoted), 0
	for {
		i := bytes.IndexByte(b[from:], '"')
		if i < 0 {
			l.unquoted = append(l.unquoted, b[from:]...)
			return l.unquoted[begun:], nil, false, true
		}
		i += from
		after := trimLeft(b[i+1:], l.delimiter)
		if len(after) == 0 || after[0] == l.delimiter {
			field = b[:i]
			if from > 0 {
				l.unquoted = append(l.unquoted, b[from:i]...)
				field = l.unquoted[begun:len(l.unquoted):len(l.unquoted)]
			}
			if len(after) == 0 {
				return field, nil, false, false
			}
			return field, after[1:], true, false
		}
		l.unquoted = append(l.unquoted, b[from:i+1]...)
		if from = i + 1; b[from] == '"' {
			from++
		}
	}
}

// trimLeft drops the spaces before a cell, but not a tab that separates.
func trimLeft(b []byte, delimiter byte) []byte {
	for len(b) > 0 && (b[0] == ' ' || b[0] == '\t' && delimiter != '\t') {
		b = b[1:]
	}
	return b
}
