package importer

import (
	"bytes"
	"io"
)

// lineEnds reads text whose lines may end in CR, LF or CRLF, each by its own,
// so that all of them end in LF. CR alone is what spreadsheets on a Mac write
// under the name "CSV (Macintosh)".
type lineEnds struct {
	in io.Reader
	// after says that the last byte was a CR, of which an LF is a part.
	after bool
}

func newLineEnds(r io.Reader) *lineEnds { return &lineEnds{in: r} }

// Read gives the next bytes.
func (e *lineEnds) Read(p []byte) (int, error) {
	for {
		n, err := e.in.Read(p)
		if n = e.fold(p[:n]); n > 0 || err != nil || len(p) == 0 {
			return n, err
		}
	}
}

// fold makes the line ends equal in place and gives the new length.
func (e *lineEnds) fold(b []byte) int {
	if !e.after && bytes.IndexByte(b, '\r') < 0 {
		return len(b) // nearly every piece of nearly every file
	}
	to := 0
	for _, c := range b {
		if e.after && c == '\n' {
			e.after = false
			continue
		}
		if e.after = c == '\r'; e.after {
			c = '\n'
		}
		b[to] = c
		to++
	}
	return to
}
