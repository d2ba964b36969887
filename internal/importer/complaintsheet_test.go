package importer_test

import (
	"context"
	"errors"
	"io"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"golang.org/x/text/encoding/simplifiedchinese"
	"golang.org/x/text/encoding/unicode"

	"quietline/internal/domain"
	"quietline/internal/filing"
	"quietline/internal/importer"
)

// readSheet writes a sheet down, opens it and reads it to its end.
func readSheet(t testing.TB, name string, data []byte, o filing.SheetOptions) (filing.SheetHead, []filing.SheetRow, error) {
	t.Helper()
	path := filepath.Join(t.TempDir(), name)
	if err := os.WriteFile(path, data, 0o600); err != nil {
		t.Fatal(err)
	}
	return readSheetAt(t, path, o)
}

func readSheetAt(t testing.TB, path string, o filing.SheetOptions) (filing.SheetHead, []filing.SheetRow, error) {
	t.Helper()
	s, err := importer.NewSheets().OpenSheet(t.Context(), path, o)
	if err != nil {
		return filing.SheetHead{}, nil, err
	}
	defer s.Close()
	var rows []filing.SheetRow
	for {
		row, err := s.Next()
		if errors.Is(err, io.EOF) {
			return s.Head(), rows, nil
		}
		if err != nil {
			return s.Head(), rows, err
		}
		rows = append(rows, row)
	}
}

func fieldsOf(h filing.SheetHead) []filing.SheetField {
	out := make([]filing.SheetField, len(h.Columns))
	for i, c := range h.Columns {
		out[i] = c.Field
	}
	return out
}

const neighbours = "被投诉号码,来电时间,类别,备注\n95013000,2024-05-20 09:15:03,贷款理财,一\n\n95588,2024-05-20 09:16:03,其他,二\n"

func TestSheetCharacterSets(t *testing.T) {
	gb, err := simplifiedchinese.GB18030.NewEncoder().String(neighbours)
	if err != nil {
		t.Fatal(err)
	}
	utf16 := func(e unicode.Endianness, b unicode.BOMPolicy) string {
		s, err := unicode.UTF16(e, b).NewEncoder().String(neighbours)
		if err != nil {
			t.Fatal(err)
		}
		return s
	}
	for _, tt := range []struct{ name, text, encoding, delimiter string }{
		{"UTF-8", neighbours, "UTF-8", ","},
		{"mark", "\ufeff" + neighbours, "UTF-8", ","},
		{"GB18030", gb, "GB18030", ","},
		{"UTF-16LE", utf16(unicode.LittleEndian, unicode.UseBOM), "UTF-16LE", ","},
		{"UTF-16BE", utf16(unicode.BigEndian, unicode.UseBOM), "UTF-16BE", ","},
		{"UTF-16 without a mark", utf16(unicode.LittleEndian, unicode.IgnoreBOM), "UTF-16LE", ","},
		{"semicolons", strings.ReplaceAll(neighbours, ",", ";"), "UTF-8", ";"},
		{"tabs", strings.ReplaceAll(neighbours, ",", "\t"), "UTF-8", "\t"},
		{"CRLF", strings.ReplaceAll(neighbours, "\n", "\r\n"), "UTF-8", ","},
		{"CR", strings.ReplaceAll(neighbours, "\n", "\r"), "UTF-8", ","},
	} {
		t.Run(tt.name, func(t *testing.T) {
			h, rows, err := readSheet(t, "s.csv", []byte(tt.text), filing.SheetOptions{})
			if err != nil {
				t.Fatal(err)
			}
			if h.Encoding != tt.encoding || h.Delimiter != tt.delimiter || h.Format != "csv" || h.Line != 1 || h.File != "s.csv" {
				t.Errorf("head = %+v", h)
			}
			want := []filing.SheetRow{
				{Line: 2, Cells: []string{"95013000", "2024-05-20 09:15:03", "贷款理财", "一"}},
				{Line: 4, Cells: []string{"95588", "2024-05-20 09:16:03", "其他", "二"}},
			}
			if d := cmp.Diff(want, rows); d != "" {
				t.Error(d)
			}
		})
	}
}

