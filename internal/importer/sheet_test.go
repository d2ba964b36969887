package importer_test

import (
	"bytes"
	"context"
	"encoding/csv"
	"errors"
	"io"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"quietline/internal/domain"
	"quietline/internal/importer"
	"quietline/internal/importer/formattest"
	"quietline/internal/journal"
)

// table reads a text table of testdata as the cells of a sheet.
func table(t testing.TB, name, separator string) [][]any {
	t.Helper()
	data, err := os.ReadFile(filepath.Join("testdata", name))
	if err != nil {
		t.Fatal(err)
	}
	in := csv.NewReader(bytes.NewReader(bytes.TrimPrefix(data, []byte("\ufeff"))))
	in.Comma, in.FieldsPerRecord, in.LazyQuotes = []rune(separator)[0], -1, true
	var out [][]any
	for {
		record, err := in.Read()
		if errors.Is(err, io.EOF) {
			return out
		}
		if err != nil {
			t.Fatal(err)
		}
		line, _ := in.FieldPos(0)
		out = append(out, make([][]any, line-1-len(out))...) // blank lines
		var row []any
		for _, cell := range record {
			row = append(row, cell)
		}
		out = append(out, row)
	}
}

// billOf are the rows of a bill whose cells are numbers and dates, as a
// spreadsheet keeps them.
func billOf() [][]any {
	const moment = "yyyy\\-mm\\-dd hh:mm:ss"
	at := func(days float64) any { return dated{days, moment} }
	return [][]any{
		{"账期：2024年5月"},
		{"起始时间", "呼叫类型", "对方号码", "通话时长", "小计"},
		{at(45432 + 33303.0/86400), "被叫", 95013000.0, 12, 0.0},
		{at(45433 + 36000.0/86400), "被叫", 95588, dated{65.0 / 86400, "h:mm:ss"}, 0.0},
		{dated{45433 + 37800.0/86400, "m/d/yy h:mm"}, "被叫", "961234", "30秒"},
		{nil, nil, nil, nil, nil},
		{at(45433 + 39900.0/86400), "主叫", formula{13800000001.0}, dated{120.0 / 86400, "[h]:mm:ss"}, 0.0},
		{at(45434 + 28800.0/86400), formula{"被叫"}, "(010) 6620-0000", 8.0, 1.5},
		{"合计", nil, nil, 235},
	}
}

func wantBillOf() []journal.Record {
	out := bill("(010) 6620-0000")
	for i := range out {
		out[i].Line++
		if i > 2 {
			out[i].Line++
		}
	}
	return append(out, skipped(9, "total"))
}

func TestGenericXLSX(t *testing.T) {
	unicom, huadan := table(t, "unicom_calldetail_202405.tsv", "\t"), table(t, "generic_huadan.csv", ",")
	wantHuadan := bill("(010)6620-0000")
	for i := range wantHuadan {
		wantHuadan[i] = own(wantHuadan[i], "13800000002")
	}
	files := map[string][]byte{
		"unicom.xlsx": xlsx(t, unicom), "unicom.xls": xlsFile(unicom), "huadan.xlsx": xlsx(t, huadan), "huadan.xls": xlsFile(huadan),
		"dates.xlsx": xlsx(t, billOf()), "dates.xls": xlsFile(billOf()),
	}
	t.Chdir(t.TempDir())
	if err := os.Mkdir("testdata", 0o700); err != nil {
		t.Fatal(err)
	}
	for name, data := range files {
		if err := os.WriteFile(filepath.Join("testdata", name), data, 0o600); err != nil {
			t.Fatal(err)
		}
	}
	formattest.Run(t, formattest.Suite{
		Format: importer.GenericXLSX(), Binary: true,
		Cases: []formattest.Case{
			{Name: "unicom.xlsx", Want: bill("(010) 6620-0000")},
			{Name: "unicom.xls", Want: bill("(010) 6620-0000")},
			{Name: "huadan.xlsx", Want: wantHuadan},
			{Name: "huadan.xls", Want: wantHuadan},
			{Name: "dates.xlsx", Want: wantBillOf()},
			{Name: "dates.xls", Want: wantBillOf()},
		},
	})
}

