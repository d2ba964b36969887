package importer_test

import (
	"context"
	"errors"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"quietline/internal/domain"
	"quietline/internal/importer"
	"quietline/internal/importer/formattest"
	"quietline/internal/journal"
)

// foreign is a table whose titles are in no vocabulary.
const foreign = "Wann,Wer,Wie lange (min),Art\n2024-05-20 09:15:03,95588,2,被叫\n2024-05-21 10:00:00,95533,1,主叫\n"

func foreignCalls() []journal.Record {
	return []journal.Record{
		call(2, "95588", "2024-05-20 09:15:03", 120, domain.DirectionIncoming),
		call(3, "95533", "2024-05-21 10:00:00", 60, domain.DirectionOutgoing),
	}
}

func allOf() journal.Mapping {
	return journal.Mapping{"time": "wann", "number": "Wer", "duration": "Wie lange", "direction": "ART"}
}

func TestMappedTables(t *testing.T) {
	const in, out = domain.DirectionIncoming, domain.DirectionOutgoing
	formattest.Run(t, formattest.Suite{
		Format: importer.GenericCSV(),
		Cases: []formattest.Case{
			{
				Name: "foreign_titles.csv", Encoding: "UTF-8", Mapping: allOf(),
				Want: []journal.Record{
					call(4, "95588", "2024-05-20 09:15:03", 120, in), call(5, "95533", "2024-05-21 10:00:00", 60, out),
					skipped(7, "total"),
				},
			},
			{
				Name: "no_titles.csv", Encoding: "UTF-8", Mapping: journal.Mapping{"time": "#2", "number": "#3", "direction": "#4"},
				Want: []journal.Record{
					call(1, "95588", "2024-05-20 09:15:03", -1, in), call(2, "95588", "2024-05-20 09:15:03", -1, in),
					call(3, "(010)6620-0000", "2024-05-21 10:00:00", -1, out),
				},
			},
		},
	})
}

func TestMapping(t *testing.T) {
	in, unknown := domain.DirectionIncoming, domain.DirectionUnknown
	at := "2024-05-20 09:15:03"
	tests := []struct {
		name, body string
		m          journal.Mapping
		want       []journal.Record
	}{
		{"by title", foreign, allOf(), foreignCalls()},
		{"by place", foreign, journal.Mapping{"time": "#1", "number": "2", "duration": "#3", "direction": "#4"}, foreignCalls()},
		{"both ways", foreign, journal.Mapping{"time": "#1", "number": "Wer", "duration": "3", "direction": "Art"}, foreignCalls()},
		{"titles further down", "Bericht,\nüber Anrufe\n" + foreign, allOf(), []journal.Record{
			call(4, "95588", at, 120, in), call(5, "95533", "2024-05-21 10:00:00", 60, domain.DirectionOutgoing),
		}},
		{"no titles", "x;2024-05-20 09:15:03;95588\ny;2024-05-20 09:15:04;95533\n", journal.Mapping{"time": "#2", "number": "#3"}, []journal.Record{
			call(1, "95588", at, -1, unknown), call(2, "95533", "2024-05-20 09:15:04", -1, unknown),
		}},
		{"a date beside a time", "Tag;Uhr;Wer\n2024-05-20;9:15:03;95588\n", journal.Mapping{"date": "Tag", "time": "Uhr", "number": "Wer"}, []journal.Record{call(2, "95588", at, -1, unknown)}},
		{"a date alone", "Tag;Wer\n2024-05-20 09:15:03;95588\n", journal.Mapping{"date": "Tag", "number": "Wer"}, []journal.Record{call(2, "95588", at, -1, unknown)}},
		{"the rest by title", "时间,Wer,类型,姓名\n2024-05-20 09:15:03,95588,被叫,银行\n", journal.Mapping{"number": "Wer"}, []journal.Record{named(call(2, "95588", at, -1, in), "银行")}},
		{"no column after all", "时间,Wer,类型,姓名\n2024-05-20 09:15:03,95588,被叫,银行\n", journal.Mapping{"number": "Wer", "name": "", "direction": ""}, []journal.Record{call(2, "95588", at, -1, unknown)}},
		{"another column than the title says", "时间,号码,对方号码\n2024-05-20 09:15:03,95588,95533\n", journal.Mapping{"number": "号码", "own_number": "对方号码"}, []journal.Record{own(call(2, "95588", at, -1, unknown), "95533")}},
		{"who called whom", "Wann;Von;An\n2024-05-20 09:15:03;95588;13800000002\n2024-05-20 09:15:03;95533;13800000002\n", journal.Mapping{"time": "Wann", "caller": "Von", "callee": "An"}, []journal.Record{
			own(call(2, "95588", at, -1, in), "13800000002"), own(call(3, "95533", at, -1, in), "13800000002"),
		}},
		{"two titles alike, by place", "Wann,Nr,Nr\n2024-05-20 09:15:03,1,95588\n", journal.Mapping{"time": "Wann", "number": "#3"}, []journal.Record{call(2, "95588", at, -1, unknown)}},
		{"a list of a FRITZ!Box", "Typ;Datum;Name;Rufnummer;Nebenstelle;Eigene Rufnummer;Dauer\n1;2024-05-20 09:15:03;;95588;;1;0:01\n", journal.Mapping{"time": "Datum", "number": "Rufnummer"}, []journal.Record{call(2, "95588", at, -1, unknown)}},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			got := formattest.Read(t, []byte(tt.body), journal.ImportOptions{Mapping: tt.m}, importer.DefaultFormats()...)
			if got.Err != nil || got.Format != "generic_csv" {
				t.Fatalf("%q, %v", got.Format, got.Err)
			}
			if d := formattest.Diff(tt.want, got.Records); d != "" {
				t.Error(d)
			}
		})
	}
}