func TestSheetTitles(t *testing.T) {
	const (
		named  = filing.CertaintyNamed
		likely = filing.CertaintyLikely
	)
	recall := func(m filing.SheetMapping) func(context.Context, string) (filing.SheetMapping, error) {
		return func(context.Context, string) (filing.SheetMapping, error) { return m, nil }
	}
	for _, tt := range []struct {
		name, text string
		o          filing.SheetOptions
		want       []filing.SheetColumn
		missing    []filing.SheetField
		line       int
	}{
		{
			"both languages in one title", "类别 category,被投诉号码 number*,来电时间 called_at\nloan,1,2\n",
			filing.SheetOptions{},
			[]filing.SheetColumn{
				{Title: "类别 category", Field: filing.SheetCategory, Certainty: named},
				{Title: "被投诉号码 number*", Field: filing.SheetNumber, Certainty: named},
				{Title: "来电时间 called_at", Field: filing.SheetCalledAt, Certainty: named},
			},
			nil, 1,
		},
		{
			"a name in front of the titles", "幸福里社区投诉登记表,,\n\n号码,时间,类型,Name\n1,2,loan,x\n",
			filing.SheetOptions{},
			[]filing.SheetColumn{
				{Title: "号码", Field: filing.SheetNumber, Certainty: likely},
				{Title: "时间", Field: filing.SheetCalledAt, Certainty: likely},
				{Title: "类型", Field: filing.SheetCategory, Certainty: likely},
				{Title: "Name", Field: filing.SheetComplainantName, Certainty: likely},
			},
			nil, 3,
		},
		{
			"the field's own name comes first", "号码,number,called_at,category\n1,2,3,4\n",
			filing.SheetOptions{},
			[]filing.SheetColumn{
				{Title: "号码"},
				{Title: "number", Field: filing.SheetNumber, Certainty: named},
				{Title: "called_at", Field: filing.SheetCalledAt, Certainty: named},
				{Title: "category", Field: filing.SheetCategory, Certainty: named},
			},
			nil, 1,
		},
		{
			"missing", "number,颜色\n1,红\n",
			filing.SheetOptions{},
			[]filing.SheetColumn{{Title: "number", Field: filing.SheetNumber, Certainty: named}, {Title: "颜色"}},
			[]filing.SheetField{filing.SheetCalledAt, filing.SheetCategory},
			1,
		},
		{
			"mapped by title and place", "甲,乙,number\n1,2,3\n",
			filing.SheetOptions{Mapping: filing.SheetMapping{filing.SheetNumber: "乙", filing.SheetCategory: "#3", filing.SheetCalledAt: "1"}},
			[]filing.SheetColumn{
				{Title: "甲", Field: filing.SheetCalledAt, Certainty: filing.CertaintyGiven},
				{Title: "乙", Field: filing.SheetNumber, Certainty: filing.CertaintyGiven},
				{Title: "number", Field: filing.SheetCategory, Certainty: filing.CertaintyGiven},
			},
			nil, 1,
		},
		{
			"remembered", "甲,乙,number\n1,2,3\n",
			filing.SheetOptions{Recall: recall(filing.SheetMapping{filing.SheetNote: "甲", filing.SheetNumber: ""})},
			[]filing.SheetColumn{{Title: "甲", Field: filing.SheetNote, Certainty: filing.CertaintyRemembered}, {Title: "乙"}, {Title: "number"}},
			[]filing.SheetField{filing.SheetNumber, filing.SheetCalledAt, filing.SheetCategory},
			1,
		},
		{
			"no titles at all", "95013000,2024-05-20 09:15,loan\n95588,2024-05-20 09:15,loan\n",
			filing.SheetOptions{},
			[]filing.SheetColumn{{}, {}, {}},
			[]filing.SheetField{filing.SheetNumber, filing.SheetCalledAt, filing.SheetCategory},
			1,
		},
		{
			"the program's own columns", "甲,number,called_at,category,error,\n1,2,3,4,wrong,\n",
			filing.SheetOptions{},
			[]filing.SheetColumn{
				{Title: "甲"},
				{Title: "number", Field: filing.SheetNumber, Certainty: named},
				{Title: "called_at", Field: filing.SheetCalledAt, Certainty: named},
				{Title: "category", Field: filing.SheetCategory, Certainty: named},
			},
			nil, 1,
		},
	} {
		t.Run(tt.name, func(t *testing.T) {
			h, rows, err := readSheet(t, "s.csv", []byte(tt.text), tt.o)
			if err != nil {
				t.Fatal(err)
			}
			if d := cmp.Diff(tt.want, h.Columns); d != "" {
				t.Error(d)
			}
			if !slices.Equal(h.Missing, tt.missing) || h.Line != tt.line || len(rows) == 0 {
				t.Errorf("missing %v, line %d, %d rows", h.Missing, h.Line, len(rows))
			}
			for _, r := range rows {
				if len(r.Cells) != len(h.Columns) {
					t.Errorf("row %v of %d columns", r, len(h.Columns))
				}
			}
		})
	}
}

