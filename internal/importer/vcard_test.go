package importer_test

import (
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"
	"golang.org/x/text/encoding/simplifiedchinese"
	"golang.org/x/text/encoding/unicode"

	"quietline/internal/domain"
	"quietline/internal/importer"
	"quietline/internal/journal"
)

func cardsOf(t testing.TB, path string) ([]journal.ContactCard, string) {
	t.Helper()
	s, err := importer.New(importer.Params{}).OpenContacts(t.Context(), path)
	if err != nil {
		t.Fatal(err)
	}
	defer s.Close()
	var out []journal.ContactCard
	for {
		c, err := s.Next()
		if errors.Is(err, io.EOF) {
			return out, s.Encoding()
		}
		if err != nil {
			t.Fatal(err)
		}
		out = append(out, c)
	}
}

func cardFile(t testing.TB, content string) string {
	t.Helper()
	path := filepath.Join(t.TempDir(), "contacts.vcf")
	if err := os.WriteFile(path, []byte(content), 0o600); err != nil {
		t.Fatal(err)
	}
	return path
}

func TestCardsOfPhones(t *testing.T) {
	for file, want := range map[string][]journal.ContactCard{
		"contacts_android21.vcf": {
			{Line: 1, Name: "王女儿", Numbers: []string{"138-0000-0001", "+86 10 6620 0000"}},
			{Line: 9, Name: "Dr Li", Numbers: []string{"95588"}},
		},
		"contacts_iphone30.vcf": {
			{Line: 1, Name: "张社区医生", Numbers: []string{"138 0000 0003", "961234"}},
		},
	} {
		got, _ := cardsOf(t, filepath.Join("testdata", file))
		if d := cmp.Diff(want, got, cmpopts.EquateEmpty()); d != "" {
			t.Errorf("%s (-want +got)\n%s", file, d)
		}
	}
}

// inCard is a card around lines.
func inCard(lines ...string) string {
	return "BEGIN:VCARD\r\n" + strings.Join(lines, "\r\n") + "\r\nEND:VCARD\r\n"
}

func TestCardLines(t *testing.T) {
	gbk, err := simplifiedchinese.GBK.NewEncoder().String("王女儿")
	if err != nil {
		t.Fatal(err)
	}
	quoted := ""
	for _, b := range []byte(gbk) {
		quoted += fmt.Sprintf("=%02x", b)
	}
	tests := map[string]struct {
		lines   []string
		name    string
		numbers []string
	}{
		"soft break in a character":   {[]string{"FN;CHARSET=UTF-8;ENCODING=QUOTED-PRINTABLE:=E7=8E=", "=8B=E5=", "=A5=B3"}, "王女", nil},
		"soft break at the end":       {[]string{"FN;QUOTED-PRINTABLE:=E7=8E=8B="}, "王", nil},
		"GBK in quoted-printable":     {[]string{"FN;CHARSET=GBK;ENCODING=QUOTED-PRINTABLE:" + quoted}, "王女儿", nil},
		"GB2312, lower case":          {[]string{"fn;charset=gb2312;quoted-printable:" + quoted}, "王女儿", nil},
		"no charset, yet GBK":         {[]string{"FN;ENCODING=QUOTED-PRINTABLE:" + quoted}, "王女儿", nil},
		"GBK is said, UTF-8 is there": {[]string{"FN;CHARSET=GBK;ENCODING=QUOTED-PRINTABLE:=E7=8E=8B"}, "王", nil},
		"name in base64":              {[]string{"FN;ENCODING=B:546L"}, "王", nil},
		"folded":                      {[]string{"FN:张社", " 区医\t", "\t生"}, "张社区医\t生", nil},
		"escaped":                     {[]string{`FN:Li\, Wei\; \\ \nDr`}, `Li, Wei; \  Dr`, nil},
		"Chinese name in parts":       {[]string{"N:王;小;;;"}, "王小", nil},
		"other name in parts":         {[]string{"N:Stevenson;John;Philip,Paul;Dr.;"}, "Dr. John Philip,Paul Stevenson", nil},
		"company":                     {[]string{"N:;;;;", "ORG:Bank;Loans"}, "Bank", nil},
		"nickname before company":     {[]string{"ORG:Bank", "NICKNAME:Uncle"}, "Uncle", nil},
		"group":                       {[]string{"item1.TEL;type=pref:961234", "item1.X-ABLabel:社区热线"}, "", []string{"961234"}},
		"uri":                         {[]string{`TEL;VALUE=uri;TYPE="voice,home":tel:+86-10-6620-0000;ext=102`}, "", []string{"+86-10-6620-0000"}},
		"uri with context":            {[]string{"TEL;VALUE=uri:tel:6620-0000;phone-context=+8610"}, "", []string{"+86106620-0000"}},
		"uri with a named context":    {[]string{"TEL;VALUE=uri:TEL:95588;phone-context=example.com"}, "", []string{"95588"}},
		"uri, escaped":                {[]string{"TEL;VALUE=uri:tel:%2B8613800000001"}, "", []string{"+8613800000001"}},
		"pause":                       {[]string{`TEL:95588\,1\,2`, "TEL:01066200000p12"}, "", []string{"95588", "01066200000"}},
		"empty number":                {[]string{"TEL;CELL:", "TEL:tel:"}, "", nil},
		"colon in a parameter":        {[]string{`TEL;X-A="a:b;c":95588`}, "", []string{"95588"}},
		"card of an agent":            {[]string{"AGENT:", "BEGIN:VCARD", "FN:Other", "TEL:110", "END:VCARD", "FN:Own", "TEL:95588"}, "Own", []string{"95588"}},
		"unfolded photo":              {[]string{"PHOTO;ENCODING=BASE64;JPEG:/9j/4AAQ", "SkZJRgABAQ", "", "TEL:95588"}, "", []string{"95588"}},
		"first name counts":           {[]string{"FN:One", "FN:Two"}, "One", nil},
	}
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			got, _ := cardsOf(t, cardFile(t, inCard(tt.lines...)))
			want := []journal.ContactCard{{Line: 1, Name: tt.name, Numbers: tt.numbers}}
			if d := cmp.Diff(want, got, cmpopts.EquateEmpty()); d != "" {
				t.Errorf("(-want +got)\n%s", d)
			}
		})
	}
}

