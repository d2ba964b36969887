package importer_test

import (
	"context"
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"quietline/internal/domain"
	"quietline/internal/importer"
	"quietline/internal/importer/formattest"
	"quietline/internal/journal"
)

func newImporters() *importer.Importers {
	return importer.New(importer.Params{Formats: importer.DefaultFormats()})
}

func TestFormats(t *testing.T) {
	if d := cmp.Diff([]string{
		"sms_backup_restore", "android_calllog", "vendor_callinfo", "iphone_callhistory",
		"sms_ie_json", "cmcc_json", "unicom_json", "fritzbox", "ncid", "ftc_dnc",
		"cmcc_bill", "cmcc_jiangsu", "unicom_bill", "telecom_bill", "generic_csv", "generic_xlsx",
	}, newImporters().Formats()); d != "" {
		t.Error(d)
	}
}

// TestRecognise: a file is known by its content under any name.
func TestRecognise(t *testing.T) {
	for name, want := range map[string]string{
		"calls-20240522090000.xml":                "sms_backup_restore",
		"generic_huadan.csv":                      "generic_csv",
		"calllog.db":                              "android_calllog",
		"CallHistory.storedata":                   "iphone_callhistory",
		"cmcc_shop10086_calls_202405.csv":         "cmcc_bill",
		"cmcc_shop10086_calls_202405.gb18030.csv": "cmcc_bill",
		"cmcc_shanghai_202405.csv":                "cmcc_bill",
		"cmcc_shaanxi_202405.csv":                 "cmcc_bill",
		"cmcc_jiangsu_202405.txt":                 "cmcc_jiangsu",
		"cmcc_detailbill_202405.jsonp.txt":        "cmcc_json",
		"cmcc_detailbill_202405.json":             "cmcc_json",
		"unicom_calldetail_202405.tsv":            "unicom_bill",
		"unicom_calldetail_202405.csv":            "unicom_bill",
		"unicom_calldetail_202405.json":           "unicom_json",
		"unicom_hubei_202405.json":                "unicom_json",
		"telecom_chongqing_202405.csv":            "telecom_bill",
		"telecom_tianjin_202405.csv":              "telecom_bill",
		"telecom_tianjin_untitled_202405.csv":     "telecom_bill",
		"calls-2024-05-22.json":                   "sms_ie_json",
		"FRITZ_Anrufliste.csv":                    "fritzbox",
		"FRITZ_Anrufliste_8col.csv":               "fritzbox",
		"cidcall.log":                             "ncid",
		"DNC_Complaint_Numbers_2026-03-05.csv":    "ftc_dnc",
	} {
		data, err := os.ReadFile(filepath.Join("testdata", name))
		if err != nil {
			t.Fatal(err)
		}
		if got := formattest.Read(t, data, journal.ImportOptions{}, importer.DefaultFormats()...); got.Err != nil || got.Format != want {
			t.Errorf("%s is read as %q, %v; want %q", name, got.Format, got.Err, want)
		}
	}
}

func TestRecogniseForeign(t *testing.T) {
	tests := map[string]string{
		string(xlsx(t, [][]any{{"x"}})):        "xlsx",
		string(zipped(t, "calls.xml", "")):     "zip",
		string(xlsFile([][]any{{"x"}})):        "xls",
		string(compound("WordDocument", nil)):  "xls",
		"%PDF-1.7\n":                           "pdf",
		"\x89PNG\r\n\x1a\n":                    "image",
		"\x00\x01\x02":                         "binary",
		"\x7fELF\x02\x01\x01\x00\x00\x00":      "binary",
		"时间\x00\x01\x02\x03,号码\n":              "binary",
		" <HTML><table><tr><td>时间</td></tr>":   "html",
		"<?xml version='1.0'?><smses></smses>": "sms",
		`[{"number":"95588"}]`:                 "json",
		"BEGIN:VCARD\nFN:x\nEND:VCARD":         "vcard",
		"dear diary":                           "text",
		"time,number,body\n2024,95588,hello":   "text",
	}
	for data, kind := range tests {
		got := formattest.Read(t, []byte(data), journal.ImportOptions{}, importer.DefaultFormats()...)
		var e *domain.Error
		if !errors.As(got.Err, &e) || e.Key != "import.format_unknown" || e.Kind != domain.Invalid || e.Args["Kind"] != kind || e.Args["File"] != "log" {
			t.Errorf("%q: %v with %v; want import.format_unknown with kind %s", data, got.Err, e, kind)
		}
	}
}

