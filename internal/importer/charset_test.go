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

func xmlHead(set string) string {
	return "<?xml version='1.0' encoding='" + set + "' standalone='yes' ?>\n"
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
		{"one broken byte in little UTF-8", "时间,号码\n2024,95588,\xff\n", "时间,号码\n2024,95588,\ufffd\n", "UTF-8"},
		{"a broken byte before a name", "memo \xe9, 张三", "memo \ufffd, 张三", "UTF-8"},
		{"a declaration", xmlHead("UTF-8") + "张\xff", xmlHead("UTF-8") + "张\ufffd", "UTF-8"},
		{"a declaration of UTF-8 with Latin-1", xmlHead("utf-8") + "Jos\xe9 ", xmlHead("utf-8") + "Jos\ufffd ", "UTF-8"},
		{"a declaration that no longer holds", xmlHead("UTF-8") + string(encode(t, "来电,女儿")), xmlHead("UTF-8") + "来电,女儿", "GB18030"},
		{"a declaration of GBK", xmlHead("GBK") + string(encode(t, "女")), xmlHead("GBK") + "女", "GB18030"},
		{"a declaration of GB2312 before UTF-8", xmlHead("gb2312") + "来电", xmlHead("gb2312") + "来电", "UTF-8"},
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

// TestTextDamage: a few broken bytes do not turn UTF-8 into GB18030, and
// GB18030 is not taken for damaged UTF-8, however short the text is.
func TestTextDamage(t *testing.T) {
	// Level 1 of GB 2312, the characters in common use, is B0A1 to D7F9.
	common := rapid.Custom(func(t *rapid.T) string {
		pair := []byte{rapid.ByteRange(0xb0, 0xd6).Draw(t, "row"), rapid.ByteRange(0xa1, 0xfe).Draw(t, "cell")}
		s, err := simplifiedchinese.GB18030.NewDecoder().Bytes(pair)
		if err != nil {
			t.Fatal(err)
		}
		return string(s)
	})
	rapid.Check(t, func(t *rapid.T) {
		words := rapid.SliceOfN(common, 3, 60).Draw(t, "characters")
		whole := strings.Join(words, rapid.SampledFrom([]string{"", ",", "\n"}).Draw(t, "between"))
		at := rapid.IntRange(0, len(whole)).Draw(t, "at")
		if damaged := whole[:at] + "\xff" + whole[at:]; len(words) >= 6 && !looksLikeUTF8([]byte(damaged)) {
			t.Fatalf("%q is not taken for UTF-8", damaged)
		}
		gb, err := simplifiedchinese.GB18030.NewEncoder().String(whole)
		if err != nil {
			t.Fatal(err)
		}
		if !utf8.ValidString(gb) && looksLikeUTF8([]byte(gb)) {
			t.Fatalf("%q, %q in GB18030, is taken for UTF-8", whole, gb)
		}
	})
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
