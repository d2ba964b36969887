package importer

import (
	"bytes"
	"io"
	"strings"
	"testing"
	"testing/iotest"
	"unicode/utf8"

	"golang.org/x/text/encoding/simplifiedchinese"
	"golang.org/x/text/encoding/unicode"
	"pgregory.net/rapid"
)

func encode(t testing.TB, s string) []byte {
	t.Helper()
	b, err := simplifiedchinese.GB18030.NewEncoder().Bytes([]byte(s))
	if err != nil {
		t.Fatal(err)
	}
	return b
}

func TestText(t *testing.T) {
	ascii := strings.Repeat("2024-05-20 09:15:03,95588\n", 10_000)
	tests := []struct {
		name, in, want, encoding string
	}{
		{"nothing", "", "", "UTF-8"},
		{"ASCII", "abc", "abc", "UTF-8"},
		{"UTF-8", "来电,95588", "来电,95588", "UTF-8"},
		{"UTF-8 with a mark", "\xef\xbb\xbf来电", "来电", "UTF-8"},
		{"GB18030", string(encode(t, "来电,95588")), "来电,95588", "GB18030"},
		{"GB18030, four bytes", string(encode(t, "来电㐂😀")), "来电㐂😀", "GB18030"},
		{"Chinese far down", ascii + "来电", ascii + "来电", "UTF-8"},
		{"GB18030 far down", ascii + string(encode(t, "来电")), ascii + "来电", "GB18030"},
		{"UTF-8 cut inside a character", "来电话"[:7], "来电\ufffd", "UTF-8"},
		{"one broken byte in much UTF-8", strings.Repeat("来电", 40) + "\xff话", strings.Repeat("来电", 40) + "\ufffd话", "UTF-8"},
		{"broken GB18030", string(encode(t, "来电")) + "\xff\xff,1", "来电\ufffd\ufffd,1", "GB18030"},
		{"UTF-16LE", "\xff\xfe\x65\x67a\x00", "来a", "UTF-16LE"},
		{"UTF-16BE", "\xfe\xff\x67\x65\x00a", "来a", "UTF-16BE"},
		{"UTF-16 with half a character", "\xff\xfea\x00b", "a\ufffd", "UTF-16LE"},
		{"UTF-16 with half a pair", "\xff\xfea\x00\x00\xd8", "a\ufffd", "UTF-16LE"},
	}
	for _, tt := range tests {
		for _, pieces := range []func(io.Reader) io.Reader{
			func(r io.Reader) io.Reader { return r }, iotest.OneByteReader, iotest.DataErrReader,
		} {
			in := newText(pieces(strings.NewReader(tt.in)))
			got, err := io.ReadAll(in)
			if err != nil || string(got) != tt.want || in.Encoding() != tt.encoding {
				t.Errorf("%s: %.40q in %s, %v; want %.40q in %s", tt.name, got, in.Encoding(), err, tt.want, tt.encoding)
			}
		}
	}
}

// TestTextCut: a window that ends inside a character is judged like a whole
// one, wherever it ends.
func TestTextCut(t *testing.T) {
	text := strings.Repeat("起始时间,对方号码\n", 3)
	for n := 2; n <= len(text); n++ {
		if !looksLikeUTF8([]byte(text[:n])) {
			t.Errorf("UTF-8 cut after %d bytes is not taken for it", n)
		}
	}
	gb := encode(t, text)
	for n := 6; n <= len(gb); n++ {
		if looksLikeUTF8(gb[:n]) {
			t.Errorf("GB18030 cut after %d bytes is taken for UTF-8", n)
		}
	}
}

func TestTextProperties(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		data := rapid.SliceOf(rapid.Byte()).Draw(t, "data")
		got, err := io.ReadAll(newText(bytes.NewReader(data)))
		if err != nil || !utf8.Valid(got) {
			t.Fatalf("%q reads as %q, %v", data, got, err)
		}
		s := rapid.String().Draw(t, "text")
		b, err := unicode.UTF16(unicode.LittleEndian, unicode.UseBOM).NewEncoder().Bytes([]byte(s))
		if err != nil {
			t.Fatal(err)
		}
		if got, err := io.ReadAll(newText(bytes.NewReader(b))); err != nil || string(got) != s {
			t.Fatalf("%q comes back from UTF-16 as %q, %v", s, got, err)
		}
	})
}

func FuzzText(f *testing.F) {
	f.Add([]byte("来电,95588"))
	f.Add(encode(f, "来电㐂😀"))
	f.Add([]byte("\xff\xfea\x00\x00\xd8"))
	f.Add([]byte("\x84\x31\x95\x33\xff"))
	f.Fuzz(func(t *testing.T, data []byte) {
		whole, err := io.ReadAll(newText(bytes.NewReader(data)))
		if err != nil || !utf8.Valid(whole) {
			t.Fatalf("reads as %q, %v", whole, err)
		}
		pieces, err := io.ReadAll(newText(iotest.HalfReader(bytes.NewReader(data))))
		if err != nil || !bytes.Equal(whole, pieces) {
			t.Fatalf("reads as %q, in pieces as %q, %v", whole, pieces, err)
		}
	})
}
