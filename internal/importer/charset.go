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
// decides, an XML declaration counts for much, and UTF-16 without a mark is
// known by where its zero bytes are; else ASCII
// passes through until the first other byte, and what follows there decides
// between UTF-8 and GB18030 (the superset of GBK and GB2312, in which Chinese
// programs write). So a file whose first Chinese name comes after a megabyte
// of digits is judged as well as a short one. Bytes that are no character
// become U+FFFD.
type text struct {
	in       *bufio.Reader
	out      io.Reader // the decoder, nil until the character set is known
	encoding string
	declared string // what an XML declaration says, empty where it says nothing of use
	begun    bool
}

// newText takes a bufio.Reader of at least SampleSize as its own buffer.
func newText(r io.Reader) *text {
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
		t.readPairs()
		t.readDeclaration()
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
	if t.isUTF8(window) {
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

// readPairs finds UTF-16 that has no mark.
func (t *text) readPairs() {
	const enough = 4 << 10
	if t.out != nil {
		return
	}
	head, _ := t.in.Peek(enough)
	switch {
	case isUTF16(head, 1):
		t.decode(encodingUTF16LE, unicode.UTF16(unicode.LittleEndian, unicode.IgnoreBOM))
	case isUTF16(head, 0):
		t.decode(encodingUTF16BE, unicode.UTF16(unicode.BigEndian, unicode.IgnoreBOM))
	}
}

// isUTF16 says whether bytes are text in UTF-16 with its high bytes at the
// even (0) or odd (1) places. A log of calls is full of digits and separators,
// whose high byte is zero, and nearly all of the rest are Chinese characters
// and signs. The other way round the digits become a script that no log is in.
func isUTF16(b []byte, high int) bool {
	const fewest = 4 // characters
	units, ascii, plausible := len(b)/2, 0, 0
	for i := 0; i+1 < len(b); i += 2 {
		h, l := b[i+high], b[i+1-high]
		switch {
		case h == 0 && (l >= ' ' && l < 0x7f || l == '\t' || l == '\r' || l == '\n'):
			ascii++
			plausible++
		case h >= 0x4e && h <= 0x9f, h == 0x30, h == 0xff, h == 0x20, h == 0 && l >= 0xa0:
			plausible++ // Chinese, its signs, full-width ones, dashes, accents
		}
	}
	return units >= fewest && 8*ascii >= units && 16*plausible >= 15*units
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

// readDeclaration finds the character set that an XML declaration names
// (section 2.8). It is in ASCII in all that are read here.
func (t *text) readDeclaration() {
	const longest = 200
	if t.out != nil {
		return
	}
	head, _ := t.in.Peek(longest)
	head, _, _ = bytes.Cut(head, []byte("?>"))
	if !bytes.HasPrefix(head, []byte("<?xml")) {
		return
	}
	_, rest, _ := bytes.Cut(head, []byte("encoding"))
	rest = bytes.TrimLeft(rest, " \t\r\n=")
	if len(rest) == 0 || rest[0] != '"' && rest[0] != '\'' {
		return
	}
	name, _, _ := bytes.Cut(rest[1:], rest[:1])
	switch name = bytes.ToLower(name); {
	case bytes.HasPrefix(name, []byte("utf")) && bytes.HasSuffix(name, []byte("8")):
		t.declared = encodingUTF8
	case bytes.HasPrefix(name, []byte("gb")):
		t.declared = encodingGB18030
	}
}

// isUTF8 weighs a window of the file against its declaration. Editors convert
// files without a look at that, so it does not count for everything: text that
// can hardly be what it says is read as what it is.
func (t *text) isUTF8(window []byte) bool {
	s := survey(window)
	switch t.declared {
	case encodingUTF8:
		return 4*s.long >= s.broken || !isGB18030(window)
	case encodingGB18030:
		return s.broken == 0 && s.long > 0
	default:
		return s.isUTF8()
	}
}

// found counts what a text is when it is read as UTF-8.
type found struct {
	// whole are characters of several bytes, long those of three and more, as
	// all Chinese ones are; broken are bytes that belong to none.
	whole, long, broken int
}

// isUTF8: one broken byte among whole characters (a file glued together, a
// damaged sector) does not turn the text into GB18030. Text in GB18030 read as
// UTF-8 breaks at nearly every character: of three bytes in a row that look
// like one character of UTF-8 there is less than one in a hundred characters
// in common use.
func (s found) isUTF8() bool {
	return s.broken == 0 || s.long > s.broken || s.whole >= 32*s.broken
}

// survey reads a window. A character cut off by its end is no fault.
func survey(b []byte) (s found) {
	for len(b) > 0 {
		r, n := utf8.DecodeRune(b)
		switch {
		case r == utf8.RuneError && n == 1 && !utf8.FullRune(b):
			return s
		case r == utf8.RuneError && n == 1:
			s.broken++
		case n > 1:
			s.whole++
			if n > 2 {
				s.long++
			}
		}
		b = b[n:]
	}
	return s
}

// isGB18030 says whether a window has no byte that is none of GB18030's, but
// for a character cut off by its end.
func isGB18030(window []byte) bool {
	out, err := simplifiedchinese.GB18030.NewDecoder().Bytes(window)
	if err != nil {
		return false
	}
	at := bytes.IndexRune(out, utf8.RuneError)
	return at < 0 || at == len(out)-len(string(utf8.RuneError))
}
