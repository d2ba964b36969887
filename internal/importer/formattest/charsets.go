package formattest

import (
	"bytes"
	"strings"
	"testing"

	"golang.org/x/text/encoding"
	"golang.org/x/text/encoding/simplifiedchinese"
	"golang.org/x/text/encoding/unicode"
)

// testCharsets reads the file in every character set and with every line end:
// the records stay the same.
func testCharsets(t *testing.T, s Suite, c Case, data []byte) {
	plain := data
	if c.Encoding == "GB18030" {
		decoded, err := simplifiedchinese.GB18030.NewDecoder().Bytes(data)
		if err != nil {
			t.Fatal(err)
		}
		plain = decoded
	}
	plain = bytes.TrimPrefix(plain, []byte("\xef\xbb\xbf"))
	utf16LE, utf16BE := unicode.UTF16(unicode.LittleEndian, unicode.IgnoreBOM), unicode.UTF16(unicode.BigEndian, unicode.IgnoreBOM)
	ascii := bytes.IndexFunc(plain, func(r rune) bool { return r >= 0x80 }) < 0
	for _, v := range []struct {
		name, encoding, mark string
		set                  encoding.Encoding
	}{
		{"plain", "UTF-8", "", unicode.UTF8},
		{"mark", "UTF-8", "\xef\xbb\xbf", unicode.UTF8},
		{"utf-16le", "UTF-16LE", "\xff\xfe", utf16LE},
		{"utf-16be", "UTF-16BE", "\xfe\xff", utf16BE},
		{"utf-16le plain", "UTF-16LE", "", utf16LE},
		{"utf-16be plain", "UTF-16BE", "", utf16BE},
		{"gb18030", "GB18030", "", simplifiedchinese.GB18030},
		{"gb18030 mark", "GB18030", "\x84\x31\x95\x33", simplifiedchinese.GB18030},
	} {
		for _, end := range []string{"\n", "\r\n", "\r"} {
			t.Run(v.name+map[string]string{"\n": " lf", "\r\n": " crlf", "\r": " cr"}[end], func(t *testing.T) {
				body := bytes.ReplaceAll(plain, []byte("\r\n"), []byte("\n"))
				body, err := v.set.NewEncoder().Bytes(bytes.ReplaceAll(body, []byte("\n"), []byte(end)))
				if err != nil {
					t.Fatal(err)
				}
				got := Read(t, append([]byte(v.mark), body...), s.options(c), s.Format)
				if got.Err != nil {
					t.Fatal(got.Err)
				}
				want := v.encoding
				if ascii && v.mark == "" && !strings.HasPrefix(v.encoding, "UTF-16") {
					want = "UTF-8" // nothing tells them apart
				}
				if got.Encoding != want {
					t.Errorf("read in %s, want %s", got.Encoding, want)
				}
				if d := Diff(c.Want, got.Records); d != "" {
					t.Error(d)
				}
			})
		}
	}
}
