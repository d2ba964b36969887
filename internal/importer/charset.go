package importer

import (
	"bufio"
	"bytes"
	"io"
	"unicode/utf8"

	"golang.org/x/text/encoding"
	"golang.org/x/text/encoding/simplifiedchinese"
	"golang.org/x/text/encoding/unicode"
	"golang.org/x/text/transform"
)

// The character sets as an import report names them.
const (
	encodingUTF8    = "UTF-8"
	encodingUTF16LE = "UTF-16LE"
	encodingUTF16BE = "UTF-16BE"
	encodingGB18030 = "GB18030"
)

// text reads a file in an unknown character set as UTF-8. A byte order mark
// decides; without one, ASCII passes through until the first other byte, and
// what follows there decides between UTF-8 and GB18030 (the superset of GBK
// and GB2312, in which Chinese programs write). So a file whose first Chinese
// name comes after a megabyte of digits is judged as well as a short one.
// Bytes that are no character become U+FFFD.
type text struct {
	in       *bufio.Reader
	out      io.Reader // the decoder, nil until the character set is known
	encoding string
	begun    bool
}

func newText(r io.Reader) *text {
	in, ok := r.(*counted)
	if ok {
		return &text{in: in.Reader, encoding: encodingUTF8}
	}
	return &text{in: bufio.NewReaderSize(r, SampleSize), encoding: encodingUTF8}
}

// Encoding is the character set as far as it is known.
func (t *text) Encoding() string { return t.encoding }

// Read gives the next bytes in UTF-8.
func (t *text) Read(p []byte) (int, error) {
	if len(p) == 0 {
		return 0, nil
	}
	if !t.begun {
		t.begun = true
		t.readMark()
	}
	if t.out != nil {
		return t.out.Read(p)
	}
	if _, err := t.in.Peek(1); err != nil {
		return 0, err
	}
	head, _ := t.in.Peek(min(t.in.Buffered(), len(p)))
	if n := asciiPrefix(head); n > 0 {
		copy(p, head[:n])
		_, err := t.in.Discard(n)
		return n, err
	}
	// An error of this Peek comes back when the decoder reads that far.
	window, _ := t.in.Peek(t.in.Size())
	if looksLikeUTF8(window) {
		t.decode(encodingUTF8, unicode.UTF8)
	} else {
		t.decode(encodingGB18030, simplifiedchinese.GB18030)
	}
	return t.out.Read(p)
}

// readMark takes the byte order mark off the front, if there is one.
func (t *text) readMark() {
	marks := [...]struct {
		bytes string
		name  string
		set   encoding.Encoding
	}{
		{"\xef\xbb\xbf", encodingUTF8, unicode.UTF8},
		{"\xff\xfe", encodingUTF16LE, unicode.UTF16(unicode.LittleEndian, unicode.IgnoreBOM)},
		{"\xfe\xff", encodingUTF16BE, unicode.UTF16(unicode.BigEndian, unicode.IgnoreBOM)},
		{"\x84\x31\x95\x33", encodingGB18030, simplifiedchinese.GB18030},
	}
	for _, m := range marks {
		if head, _ := t.in.Peek(len(m.bytes)); bytes.Equal(head, []byte(m.bytes)) {
			_, _ = t.in.Discard(len(m.bytes)) // they are in the buffer
			t.decode(m.name, m.set)
			return
		}
	}
}

func (t *text) decode(name string, set encoding.Encoding) {
	t.encoding, t.out = name, transform.NewReader(t.in, set.NewDecoder())
}

func asciiPrefix(b []byte) int {
	for i, c := range b {
		if c >= utf8.RuneSelf {
			return i
		}
	}
	return len(b)
}

// looksLikeUTF8 judges a window of a file. A character cut off by its end is
// no fault, and one broken character among many whole ones (a file glued
// together, a damaged sector) does not turn the whole text into GB18030: text
// in GB18030 read as UTF-8 breaks at nearly every character.
func looksLikeUTF8(b []byte) bool {
	whole, broken := 0, 0
	for len(b) > 0 {
		r, n := utf8.DecodeRune(b)
		switch {
		case r == utf8.RuneError && n == 1 && !utf8.FullRune(b):
			b = nil
			continue
		case r == utf8.RuneError && n == 1:
			broken++
		case n > 1:
			whole++
		}
		b = b[n:]
	}
	return broken == 0 || whole >= 32*broken
}