// TestBillsInBooks: the bill of an operator is known in a workbook as well, and
// says there what it says as text.
func TestBillsInBooks(t *testing.T) {
	for name, separator := range map[string]string{
		"cmcc_shop10086_calls_202405.csv": ",", "cmcc_shanghai_202405.csv": ",", "cmcc_shaanxi_202405.csv": ",",
		"cmcc_jiangsu_202405.txt": "~", "unicom_calldetail_202405.tsv": "\t", "telecom_chongqing_202405.csv": ",",
		"telecom_tianjin_202405.csv": ",", "telecom_tianjin_untitled_202405.csv": ",",
	} {
		want := readFile(t, filepath.Join("testdata", name))
		if want.Err != nil || len(want.Records) < 5 || want.Format == "generic_csv" {
			t.Fatalf("%s: %d records of %s, %v", name, len(want.Records), want.Format, want.Err)
		}
		t.Run(name, func(t *testing.T) {
			both(t, table(t, name, separator), func(t *testing.T, got formattest.Result) {
				if got.Err != nil || got.Format != want.Format || got.Encoding != "" {
					t.Errorf("read as %s in %q, %v; want %s", got.Format, got.Encoding, got.Err, want.Format)
				}
				if d := formattest.Diff(want.Records, got.Records); d != "" {
					t.Error(d)
				}
			})
		})
	}
}

// both reads the rows as a workbook of today and as an old one.
func both(t *testing.T, rows [][]any, check func(t *testing.T, got formattest.Result)) {
	t.Helper()
	t.Run("xlsx", func(t *testing.T) { check(t, readBytes(t, xlsx(t, rows))) })
	t.Run("xls", func(t *testing.T) { check(t, readBytes(t, xlsFile(rows))) })
}

// TestSheetCells: a cell means what its format says.
func TestSheetCells(t *testing.T) {
	const day, evening = 45432.0, 45432 + 78431.0/86400 // 2024-05-20, 21:47:11
	in := domain.DirectionIncoming
	tests := []struct {
		name string
		row  []any // time, number, kind, duration
		want journal.Record
	}{
		{"texts", []any{"2024-05-20 21:47:11", "95588", "被叫", "12"}, call(2, "95588", "2024-05-20 21:47:11", 12, in)},
		{"a long number", []any{dated{evening, "yyyy/m/d h:mm:ss"}, 952133001234567.0, "被叫", 12}, call(2, "952133001234567", "2024-05-20 21:47:11", 12, in)},
		{"a format without seconds", []any{dated{evening, "yyyy/m/d h:mm"}, 95588, "被叫", 12}, call(2, "95588", "2024-05-20 21:47:11", 12, in)},
		{"a format of the date alone", []any{dated{evening, `yyyy"年"m"月"d"日"`}, 95588, "被叫", 12}, call(2, "95588", "2024-05-20 21:47:11", 12, in)},
		{"a format of the hour alone", []any{dated{evening, "h:mm"}, 95588, "被叫", 12}, call(2, "95588", "2024-05-20 21:47:11", 12, in)},
		{"Chinese words", []any{dated{evening, `[$-804]yyyy"年"m"月"d"日" 上午/下午h"时"mm"分"`}, 95588, "被叫", 12}, call(2, "95588", "2024-05-20 21:47:11", 12, in)},
		{"midnight", []any{dated{day, "yyyy-mm-dd hh:mm"}, 95588, "被叫", 12}, call(2, "95588", "2024-05-20 00:00:00", 12, in)},
		{"milliseconds", []any{dated{day + 0.25/86400, "yyyy-mm-dd hh:mm:ss.000"}, 95588, "被叫", 12}, call(2, "95588", "2024-05-20 00:00:00.25", 12, in)},
		{"a length as a time", []any{dated{evening, "yyyy-mm-dd hh:mm:ss"}, 95588, "被叫", dated{3599.0 / 86400, "hh:mm:ss"}}, call(2, "95588", "2024-05-20 21:47:11", 3599, in)},
		{"a length beyond a day", []any{dated{evening, "yyyy-mm-dd hh:mm:ss"}, 95588, "被叫", dated{1.5, "[h]:mm:ss"}}, call(2, "95588", "2024-05-20 21:47:11", 129600, in)},
		{"minutes taken for hours", []any{dated{evening, "yyyy-mm-dd hh:mm:ss"}, 95588, "被叫", dated{65.0 / 1440, "h:mm"}}, call(2, "95588", "2024-05-20 21:47:11", 65, in)},
		{"a number with decimals", []any{"2024-05-20 21:47:11", 95588, "被叫", dated{12, "0.00_ "}}, call(2, "95588", "2024-05-20 21:47:11", 12, in)},
		{"a colour that begins with d", []any{"2024-05-20 21:47:11", 95588, "被叫", dated{12, `[Red]#,##0"days"`}}, call(2, "95588", "2024-05-20 21:47:11", 12, in)},
		{"a break inside", []any{"2024-05-20\n21:47:11", "955\n88", "被叫", "12\t秒"}, call(2, "955 88", "2024-05-20 21:47:11", 12, in)},
		{"quotes", []any{"2024-05-20 21:47:11", `"95588"`, "被叫", 12}, call(2, `"95588"`, "2024-05-20 21:47:11", 12, in)},
		{"no cells at the end", []any{"2024-05-20 21:47:11", "95588"}, call(2, "95588", "2024-05-20 21:47:11", -1, domain.DirectionUnknown)},
		{"a withheld number", []any{"2024-05-20 21:47:11", nil, "未接"}, call(2, "", "2024-05-20 21:47:11", -1, domain.DirectionMissed)},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			both(t, [][]any{{"时间", "号码", "呼叫类型", "通话时长"}, tt.row}, func(t *testing.T, got formattest.Result) {
				if d := formattest.Diff([]journal.Record{tt.want}, got.Records); d != "" || got.Err != nil || got.Format != "generic_xlsx" {
					t.Errorf("%s, %v\n%s", got.Format, got.Err, d)
				}
			})
		})
	}
}

