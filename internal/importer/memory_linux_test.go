package importer_test

import (
	"archive/zip"
	"bufio"
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"syscall"
	"testing"

	"quietline/internal/importer"
	"quietline/internal/journal"
)

const readInChild = "QUIETLINE_TEST_READ"

// TestMain is the other process of benchmarkMemory where that asks for it.
func TestMain(m *testing.M) {
	if path := os.Getenv(readInChild); path != "" {
		calls, err := readAll(path)
		if want := os.Getenv(readInChild + "_ROWS"); err != nil || strconv.Itoa(calls) != want {
			fmt.Fprintf(os.Stderr, "%d calls, want %s: %v\n", calls, want, err)
			os.Exit(1)
		}
		os.Exit(0)
	}
	os.Exit(m.Run())
}

// readAll counts the calls of a file in which every row is one.
func readAll(path string) (calls int, err error) {
	src, err := importer.New(importer.Params{}).Open(context.Background(), path, journal.ImportOptions{})
	if err != nil {
		return 0, err
	}
	defer src.Close()
	for ; ; calls++ {
		rec, err := src.Next()
		switch {
		case errors.Is(err, io.EOF):
			return calls, nil
		case err != nil:
			return calls, err
		case rec.Reject != "" || rec.Skip != "":
			return calls, fmt.Errorf("row %d: %+v", calls, rec)
		}
	}
}

// benchmarkMemory reads a file in a process of its own and reports the most
// memory that it had, SQLite's included; 150 MB are allowed.
func benchmarkMemory(b *testing.B, path string, rows int) {
	for b.Loop() {
		cmd := exec.CommandContext(b.Context(), os.Args[0])
		cmd.Env = append(os.Environ(), readInChild+"="+path, readInChild+"_ROWS="+strconv.Itoa(rows))
		if out, err := cmd.CombinedOutput(); err != nil {
			b.Fatalf("%v\n%s", err, out)
		}
		mb := float64(cmd.ProcessState.SysUsage().(*syscall.Rusage).Maxrss) / 1024
		b.ReportMetric(mb, "MB")
		if mb > 150 {
			b.Errorf("%.0f MB", mb)
		}
	}
	b.ReportMetric(float64(rows)*float64(b.N)/b.Elapsed().Seconds(), "rows/s")
}

func BenchmarkDatabaseMillion(b *testing.B) {
	const rows = 1_000_000
	path := makeDB(b, fmt.Sprintf(`CREATE TABLE calls (_id INTEGER PRIMARY KEY, number TEXT, date INTEGER, duration INTEGER, type INTEGER,
		name TEXT, presentation INTEGER, deleted INTEGER, geocoded_location TEXT); INSERT INTO calls
		WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < %d)
		SELECT i, '95' || (i %% 900000 + 100000), 1500000000000 + i * 60000, i %% 300, i %% 6 + 1, 'name ' || (i %% 100), 1, 0, '江苏南京' FROM n`, rows))
	benchmarkMemory(b, path, rows)
}

func BenchmarkXLSX(b *testing.B) {
	for _, rows := range []int{100_000, 1_000_000} {
		b.Run(strconv.Itoa(rows), func(b *testing.B) { benchmarkMemory(b, largeXLSX(b, rows), rows) })
	}
}

// largeXLSX makes a workbook whose times are texts, each its own, as those of
// bills are.
func largeXLSX(b *testing.B, rows int) string {
	b.Helper()
	path := filepath.Join(b.TempDir(), "log.xlsx")
	file, err := os.Create(path)
	if err != nil {
		b.Fatal(err)
	}
	defer file.Close()
	archive := zip.NewWriter(file)
	part := func(name string, write func(w io.Writer)) {
		f, err := archive.Create(name)
		if err != nil {
			b.Fatal(err)
		}
		w := bufio.NewWriter(f)
		write(w)
		if err := w.Flush(); err != nil {
			b.Fatal(err)
		}
	}
	part("[Content_Types].xml", func(io.Writer) {})
	part("xl/worksheets/sheet1.xml", func(w io.Writer) {
		fmt.Fprint(w, `<worksheet><sheetData><row r="1"><c r="A1" t="s"><v>0</v></c><c r="B1" t="s"><v>1</v></c><c r="C1" t="s"><v>2</v></c><c r="D1" t="s"><v>3</v></c></row>`)
		for i := range rows {
			r := i + 2
			fmt.Fprintf(w, `<row r="%d" spans="1:5"><c r="A%d" s="1" t="s"><v>%d</v></c><c r="B%d" s="1"><v>%d</v></c><c r="C%d" t="s"><v>4</v></c><c r="D%d" s="1"><v>%d</v></c><c r="E%d"><v>0</v></c></row>`,
				r, r, i+5, r, 95100000+i%900000, r, r, i%300, r)
		}
		fmt.Fprint(w, `</sheetData></worksheet>`)
	})
	part("xl/sharedStrings.xml", func(w io.Writer) {
		fmt.Fprint(w, `<sst><si><t>时间</t></si><si><t>号码</t></si><si><t>呼叫类型</t></si><si><t>通话时长</t></si><si><t>被叫</t></si>`)
		for i := range rows {
			fmt.Fprintf(w, `<si><t xml:space="preserve">2024-05-%02d %02d:%02d:%02d</t></si>`, i/86400%28+1, i/3600%24, i/60%60, i%60)
		}
		fmt.Fprint(w, `</sst>`)
	})
	if err := archive.Close(); err != nil {
		b.Fatal(err)
	}
	return path
}

// BenchmarkXLS reads the most rows that an old workbook can have.
func BenchmarkXLS(b *testing.B) {
	const rows = 65_535
	cells := [][]any{{"时间", "号码", "呼叫类型", "通话时长"}}
	for i := range rows {
		cells = append(cells, []any{fmt.Sprintf("2024-05-%02d %02d:%02d:%02d", i/86400%28+1, i/3600%24, i/60%60, i%60), 95100000.0 + float64(i), "被叫", i % 300})
	}
	path := filepath.Join(b.TempDir(), "log.xls")
	if err := os.WriteFile(path, xlsFile(cells), 0o600); err != nil {
		b.Fatal(err)
	}
	benchmarkMemory(b, path, rows)
}
