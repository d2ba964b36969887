package journal_test

import (
	"bufio"
	"context"
	"fmt"
	"iter"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"quietline/assets"
	"quietline/internal/domain"
	"quietline/internal/importer"
	"quietline/internal/journal"
	"quietline/internal/journal/journaltest"
	"quietline/internal/numbers"
	"quietline/internal/registry"
	"quietline/internal/testkit"
)

// realService reads real files with the real checker.
func realService(t testing.TB, calls journal.CallStore, store *journaltest.Store) *journal.Service {
	t.Helper()
	snapshot, err := registry.Load(assets.Registry())
	ok(t, err)
	clock := testkit.NewClock()
	clock.Advance(30 * 24 * time.Hour)
	return journal.New(journal.Params{
		People: store, Calls: calls, Checker: numbers.New(numbers.Params{Registry: snapshot}),
		Importers: importer.New(importer.Params{}), Clock: clock,
	})
}

// TestImportSamples: the sample bills hold five calls of the sample phone
// export, and they are known again.
func TestImportSamples(t *testing.T) {
	store := journaltest.NewStore("Owner", testkit.Epoch())
	s := realService(t, store, store)
	samples := filepath.Join("..", "importer", "testdata")
	for _, step := range []struct {
		file                 string
		imported, duplicates int
	}{
		{"calls-20240522090000.xml", 11, 0},
		{"calls-20240522090000.xml", 0, 11},
		{"calllog.db", 0, 11},
		{"generic_huadan.csv", 0, 5},
		{"cmcc_shop10086_calls_202405.gb18030.csv", 0, 5},
		{"cmcc_shanghai_202405.csv", 0, 5},
		{"cmcc_shaanxi_202405.csv", 1, 5},
		{"cmcc_jiangsu_202405.txt", 0, 5},
		{"cmcc_detailbill_202405.jsonp.txt", 0, 5},
		{"cmcc_detailbill_202405.json", 0, 6}, // its withheld call is that of Shaanxi
		{"unicom_calldetail_202405.tsv", 0, 5},
		{"unicom_calldetail_202405.csv", 0, 5},
		{"unicom_calldetail_202405.json", 0, 5},
		{"unicom_hubei_202405.json", 0, 6},
		{"telecom_chongqing_202405.csv", 0, 5},
		{"telecom_tianjin_202405.csv", 0, 5},
		{"telecom_tianjin_untitled_202405.csv", 0, 5},
	} {
		got, err := s.Import(t.Context(), journal.ImportRequest{Path: filepath.Join(samples, step.file)}, nil)
		ok(t, err)
		identity(t, got)
		if got.Imported != step.imported || got.Duplicates != step.duplicates {
			t.Errorf("%s: %+v; want %d imported, %d duplicates", step.file, got, step.imported, step.duplicates)
		}
	}
	for _, c := range all(t, s, domain.CallFilter{Number: "010-66200000"}) {
		if c.Display != "(010) 6620-0000" || c.Number != "01066200000" || c.Family != domain.FamilyLandline {
			t.Errorf("%+v", c)
		}
	}
	if n := len(all(t, s, domain.CallFilter{})); n != 12 {
		t.Errorf("%d calls, want 12", n)
	}
}

// TestImportNothing: a file without a row is no success, one of remarks is.
func TestImportNothing(t *testing.T) {
	store := journaltest.NewStore("Owner", testkit.Epoch())
	s := realService(t, store, store)
	for _, tt := range []struct {
		body, key string
		skipped   int
	}{
		{"时间,号码,类型\n", "import.no_rows", 0},
		{"时间,号码,类型", "import.no_rows", 0},
		{"时间,号码,类型\r", "import.no_rows", 0},
		{"时间,号码,类型\n,,\n\n", "import.no_rows", 0},
		{"<?xml version='1.0' encoding='UTF-8'?>\n<calls count=\"0\">\n</calls>", "import.no_rows", 0},
		{"时间,号码,类型\n没有通话\n", "", 1},
		{"时间,号码,类型\n2024", "import.truncated", 0},
	} {
		path := filepath.Join(t.TempDir(), "log.csv")
		ok(t, os.WriteFile(path, []byte(tt.body), 0o600))
		got, err := s.Import(t.Context(), journal.ImportRequest{Path: path}, nil)
		identity(t, got)
		if domain.KeyOf(err) != tt.key || got.Rows != tt.skipped || got.Skipped != tt.skipped || got.Format == "" {
			t.Errorf("%q: %+v, %v; want %q and %d skipped", tt.body, got, err, tt.key, tt.skipped)
		}
	}
}