func TestOpenRefuses(t *testing.T) {
	dir := t.TempDir()
	write := func(name, text string) string {
		path := filepath.Join(dir, name)
		if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
		return path
	}
	table := write("table.csv", "时间,号码\n2024-05-20 09:15,95588\n")
	tests := []struct {
		name, path, format, key string
		kind                    domain.Kind
	}{
		{"missing", filepath.Join(dir, "no"), "", "import.file_missing", domain.NotFound},
		{"no name", "", "", "import.file_missing", domain.NotFound},
		{"below a file", filepath.Join(table, "x"), "", "import.file_missing", domain.NotFound},
		{"impossible name", "a\x00b", "", "import.file_missing", domain.NotFound},
		{"directory", dir, "", "import.is_directory", domain.Invalid},
		{"empty", write("empty", ""), "", "import.file_empty", domain.Invalid},
		{"a mark only", write("mark", "\xef\xbb\xbf"), "", "import.file_empty", domain.Invalid},
		{"blank", write("blank", " \n\r\n\t"), "", "import.file_empty", domain.Invalid},
		{"no such format", table, "excel", "import.format_name", domain.Invalid},
		{"not that format", table, "sms_backup_restore", "import.not_this_format", domain.Invalid},
		{"that format", table, "generic_csv", "", ""},
		{"auto", table, "auto", "", ""},
	}
	if runtime.GOOS != "windows" {
		tests = append(tests, struct {
			name, path, format, key string
			kind                    domain.Kind
		}{"device", os.DevNull, "", "import.not_regular", domain.Invalid})
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			src, err := newImporters().Open(context.Background(), tt.path, journal.ImportOptions{Format: tt.format})
			if domain.KeyOf(err) != tt.key || domain.KindOf(err) != tt.kind {
				t.Errorf("error %v of kind %s, want %q of kind %s", err, domain.KindOf(err), tt.key, tt.kind)
			}
			if err == nil {
				src.Close()
			} else if tt.path != "" && strings.Contains(err.Error(), tt.path) {
				t.Errorf("the log would hold the path: %v", err)
			}
		})
	}
}

func TestOpenUnreadable(t *testing.T) {
	path := filepath.Join(t.TempDir(), "secret")
	if err := os.WriteFile(path, []byte("x"), 0o000); err != nil {
		t.Fatal(err)
	}
	_, err := newImporters().Open(context.Background(), path, journal.ImportOptions{})
	if os.Geteuid() == 0 { // who may read everything; TestOpenError has the error
		if domain.KeyOf(err) != "import.format_unknown" {
			t.Errorf("error %v, want import.format_unknown", err)
		}
		return
	}
	if domain.KeyOf(err) != "import.file_unreadable" || !errors.Is(err, fs.ErrPermission) {
		t.Errorf("error %v, want import.file_unreadable", err)
	}
}

func TestProgress(t *testing.T) {
	src, err := newImporters().Open(context.Background(), filepath.Join("testdata", "generic_huadan.csv"), journal.ImportOptions{})
	if err != nil {
		t.Fatal(err)
	}
	defer src.Close()
	for err == nil {
		_, err = src.Next()
	}
	if done, total := src.Progress(); done != total || total != 399 {
		t.Errorf("%d of %d bytes, want 399 of 399", done, total)
	}
	if err := src.Close(); err != nil {
		t.Errorf("Close: %v", err)
	}
	if err := src.Close(); err != nil {
		t.Errorf("Close again: %v", err)
	}
}

// TestCancel: a stopped import does not read on.
func TestCancel(t *testing.T) {
	path := filepath.Join(t.TempDir(), "log")
	row := "2024-05-20 09:15:03,95588\n"
	if err := os.WriteFile(path, []byte("时间,号码\n"+strings.Repeat(row, 50_000)), 0o600); err != nil {
		t.Fatal(err)
	}
	ctx, cancel := context.WithCancel(context.Background())
	src, err := newImporters().Open(ctx, path, journal.ImportOptions{})
	if err != nil {
		t.Fatal(err)
	}
	defer src.Close()
	cancel()
	rows := 0
	for err == nil {
		_, err = src.Next()
		rows++
	}
	if domain.KindOf(err) != domain.Cancelled || rows > 20_000 {
		t.Errorf("%v after %d rows, want Cancelled after what was in the buffers", err, rows)
	}
}

// TestMemory: one row or element of 64 MB is passed over without being kept.
func TestMemory(t *testing.T) {
	const size = 64 << 20
	tests := map[string]struct{ before, after string }{
		"csv": {"时间,号码\n2024-05-20 09:15:03,95588\n", "\n2024-05-20 09:15:03,95588\n"},
		"xml": {`<calls><call number="95588" date="1716167703000"/><call contact_name="`, `"/><call number="95588" date="1716167703000"/></calls>`},
	}
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			path := filepath.Join(t.TempDir(), "log")
			f, err := os.Create(path)
			if err != nil {
				t.Fatal(err)
			}
			defer f.Close()
			// A hole in the file reads as zeros and takes no disk. They begin
			// behind the sample, where they would make the file a binary one.
			filler := strings.Repeat("x", importer.SampleSize)
			if _, err := f.WriteString(tt.before + filler); err != nil {
				t.Fatal(err)
			}
			if _, err := f.WriteAt([]byte(tt.after), size); err != nil {
				t.Fatal(err)
			}
			var before, after runtime.MemStats
			runtime.ReadMemStats(&before)
			src, err := newImporters().Open(context.Background(), path, journal.ImportOptions{})
			if err != nil {
				t.Fatal(err)
			}
			defer src.Close()
			var got []string
			for {
				r, err := src.Next()
				if err != nil {
					break
				}
				got = append(got, r.Number+r.Reject)
			}
			runtime.ReadMemStats(&after)
			if d := cmp.Diff([]string{"95588", "too_long", "95588"}, got); d != "" {
				t.Error(d)
			}
			if used := after.TotalAlloc - before.TotalAlloc; used > 8<<20 {
				t.Errorf("%d bytes were allocated", used)
			}
		})
	}
}