// TestSheetDateColumn: a date and a time in columns of their own.
func TestSheetDateColumn(t *testing.T) {
	rows := [][]any{
		{"日期", "时间", "号码"},
		{dated{45432, "yyyy/m/d"}, dated{33303.0 / 86400, "h:mm:ss"}, 95588},
		{dated{45432, "m月d日"}, dated{33300.0 / 86400, "h:mm"}, 95588},
	}
	both(t, rows, func(t *testing.T, got formattest.Result) {
		want := []journal.Record{
			call(2, "95588", "2024-05-20 09:15:03", -1, domain.DirectionUnknown),
			call(3, "95588", "2024-05-20 09:15:00", -1, domain.DirectionUnknown),
		}
		if d := formattest.Diff(want, got.Records); d != "" || got.Err != nil {
			t.Errorf("%v\n%s", got.Err, d)
		}
	})
}

// TestSheetRefusals: in a sheet, too, a row costs itself only.
func TestSheetRefusals(t *testing.T) {
	rows := [][]any{
		{"时间", "号码", "呼叫类型", "通话时长"},
		{"以上信息仅供参考"},
		{"昨天", "95588", "被叫", 1},
		{"2024-05-20 09:15:03", "1.38E+10", "被叫", 1},
		{"2024-05-20 09:15:03", "95588", "被叫", strings.Repeat("长", 9000)},
		{"2024-05-20 09:15:03", "95588", "被叫", 12},
	}
	both(t, rows, func(t *testing.T, got formattest.Result) {
		if got.Err != nil || len(got.Records) != 5 {
			t.Fatalf("%d records, %v", len(got.Records), got.Err)
		}
		var said []string
		for _, r := range got.Records {
			said = append(said, r.Skip+r.Reject+r.Note)
		}
		if s := strings.Join(said, " "); s != "remark time rounded duration " {
			t.Errorf("%q", s)
		}
	})
}