// TestMappingRing: a mapped ring is read as seconds.
func TestMappingRing(t *testing.T) {
	got := formattest.Read(t, []byte("Wann,Wer,Ton\n2024-05-20 09:15:03,95588,4\n"), journal.ImportOptions{
		Mapping: journal.Mapping{"time": "Wann", "number": "Wer", "ring": "Ton"},
	}, importer.DefaultFormats()...)
	if got.Err != nil || len(got.Records) != 1 || got.Records[0].Ring == nil || got.Records[0].Ring.Seconds() != 4 {
		t.Errorf("%+v, %v", got.Records, got.Err)
	}
}

func TestMappingRefused(t *testing.T) {
	tests := []struct {
		name, body, format string
		m                  journal.Mapping
		key                string
		args               domain.Args
	}{
		{"no such title", foreign, "", journal.Mapping{"time": "Wann", "number": "Nummer"}, "import.mapping_column", domain.Args{"Column": "Nummer"}},
		{"no such place", foreign, "", journal.Mapping{"time": "#1", "number": "#5"}, "import.mapping_column", domain.Args{"Column": "#5"}},
		{"place 0", foreign, "", journal.Mapping{"time": "#0", "number": "#2"}, "import.mapping_column", domain.Args{"Column": "#0"}},
		{"no time", foreign, "", journal.Mapping{"number": "Wer"}, "import.mapping_incomplete", domain.Args{"Field": "time"}},
		{"no number", foreign, "", journal.Mapping{"time": "Wann"}, "import.mapping_incomplete", domain.Args{"Field": "number"}},
		{"the number taken away", "时间,号码\n2024-05-20 09:15:03,95588\n", "", journal.Mapping{"number": ""}, "import.mapping_incomplete", domain.Args{"Field": "number"}},
		{"no table", "dear diary\n", "", journal.Mapping{"time": "#1", "number": "#2"}, "import.mapping_no_table", nil},
		{"a binary file", "%PDF-1.7\n", "", journal.Mapping{"time": "#1"}, "import.mapping_no_table", nil},
		{"another format", foreign, "ncid", allOf(), "import.mapping_no_table", nil},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			got := formattest.Read(t, []byte(tt.body), journal.ImportOptions{Mapping: tt.m, Format: tt.format}, importer.DefaultFormats()...)
			var e *domain.Error
			if !errors.As(got.Err, &e) || e.Key != tt.key || e.Kind != domain.Invalid {
				t.Fatalf("%v, want %s", got.Err, tt.key)
			}
			if d := cmp.Diff(tt.args, e.Args); d != "" {
				t.Error(d)
			}
		})
	}
}

