package importer

import (
	"bufio"
	"bytes"
	"errors"
	"io"
)

// plainLine is one line of a text, valid until the next call.
type plainLine struct {
	// line counts from 1.
	line int
	// bytes are the line without its end and outer spaces; of one that is too
	// long the beginning.
	bytes []byte
	// tooLong tells that it is longer than any call.
	tooLong bool
	// ended tells that a line end stands behind it: what a file that was cut off
	// lacks.
	ended bool
}

// plainLines cuts a text into lines, each bounded. Blank ones are passed over.
type plainLines struct {
	in   *bufio.Reader
	line int
}

func newPlainLines(r io.Reader) *plainLines {
	return &plainLines{in: bufio.NewReaderSize(newLineEnds(r), maxRecordBytes)}
}

func (p *plainLines) next() (plainLine, error) {
	for {
		part, err := p.in.ReadSlice('\n')
		if len(part) == 0 {
			return plainLine{}, err
		}
		p.line++
		got := plainLine{line: p.line, ended: err == nil}
		switch {
		case errors.Is(err, bufio.ErrBufferFull):
			got.bytes, got.tooLong = bytes.Clone(bytes.TrimSpace(part[:1024])), true
			if got.ended, err = p.skip(); err != nil {
				return plainLine{}, err
			}
		case err != nil && !errors.Is(err, io.EOF):
			return plainLine{}, err
		default:
			got.bytes = bytes.TrimSpace(part)
		}
		if len(got.bytes) > 0 {
			return got, nil
		}
	}
}

// skip reads to the end of a line, keeping nothing.
func (p *plainLines) skip() (ended bool, err error) {
	for {
		_, err := p.in.ReadSlice('\n')
		switch {
		case err == nil:
			return true, nil
		case errors.Is(err, io.EOF):
			return false, nil
		case !errors.Is(err, bufio.ErrBufferFull):
			return false, err
		}
	}
}
