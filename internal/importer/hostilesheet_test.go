package importer_test

import (
	"archive/zip"
	"bytes"
	"encoding/binary"
	"fmt"
	"io"
	"strings"
	"testing"

	"quietline/internal/domain"
	"quietline/internal/importer"
	"quietline/internal/importer/formattest"
)

const (
	sheetHead = `<worksheet><sheetData><row><c t="str"><v>time</v></c><c t="str"><v>number</v></c></row>`
	sheetRow  = `<row><c t="str"><v>2024-05-20 09:15:03</v></c><c><v>95588</v></c></row>`
	sheetTail = `</sheetData></worksheet>`
)

// bomb makes a workbook whose sheet unpacks to the parts one behind the other,
// the middle one so many times.
func bomb(t testing.TB, name, head, middle string, times int, tail string) []byte {
	t.Helper()
	var out bytes.Buffer
	w := zip.NewWriter(&out)
	if _, err := w.Create("[Content_Types].xml"); err != nil {
		t.Fatal(err)
	}
	if name != "xl/worksheets/sheet1.xml" {
		f, err := w.Create("xl/worksheets/sheet1.xml")
		if err == nil {
			_, err = io.WriteString(f, sheetHead+sheetRow+sheetTail)
		}
		if err != nil {
			t.Fatal(err)
		}
	}
	f, err := w.Create(name)
	if err == nil {
		_, err = io.Copy(f, io.MultiReader(strings.NewReader(head), &repeat{middle, times * len(middle), 0}, strings.NewReader(tail)))
	}
	if err == nil {
		err = w.Close()
	}
	if err != nil {
		t.Fatal(err)
	}
	return out.Bytes()
}

// repeat reads a text over and over.
type repeat struct {
	text     string
	left, at int
}

func (r *repeat) Read(p []byte) (int, error) {
	if r.left == 0 {
		return 0, io.EOF
	}
	n := copy(p[:min(len(p), r.left)], r.text[r.at:])
	r.left, r.at = r.left-n, (r.at+n)%len(r.text)
	return n, nil
}

// TestHostileXLSX: archives that unpack to more than fits, and parts that are
// not what they should be.
func TestHostileXLSX(t *testing.T) {
	const mega = 1 << 20
	good := sheetHead + sheetRow + sheetTail
	sheet := "xl/worksheets/sheet1.xml"
	tests := []struct {
		name  string
		data  []byte
		key   string
		calls int
	}{
		{"blanks without end", bomb(t, sheet, sheetHead+sheetRow, " ", 8*mega, sheetTail), "import.book_too_large", 1},
		{"a cell without end", bomb(t, sheet, sheetHead+sheetRow+"<row><c><v>", "9", 8*mega, "</v></c></row>"+sheetTail), "import.book_too_large", 1},
		{"a tag without end", bomb(t, sheet, sheetHead+sheetRow+"<row ", `a="1" `, mega/2, "/>"+sheetTail), "import.book_too_large", 1},
		{"tags in tags", bomb(t, sheet, sheetHead+sheetRow, "<a>", mega, sheetTail), "", 1},
		{"a row of many cells", bomb(t, sheet, sheetHead+sheetRow+"<row>", "<c><v>1</v></c>", mega/4, "</row>"+sheetTail), "", 2},
		{"more rows than there can be", bomb(t, sheet, sheetHead, "<row></row>", mega+10, sheetTail), "import.book_too_large", 0},
		{"a picture without end", bomb(t, "xl/media/image1.png", "", "\x00", 8*mega, ""), "", 1},
		{"texts without end", bomb(t, "xl/sharedStrings.xml", "<sst>", "<si><t>"+strings.Repeat("x", 4000)+"</t></si>", 20_000, "</sst>"), "import.book_too_large", 0},
		{"styles without end", bomb(t, "xl/styles.xml", "<styleSheet><cellXfs>", `<xf numFmtId="14"/>`, 2*mega, "</cellXfs>"), "import.book_too_large", 0},
		{"a row far below", bareXLSX(t, sheetHead+`<row r="1048576"><c t="str"><v>2024-05-20 09:15:03</v></c><c><v>95588</v></c></row>`+sheetTail, "", ""), "", 1},
		{"a row beyond", bareXLSX(t, sheetHead+`<row r="99999999999999999999"><c t="str"><v>2024-05-20 09:15:03</v></c><c><v>95588</v></c></row>`+sheetTail, "", ""), "", 1},
		{"a column beyond", bareXLSX(t, sheetHead+`<row><c r="ZZZZZZZZ1"><v>1</v></c><c r="A3" t="str"><v>2024-05-20 09:15:03</v></c><c><v>95588</v></c></row>`+sheetTail, "", ""), "", 1},
		{"a text that is not there", bareXLSX(t, sheetHead+`<row><c t="s"><v>7</v></c><c t="s"><v>-1</v></c></row>`+sheetRow+sheetTail, "", ""), "", 1},
		{"entities", bareXLSX(t, `<!DOCTYPE x [<!ENTITY a "b"><!ENTITY c "&a;&a;">]>`+sheetHead+`<row><c t="str"><v>&c;</v></c></row>`+sheetTail, "", ""), "import.book_damaged", 0},
		{"no end", bareXLSX(t, sheetHead+sheetRow, "", ""), "import.truncated", 1},
		{"no sheet in it", bareXLSX(t, "<html/>", "", ""), "import.truncated", 0},
		{"no XML", bareXLSX(t, "\x00\x01\x02<<<", "", ""), "import.book_damaged", 0},
		{"broken texts", bareXLSX(t, good, "<sst><si><t>x</sst", ""), "import.book_damaged", 0},
		{"an encrypted workbook", compound("EncryptedPackage", nil), "import.book_locked", 0},
		{"half an archive", xlsx(t, [][]any{{"time", "number"}})[:3000], "import.truncated", 0},
		{"a broken sum", breakSum(bareXLSX(t, good, "", "")), "import.book_damaged", 1},
		{"many entries", manyEntries(t), "import.book_too_large", 0},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			got := readBytes(t, tt.data)
			calls := 0
			for _, r := range got.Records {
				if r.Skip == "" && (r.Reject == "" || r.Text != "") {
					calls++
				}
			}
			if domain.KeyOf(got.Err) != tt.key || calls != tt.calls {
				t.Errorf("%d calls, %v; want %d, %q", calls, got.Err, tt.calls, tt.key)
			}
		})
	}
}

