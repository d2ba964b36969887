package importer

import (
	"bytes"
	"io"
)

// nulFree reads text without its NUL characters, which programs leave behind
// texts and file systems at the end of files that were not written to their
// end. They are left out, but between two digits, where one may stand for a
// third that was lost: there it becomes a question mark, so that no number
// comes out that the file does not hold.
type nulFree struct {
	in   io.Reader
	rest []byte // what was read and not yet given
	last byte   // the last byte that is no NUL
	held bool   // a NUL stands behind it
	err  error  // what ended the reader, behind the rest
	// line is the line that is read, from 1, and first that of the first NUL,
	// 0 where there was none so far.
	line, first int
	afterCR     bool
}

func newNulFree(r io.Reader) *nulFree { return &nulFree{in: r, line: 1} }

// Read gives the next bytes.
func (f *nulFree) Read(p []byte) (int, error) {
	for len(p) > 0 {
		if len(f.rest) > 0 {
			n := copy(p, f.rest)
			f.rest = f.rest[n:]
			return n, nil
		}
		if f.err != nil {
			return 0, f.err
		}
		n, err := f.in.Read(p)
		if !f.held && bytes.IndexByte(p[:n], 0) < 0 {
			if n > 0 {
				f.count(p[:n])
				f.last = p[n-1]
			}
			return n, err
		}
		f.err = err
		f.drop(p[:n])
	}
	return 0, nil
}

// count counts lines until the first NUL; they end in CR, LF or CRLF.
func (f *nulFree) count(b []byte) {
	if f.first > 0 || len(b) == 0 {
		return
	}
	f.line += bytes.Count(b, []byte("\n")) + bytes.Count(b, []byte("\r")) - bytes.Count(b, []byte("\r\n"))
	if f.afterCR && b[0] == '\n' {
		f.line--
	}
	f.afterCR = b[len(b)-1] == '\r'
}

// drop puts bytes into the rest without their NULs.
func (f *nulFree) drop(b []byte) {
	if at := bytes.IndexByte(b, 0); at >= 0 && f.first == 0 {
		f.count(b[:at])
		f.first = f.line
	}
	f.rest = f.rest[:0]
	for _, c := range b {
		if c == 0 {
			f.held = true
			continue
		}
		if f.held && isDigit(f.last) && isDigit(c) {
			f.rest = append(f.rest, '?')
		}
		f.rest = append(f.rest, c)
		f.last, f.held = c, false
	}
}

func isDigit(c byte) bool { return c >= '0' && c <= '9' }

// isBinary says whether decoded bytes are no text: a file with NULs in which
// at least an eighth of the characters are NULs, other control characters or
// bytes of none. A NUL here and there is damage, and many at the end are what
// was never written.
func isBinary(text []byte) bool {
	if bytes.IndexByte(text, 0) < 0 {
		return false
	}
	text = bytes.TrimRight(text, "\x00")
	characters, odd := 0, 0
	for _, r := range string(text) {
		characters++
		if r < ' ' && r != '\t' && r != '\n' && r != '\r' || r == '\ufffd' {
			odd++
		}
	}
	return 8*odd >= characters
}
