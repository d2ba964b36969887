package report_test

import (
	"os"
	"path/filepath"
	"regexp"
	"runtime"
	"strconv"
	"testing"
	"time"

	"quietline/internal/domain"
	"quietline/internal/filing"
	"quietline/internal/l10n"
	"quietline/internal/report"
	"quietline/internal/testkit"
)

// live is how much memory is in use, in KiB.
func live() uint64 {
	var m runtime.MemStats
	runtime.GC()
	runtime.ReadMemStats(&m)
	return m.HeapAlloc >> 10
}

// A book of receipts needs no more memory the longer it gets, but for its list.
func TestReceiptsNeedFlatMemory(t *testing.T) {
	var before, after uint64
	book(t, testkit.Printer(t, l10n.Chinese), filepath.Join(t.TempDir(), "a.pdf"), 501, func(i int, _ *filing.Detail) {
		switch i {
		case 100:
			before = live()
		case 500:
			after = live()
		}
	})
	const most = 600 // KiB for 400 receipts; their pages are several MiB
	if after > before+most {
		t.Errorf("from %d to %d KiB", before, after)
	}
}

// Ten thousand receipts, and a hundred thousand rows, for a person to measure:
// REPORT_LONG=1 go test -run Long -v.
func TestLong(t *testing.T) {
	if os.Getenv("REPORT_LONG") == "" {
		t.Skip("only for measuring")
	}
	dir := t.TempDir()
	p := testkit.Printer(t, l10n.Chinese)
	path := filepath.Join(dir, "a.pdf")
	say := func(what, path string, begun time.Time) {
		status, err := os.ReadFile("/proc/self/status")
		info, serr := os.Stat(path)
		if err != nil || serr != nil {
			t.Fatal(err, serr)
		}
		t.Logf("%s: %v, %d MiB, %s", what, time.Since(begun).Round(100*time.Millisecond), info.Size()>>20,
			regexp.MustCompile(`VmHWM:.*`).Find(status))
	}
	for _, kind := range []string{".csv", ".json", ".xlsx"} {
		begun := time.Now()
		f, err := report.CreateComplaints(filepath.Join(dir, "a"+kind), true, report.ComplaintsParams{Printer: p, Zone: domain.China()})
		if err != nil {
			t.Fatal(err)
		}
		for range 100_000 {
			if err := f.Write(lived(nil)); err != nil {
				t.Fatal(err)
			}
		}
		if err := f.Commit(); err != nil {
			t.Fatal(err)
		}
		say("100,000 rows "+kind, filepath.Join(dir, "a"+kind), begun)
	}
	for _, n := range []int{1000, 10_000} {
		begun := time.Now()
		book(t, p, path, n, nil)
		say(strconv.Itoa(n)+" receipts", path, begun)
	}
}
