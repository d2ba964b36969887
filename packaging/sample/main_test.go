package main

import (
	"bytes"
	"os"
	"path/filepath"
	"testing"
	"time"

	"quietline/internal/importer"
	"quietline/internal/journal"
	"quietline/internal/journal/journaltest"
	"quietline/internal/testkit"
)

func made(t *testing.T, format string, rows int, seed uint64) []byte {
	t.Helper()
	var b bytes.Buffer
	if err := (&log{format: format, rows: rows, seed: seed}).write(&b); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

// The importers read every row of every format, and the log has what it is
// said to have.
func TestSamplesAreReadable(t *testing.T) {
	const rows = 5000
	for format, reader := range map[string]string{
		"sms_xml": "sms_backup_restore", "cmcc_csv": "generic_csv", "generic_csv": "generic_csv",
	} {
		t.Run(format, func(t *testing.T) {
			path := filepath.Join(t.TempDir(), "log")
			if err := os.WriteFile(path, made(t, format, rows, 1), 0o600); err != nil {
				t.Fatal(err)
			}
			clock := testkit.NewClock()
			store := journaltest.NewStore("Owner", clock.Now())
			s := journal.New(journal.Params{
				People: store, Calls: store, Cards: store, Checker: &journaltest.Checker{}, Clock: clock,
				Importers: importer.New(importer.Params{Formats: importer.DefaultFormats()}),
			})
			report, err := s.Import(t.Context(), journal.ImportRequest{Path: path}, nil)
			if err != nil || report.Imported != rows || report.Rejected+report.Skipped != 0 {
				t.Fatalf("%+v, %v", report, err)
			}
			if format == "sms_xml" && report.Format != reader {
				t.Errorf("read as %s", report.Format)
			}
		})
	}
}

func TestSamplesDependOnTheSeedAlone(t *testing.T) {
	one, again, other := made(t, "sms_xml", 300, 7), made(t, "sms_xml", 300, 7), made(t, "sms_xml", 300, 8)
	if !bytes.Equal(one, again) || bytes.Equal(one, other) {
		t.Error("the same seed has to give the same log, and another one another")
	}
}

func TestSampleIsLikeALog(t *testing.T) {
	g := newGenerator(1, 20000)
	var hidden, named, night, minute, twice int
	var last call
	for range 20000 {
		c := g.next()
		hidden += count(c.number == "")
		named += count(c.name != "")
		night += count(c.at.Hour() >= 22 || c.at.Hour() < 6)
		near := c.number == last.number && c.at.Sub(last.at).Abs().Minutes() < 1
		minute += count(near && c != last)
		twice += count(c == last)
		last = c
	}
	for what, n := range map[string]int{"hidden": hidden, "named": named, "at night": night, "within a minute": minute, "twice": twice} {
		if n < 10 || n > 12000 {
			t.Errorf("%d calls are %s", n, what)
		}
	}
}

func count(is bool) int {
	if is {
		return 1
	}
	return 0
}

func TestSampleRefuses(t *testing.T) {
	for _, args := range [][]string{{"-format", "pdf"}, {"-rows", "-1"}, {"file"}} {
		if err := run(args, &bytes.Buffer{}); err == nil {
			t.Errorf("%v is taken", args)
		}
	}
}

// A log that is to end on a day ends on it, and is the same log but for that.
func TestSampleEndsOnADay(t *testing.T) {
	l := log{format: "generic_csv", rows: 300, seed: 1}
	if err := l.moveTo("2031-02-03"); err != nil {
		t.Fatal(err)
	}
	var b bytes.Buffer
	if err := l.write(&b); err != nil {
		t.Fatal(err)
	}
	lines, plain := bytes.Split(b.Bytes(), []byte("\n")), bytes.Split(made(t, "generic_csv", 300, 1), []byte("\n"))
	if last := lines[len(lines)-2]; !bytes.HasPrefix(last, []byte("2031-02-03 ")) {
		t.Errorf("the last row is %s", last)
	}
	for i := range lines {
		const date = len(time.DateOnly)
		if len(lines[i]) > date && !bytes.Equal(lines[i], plain[i]) && !bytes.Equal(lines[i][date:], plain[i][date:]) {
			t.Fatalf("%s was %s", lines[i], plain[i])
		}
	}
	if l.moveTo("tomorrow") == nil {
		t.Error("no day")
	}
}
