package check

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"golang.org/x/text/encoding/simplifiedchinese"
	xunicode "golang.org/x/text/encoding/unicode"
	"pgregory.net/rapid"

	"quietline/internal/domain"
	"quietline/internal/ui/uitest"
)

func number(s string) bool {
	v := (&uitest.Checker{}).Check(s, "").Verdict
	return v != domain.VerdictInvalid && v != domain.VerdictHidden
}

// judged is what a checker says of a cell.
func judged(s string) domain.Verdict {
	switch {
	case number(s):
		return domain.VerdictListed
	case s == "未知":
		return domain.VerdictHidden
	}
	return domain.VerdictInvalid
}

func TestReadLines(t *testing.T) {
	for _, c := range []struct {
		name, text string
		want       []string
	}{
		{"one a line", "95588\n13800138000\n", []string{"95588", "13800138000"}},
		{"Windows", "95588\r\n95777\r\n", []string{"95588", "95777"}},
		{"no end of line", "95588", []string{"95588"}},
		{"empty lines", "\n\n95588\n   \n95777\n\n", []string{"95588", "95777"}},
		{"heading", "来电号码\n95588\n", []string{"95588"}},
		{"only the first line can be a heading", "95588\nabc\n", []string{"95588", "abc"}},
		{"a wrong number stays as it is", "9558812\n+95588\n", []string{"9558812", "+95588"}},
		{"tabs", "序号\t姓名\t号码\n1\t张镕\t95588\n2\t李喆\t95777\n", []string{"95588", "95777"}},
		{"no heading, but a hidden number", "未知\n95588\n", []string{"未知", "95588"}},
		{"commas", "time,number\n2024-05-20 09:00,95588\n2024-05-20 10:00,13800138000\n", []string{"95588", "13800138000"}},
		{"days are no numbers", "2024-05-20;95588\n2024-05-21;95777\n", []string{"95588", "95777"}},
		{"quoted", "\"张, 三\",\"95588\"\n\"李, 四\",\"95777\"\n", []string{"95588", "95777"}},
		{"a stray quotation mark", "a \"b,95588\nc,95777\n", []string{"95588", "95777"}},
		{"the first of two columns", "95588,13800138000\n95777,13900139000\n", []string{"95588", "95777"}},
		{"short rows", "x,95588\ny\nz,95777\n", []string{"95588", "95777"}},
		{"spaces within a number are no table", "0551 96588\n955 88\n", []string{"0551 96588", "955 88"}},
	} {
		t.Run(c.name, func(t *testing.T) {
			got, err := readLines(c.text, judged)
			if err != nil {
				t.Fatal(err)
			}
			if diff := cmp.Diff(c.want, got); diff != "" {
				t.Error(diff)
			}
		})
	}
}

func TestReadLinesRefuses(t *testing.T) {
	for _, c := range []struct{ text, key string }{
		{"", "check.nothing"},
		{" \n\t\n", "check.nothing"},
		{"号码\n", "check.nothing"},
		{strings.Repeat("95588\n", MostLines+1), "check.too_many"},
	} {
		if _, err := readLines(c.text, judged); domain.KeyOf(err) != c.key || domain.KindOf(err) != domain.Invalid {
			t.Errorf("%v, want %s", err, c.key)
		}
	}
	got, err := readLines("号码\n"+strings.Repeat("95588\n", MostLines), judged)
	if err != nil || len(got) != MostLines {
		t.Errorf("%d lines, %v: that many are allowed, and a heading besides", len(got), err)
	}
}

// TestReadLinesNeverLosesANumber: whatever stands in a list of single cells
// comes out again, in order.
func TestReadLinesNeverLosesANumber(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		want := rapid.SliceOfN(rapid.StringMatching(`[+]?[0-9]{3,13}`), 1, 50).Draw(t, "numbers")
		end := rapid.SampledFrom([]string{"\n", "\r\n", "\n\n"}).Draw(t, "end")
		got, err := readLines(strings.Join(want, end), judged)
		if err != nil {
			t.Fatal(err)
		}
		if diff := cmp.Diff(want, got); diff != "" {
			t.Fatal(diff)
		}
	})
}

func FuzzReadLines(f *testing.F) {
	for _, s := range []string{"95588\n", "a,b\n1,2\n", "\"", "\xff\xfe", "\t\t\n;,"} {
		f.Add([]byte(s))
	}
	f.Fuzz(func(t *testing.T, data []byte) {
		text, err := decode(data)
		if err != nil {
			return
		}
		got, err := readLines(text, judged)
		if (err == nil) != (len(got) > 0) {
			t.Errorf("%q %v", got, err)
		}
	})
}

func TestDecode(t *testing.T) {
	const text = "号码\n95588\n张镕\n"
	gb, err := simplifiedchinese.GB18030.NewEncoder().String(text)
	if err != nil {
		t.Fatal(err)
	}
	little, _ := xunicode.UTF16(xunicode.LittleEndian, xunicode.UseBOM).NewEncoder().String(text)
	big, _ := xunicode.UTF16(xunicode.BigEndian, xunicode.UseBOM).NewEncoder().String(text)
	for name, data := range map[string]string{
		"UTF-8": text, "with a mark": "\xef\xbb\xbf" + text, "GB 18030": gb, "UTF-16": little, "UTF-16, big": big,
	} {
		if got, err := decode([]byte(data)); err != nil || got != text {
			t.Errorf("%s: %q %v", name, got, err)
		}
	}
	if _, err := decode([]byte("PK\x03\x04\x00\x00\xff\xfe")); domain.KeyOf(err) != "check.no_text" {
		t.Errorf("%v: a spreadsheet is no text", err)
	}
}