// TestImportCarriageReturns: a table whose lines end in CR alone loses nothing.
func TestImportCarriageReturns(t *testing.T) {
	store := journaltest.NewStore("Owner", testkit.Epoch())
	s := realService(t, store, store)
	path := filepath.Join(t.TempDir(), "mac.csv")
	ok(t, os.WriteFile(path, []byte("时间,号码,\"类\r型\"\r2024-05-20 09:15:03,95588.0,被叫\r2024-05-20 10:15:03,95533,\"被\r叫\"\r以上共2条\r"), 0o600))
	got, err := s.Import(t.Context(), journal.ImportRequest{Path: path}, nil)
	ok(t, err)
	identity(t, got)
	if got.Imported != 2 || got.Skipped != 1 || got.Rows != 3 {
		t.Errorf("%+v; want 2 imported, 1 skipped", got)
	}
}

// null is a store that keeps nothing.
type null struct{ journal.CallStore }

func (null) AddCallBatches(_ context.Context, batches iter.Seq[[]domain.Call], _ bool) (r journal.AddResult, err error) {
	for calls := range batches {
		r.Added += len(calls)
	}
	return r, nil
}

// BenchmarkImport reads 100,000 generated rows: reading, checking, counting,
// without storing.
func BenchmarkImport(b *testing.B) {
	const rows = 100_000
	for _, format := range []struct {
		name, head, tail string
		row              func(w *bufio.Writer, i int)
	}{
		{"csv", "起始时间,通信方式,对方号码,通信时长\n", "", func(w *bufio.Writer, i int) {
			fmt.Fprintf(w, "2024-05-%02d %02d:%02d:%02d,被叫,95%06d,%02d分%02d秒\n", 1+i%28, i%24, i/24%60, i/1440%60, i%5000, i%60, i%59)
		}},
		{"xml", "<calls>\n", "</calls>\n", func(w *bufio.Writer, i int) {
			fmt.Fprintf(w, `<call number="95%06d" duration="%d" date="%d" type="%d" presentation="1" subscription_id="89860000000000000001" post_dial_digits="" readable_date="2024-05-20 09:15:03" contact_name="(Unknown)" />`+"\n",
				i%5000, i%600, 1716167703000+int64(i)*1000, 1+i%6)
		}},
	} {
		b.Run(format.name, func(b *testing.B) {
			path := filepath.Join(b.TempDir(), "log")
			f, err := os.Create(path)
			ok(b, err)
			w := bufio.NewWriter(f)
			_, _ = w.WriteString(format.head)
			for i := range rows {
				format.row(w, i)
			}
			_, _ = w.WriteString(format.tail)
			ok(b, w.Flush())
			info, err := f.Stat()
			ok(b, err)
			ok(b, f.Close())
			s := realService(b, null{}, journaltest.NewStore("Owner", testkit.Epoch()))
			b.SetBytes(info.Size())
			b.ReportAllocs()
			for b.Loop() {
				got, err := s.Import(b.Context(), journal.ImportRequest{Path: path}, nil)
				if err != nil || got.Imported != rows {
					b.Fatal(err, got.Imported, strings.Join(reasons(got), " "))
				}
			}
			b.ReportMetric(float64(rows*b.N)/b.Elapsed().Seconds(), "rows/s")
		})
	}
}

func reasons(r journal.ImportReport) []string {
	var out []string
	for _, x := range r.Rejects[:min(3, len(r.Rejects))] {
		out = append(out, x.Reason+": "+x.Text)
	}
	return out
}