// TestSheetFingerprint: a sheet and the list of its rejects are read by the same
// mapping, whatever separates their cells.
func TestSheetFingerprint(t *testing.T) {
	fingerprint := func(text string) string {
		h, _, err := readSheet(t, "s.csv", []byte(text), filing.SheetOptions{})
		if err != nil {
			t.Fatal(err)
		}
		return h.Fingerprint
	}
	first := fingerprint("甲;乙;Number\n1;2;3\n")
	for _, same := range []string{
		"甲,乙,number,错误\n1,2,3,x\n", "甲\t乙\tＮＵＭＢＥＲ\terror\n1\t2\t3\tx\n", "甲,乙,number,状态,回执编号,原因,时间\n1,2,3,,,,\n",
	} {
		if fingerprint(same) != first {
			t.Errorf("%q has another fingerprint", same)
		}
	}
	if fingerprint("甲,乙,丙\n1,2,3\n") == first {
		t.Error("other titles have the same fingerprint")
	}
}

func TestSheetRows(t *testing.T) {
	const head = "number,called_at,category,description\n"
	for _, tt := range []struct {
		name, text string
		want       []filing.SheetRow
	}{
		{"text of several lines", `1,2,3,"a` + "\n" + `b ""c"", d` + "\r\n" + `e"` + "\n5,6,7,8\n", []filing.SheetRow{
			{Line: 2, Cells: []string{"1", "2", "3", "a\nb \"c\", d\ne"}}, {Line: 5, Cells: []string{"5", "6", "7", "8"}},
		}},
		{"twenty lines", `1,2,3,"` + strings.Repeat("x\n", 20) + `"` + "\n", []filing.SheetRow{
			{Line: 2, Cells: []string{"1", "2", "3", strings.TrimSpace(strings.Repeat("x\n", 20))}},
		}},
		{
			"an open quote takes nobody else's complaint",
			"95013000,2024-05-20 09:15,loan,\"open\n95588,2024-05-20 09:16,loan,\"his\"\n95599,2024-05-20 09:17,loan,hers\n",
			[]filing.SheetRow{
				{Line: 2, Cells: []string{`95013000,2024-05-20 09:15,loan,"open`}, Damage: filing.DamageQuotes},
				{Line: 3, Cells: []string{"95588", "2024-05-20 09:16", "loan", "his"}},
				{Line: 4, Cells: []string{"95599", "2024-05-20 09:17", "loan", "hers"}},
			},
		},
		{"short, long and empty rows", "1\n,,,\n1,2,3,4,,\n1,2,3,4,5\n", []filing.SheetRow{
			{Line: 2, Cells: []string{"1", "", "", ""}},
			{Line: 4, Cells: []string{"1", "2", "3", "4"}},
			{Line: 5, Cells: []string{"1", "2", "3", "4", "5"}},
		}},
		{"made harmless before", "'+86 1,'@x,'a,''=b\n'-,','',=x\n", []filing.SheetRow{
			{Line: 2, Cells: []string{"+86 1", "@x", "'a", "'=b"}}, {Line: 3, Cells: []string{"-", "'", "''", "=x"}},
		}},
		{"longer than any complaint", "1,2,3," + strings.Repeat("x", 70_000) + "\n4,5,6,7", []filing.SheetRow{
			{Line: 2, Cells: []string{"1,2,3," + strings.Repeat("x", 1018)}, Damage: filing.DamageTooLong}, {Line: 3, Cells: []string{"4", "5", "6", "7"}},
		}},
	} {
		t.Run(tt.name, func(t *testing.T) {
			_, rows, err := readSheet(t, "s.csv", []byte(head+tt.text), filing.SheetOptions{})
			if err != nil {
				t.Fatal(err)
			}
			if d := cmp.Diff(tt.want, rows); d != "" {
				t.Error(d)
			}
		})
	}
}