func TestBrokenCards(t *testing.T) {
	many := strings.Repeat("TEL:95588\r\n", 300)
	text := "junk\r\n" + inCard("FN:Good", "TEL:95588") + // 2–5
		"BEGIN:VCARD\r\nFN:Open\r\nTEL:110\r\n" + // 6–8
		inCard("FN:After", "TEL:10086") + // 9–12
		inCard("FN:Damaged", "TEL 95588") + // 13–16
		inCard("FN:Half", "TEL 95588", "TEL:10010") + // 17–21
		inCard("FN:No number") + // 22–24
		inCard("FN:Many", many[:len(many)-2]) + // 25–327
		inCard("FN:"+strings.Repeat("x", 1<<20), "TEL:12345") + // 328–331
		"BEGIN:VCARD\r\nFN:Cut \x1b[31moff"
	got, _ := cardsOf(t, cardFile(t, text))
	want := []journal.ContactCard{
		{Line: 2, Name: "Good", Numbers: []string{"95588"}},
		{Line: 6, Reject: "open", Text: "Open 110"},
		{Line: 9, Name: "After", Numbers: []string{"10086"}},
		{Line: 13, Reject: "damaged", Text: "Damaged"},
		{Line: 17, Name: "Half", Numbers: []string{"10010"}},
		{Line: 22, Name: "No number"},
		{Line: 25, Reject: "too_long", Text: "Many" + strings.Repeat(" 95588", 8)},
		{Line: 328, Numbers: []string{"12345"}},
		{Line: 332, Reject: "open", Text: "Cut  [31moff"},
	}
	if d := cmp.Diff(want, got, cmpopts.EquateEmpty()); d != "" {
		t.Errorf("(-want +got)\n%s", d)
	}
}