// memory remembers mappings like a store.
type memory map[string]journal.Mapping

func (m memory) recall(_ context.Context, prints []string) (string, journal.Mapping, error) {
	for _, p := range prints {
		if got, ok := m[p]; ok {
			return p, got, nil
		}
	}
	return "", nil, nil
}

// used reads a table and gives the mapping that counted.
func used(t *testing.T, body string, o journal.ImportOptions) (journal.UsedMapping, bool) {
	t.Helper()
	src, err := newImporters().Open(t.Context(), write(t, body), o)
	if err != nil {
		t.Fatal(err)
	}
	defer src.Close()
	return src.(journal.MappedSource).Mapped()
}

func write(t *testing.T, body string) string {
	t.Helper()
	path := filepath.Join(t.TempDir(), "log")
	if err := os.WriteFile(path, []byte(body), 0o600); err != nil {
		t.Fatal(err)
	}
	return path
}

// TestMappingRemembered: a mapping serves every table with the same titles, and
// no other.
func TestMappingRemembered(t *testing.T) {
	first, ok := used(t, foreign, journal.ImportOptions{Mapping: allOf()})
	if !ok || first.Remembered || len(first.Fingerprint) != 64 || !cmp.Equal(first.Mapping, allOf()) {
		t.Fatalf("%+v, %t", first, ok)
	}
	kept := memory{first.Fingerprint: first.Mapping}
	later := strings.NewReplacer("Wann,Wer", "ＷＡＮＮ,\" wer\"", "2024-05-20", "2024-05-30").Replace(foreign)
	again, ok := used(t, "x\n"+later, journal.ImportOptions{Recall: kept.recall})
	if !ok || !again.Remembered || again.Fingerprint != first.Fingerprint {
		t.Errorf("the next table: %+v, %t", again, ok)
	}
	got := formattest.Read(t, []byte(later), journal.ImportOptions{Recall: kept.recall}, importer.DefaultFormats()...)
	if got.Err != nil || len(got.Records) != 2 || got.Records[0].Number != "95588" {
		t.Errorf("%+v, %v", got.Records, got.Err)
	}
	for name, other := range map[string]string{
		"another title":     strings.Replace(foreign, "Art", "Typ", 1),
		"another unit":      strings.Replace(foreign, "(min)", "(s)", 1),
		"another order":     strings.Replace(foreign, "Wann,Wer", "Wer,Wann", 1),
		"another delimiter": strings.ReplaceAll(foreign, ",", ";"),
	} {
		got := formattest.Read(t, []byte(other), journal.ImportOptions{Recall: kept.recall}, importer.DefaultFormats()...)
		if domain.KeyOf(got.Err) != "import.format_unknown" {
			t.Errorf("%s: %+v, %v", name, got.Records, got.Err)
		}
	}
	if none, ok := used(t, "时间,号码\n2024-05-20 09:15:03,95588\n", journal.ImportOptions{Recall: kept.recall}); ok {
		t.Errorf("a table without a mapping: %+v", none)
	}
	headless, ok := used(t, "2024-05-20 09:15:03;95588\n2024-05-20 09:15:04;95588\n", journal.ImportOptions{Mapping: journal.Mapping{"time": "1", "number": "2"}})
	if !ok || headless.Fingerprint != "" {
		t.Errorf("a table without titles: %+v", headless)
	}
	broken := domain.E("x", domain.Unavailable, "store.io", nil, nil)
	_, err := newImporters().Open(t.Context(), write(t, foreign), journal.ImportOptions{
		Recall: func(context.Context, []string) (string, journal.Mapping, error) { return "", nil, broken },
	})
	if !errors.Is(err, broken) {
		t.Errorf("a store that fails: %v", err)
	}
}