func TestSheetErrors(t *testing.T) {
	for _, tt := range []struct {
		name, text string
		m          filing.SheetMapping
		key        string
	}{
		{"empty.csv", " \n", nil, "import.file_empty"},
		{"text.csv", "just a sentence\n", nil, "sheet.not_a_table"},
		{"picture.csv", "\x89PNG\r\n\x1a\n\x00\x00", nil, "sheet.not_a_table"},
		{"zip.xlsx", "PK\x03\x04", nil, "import.truncated"},
		{"column.csv", "a,b\n1,2\n", filing.SheetMapping{filing.SheetNumber: "c"}, "import.mapping_column"},
		{"place.csv", "a,b\n1,2\n", filing.SheetMapping{filing.SheetNumber: "#3"}, "import.mapping_column"},
		{"twice.csv", "a,b\n1,2\n", filing.SheetMapping{filing.SheetNumber: "a", filing.SheetNote: "#1"}, "sheet.column_twice"},
	} {
		_, _, err := readSheet(t, tt.name, []byte(tt.text), filing.SheetOptions{Mapping: tt.m})
		if domain.KeyOf(err) != tt.key {
			t.Errorf("%s: %v, want %s", tt.name, err, tt.key)
		}
	}
	_, _, err := readSheetAt(t, filepath.Join(t.TempDir(), "none.csv"), filing.SheetOptions{})
	if domain.KeyOf(err) != "import.file_missing" {
		t.Error(err)
	}
}

func TestSheetOfAWorkbook(t *testing.T) {
	long := strings.Repeat("长", 4000)
	data := xlsx(
		t,
		[][]any{{"说明"}, {"请看第二页", "谢谢"}},
		[][]any{
			{"幸福里社区"},
			{"被投诉号码", "来电时间", "类别", "描述"},
			{95013000.0, dated{45432.385451388889, "yyyy-mm-dd hh:mm:ss"}, "贷款理财", "第一行\n第二行"},
			{},
			{"95588", "2024-05-20 09:16", "loan", long},
		},
	)
	h, rows, err := readSheet(t, "s.xlsx", data, filing.SheetOptions{})
	if err != nil {
		t.Fatal(err)
	}
	if h.Format != "xlsx" || h.Sheet != "Sheet2" || h.Line != 2 || h.Encoding != "" || len(h.Missing) > 0 {
		t.Errorf("head = %+v", h)
	}
	want := []filing.SheetRow{
		{Line: 3, Cells: []string{"95013000", "2024-05-20 09:15:03", "贷款理财", "第一行\n第二行"}},
		{Line: 5, Cells: []string{"95588", "2024-05-20 09:16", "loan", long}},
	}
	if d := cmp.Diff(want, rows); d != "" {
		t.Error(d)
	}
	// Columns chosen by hand on a sheet that says nothing of itself.
	m := filing.SheetMapping{filing.SheetNumber: "请看第二页", filing.SheetCalledAt: "#2"}
	h, _, err = readSheet(t, "s.xlsx", data, filing.SheetOptions{Mapping: m})
	if err != nil || h.Sheet != "Sheet1" || !slices.Equal(fieldsOf(h), []filing.SheetField{filing.SheetNumber, filing.SheetCalledAt}) {
		t.Errorf("%+v, %v", h, err)
	}
	m[filing.SheetNumber] = "nowhere"
	if _, _, err = readSheet(t, "s.xlsx", data, filing.SheetOptions{Mapping: m}); domain.KeyOf(err) != "import.mapping_column" {
		t.Error(err)
	}
	// One that was cut off.
	if _, _, err = readSheet(t, "s.xlsx", data[:len(data)/2], filing.SheetOptions{}); err == nil {
		t.Error("half a workbook was read")
	}
}

// FuzzSheet: no file makes the reader panic, and what it gives keeps its promises.
func FuzzSheet(f *testing.F) {
	f.Add([]byte(neighbours))
	f.Add([]byte("sep=;\nnumber;called_at;category;error\n'=1;\"2\n3\";4;x\n"))
	f.Add([]byte("甲\t乙\n1\t\"open\n2\t3\n"))
	f.Add([]byte("\xff\xfen\x00,\x00a\x00\n\x001\x00,\x002\x00"))
	f.Add(xlsx(f, [][]any{{"number", "called_at", "category"}, {1.0, "2", "'=x"}}))
	f.Fuzz(func(t *testing.T, data []byte) {
		for _, m := range []filing.SheetMapping{nil, {filing.SheetNumber: "#1", filing.SheetCalledAt: "2"}} {
			h, rows, err := readSheet(t, "s", data, filing.SheetOptions{Mapping: m})
			if err != nil && domain.KindOf(err) == domain.Internal {
				t.Fatalf("%v", err)
			}
			last := h.Line
			for _, r := range rows {
				if r.Line <= last {
					t.Fatalf("line %d behind line %d", r.Line, last)
				}
				last = r.Line
				if r.Damage == "" && len(r.Cells) < len(h.Columns) {
					t.Fatalf("%d cells of %d columns", len(r.Cells), len(h.Columns))
				}
			}
		}
	})
}
