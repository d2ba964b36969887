package importer_test

import (
	"archive/zip"
	"bytes"
	"encoding/binary"
	"math"
	"slices"
	"strings"
	"testing"
	"unicode/utf16"

	"github.com/xuri/excelize/v2"
)

// dated is a number that a cell shows as a date or time by a format.
type dated struct {
	days   float64
	format string
}

// formula is a cell whose value was computed.
type formula struct{ value any }

// xlsx makes a workbook of the sheets with the library by which this program
// writes such files.
func xlsx(t testing.TB, sheets ...[][]any) []byte {
	t.Helper()
	book := excelize.NewFile()
	defer book.Close()
	for i, rows := range sheets {
		name := "Sheet" + string(rune('1'+i))
		if _, err := book.NewSheet(name); err != nil {
			t.Fatal(err)
		}
		for r, row := range rows {
			for c, v := range row {
				setCell(t, book, name, r+1, c+1, v)
			}
		}
	}
	var out bytes.Buffer
	if err := book.Write(&out); err != nil {
		t.Fatal(err)
	}
	return out.Bytes()
}

func setCell(t testing.TB, book *excelize.File, sheet string, row, column int, v any) {
	t.Helper()
	cell, err := excelize.CoordinatesToCellName(column, row)
	if err == nil {
		switch v := v.(type) {
		case nil:
		case dated:
			var style int
			if style, err = book.NewStyle(&excelize.Style{CustomNumFmt: &v.format}); err == nil {
				if err = book.SetCellValue(sheet, cell, v.days); err == nil {
					err = book.SetCellStyle(sheet, cell, cell, style)
				}
			}
		case formula:
			// The library cannot write a computed text; see TestSheetShapes.
			if err = book.SetCellValue(sheet, cell, v.value); err == nil && v.value != any("被叫") {
				err = book.SetCellFormula(sheet, cell, `"x"&"y"`)
			}
		default:
			err = book.SetCellValue(sheet, cell, v)
		}
	}
	if err != nil {
		t.Fatal(err)
	}
}