func TestPreview(t *testing.T) {
	rows := [][]string{{"2024-05-20 09:15:03", "95588", "2", "被叫"}, {"2024-05-21 10:00:00", "95533", "1", "主叫"}}
	columns := []string{"Wann", "Wer", "Wie lange (min)", "Art"}
	const missingBoth = "time number"
	tests := []struct {
		name, body string
		o          journal.ImportOptions
		want       journal.Preview
		missing    string
	}{
		{"unknown titles", foreign, journal.ImportOptions{}, journal.Preview{Format: "generic_csv", Encoding: "UTF-8", Columns: columns, Rows: rows, Mapping: journal.Mapping{}}, missingBoth},
		{"half mapped", foreign, journal.ImportOptions{Mapping: journal.Mapping{"number": "2"}}, journal.Preview{Format: "generic_csv", Encoding: "UTF-8", Columns: columns, Rows: rows, Mapping: journal.Mapping{"number": "Wer"}}, "time"},
		{"mapped", foreign, journal.ImportOptions{Mapping: allOf()}, journal.Preview{Format: "generic_csv", Encoding: "UTF-8", Columns: columns, Rows: rows, Mapping: journal.Mapping{
			"time": "Wann", "number": "Wer", "duration": "Wie lange (min)", "direction": "Art",
		}}, ""},
		{"known titles", "账期,2024\n时间,号码,号码,x\n2024-05-20 09:15:03,95588,1,y\n", journal.ImportOptions{}, journal.Preview{
			Format: "generic_csv", Encoding: "UTF-8", Columns: []string{"时间", "号码", "号码", "x"}, Rows: [][]string{{"2024-05-20 09:15:03", "95588", "1", "y"}},
			Mapping: journal.Mapping{"time": "时间", "number": "号码", "own_number": "#3"},
		}, ""},
		{"no titles", "2024-05-20 09:15:03;95588\n2024-05-20 09:15:04;95588\n", journal.ImportOptions{}, journal.Preview{
			Format: "generic_csv", Encoding: "UTF-8", Columns: []string{"", ""}, Mapping: journal.Mapping{},
			Rows: [][]string{{"2024-05-20 09:15:03", "95588"}, {"2024-05-20 09:15:04", "95588"}},
		}, missingBoth},
		{"another format", "<calls></calls>", journal.ImportOptions{}, journal.Preview{Format: "sms_backup_restore", Encoding: "UTF-8", Mapping: journal.Mapping{}}, ""},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			got, err := newImporters().Preview(t.Context(), write(t, tt.body), tt.o)
			if err != nil {
				t.Fatal(err)
			}
			tt.want.File = "log"
			for f := range strings.FieldsSeq(tt.missing) {
				tt.want.Missing = append(tt.want.Missing, journal.MappingField(f))
			}
			if d := cmp.Diff(tt.want, got); d != "" {
				t.Error(d)
			}
		})
	}
}