// breakSum changes the checksum of the sheet in the table of contents.
func breakSum(data []byte) []byte {
	at := bytes.LastIndex(data, []byte("xl/worksheets/sheet1.xml")) - 46
	data[at+16] ^= 0xff
	return data
}

// manyEntries makes an archive whose table of contents is longer than that of
// any workbook.
func manyEntries(t *testing.T) []byte {
	files := []string{"[Content_Types].xml", "", "xl/worksheets/sheet1.xml", sheetHead + sheetRow + sheetTail}
	for i := range 40_000 {
		files = append(files, fmt.Sprintf("xl/media/%030d", i), "")
	}
	return zipped(t, files...)
}

// TestHostileXLS: compound files and records that are not what they should be.
func TestHostileXLS(t *testing.T) {
	rows := [][]any{{"time", "number"}, {"2024-05-20 09:15:03", "95588"}, {"2024-05-20 09:15:03", "95533"}}
	stream := biffStream(rows, false)
	with := func(change func(b []byte) []byte) []byte { return compound("Workbook", change(bytes.Clone(stream))) }
	file := func(change func(b []byte)) []byte {
		data := xlsFile(rows)
		change(data)
		return data
	}
	sheetAt := int(binary.LittleEndian.Uint32(stream[bytes.Index(stream, []byte("\x85\x00\x0a\x00"))+4:]))
	tests := []struct {
		name  string
		data  []byte
		key   string
		calls int
	}{
		{"whole", with(bytes.Clone), "", 2},
		{"older than Excel 97", with(func(b []byte) []byte { b[4], b[5] = 0, 5; return b }), "import.book_old", 0},
		{"a password", with(func(b []byte) []byte {
			return append(append(bytes.Clone(b[:20]), 0x2f, 0, 2, 0, 0, 0), b[20:]...)
		}), "import.book_locked", 0},
		{"no records", with(func([]byte) []byte { return nil }), "import.book_old", 0},
		{"a record longer than the rest", with(func(b []byte) []byte { b[sheetAt+20+2], b[sheetAt+20+3] = 0xff, 0xff; return b }), "import.book_old", 0},
		{"a sheet that is elsewhere", with(func(b []byte) []byte {
			copy(b[bytes.Index(b, []byte("\x85\x00\x0a\x00"))+4:], "\xff\xff\xff\x7f")
			return b
		}), "import.book_old", 0},
		{"a sheet that begins in itself", with(func(b []byte) []byte { b[bytes.Index(b, []byte("\x85\x00\x0a\x00"))+4]++; return b }), "import.book_old", 0},
		{"many texts that are not there", with(func(b []byte) []byte {
			at := bytes.Index(b, []byte{0xfc, 0x00})
			copy(b[at+8:], "\xff\xff\xff\xff")
			return b
		}), "", 2},
		{"a text of the wrong length", with(func(b []byte) []byte {
			at := bytes.Index(b, []byte("\x04\x00\x00time"))
			b[at], b[at+1] = 0xff, 0xff
			return b
		}), "import.format_unknown", 0},
		{"a stream longer than the file", file(func(b []byte) {
			copy(b[bytes.Index(b, []byte("W\x00o\x00r\x00k"))+120:], "\xff\xff\xff\x01")
		}), "", 2},
		{"a stream that is enormous", file(func(b []byte) {
			copy(b[bytes.Index(b, []byte("W\x00o\x00r\x00k"))+120:], "\xff\xff\xff\xff")
		}), "import.book_old", 0},
		{"sectors that lead back", file(func(b []byte) { copy(b[512+4*3:], le(uint32(2))) }), "", 2},
		{"a directory that leads into itself", file(func(b []byte) { copy(b[512+4:], le(uint32(1))) }), "import.book_old", 0},
		{"a table of sectors beyond the file", file(func(b []byte) { copy(b[76:], le(uint32(1<<24))) }), "import.truncated", 0},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			got := readBytes(t, tt.data)
			if domain.KeyOf(got.Err) != tt.key || len(got.Records) != tt.calls {
				t.Errorf("%d calls, %v; want %d, %q", len(got.Records), got.Err, tt.calls, tt.key)
			}
		})
	}
	t.Run("too large", func(t *testing.T) {
		if got := readBytes(t, append(xlsFile(rows), make([]byte, 33<<20)...)); domain.KeyOf(got.Err) != "import.book_too_large" {
			t.Errorf("%v", got.Err)
		}
	})
}

