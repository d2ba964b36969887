package importer

import (
	"bytes"
	"io"
	"strings"
	"testing"
	"testing/iotest"

	"pgregory.net/rapid"
)

func TestNulFree(t *testing.T) {
	tests := []struct {
		name, in, want string
		first          int
	}{
		{"none", "95588,12\n", "95588,12\n", 0},
		{"behind a number", "时间\n95588\x00,12\n", "时间\n95588,12\n", 2},
		{"before a number", "95588,\x00\x0012\n", "95588,12\n", 1},
		{"inside a number", "955\x0088,12\n", "955?88,12\n", 1},
		{"many inside a number", "955\x00\x00\x0088,12\n", "955?88,12\n", 1},
		{"inside a word", "被\x00叫\n", "被叫\n", 1},
		{"at the end", "a\r\nb\rc\n" + strings.Repeat("\x00", 100_000), "a\r\nb\rc\n", 4},
		{"at the front", "\x00a\n", "a\n", 1},
		{"nothing else", "\x00\x00", "", 1},
	}
	for _, tt := range tests {
		for _, pieces := range []func(io.Reader) io.Reader{
			func(r io.Reader) io.Reader { return r }, iotest.OneByteReader, iotest.DataErrReader, iotest.HalfReader,
		} {
			f := newNulFree(pieces(strings.NewReader(tt.in)))
			got, err := io.ReadAll(f)
			if err != nil || string(got) != tt.want || f.first != tt.first {
				t.Errorf("%s: %q, first in line %d, %v; want %q, %d", tt.name, got, f.first, err, tt.want, tt.first)
			}
		}
	}
}

// TestNulFreeKeepsErrors: what was read before an error is given before it.
func TestNulFreeKeepsErrors(t *testing.T) {
	got, err := io.ReadAll(newNulFree(io.MultiReader(strings.NewReader("a\x00b"), iotest.ErrReader(io.ErrClosedPipe))))
	if string(got) != "ab" || err != io.ErrClosedPipe { //nolint:errorlint // the very error
		t.Errorf("%q, %v", got, err)
	}
}

// TestNulFreeProperties: only NULs go, nothing else changes, and however the
// bytes arrive the result is one.
func TestNulFreeProperties(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		data := rapid.SliceOf(rapid.SampledFrom([]byte("\x00\x0012a\r\n"))).Draw(t, "data")
		whole, err := io.ReadAll(newNulFree(bytes.NewReader(data)))
		if err != nil {
			t.Fatal(err)
		}
		pieces, err := io.ReadAll(newNulFree(iotest.OneByteReader(bytes.NewReader(data))))
		if err != nil || !bytes.Equal(whole, pieces) {
			t.Fatalf("%q whole, %q in pieces, %v", whole, pieces, err)
		}
		left := bytes.ReplaceAll(data, []byte{0}, nil)
		if got := bytes.ReplaceAll(whole, []byte("?"), nil); !bytes.Equal(left, got) {
			t.Fatalf("%q becomes %q", data, whole)
		}
	})
}

func TestIsBinary(t *testing.T) {
	table := strings.Repeat("2024-05-20 09:15:03,95588,被叫\n", 20)
	for name, tt := range map[string]struct {
		text string
		want bool
	}{
		"text":                    {table, false},
		"text with controls":      {strings.Repeat("\x01\x02", 50), false}, // strange, but not what binary files are known by
		"one NUL":                 {table + "\x00", false},
		"a NUL in every row":      {strings.ReplaceAll(table, "\n", "\x00\n"), false},
		"a tail never written":    {table + strings.Repeat("\x00", 60_000), false},
		"NULs only":               {"\x00\x00\x00", true},
		"padded fields":           {strings.ReplaceAll(table, ",", strings.Repeat("\x00", 20)), true},
		"a header of a few bytes": {"\x00\x01\x02", true},
	} {
		if got := isBinary([]byte(tt.text)); got != tt.want {
			t.Errorf("%s: %v", name, got)
		}
	}
}

func TestUTF16WithoutMark(t *testing.T) {
	encodings := map[string]func(string) []byte{
		"UTF-16LE": func(s string) []byte { return utf16Bytes(t, s, 1) },
		"UTF-16BE": func(s string) []byte { return utf16Bytes(t, s, 0) },
	}
	texts := map[string]string{
		"a bill":         "起始时间,通信方式,对方号码\n2024-05-20 09:15:03,被叫,95588\n",
		"ASCII only":     "time,number\n2024-05-20 09:15:03,95588\n",
		"an XML log":     "<?xml version='1.0'?><calls><call number=\"95588\"/></calls>",
		"much Chinese":   strings.Repeat("来电时间对方号码", 40) + strings.Repeat("2024-05-20,", 10),
		"characters 00":  strings.Repeat("一,一;", 40), // their low byte is zero
		"full-width":     "时间：２０２４年５月，号码（对方）\n2024-05-20 09:15,95588\n",
		"an accent":      "Anrufe für Müller\n20.05.24 09:15;95588\n",
		"longer than 4K": strings.Repeat("2024-05-20 09:15:03,95588,被叫\n", 500),
	}
	for encoding, encode := range encodings {
		for name, text := range texts {
			in := newText(bytes.NewReader(encode(text)))
			got, err := io.ReadAll(in)
			if err != nil || string(got) != text || in.Encoding() != encoding {
				t.Errorf("%s in %s: read in %s as %.60q, %v", name, encoding, in.Encoding(), got, err)
			}
		}
	}
}

// utf16Bytes writes UTF-16 with the high bytes at the even (0) or odd (1)
// places.
func utf16Bytes(t *testing.T, s string, high int) []byte {
	t.Helper()
	var out []byte
	for _, r := range s {
		if r > 0xffff {
			t.Fatal("not in the basic plane")
		}
		pair := [2]byte{}
		pair[high], pair[1-high] = byte(r>>8), byte(r)
		out = append(out, pair[:]...)
	}
	return out
}

// TestNotUTF16: other files do not become it.
func TestNotUTF16(t *testing.T) {
	for name, data := range map[string][]byte{
		"UTF-8":            []byte("起始时间,对方号码\n2024-05-20 09:15:03,95588\n"),
		"GB18030":          encode(t, "起始时间,对方号码\n2024-05-20 09:15:03,95588\n"),
		"ASCII":            []byte("time,number\n2024-05-20 09:15:03,95588\n"),
		"a stray NUL":      []byte("time,number\n2024-05-20 09:15:03\x00,95588\n"),
		"a tail of NULs":   append([]byte("time,number\n2024-05-20 09:15:03,95588\n"), make([]byte, 5000)...),
		"numbers":          {1, 0, 2, 0, 3, 0, 200, 0, 1, 1, 0, 0},
		"32-bit letters":   []byte("t\x00\x00\x00i\x00\x00\x00m\x00\x00\x00e\x00\x00\x00"),
		"NULs only":        make([]byte, 100),
		"three characters": []byte("a\x00b\x00c\x00"),
	} {
		if isUTF16(data, 0) || isUTF16(data, 1) {
			t.Errorf("%s is taken for UTF-16", name)
		}
	}
}