func TestPreviewEdges(t *testing.T) {
	kept := memory{}
	first, _ := used(t, foreign, journal.ImportOptions{Mapping: allOf()})
	kept[first.Fingerprint] = first.Mapping
	got, err := newImporters().Preview(t.Context(), write(t, foreign), journal.ImportOptions{Recall: kept.recall})
	if err != nil || !got.Remembered || len(got.Missing) > 0 || got.Mapping["number"] != "Wer" {
		t.Errorf("remembered: %+v, %v", got, err)
	}
	long := "a,b\n" + strings.Repeat(strings.Repeat("x", 5000)+",\x1b[31m\n", 30)
	got, err = newImporters().Preview(t.Context(), write(t, long), journal.ImportOptions{})
	if err != nil || len(got.Rows) != journal.PreviewRows || len([]rune(got.Rows[0][0])) != 200 || got.Rows[0][1] != "[31m" {
		t.Errorf("%d rows, %v", len(got.Rows), err)
	}
	for body, key := range map[string]string{
		"": "import.file_empty", "dear diary\n": "import.format_unknown", "%PDF-1.7\n": "import.format_unknown",
	} {
		if _, err := newImporters().Preview(t.Context(), write(t, body), journal.ImportOptions{}); domain.KeyOf(err) != key {
			t.Errorf("%q: %v, want %s", body, err, key)
		}
	}
	if _, err := newImporters().Preview(t.Context(), "nowhere", journal.ImportOptions{}); domain.KeyOf(err) != "import.file_missing" {
		t.Error(err)
	}
	if _, err := newImporters().Preview(t.Context(), write(t, foreign), journal.ImportOptions{Format: "excel"}); domain.KeyOf(err) != "import.format_name" {
		t.Error(err)
	}
}

// TestPreviewMappingIsTheSame: a table read by what its preview shows gives the
// calls that it gives by itself.
func TestPreviewMappingIsTheSame(t *testing.T) {
	titles := []string{"时间", "日期", "号码", "对方号码", "主叫号码", "被叫号码", "类型", "通话时长(分钟)", "姓名", "响铃时长", "x", ""}
	rapid.Check(t, func(rt *rapid.T) {
		picked := rapid.SliceOfN(rapid.SampledFrom(titles), 2, 7).Draw(rt, "titles")
		cells := make([]string, len(picked))
		for i, title := range picked {
			cells[i] = map[string]string{
				"时间": "2024-05-20 09:15:03", "日期": "2024-05-21", "类型": "被叫", "通话时长(分钟)": "2", "响铃时长": "3", "姓名": "银行",
			}[title]
			if strings.HasSuffix(title, "号码") {
				cells[i] = "9558" + string(rune('0'+i))
			}
		}
		body := strings.Join(picked, ",") + "\n" + strings.Join(cells, ",") + "\n"
		path := write(t, body)
		preview, err := newImporters().Preview(t.Context(), path, journal.ImportOptions{})
		if err != nil {
			return // nothing but empty cells
		}
		plain := formattest.Read(t, []byte(body), journal.ImportOptions{}, importer.DefaultFormats()...)
		if known := plain.Err == nil; known != (len(preview.Missing) == 0) && !slices.Contains(picked, "x") {
			rt.Fatalf("%q: read with %v, missing %v", body, plain.Err, preview.Missing)
		}
		if plain.Err != nil || len(preview.Missing) > 0 {
			return
		}
		mapped := formattest.Read(t, []byte(body), journal.ImportOptions{Mapping: preview.Mapping}, importer.DefaultFormats()...)
		if d := formattest.Diff(plain.Records, mapped.Records); mapped.Err != nil || d != "" {
			rt.Fatalf("%q by %v: %v\n%s", body, preview.Mapping, mapped.Err, d)
		}
	})
}

func FuzzPreview(f *testing.F) {
	f.Add([]byte(foreign), "Wann", "#2")
	f.Add([]byte("sep=|\na|b\n1|2\n"), "", "b")
	f.Add([]byte("2024-05-20 09:15:03;95588\n2024-05-20 09:15:04;95588\n"), "1", "#2")
	f.Fuzz(func(t *testing.T, data []byte, time, number string) {
		m := journal.Mapping{"time": time, "number": number}
		for _, r := range importer.ReadMapped(t, data, m) {
			formattest.CheckRecord(t, r)
		}
	})
}