// FuzzXLSX changes the parts of a workbook; its archive stays whole.
func FuzzXLSX(f *testing.F) {
	f.Add(sheetHead+sheetRow+sheetTail, "", "")
	f.Add(`<worksheet><sheetData><row r="2"><c r="B2" t="s"><v>0</v></c><c r="C2" t="inlineStr"><is><t>number</t></is></c></row>`+
		`<row r="4"><c r="B4" s="1"><v>45432.5</v></c><c r="C4"><f>1</f><v>1E4</v></c></row></sheetData>`,
		"<sst><si><r><t>time</t></r><rPh><t>x</t></rPh></si></sst>", `<styleSheet><cellXfs><xf numFmtId="0"/><xf numFmtId="22"/></cellXfs></styleSheet>`)
	f.Add(`<x:worksheet><x:sheetData><x:row><x:c t="b"><x:v>1</x:v></x:c></x:row>`, "<sst>", `<numFmt numFmtId="200" formatCode="[h]:mm;@&quot;"/>`)
	f.Fuzz(func(t *testing.T, sheet, shared, styles string) {
		for _, r := range importer.ReadAll(t, bareXLSX(t, sheet, shared, styles), importer.GenericXLSX()) {
			formattest.CheckRecord(t, r)
		}
	})
}

// FuzzXLS changes the records of an old workbook; its outer file stays whole.
func FuzzXLS(f *testing.F) {
	f.Add(biffStream([][]any{{"time", "number"}, {"2024-05-20 09:15:03", 95588}}, false))
	f.Add(biffStream(billOf(), true))
	f.Add(biffStream([][]any{{"时间", "号码"}, {dated{45432.5, "h:mm"}, formula{"95588"}, true}}, false))
	f.Fuzz(func(t *testing.T, stream []byte) {
		for _, r := range importer.ReadAll(t, compound("Workbook", stream), importer.GenericXLSX()) {
			formattest.CheckRecord(t, r)
		}
	})
}

// FuzzCompound changes an old workbook as a whole.
func FuzzCompound(f *testing.F) {
	f.Add(xlsFile([][]any{{"time", "number"}, {"2024-05-20 09:15:03", 95588}}))
	f.Add(compound("EncryptedPackage", nil))
	f.Fuzz(func(t *testing.T, data []byte) {
		for _, r := range importer.ReadAll(t, data, importer.GenericXLSX()) {
			formattest.CheckRecord(t, r)
		}
	})
}