// TestSheetChoice: the first sheet that has titles is read, by whatever format.
func TestSheetChoice(t *testing.T) {
	calls := [][]any{{"时间", "号码"}, {"2024-05-20 09:15:03", "95588"}}
	got := readBytes(t, xlsx(t, [][]any{{"封面"}}, nil, calls, [][]any{{"时间", "号码"}, {"x", "y"}}))
	if got.Err != nil || len(got.Records) != 1 || got.Records[0].Number != "95588" {
		t.Errorf("%+v, %v", got.Records, got.Err)
	}
	for _, tt := range []struct{ format, key string }{
		{"generic_xlsx", ""}, {"generic_csv", "import.not_this_format"}, {"iphone_callhistory", "import.not_this_format"},
	} {
		path := filepath.Join(t.TempDir(), "log")
		if err := os.WriteFile(path, xlsx(t, calls), 0o600); err != nil {
			t.Fatal(err)
		}
		if got := readWith(t.Context(), t, path, journal.ImportOptions{Format: tt.format}); domain.KeyOf(got.Err) != tt.key {
			t.Errorf("%s: %v, want %q", tt.format, got.Err, tt.key)
		}
	}
	tabbed := "时间\t号码\n2024-05-20 09:15:03\t95588\n"
	if got := formattest.Read(t, []byte(tabbed), journal.ImportOptions{}, importer.DefaultFormats()...); got.Format != "generic_csv" {
		t.Errorf("a text file is read as %q, %v", got.Format, got.Err)
	}
}

// TestSheetShapes reads workbooks as other programs write them.
func TestSheetShapes(t *testing.T) {
	inline := func(cells ...string) string {
		var b strings.Builder
		b.WriteString("<row>")
		for _, c := range cells {
			b.WriteString(`<c t="inlineStr"><is><t>` + c + `</t></is></c>`)
		}
		return b.String() + "</row>"
	}
	rows := inline("时间", "号码") + inline("2024-05-20 09:15:03", "95588")
	plain := "<worksheet><sheetData>" + rows + "</sheetData></worksheet>"
	shared := `<sst><si><t>时间</t></si><si><r><t>号</t></r><r><t>码</t></r><rPh sb="0" eb="1"><t>はおま</t></rPh></si><si><t>95588</t></si></sst>`
	day := `<styleSheet><numFmts><numFmt numFmtId="180" formatCode="yyyy\-mm\-dd\ hh:mm:ss"/></numFmts>` +
		`<cellStyleXfs><xf numFmtId="0"/></cellStyleXfs><cellXfs><xf numFmtId="0"/><xf numFmtId="180"/><xf numFmtId="22"/></cellXfs></styleSheet>`
	cells := func(time string) string {
		return `<worksheet><sheetData><row r="3"><c r="B3" t="s"><v>0</v></c><c r="D3" t="s"><v>1</v></c></row>` +
			`<row r="5"><c r="B5" ` + time + `</c><c r="D5" t="s"><v>2</v></c></row></sheetData></worksheet>`
	}
	tests := []struct {
		name string
		data []byte
		line int
	}{
		{"cells without names", bareXLSX(t, plain, "", ""), 2},
		{"prefixes", bareXLSX(t, strings.NewReplacer("</", "</x:", "<", "<x:").Replace(plain), "", ""), 2},
		{"rich texts and readings", bareXLSX(t, cells(`t="str"><v>2024-05-20 09:15:03</v>`), shared, day), 5},
		{"a style of its own", bareXLSX(t, cells(`s="1"><v>45432.385451388887</v>`), shared, day), 5},
		{"a style that is built in", bareXLSX(t, cells(`s="2"><v>45432.385451388887</v>`), shared, day), 5},
		{"a time in ISO 8601", bareXLSX(t, cells(`t="d"><v>2024-05-20T09:15:03</v>`), shared, day), 5},
		{"a computed time", bareXLSX(t, cells(`s="1"><f>NOW()</f><v>4.5432385451388887E4</v>`), shared, day), 5},
		{"a computed text", bareXLSX(t, cells(`t="str"><f>A1</f><v>2024-05-20 09:15:03</v>`), shared, day), 5},
		{"parts at other places", zipped(t, "x", "xl/", "_rels/.rels", `<Relationships><Relationship Id="a" Type="http://x/officeDocument" Target="/Book/Main.xml"/></Relationships>`,
			"book/main.xml", `<workbook xmlns:r="r"><sheets><sheet r:id="s"/></sheets></workbook>`,
			"book/_rels/main.xml.rels", `<Relationships><Relationship Id="s" Type="http://x/worksheet" Target="..\Sheets\A.xml"/></Relationships>`,
			"sheets/a.xml", plain), 2},
		{"no list of sheets", zipped(t, "[Content_Types].xml", "<Types/>", "xl/worksheets/sheet7.xml", plain), 2},
		{"marked far behind", zipped(t, "a.bin", strings.Repeat("\x00\xff", 1), "xl/worksheets/sheet7.xml", plain), 2},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			got := readBytes(t, tt.data)
			want := []journal.Record{call(tt.line, "95588", "2024-05-20 09:15:03", -1, domain.DirectionUnknown)}
			if d := formattest.Diff(want, got.Records); d != "" || got.Err != nil {
				t.Errorf("%v\n%s", got.Err, d)
			}
		})
	}
}

