package importer

import (
	"bufio"
	"bytes"
	"context"
	"errors"
	"io"
	"os"
	"strings"
	"sync/atomic"
	"unicode/utf8"

	"quietline/internal/domain"
	"quietline/internal/journal"
)

// source is an open file with the rows of its format.
type source struct {
	file   io.Closer
	raw    *counted
	text   *text     // nil for a binary file
	nuls   *nulFree  // the text without NULs; nil for a binary file
	held   io.Closer // what stays open for the rows, or nil
	format string
	rows   Rows
	err    error // what ended the rows; they are not asked again
	// mapped is the mapping by which a table is read, nil where its titles tell.
	mapped *journal.UsedMapping
}

var (
	_ journal.ImportSource = (*source)(nil)
	_ journal.MappedSource = (*source)(nil)
)

// Mapped gives the mapping by which a table is read; ok is false where its
// titles alone decided.
func (s *source) Mapped() (m journal.UsedMapping, ok bool) {
	if s.mapped == nil {
		return journal.UsedMapping{}, false
	}
	return *s.mapped, true
}

// Format is the name of the format.
func (s *source) Format() string { return s.format }

// Encoding is the character set found so far: while a file has held nothing
// but ASCII it is "UTF-8". A binary file has none.
func (s *source) Encoding() string {
	if s.text == nil {
		return ""
	}
	return s.text.Encoding()
}

// Next gives the next record.
func (s *source) Next() (journal.Record, error) {
	if s.err != nil {
		return journal.Record{}, s.err
	}
	rec, err := s.rows.Next()
	if err != nil {
		s.err = readError(err)
		return journal.Record{}, s.err
	}
	return rec, nil
}

// Remarks tells of the file's NULs, by the line of the first.
func (s *source) Remarks() []journal.RowRemark {
	if s.nuls == nil || s.nuls.first == 0 {
		return nil
	}
	return []journal.RowRemark{{Line: s.nuls.first, Reason: noteNUL}}
}

// Progress is how many bytes were read, and the size when the file was opened.
func (s *source) Progress() (done, total int64) { return s.raw.done.Load(), s.raw.total }

// Close closes the file and whatever the format holds open.
func (s *source) Close() error {
	var rows error
	if c, ok := s.rows.(io.Closer); ok {
		rows = c.Close()
	}
	var held error
	if s.held != nil {
		held = s.held.Close()
	}
	if err := errors.Join(rows, held, s.file.Close()); err != nil && !errors.Is(err, os.ErrClosed) {
		return readError(err)
	}
	return nil
}

// counted reads a file through one buffer, counts what was read, and stops
// when the context does: a stopped import must not read on to the end of one
// gigantic row.
type counted struct {
	*bufio.Reader
	at    io.ReaderAt // the file for those that do not read it from front to back
	total int64
	done  atomic.Int64
}

// file is what can be imported: a file, or bytes in memory.
type file interface {
	io.Reader
	io.ReaderAt
}

// share tells how much of the file was read, from 0 to 1.
func (c *counted) share(part float64) { c.done.Store(int64(part * float64(c.total))) }

func newCounted(ctx context.Context, r file, total int64) *counted {
	c := &counted{at: r, total: total}
	c.Reader = bufio.NewReaderSize(readerFunc(func(p []byte) (int, error) {
		if err := ctx.Err(); err != nil {
			return 0, err
		}
		n, err := r.Read(p)
		c.done.Add(int64(n))
		return n, err
	}), SampleSize)
	return c
}

type readerFunc func(p []byte) (int, error)

func (f readerFunc) Read(p []byte) (int, error) { return f(p) }

// takeSample looks at the beginning of the file without consuming it.
func takeSample(raw *counted) (*Sample, error) {
	head, err := raw.Peek(SampleSize)
	if err != nil && !errors.Is(err, io.EOF) {
		return nil, err
	}
	s := &Sample{Raw: bytes.Clone(head)}
	// Reading from memory cannot fail.
	s.Text, _ = io.ReadAll(newText(bytes.NewReader(s.Raw)))
	if isBinary(s.Text) || foreignMagic(s.Raw) != "" {
		s.Text, s.Binary = nil, true
		return s, nil
	}
	s.Text, _ = io.ReadAll(newNulFree(bytes.NewReader(s.Text)))
	return s, nil
}

// excerpt is the part of a raw row that is shown in a list of rejects: one
// line of at most 200 characters without those that could reprogram a terminal
// or turn the line round. Of a row that has no others it is U+FFFD.
func excerpt(raw []byte) string {
	const most = 200
	if len(raw) > (most+1)*utf8.UTFMax {
		raw = raw[:(most+1)*utf8.UTFMax]
	}
	clean := strings.Map(func(r rune) rune {
		if domain.Control(r) {
			return ' '
		}
		return r
	}, string(raw)) // Map turns bytes that are no character into U+FFFD
	if clean = strings.TrimSpace(clean); clean == "" && len(raw) > 0 {
		return string(utf8.RuneError) // something stood there
	}
	return domain.Clip(clean, most)
}