func TestCardsInEveryCharacterSet(t *testing.T) {
	text := inCard("VERSION:3.0", "FN:张社区医生，住在北京", "TEL:961234")
	gb, err := simplifiedchinese.GB18030.NewEncoder().String(text)
	if err != nil {
		t.Fatal(err)
	}
	utf16, err := unicode.UTF16(unicode.LittleEndian, unicode.UseBOM).NewEncoder().String(text)
	if err != nil {
		t.Fatal(err)
	}
	for content, encoding := range map[string]string{
		text: "UTF-8", "\ufeff" + text: "UTF-8", gb: "GB18030", utf16: "UTF-16LE", strings.ReplaceAll(text, "\r\n", "\r"): "UTF-8",
	} {
		got, is := cardsOf(t, cardFile(t, content))
		want := []journal.ContactCard{{Line: 1, Name: "张社区医生，住在北京", Numbers: []string{"961234"}}}
		if d := cmp.Diff(want, got); d != "" || is != encoding {
			t.Errorf("%s, want %s (-want +got)\n%s", is, encoding, d)
		}
	}
}

func TestNoAddressBook(t *testing.T) {
	dir := t.TempDir()
	for content, key := range map[string]string{
		"": "import.file_empty", " \n": "import.file_empty", "a,b\n1,2\n": "contacts.not_vcard",
		"SQLite format 3\x00BEGIN:VCARD": "contacts.not_vcard",
	} {
		_, err := importer.New(importer.Params{}).OpenContacts(t.Context(), cardFile(t, content))
		if domain.KeyOf(err) != key {
			t.Errorf("%q: %v, want %s", content, err, key)
		}
	}
	for path, key := range map[string]string{dir: "import.is_directory", filepath.Join(dir, "none.vcf"): "import.file_missing"} {
		_, err := importer.New(importer.Params{}).OpenContacts(t.Context(), path)
		if domain.KeyOf(err) != key {
			t.Errorf("%s: %v, want %s", filepath.Base(path), err, key)
		}
	}
}

// Photos are longer than everything else together, and are not kept: neither
// one of many megabytes in a line nor one that is folded.
func TestPhotosTakeNoMemory(t *testing.T) {
	const size = 64 << 20
	path := filepath.Join(t.TempDir(), "photos.vcf")
	f, err := os.Create(path)
	if err != nil {
		t.Fatal(err)
	}
	piece := strings.Repeat("QUJD", 18<<10)
	for _, fold := range []string{"", "\r\n "} {
		fmt.Fprint(f, "BEGIN:VCARD\r\nVERSION:3.0\r\nPHOTO;ENCODING=b;TYPE=JPEG:")
		for n := 0; n < size/2; n += len(piece) {
			fmt.Fprint(f, piece, fold)
		}
		fmt.Fprint(f, "\r\nFN:One\r\nTEL:95588\r\nEND:VCARD\r\n")
	}
	if err := f.Close(); err != nil {
		t.Fatal(err)
	}
	var before, after runtime.MemStats
	runtime.ReadMemStats(&before)
	got, _ := cardsOf(t, path)
	runtime.ReadMemStats(&after)
	if len(got) != 2 || got[0].Name != "One" || got[1].Name != "One" {
		t.Fatalf("%+v", got)
	}
	if used := after.TotalAlloc - before.TotalAlloc; used > 4<<20 {
		t.Errorf("%d KiB were allocated", used>>10)
	}
}

func FuzzCards(f *testing.F) {
	for _, name := range []string{"contacts_android21.vcf", "contacts_iphone30.vcf"} {
		b, err := os.ReadFile(filepath.Join("testdata", name))
		if err != nil {
			f.Fatal(err)
		}
		f.Add(b)
	}
	f.Add([]byte(inCard("AGENT:", "BEGIN:VCARD", "END:VCARD", "TEL;VALUE=uri:tel:%2B1;phone-context=+86", `N:a\;b;c`)))
	f.Add([]byte("BEGIN:VCARD\nFN;ENCODING=QUOTED-PRINTABLE:=E7=\n=8E=8B=\nEND:VCARD"))
	f.Fuzz(func(t *testing.T, content []byte) {
		line := 0
		for _, c := range importer.CardsOf(t, content) {
			if c.Line <= line || c.Line > len(content)+1 {
				t.Errorf("line %d after %d", c.Line, line)
			}
			line = c.Line
			if c.Reject != "" && (c.Name != "" || c.Numbers != nil) || len(c.Numbers) > 256 || len([]rune(c.Text)) > 200 {
				t.Errorf("%+v", c)
			}
			for _, n := range c.Numbers {
				if n == "" {
					t.Error("an empty number")
				}
			}
		}
	})
}
