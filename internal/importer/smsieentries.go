package importer

import (
	"bufio"
	"bytes"
	"errors"
	"io"
)

// entry is one object of a list in JSON, or what is left of a damaged one.
type entry struct {
	// line is the line of its opening brace.
	line int
	// bytes are the whole object; of a damaged one the beginning. They are valid
	// until the next call.
	bytes []byte
	// damage is a reject key, or empty.
	damage string
}

// entries cuts a list of objects into them: an array, or objects one after the
// other. The decoder of the standard library reads a quotation mark that is
// never closed to the end of the file into memory, and stops for good at the
// first fault; here an object is bounded, and a damaged one costs itself only.
// Reading goes on at the next line after a string that a line end interrupts
// (RFC 8259, 7: a line end in a string is written as an escape), and at a brace
// that opens where no value can stand.
type entries struct {
	in          *bufio.Reader
	line        int
	array, done bool
	buf         []byte
}

func newEntries(r io.Reader) *entries {
	return &entries{in: bufio.NewReaderSize(newLineEnds(r), SampleSize), line: 1}
}

// next gives the next object. It ends with io.EOF, or with "import.truncated"
// where the array or an object has no end.
func (e *entries) next() (entry, error) {
	for !e.done {
		c, err := e.readByte()
		if err != nil {
			if errors.Is(err, io.EOF) && e.array {
				err = truncated()
			}
			return entry{}, err
		}
		switch c {
		case ' ', '\t', '\n', ',':
		case '[':
			e.array = true
		case ']':
			e.done = true
		case '{':
			return e.object(entry{line: e.line}, c)
		default:
			// The rest of an object that lost its beginning.
			return e.object(entry{line: e.line, damage: rejectDamaged}, c)
		}
	}
	return entry{}, io.EOF
}

func (e *entries) readByte() (byte, error) {
	c, err := e.in.ReadByte()
	if c == '\n' {
		e.line++
	}
	return c, err
}

// object reads the rest of an object whose first byte was read.
func (e *entries) object(got entry, first byte) (entry, error) {
	e.buf = append(e.buf[:0], first)
	quoted, escaped := first == '"', false
	before := first // the last byte that counts, outside of strings
	for depth := 1; depth > 0; {
		c, err := e.readByte()
		if err != nil {
			if errors.Is(err, io.EOF) {
				err = truncated()
			}
			return entry{}, err
		}
		if c == '{' && !quoted && before != ':' && before != '[' {
			_ = e.in.UnreadByte() // it was just read
			got.damage = rejectDamaged
			break
		}
		if len(e.buf) == maxRecordBytes {
			got.damage = rejectTooLong
			if err := e.skipToBrace(); err != nil {
				return entry{}, err
			}
			break
		}
		e.buf = append(e.buf, c)
		switch {
		case quoted && c == '\n':
			quoted, got.damage = false, rejectDamaged
		case quoted:
			quoted, escaped = escaped || c != '"', c == '\\' && !escaped
			continue
		case c == '"':
			quoted = true
		case c == '{', c == '[':
			depth++
		case c == '}':
			depth--
		case c == ']':
			if depth--; depth == 0 {
				got.damage, e.done = rejectDamaged, e.array
			}
		}
		if c != ' ' && c != '\t' && c != '\n' {
			before = c
		}
	}
	got.bytes = e.buf
	return got, nil
}

// skipToBrace reads up to the next opening brace, keeping nothing. The end of
// the file before it means that an object was cut off.
func (e *entries) skipToBrace() error {
	for {
		part, err := e.in.ReadSlice('{')
		e.line += bytes.Count(part, []byte("\n"))
		switch {
		case err == nil:
			return e.in.UnreadByte()
		case errors.Is(err, io.EOF):
			return truncated()
		case !errors.Is(err, bufio.ErrBufferFull):
			return err
		}
	}
}