// TestSheet1904: old Macs count days from another day.
func TestSheet1904(t *testing.T) {
	sheet := `<worksheet><sheetData><row><c t="str"><v>time</v></c><c t="str"><v>number</v></c></row>` +
		`<row><c s="1"><v>43970.385451388887</v></c><c><v>95588</v></c></row></sheetData></worksheet>`
	data := zipped(t, "[Content_Types].xml", "", "xl/worksheets/sheet1.xml", sheet,
		"xl/workbook.xml", `<workbook><workbookPr date1904="1"/></workbook>`,
		"xl/styles.xml", `<styleSheet><cellXfs><xf numFmtId="0"/><xf numFmtId="22"/></cellXfs></styleSheet>`)
	want := []journal.Record{call(2, "95588", "2024-05-20 09:15:03", -1, domain.DirectionUnknown)}
	if got := readBytes(t, data); got.Err != nil || formattest.Diff(want, got.Records) != "" {
		t.Errorf("%+v, %v", got.Records, got.Err)
	}
	stream := biffStream([][]any{{"time", "number"}, {dated{43970.385451388887, "yyyy-mm-dd hh:mm:ss"}, 95588}}, false)
	at := 4 + int(stream[2]) // behind the first record
	record := []byte{0x22, 0, 2, 0, 1, 0}
	stream = append(stream[:at:at], append(record, stream[at:]...)...)
	place := bytes.Index(stream, []byte("\x85\x00\x0a\x00")) + 4
	stream[place] += byte(len(record))
	if got := readBytes(t, compound("Workbook", stream)); got.Err != nil || formattest.Diff(want, got.Records) != "" {
		t.Errorf("xls: %+v, %v", got.Records, got.Err)
	}
}

// TestXLSStrings: texts that go on in the next record are whole.
func TestXLSStrings(t *testing.T) {
	rows := [][]any{{"time", "number", "name"}}
	var want []journal.Record
	for i := range 600 {
		name := strings.Repeat(string(rune('a'+i%26)), 40) + string(rune('A'+i%26))
		if i%3 == 0 {
			name = strings.Repeat("静线", 20) + string(rune('a'+i%26))
		}
		name += strings.Repeat("x", i/26)
		rows = append(rows, []any{"2024-05-20 09:15:03", "95588", name})
		want = append(want, named(call(i+2, "95588", "2024-05-20 09:15:03", -1, domain.DirectionUnknown), name))
	}
	for _, wide := range []bool{false, true} {
		got := readBytes(t, compound("Workbook", biffStream(rows, wide)))
		if d := formattest.Diff(want, got.Records); d != "" || got.Err != nil {
			t.Errorf("wide %t: %v\n%s", wide, got.Err, d)
		}
	}
}

func TestSheetCancel(t *testing.T) {
	rows := [][]any{{"时间", "号码"}}
	for range 20_000 {
		rows = append(rows, []any{"2024-05-20 09:15:03", "95588"})
	}
	for name, data := range map[string][]byte{"xlsx": xlsx(t, rows), "xls": xlsFile(rows)} {
		path := filepath.Join(t.TempDir(), name)
		if err := os.WriteFile(path, data, 0o600); err != nil {
			t.Fatal(err)
		}
		ctx, cancel := context.WithCancel(t.Context())
		src, err := importer.New(importer.Params{}).Open(ctx, path, journal.ImportOptions{})
		if err != nil {
			t.Fatal(err)
		}
		cancel()
		n := 0
		for ; err == nil; n++ {
			_, err = src.Next()
		}
		if domain.KindOf(err) != domain.Cancelled || n > 15_000 {
			t.Errorf("%s: %v after %d rows", name, err, n)
		}
		src.Close()
	}
}