// zipped makes an archive of the files, given as names and contents in turn.
func zipped(t testing.TB, files ...string) []byte {
	t.Helper()
	var out bytes.Buffer
	w := zip.NewWriter(&out)
	for i := 0; i < len(files); i += 2 {
		f, err := w.Create(files[i])
		if err == nil {
			_, err = f.Write([]byte(files[i+1]))
		}
		if err != nil {
			t.Fatal(err)
		}
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	return out.Bytes()
}

// bareXLSX makes a workbook of one sheet by hand.
func bareXLSX(t testing.TB, sheet, shared, styles string) []byte {
	t.Helper()
	files := []string{
		"[Content_Types].xml", "<Types/>",
		"xl/workbook.xml", `<workbook xmlns:r="r"><sheets><sheet name="a" sheetId="1" r:id="rId1"/></sheets></workbook>`,
		"xl/_rels/workbook.xml.rels", `<Relationships><Relationship Id="rId1" Type="http://x/worksheet" Target="worksheets/sheet1.xml"/></Relationships>`,
		"xl/worksheets/sheet1.xml", sheet,
	}
	if shared != "" {
		files = append(files, "xl/sharedStrings.xml", shared)
	}
	if styles != "" {
		files = append(files, "xl/styles.xml", styles)
	}
	return zipped(t, files...)
}

// xlsFile makes an old workbook of one sheet. [MS-XLS] gives the layout of the
// records.
func xlsFile(rows [][]any) []byte { return compound("Workbook", biffStream(rows, false)) }

// biffStream writes the records. With wide, texts have two bytes a character
// where one would do.
func biffStream(rows [][]any, wide bool) []byte {
	var texts []string
	index := map[string]int{}
	formats := []string{}
	xf := map[string]int{}
	for _, row := range rows {
		for _, v := range row {
			switch v := v.(type) {
			case string:
				if _, ok := index[v]; !ok {
					index[v] = len(texts)
					texts = append(texts, v)
				}
			case dated:
				if _, ok := xf[v.format]; !ok {
					formats = append(formats, v.format)
					xf[v.format] = len(formats)
				}
			}
		}
	}
	var b biffWriter
	b.record(0x0809, le(uint16(0x0600), uint16(5), uint16(0), uint16(0), uint32(0), uint32(0)))
	for i, f := range formats {
		b.record(0x041e, append(le(uint16(164+i)), biffString(f, wide)...))
	}
	b.record(0x00e0, make([]byte, 20))
	for i := range formats {
		d := make([]byte, 20)
		binary.LittleEndian.PutUint16(d[2:], uint16(164+i))
		b.record(0x00e0, d)
	}
	place := b.Len() + 4
	b.record(0x0085, append(le(uint32(0), uint16(0)), 2, 0, 'S', '1'))
	b.shared(texts, wide)
	b.record(0x000a, nil)
	out := b.Bytes()
	binary.LittleEndian.PutUint32(out[place:], uint32(len(out)))
	var sheet biffWriter
	sheet.record(0x0809, le(uint16(0x0600), uint16(0x10), uint16(0), uint16(0), uint32(0), uint32(0)))
	for r, row := range rows {
		for c, v := range row {
			sheet.cell(r, c, v, index, xf)
		}
	}
	sheet.record(0x000a, nil)
	return append(out, sheet.Bytes()...)
}

type biffWriter struct{ bytes.Buffer }

func (b *biffWriter) record(kind int, data []byte) {
	b.Write(le(uint16(kind), uint16(len(data))))
	b.Write(data)
}

func (b *biffWriter) cell(row, column int, v any, index, xf map[string]int) {
	head := func(style int) []byte { return le(uint16(row), uint16(column), uint16(style)) }
	switch v := v.(type) {
	case string:
		b.record(0x00fd, append(head(0), le(uint32(index[v]))...))
	case int:
		b.record(0x027e, append(head(0), le(uint32(v)<<2|2)...))
	case float64:
		b.record(0x0203, append(head(0), le(math.Float64bits(v))...))
	case dated:
		b.record(0x0203, append(head(xf[v.format]), le(math.Float64bits(v.days))...))
	case formula:
		if text, ok := v.value.(string); ok {
			b.record(0x0006, append(head(0), 0, 0, 0, 0, 0, 0, 0xff, 0xff, 0, 0, 0, 0, 0, 0, 0, 0))
			b.record(0x0207, biffString(text, false))
		} else {
			b.record(0x0006, append(head(0), append(le(math.Float64bits(v.value.(float64))), 0, 0, 0, 0, 0, 0, 0, 0)...))
		}
	case bool:
		b.record(0x0205, append(head(0), 1, 0))
	}
}

// shared writes the texts into records of at most 8224 bytes; a text goes on in
// the next with flags of its own.
func (b *biffWriter) shared(texts []string, wide bool) {
	const most = 8224
	kind, data := 0x00fc, le(uint32(len(texts)), uint32(len(texts)))
	flush := func() {
		b.record(kind, data)
		kind, data = 0x003c, nil
	}
	for _, text := range texts {
		s := biffString(text, wide)
		if len(data)+3 > most {
			flush()
		}
		data = append(data, s[:3]...)
		width := 1 + int(s[2]&1)
		for rest := s[3:]; len(rest) > 0; rest = rest[width:] {
			if len(data)+width > most {
				flush()
				data = append(data, s[2])
			}
			data = append(data, rest[:width]...)
		}
	}
	flush()
}

// biffString is a text with its length and flags.
func biffString(s string, wide bool) []byte {
	units := utf16.Encode([]rune(s))
	wide = wide || strings.IndexFunc(s, func(r rune) bool { return r > 0xff }) >= 0
	out := append(le(uint16(len(units))), 0)
	for _, u := range units {
		out = append(out, byte(u))
		if wide {
			out = append(out, byte(u>>8))
		}
	}
	if wide {
		out[2] = 1
	}
	return out
}

// le writes numbers, the lowest byte first.
func le(numbers ...any) []byte {
	var out bytes.Buffer
	for _, n := range numbers {
		_ = binary.Write(&out, binary.LittleEndian, n) // memory does not fail
	}
	return out.Bytes()
}

// compound puts a stream into a compound file of sectors of 512 bytes
// ([MS-CFB]): the table of sectors, the directory, the stream.
func compound(name string, stream []byte) []byte {
	const sector, end, table = 512, 0xfffffffe, 0xfffffffd
	stream = append(bytes.Clone(stream), make([]byte, max(0, 4096-len(stream)))...) // smaller ones lie elsewhere
	size := len(stream)
	sectors := (size + sector - 1) / sector
	tables := 1
	for tables*sector/4 < tables+1+sectors {
		tables++
	}
	var fat []uint32
	for range tables {
		fat = append(fat, table)
	}
	fat = append(fat, end)
	for i := range sectors {
		next := uint32(len(fat) + 1)
		if i == sectors-1 {
			next = end
		}
		fat = append(fat, next)
	}
	for len(fat) < tables*sector/4 {
		fat = append(fat, 0xffffffff)
	}
	head := make([]byte, sector)
	copy(head, "\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1")
	copy(head[24:], le(uint16(0x3e), uint16(3), uint16(0xfffe), uint16(9), uint16(6)))
	copy(head[44:], le(uint32(tables), uint32(tables), uint32(0), uint32(4096), uint32(end), uint32(0), uint32(end), uint32(0)))
	for i := range 109 {
		location := uint32(0xffffffff)
		if i < tables {
			location = uint32(i)
		}
		copy(head[76+4*i:], le(location))
	}
	out := slices.Concat(head, le(fat))
	out = append(out, directory("Root Entry", 5, 1, end, 0)...)
	out = append(out, directory(name, 2, 0xffffffff, uint32(tables+1), uint32(size))...)
	out = append(out, make([]byte, 2*128)...)
	out = append(out, stream...)
	return append(out, make([]byte, sectors*sector-size)...)
}

func directory(name string, kind byte, child, start, size uint32) []byte {
	d := make([]byte, 128)
	units := utf16.Encode([]rune(name))
	copy(d, le(units))
	copy(d[64:], le(uint16(2*len(units)+2), kind, byte(1), uint32(0xffffffff), uint32(0xffffffff), child))
	copy(d[116:], le(start, size, uint32(0)))
	return d
}
