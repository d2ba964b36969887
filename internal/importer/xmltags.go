package importer

import (
	"bufio"
	"bytes"
	"errors"
	"io"
)

// tag is one start or end tag of an XML file, or what is left of a damaged
// one.
type tag struct {
	// line is the line of its "<".
	line int
	// bytes are the whole tag from "<" to ">"; of a damaged one the beginning.
	// They are valid until the next call.
	bytes []byte
	// damage is a reject key for a tag that is not well-formed, or empty.
	damage string
}

// name is the name of the element, with a "/" before it for an end tag.
func (t tag) name() []byte {
	b := t.bytes[1:]
	end := bytes.IndexAny(b[min(1, len(b)):], " \t\r\n/>")
	if end < 0 {
		return b
	}
	return b[:end+1]
}

// tags cuts an XML file into its tags. The decoder of the standard library
// keeps a whole tag in memory and stops for good at the first fault; so each
// tag is cut out here, bounded, and only then given to that decoder. A tag
// ends at the ">" outside quotes. A "<" inside is a fault in every XML file
// (section 3.1, "No < in Attribute Values"), and so the place where reading
// goes on after a quote that was never closed.
type tags struct {
	in   *bufio.Reader
	line int
	buf  []byte
}

func newTags(r io.Reader) *tags {
	return &tags{in: bufio.NewReaderSize(newLineEnds(r), SampleSize), line: 1}
}

// next gives the next tag; text, comments, CDATA, processing instructions and
// the document type (with the entities it may define) are passed over. It
// ends with io.EOF between two tags and io.ErrUnexpectedEOF inside one.
func (t *tags) next() (tag, error) {
	for {
		if err := t.skipPast("<"); err != nil {
			return tag{}, err
		}
		head, _ := t.in.Peek(len("![CDATA["))
		end := ""
		switch {
		case bytes.HasPrefix(head, []byte("!--")):
			end = "-->"
		case bytes.HasPrefix(head, []byte("![CDATA[")):
			end = "]]>"
		case bytes.HasPrefix(head, []byte("?")):
			end = "?>"
		case bytes.HasPrefix(head, []byte("!")):
			if err := t.skipDoctype(); err != nil {
				return tag{}, inside(err)
			}
			continue
		default:
			return t.readTag()
		}
		if err := t.skipPast(end); err != nil {
			return tag{}, inside(err)
		}
	}
}

// inside turns the end of the file into the end inside of something.
func inside(err error) error {
	if errors.Is(err, io.EOF) {
		return io.ErrUnexpectedEOF
	}
	return err
}

// skipPast reads up to and including the mark, keeping nothing.
func (t *tags) skipPast(mark string) error {
	last := mark[len(mark)-1]
	t.buf = t.buf[:0]
	for {
		part, err := t.in.ReadSlice(last)
		t.line += bytes.Count(part, []byte("\n"))
		if errors.Is(err, bufio.ErrBufferFull) || err == nil {
			// The mark may begin in the part before.
			t.buf = append(t.buf, part[max(0, len(part)-len(mark)):]...)
			if bytes.HasSuffix(t.buf, []byte(mark)) {
				return nil
			}
			t.buf = append(t.buf[:0], t.buf[max(0, len(t.buf)-len(mark)):]...)
			continue
		}
		return err
	}
}

// skipDoctype reads past a document type. Entities that it defines are never
// expanded, so what stands in it does not matter.
func (t *tags) skipDoctype() error {
	subset := false
	for {
		c, err := t.readByte()
		if err != nil {
			return err
		}
		switch {
		case c == '[' && !subset:
			subset = true
		case c == ']':
			subset = false
		case c == '>' && !subset:
			return nil
		}
	}
}

func (t *tags) readByte() (byte, error) {
	c, err := t.in.ReadByte()
	if c == '\n' {
		t.line++
	}
	return c, err
}

// readTag reads the rest of a tag whose "<" was read.
func (t *tags) readTag() (tag, error) {
	got := tag{line: t.line}
	t.buf = append(t.buf[:0], '<')
	if t.readPlain() {
		got.bytes = t.buf
		return got, nil
	}
	var quote byte
	for {
		c, err := t.readByte()
		if err != nil {
			return tag{}, inside(err)
		}
		if c == '<' {
			_ = t.in.UnreadByte() // one byte was just read
			if got.damage == "" {
				got.damage = rejectDamaged
			}
			break
		}
		if len(t.buf) < maxRecordBytes {
			t.buf = append(t.buf, c)
		} else {
			got.damage = rejectTooLong
		}
		if quote != 0 {
			if c == quote {
				quote = 0
			}
			continue
		}
		if c == '"' || c == '\'' {
			quote = c
		} else if c == '>' {
			break
		}
	}
	got.bytes = t.buf
	return got, nil
}

// readPlain reads a tag that lies in the buffer as a whole and has nothing in it
// that needs a closer look, as nearly every tag of nearly every file; where it
// does not, nothing is read.
func (t *tags) readPlain() bool {
	b, _ := t.in.Peek(t.in.Buffered())
	end := bytes.IndexByte(b, '>') + 1
	if end == 0 || end >= maxRecordBytes {
		return false
	}
	b = b[:end]
	if bytes.IndexByte(b, '<') >= 0 || bytes.IndexByte(b, '\'') >= 0 || bytes.Count(b, []byte{'"'})%2 != 0 {
		return false
	}
	t.buf = append(t.buf, b...)
	t.line += bytes.Count(b, []byte{'\n'})
	_, _ = t.in.Discard(end) // it is in the buffer
	return true
}

// rootElement is the name of the first element of an XML text, "" where the
// text begins otherwise.
func rootElement(text []byte) string {
	if text = bytes.TrimSpace(text); len(text) == 0 || text[0] != '<' {
		return ""
	}
	first, err := newTags(bytes.NewReader(text)).next()
	if err != nil || first.damage != "" {
		return ""
	}
	return string(first.name())
}
